"""What an officer does with entries: looks, writes, checks, proposes, publishes, goes back."""

import re
from collections.abc import Callable
from typing import Any, TypedDict

from actions.content.differences import Difference, differences
from actions.content.errors import NotAllowed, Unknown, Wrong
from actions.content.form import Form, read
from actions.content.mistakes import Language, mistakes
from actions.content.store import Version, Versions
from actions.content.tables import OPEN, State
from knowledge.entries_loader import Library
from knowledge.entry_file import written
from knowledge.paths import ENTRIES

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
IN_FILE = 0  # the number under which the repository's file goes


class Seen(TypedDict):
    """`entry`: what one goes on writing from; `differences`: what the open version changes in what is said now;
    `instead`: what the file changes in it, were the published version withdrawn.
    """

    id: str
    entry: dict[str, Any]
    current: dict[str, Any] | None
    file: dict[str, Any] | None
    open: dict[str, Any] | None
    published: dict[str, Any] | None
    latest: int
    differences: list[Difference]
    instead: list[Difference]
    versions: list[dict[str, Any]]
    moves: list[dict[str, Any]]


class Desk:
    def __init__(self, versions: Versions, library: Callable[[], Library]) -> None:
        self.versions, self.library = versions, library

    def see(self, name: str) -> Seen:
        versions, file = self.versions.of(name), of_file(name)
        if not versions and file is None:
            raise Unknown(name)
        open_one, published = _in(versions, *OPEN), _in(versions, State.PUBLISHED)
        current = read(published.text) if published else file
        entry = read(open_one.text) if open_one else current or {"id": name}
        return Seen(
            id=name, entry=entry, current=current, file=file,
            open=shown(open_one) if open_one else None,
            published=shown(published) if published else None,
            latest=versions[0].number if versions else 0,
            differences=differences(current or {}, entry) if open_one else [],
            instead=differences(current or {}, file) if published and file else [],
            versions=[shown(version) for version in versions],
            moves=[vars(move) for move in self.versions.moves(name)],
        )  # fmt: skip

    def see_version(self, name: str, number: int) -> dict[str, Any]:
        """One of the past, and what it changed in the one before it."""
        version = self.versions.get(name, number)
        before = read(self.versions.get(name, number - 1).text) if number > 1 else of_file(name) or {}
        entry = read(version.text)
        return {**shown(version), "entry": entry, "differences": differences(before, entry)}

    def save(self, form: Form, author: str, note: str, based_on: int, new: bool = False) -> int:
        """A draft need not be right; it must only be of the entry that it says."""
        if not _NAME.fullmatch(form.id):
            raise NotAllowed("no_id")
        file = of_file(form.id)
        if new and (file or self.versions.of(form.id)):
            raise NotAllowed("id_taken")
        if file and form.topic != file.get("topic"):
            raise NotAllowed("renamed")
        return self.versions.save(form.id, form.text(), author, note, based_on)

    def propose(self, name: str, number: int, who: str, language: Language) -> None:
        version = self.versions.get(name, number)
        self._must_be_right(version, language)
        if not differences(self.see(name)["current"] or {}, read(version.text)):
            raise NotAllowed("nothing_new")
        self.versions.propose(name, number, who)

    def publish(self, name: str, number: int, who: str, language: Language) -> None:
        """Checked once more: the other entries may have changed since it was proposed."""
        self._must_be_right(self.versions.get(name, number), language)
        self.versions.publish(name, number, who)

    def reject(self, name: str, number: int, who: str, reason: str) -> None:
        if not reason:
            raise NotAllowed("no_reason")
        self.versions.reject(name, number, who, reason)

    def ask_withdrawal(self, name: str, number: int, who: str, reason: str, language: Language) -> None:
        if not reason:
            raise NotAllowed("no_reason")
        self._may_go(name, language)
        self.versions.ask_withdrawal(name, number, who, reason)

    def withdraw(self, name: str, number: int, who: str, language: Language) -> None:
        """Looked at once more: the other entries may have changed since it was asked for."""
        self._may_go(name, language)
        self.versions.withdraw(name, number, who)

    def revert(self, name: str, number: int, who: str, based_on: int) -> int:
        """A new draft with the old text: it goes the way of every change."""
        old = of_file(name) if number == IN_FILE else read(self.versions.get(name, number).text)
        if old is None:
            raise Unknown(name)
        return self.versions.save(name, written(old), who, f"← {number}", based_on)

    def suggest(self, name: str, who: str, words: str) -> None:
        self.see(name)
        self.versions.suggest(name, who, words)

    def _may_go(self, name: str, language: Language) -> None:
        """What answers afterwards must be right: the file, or without one whatever leads to this entry."""
        file, library = of_file(name), self.library()
        if file:
            found = mistakes(file, library, language)
            if found:
                raise Wrong(found)
        leading = [one.id for one in library.entries.values() if name in one.follow_ups]
        if leading and not file:
            raise NotAllowed("followed", entries=", ".join(leading))

    def _must_be_right(self, version: Version, language: Language) -> None:
        found = mistakes(read(version.text), self.library(), language)
        if found:
            raise Wrong(found)


def of_file(name: str) -> dict[str, Any] | None:
    """The repository's own, whatever was published over it."""
    path = next((path for path in ENTRIES.glob("*/*.yml") if path.stem == name), None)
    return None if path is None else read(path.read_text(encoding="utf-8"))


def shown(version: Version) -> dict[str, Any]:
    return {key: value for key, value in vars(version).items() if key not in ("text", "entry")}


def _in(versions: list[Version], *states: State) -> Version | None:
    return next((version for version in versions if version.state in states), None)
