"""The list of entries with what stands open about each, searched and narrowed down."""

from datetime import date
from typing import Any

from actions.content.desk import Desk
from actions.content.form import read
from actions.content.store import Version
from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.entry_checks import folded
from knowledge.text.normalise import fold

PAGE = 50


def listed(
    desk: Desk, text: str = "", topic: str = "", stale: int = 0, state: str = "", page: int = 1
) -> dict[str, Any]:
    """`stale`: only those not checked for so many days; `state`: draft, proposed, suggested, published, or withdrawal
    where that was asked for.
    """
    open_ones = {version.entry: version for version in desk.versions.open_ones()}
    published = {version.entry: bool(version.withdrawal_by) for version in desk.versions.published()}
    suggested, library = desk.versions.suggestions(), desk.library()
    entries: list[Entry | dict[str, Any]] = [*library.entries.values(), *_only_drafts(library, open_ones)]
    rows = [_row(one, open_ones, published, suggested) for one in entries if _fits(one, text, topic)]
    rows = [row for row in rows if row["days"] >= stale and (not state or state in row["states"])]
    rows.sort(key=lambda row: -row["days"] if stale else 0)
    return {"total": len(rows), "page": page, "pages": -(-len(rows) // PAGE) or 1,
            "entries": rows[(page - 1) * PAGE : page * PAGE]}  # fmt: skip


def _only_drafts(library: Library, open_ones: dict[str, Version]) -> list[dict[str, Any]]:
    """New entries that are not published yet."""
    return [read(version.text) for name, version in open_ones.items() if name not in library.entries]


def _fits(entry: Entry | dict[str, Any], text: str, topic: str) -> bool:
    data = entry if isinstance(entry, dict) else {"id": entry.id, "topic": entry.topic}
    if topic and data.get("topic") != topic:
        return False
    wanted = fold(text).split()
    return not wanted or all(word in (_words(entry) if isinstance(entry, Entry) else str(data)) for word in wanted)


def _words(entry: Entry) -> str:
    """Everything of it that is searched."""
    texts = [entry.id, entry.id.replace("-", " "), *(text for _, text in entry.title.items())]
    texts += [text for _, many in entry.questions.items() for text in many]
    return " ".join(map(folded, [*texts, *(text for _, text in entry.answer.items())]))


def _row(
    entry: Entry | dict[str, Any], open_ones: dict[str, Version], published: dict[str, bool], suggested: dict[str, int]
) -> dict[str, Any]:
    new = isinstance(entry, dict)
    name = entry["id"] if isinstance(entry, dict) else entry.id
    version = open_ones.get(name)
    states = [str(version.state)] if version else []
    states += ["suggested"] if suggested.get(name) else []
    states += ["withdrawal"] if published.get(name) else []
    states += ["published"] if name in published else []
    return {
        "id": name,
        "topic": entry.get("topic", "") if isinstance(entry, dict) else entry.topic,
        "title": entry.get("title", {}) if isinstance(entry, dict) else entry.title.model_dump(by_alias=True),
        "last_checked": None if isinstance(entry, dict) else entry.last_checked.isoformat(),
        "days": 0 if isinstance(entry, dict) else (date.today() - entry.last_checked).days,
        "new": new, "states": states, "suggestions": suggested.get(name, 0),
        "author": version.author if version else None, "at": version.at.isoformat() if version else None,
    }  # fmt: skip
