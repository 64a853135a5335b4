"""The console's routes to the entries. Who may do what is the gateway's to know; that two people are needed is ours."""

from collections.abc import Callable
from io import BytesIO
from typing import Annotated, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from actions.content.choices import choices
from actions.content.desk import Desk
from actions.content.differences import differences
from actions.content.errors import NotAllowed, Overtaken, Unavailable, Unknown, Wrong
from actions.content.form import Form, read
from actions.content.listing import listed
from actions.content.mistakes import Language, mistakes, sentence
from actions.content.service import Opened, opened
from actions.content.tables import LONGEST_ID, LONGEST_NAME
from actions.entry_reply import preview
from actions.staff_application import authorised

router = APIRouter(prefix="/staff/content", dependencies=[Depends(authorised)])
EntryId = Annotated[str, Path(max_length=LONGEST_ID, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Words = Annotated[str, Field(max_length=2000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    language: Language = "en"


class Checked(_Body):
    entry: Form


class By(_Body):
    staff: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class Saved(By):
    entry: Form
    note: Words = ""
    based_on: Number
    new: bool = False


class OfVersion(By):
    number: Number
    based_on: Number = 0
    reason: Words = ""


class Suggested(By):
    words: Annotated[str, Field(min_length=3, max_length=2000)]


def _answered(language: Language, work: Callable[[Opened], Any]) -> Response:
    """What is refused is told in a sentence."""
    try:
        found = work(opened())
        return found if isinstance(found, Response) else JSONResponse(jsonable_encoder(found))
    except Unavailable:
        return _refused(503, sentence("unavailable", language))
    except Unknown:
        return _refused(404, sentence("unknown", language))
    except NotAllowed as error:
        return _refused(409, sentence(error.key, language), kind=error.key)
    except Wrong as error:
        return _refused(422, sentence("wrong", language), kind="wrong", mistakes=error.mistakes)


def _refused(status: int, words: str, **more: Any) -> JSONResponse:
    return JSONResponse(jsonable_encoder({"sentence": words, **more}), status)


@router.get("/entries")
def entries(
    text: Annotated[str, Query(max_length=200)] = "",
    topic: Annotated[str, Query(max_length=LONGEST_ID)] = "",
    stale: Annotated[int, Query(ge=0, le=10_000)] = 0,
    state: Literal["", "draft", "proposed", "suggested", "published"] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    language: Language = "en",
) -> Response:
    return _answered(language, lambda o: listed(o.desk, text, topic, stale, state, page))


@router.get("/choices")
def offered(language: Language = "en") -> Response:
    """What the form offers: topics, sources, entries, schemes, dialogues, and its limits."""
    return _answered(language, lambda o: choices(o.desk.library(), language))


@router.get("/entries/{name}")
def entry(name: EntryId, language: Language = "en") -> Response:
    return _answered(language, lambda o: o.desk.see(name))


@router.get("/entries/{name}/versions/{number}")
def version(name: EntryId, number: Annotated[int, Path(ge=1)], language: Language = "en") -> Response:
    return _answered(language, lambda o: o.desk.see_version(name, number))


@router.post("/check")
def check(asked: Checked) -> Response:
    return _answered(
        asked.language, lambda o: {"mistakes": mistakes(asked.entry.data(), o.desk.library(), asked.language)}
    )


@router.post("/preview")
def shown(asked: Checked) -> Response:
    """The reply in each language as the bot would give it; the gateway renders it for the channels."""

    def replies(o: Opened) -> dict[str, Any]:
        data, library = asked.entry.data(), o.desk.library()
        return {"replies": {code: preview(library, data, code) for code in ("hi", "hi-Latn", "en")}}

    return _answered(asked.language, replies)


@router.post("/save")
def save(asked: Saved) -> Response:
    """Who was overtaken gets the other's text and the difference; nothing is lost."""

    def number(o: Opened) -> Any:
        try:
            return {"number": o.desk.save(asked.entry, asked.staff, asked.note, asked.based_on, asked.new)}
        except Overtaken as error:
            return _overtaken(o.desk, asked, error.latest)

    return _answered(asked.language, number)


def _overtaken(desk: Desk, asked: Saved, latest: int) -> Response:
    theirs = desk.versions.get(asked.entry.id, latest)
    entry = read(theirs.text)
    told = sentence("overtaken", asked.language, who=theirs.author)
    changed = differences(entry, asked.entry.data())
    return _refused(409, told, kind="overtaken", latest=latest, theirs=entry, differences=changed)


@router.post("/entries/{name}/propose")
def propose(name: EntryId, asked: OfVersion) -> Response:
    return _done(asked, lambda o: o.desk.propose(name, asked.number, asked.staff, asked.language))


@router.post("/entries/{name}/publish")
def publish(name: EntryId, asked: OfVersion) -> Response:
    return _done(asked, lambda o: o.desk.publish(name, asked.number, asked.staff, asked.language))


@router.post("/entries/{name}/reject")
def reject(name: EntryId, asked: OfVersion) -> Response:
    return _done(asked, lambda o: o.desk.reject(name, asked.number, asked.staff, asked.reason))


@router.post("/entries/{name}/suggest")
def suggest(name: EntryId, asked: Suggested) -> Response:
    return _done(asked, lambda o: o.desk.suggest(name, asked.staff, asked.words))


@router.post("/entries/{name}/revert")
def revert(name: EntryId, asked: OfVersion) -> Response:
    """`number` 0 is the repository's file."""

    def number(o: Opened) -> Any:
        try:
            return {"number": o.desk.revert(name, asked.number, asked.staff, asked.based_on)}
        except Overtaken as error:
            who = o.versions.get(name, error.latest).author
            return _refused(409, sentence("overtaken", asked.language, who=who), kind="overtaken", latest=error.latest)

    return _answered(asked.language, number)


def _done(asked: _Body, work: Callable[[Opened], None]) -> Response:
    def done(o: Opened) -> dict[str, bool]:
        work(o)
        return {"done": True}

    return _answered(asked.language, done)


@router.post("/trials")
def start_trial(asked: Checked) -> Response:
    """Only of a draft that is right: another one cannot be fitted."""

    def name(o: Opened) -> dict[str, str]:
        found = mistakes(asked.entry.data(), o.desk.library(), asked.language)
        if found:
            raise Wrong(found)
        return {"id": o.trials.start(asked.entry.id, asked.entry.text())}

    return _answered(asked.language, name)


@router.get("/trials/{name}")
def trial(name: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], language: Language = "en") -> Response:
    return _answered(language, lambda o: o.trials.see(name))


@router.get("/export")
def export(language: Language = "en") -> Response:
    """The published entries as the repository would have them."""
    return _answered(language, lambda o: Response(_zip(o), media_type="application/zip"))


def _zip(o: Opened) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for one in o.versions.published():
            archive.writestr(f"knowledge/entries/{read(one.text)['topic']}/{one.entry}.yml", one.text)
    return packed.getvalue()
