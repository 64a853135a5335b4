"""The routes by which entries change: saved, proposed, published, sent back, brought back, withdrawn."""

from typing import Any

from fastapi import APIRouter, Response

from actions.content.answered import answered, done_by, refused
from actions.content.asked import EntryId, OfVersion, Saved, Suggested
from actions.content.desk import Desk
from actions.content.differences import differences
from actions.content.errors import Overtaken
from actions.content.form import read
from actions.content.mistakes import sentence
from actions.content.service import Opened

router = APIRouter()


@router.post("/save")
def save(asked: Saved) -> Response:
    """Who was overtaken gets the other's text and the difference; nothing is lost."""

    def number(o: Opened) -> Any:
        try:
            return {"number": o.desk.save(asked.entry, asked.staff, asked.note, asked.based_on, asked.new)}
        except Overtaken as error:
            return _overtaken(o.desk, asked, error.latest)

    return answered(asked.language, number)


def _overtaken(desk: Desk, asked: Saved, latest: int) -> Response:
    theirs = desk.versions.get(asked.entry.id, latest)
    entry = read(theirs.text)
    told = sentence("overtaken", asked.language, who=theirs.author)
    changed = differences(entry, asked.entry.data())
    return refused(409, told, kind="overtaken", latest=latest, theirs=entry, differences=changed)


@router.post("/entries/{name}/propose")
def propose(name: EntryId, asked: OfVersion) -> Response:
    return done_by(asked, lambda o: o.desk.propose(name, asked.number, asked.staff, asked.language))


@router.post("/entries/{name}/publish")
def publish(name: EntryId, asked: OfVersion) -> Response:
    return done_by(asked, lambda o: o.desk.publish(name, asked.number, asked.staff, asked.language))


@router.post("/entries/{name}/reject")
def reject(name: EntryId, asked: OfVersion) -> Response:
    return done_by(asked, lambda o: o.desk.reject(name, asked.number, asked.staff, asked.reason))


@router.post("/entries/{name}/suggest")
def suggest(name: EntryId, asked: Suggested) -> Response:
    return done_by(asked, lambda o: o.desk.suggest(name, asked.staff, asked.words))


@router.post("/entries/{name}/revert")
def revert(name: EntryId, asked: OfVersion) -> Response:
    """`number` 0 is the repository's file."""

    def number(o: Opened) -> Any:
        try:
            return {"number": o.desk.revert(name, asked.number, asked.staff, asked.based_on)}
        except Overtaken as error:
            who = o.versions.get(name, error.latest).author
            return refused(409, sentence("overtaken", asked.language, who=who), kind="overtaken", latest=error.latest)

    return answered(asked.language, number)


@router.post("/entries/{name}/ask-withdrawal")
def ask_withdrawal(name: EntryId, asked: OfVersion) -> Response:
    """Nothing changes yet: a second person decides."""
    return done_by(
        asked, lambda o: o.desk.ask_withdrawal(name, asked.number, asked.staff, asked.reason, asked.language)
    )


@router.post("/entries/{name}/withdraw")
def withdraw(name: EntryId, asked: OfVersion) -> Response:
    return done_by(asked, lambda o: o.desk.withdraw(name, asked.number, asked.staff, asked.language))


@router.post("/entries/{name}/keep")
def keep(name: EntryId, asked: OfVersion) -> Response:
    """What was asked to be withdrawn stays."""
    return done_by(asked, lambda o: o.versions.keep(name, asked.number, asked.staff))
