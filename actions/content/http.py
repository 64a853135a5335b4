"""The console's routes to the entries. Who may do what is the gateway's to know; that two people are needed is ours."""

from io import BytesIO
from typing import Annotated, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, Depends, Path, Query, Response

from actions.content import moves
from actions.content.answered import answered
from actions.content.asked import Checked, EntryId
from actions.content.choices import choices
from actions.content.errors import Wrong
from actions.content.form import read
from actions.content.listing import listed
from actions.content.mistakes import Language, mistakes
from actions.content.service import Opened
from actions.content.tables import LONGEST_ID
from actions.entry_reply import preview
from actions.staff_application import authorised

router = APIRouter(prefix="/staff/content", dependencies=[Depends(authorised)])
router.include_router(moves.router)


@router.get("/entries")
def entries(
    text: Annotated[str, Query(max_length=200)] = "",
    topic: Annotated[str, Query(max_length=LONGEST_ID)] = "",
    stale: Annotated[int, Query(ge=0, le=10_000)] = 0,
    state: Literal["", "draft", "proposed", "suggested", "withdrawal", "published"] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    language: Language = "en",
) -> Response:
    return answered(language, lambda o: listed(o.desk, text, topic, stale, state, page))


@router.get("/choices")
def offered(language: Language = "en") -> Response:
    """What the form offers: topics, sources, entries, schemes, dialogues, and its limits."""
    return answered(language, lambda o: choices(o.desk.library(), language))


@router.get("/entries/{name}")
def entry(name: EntryId, language: Language = "en") -> Response:
    return answered(language, lambda o: o.desk.see(name))


@router.get("/entries/{name}/versions/{number}")
def version(name: EntryId, number: Annotated[int, Path(ge=1)], language: Language = "en") -> Response:
    return answered(language, lambda o: o.desk.see_version(name, number))


@router.post("/check")
def check(asked: Checked) -> Response:
    return answered(
        asked.language, lambda o: {"mistakes": mistakes(asked.entry.data(), o.desk.library(), asked.language)}
    )


@router.post("/preview")
def shown(asked: Checked) -> Response:
    """The reply in each language as the bot would give it; the gateway renders it for the channels."""

    def replies(o: Opened) -> dict[str, Any]:
        data, library = asked.entry.data(), o.desk.library()
        return {"replies": {code: preview(library, data, code) for code in ("hi", "hi-Latn", "en")}}

    return answered(asked.language, replies)


@router.post("/trials")
def start_trial(asked: Checked) -> Response:
    """Only of a draft that is right: another one cannot be fitted."""

    def name(o: Opened) -> dict[str, str]:
        found = mistakes(asked.entry.data(), o.desk.library(), asked.language)
        if found:
            raise Wrong(found)
        return {"id": o.trials.start(asked.entry.id, asked.entry.text())}

    return answered(asked.language, name)


@router.get("/trials/{name}")
def trial(name: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], language: Language = "en") -> Response:
    return answered(language, lambda o: o.trials.see(name))


@router.get("/export")
def export(language: Language = "en") -> Response:
    """The published entries as the repository would have them."""
    return answered(language, lambda o: Response(_zip(o), media_type="application/zip"))


def _zip(o: Opened) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for one in o.versions.published():
            archive.writestr(f"knowledge/entries/{read(one.text)['topic']}/{one.entry}.yml", one.text)
    return packed.getvalue()
