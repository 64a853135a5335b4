"""What the helpline's staff may see of an application: for a caller on the line, every look-up audited."""

import hmac
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from actions.applications import number, sentences, service, stages
from actions.applications.directory import Record
from actions.applications.errors import ApplicationsError
from actions.applications.settings import load_settings
from actions.settings import PLACEHOLDER, Settings
from actions.status.shown import district_name
from actions.status.words import load

router = APIRouter()


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    number: Annotated[str, Field(min_length=1, max_length=200)]
    staff: Annotated[str, Field(min_length=1, max_length=80)]
    language: Literal["hi", "hi-Latn", "en"] = "en"
    beside: Literal["hi", "hi-Latn", "en"] | None = None  # the same in another language, in one audited look-up


def authorised(authorization: Annotated[str, Header()] = "") -> None:
    """The placeholder of the token opens nothing."""
    token = Settings().bot_token.get_secret_value()
    right = hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())
    if not right or token in ("", PLACEHOLDER):
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


@router.post("/staff/application", dependencies=[Depends(authorised)])
def application(asked: Asked) -> JSONResponse:
    """Nothing of the request is logged."""
    try:
        read = number.read(asked.number, load_settings().application_number_pattern)
        if read.kind != "number":
            return JSONResponse({"error": "not a number", "hint": _hint(read.kind, asked.language)}, 422)
        record = service.disclosure().to_staff(read.text, asked.staff)
    except ApplicationsError:
        return JSONResponse({"error": "unavailable", "hint": sentences.load().unavailable[asked.language]}, 503)
    if record is None:
        return JSONResponse({"error": "unknown"}, 404)
    beside = {"beside": _seen(record, asked.beside)} if asked.beside else {}
    return JSONResponse(_seen(record, asked.language) | beside)


def _hint(kind: str, language: str) -> str:
    words = sentences.load()
    hints = {"incomplete": words.incomplete, "mobile": words.mobile, "aadhaar": words.aadhaar, "udyam": words.udyam}
    return hints.get(kind, words.where_number_is)[language]


def _seen(record: Record, language: str) -> dict[str, Any]:
    seen = record.application
    known, now = stages.load(), seen.stage
    names = {step.code: known.by_scheme[seen.scheme][step.code].name[language] for step in seen.history}
    explained = known.explain(seen.scheme, now.code, now.on, language, date.today())
    return {
        "scheme": {"id": seen.scheme, "name": load().schemes[seen.scheme].name[language]},
        "district": {"id": seen.district, "name": district_name(seen.district, language)},
        "mobile": str(record.mobile),
        "stage": {"code": now.code, "since": now.on.isoformat(), **vars(explained)},
        "history": [{"code": s.code, "name": names[s.code], "on": s.on.isoformat()} for s in seen.history],
    }
