"""The staff's questions over HTTP, with the token that gateway and action server share. Nothing of them is logged."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from actions.desk import forms
from actions.desk.asked import asked
from actions.desk.districts import listed
from actions.desk.entries import shown
from actions.desk.judged import judged
from actions.eligibility import load
from actions.eligibility.errors import FactError
from actions.knowledge_base import knowledge_base
from actions.staff_application import authorised

router = APIRouter(prefix="/staff", dependencies=[Depends(authorised)])
_INDIA = ZoneInfo("Asia/Kolkata")
_LONGEST = 1000
Name = Annotated[str, Field(max_length=80)]
Value = StrictBool | StrictInt | Annotated[StrictStr, Field(max_length=200)]


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    text: Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class Filled(BaseModel):
    """`facts`: by name; what is left out is not known yet. `refused`: what the caller cannot tell."""

    model_config = ConfigDict(extra="forbid")

    scheme: Name
    facts: Annotated[dict[Name, Value], Field(max_length=100)] = {}
    refused: Annotated[list[Name], Field(max_length=100)] = []


@router.post("/ask")
def ask(question: Question) -> JSONResponse:
    return JSONResponse(asked(question.text))


@router.get("/entries/{entry_id}")
def entry(entry_id: Annotated[str, Path(max_length=80)]) -> dict[str, Any]:
    library = knowledge_base().retriever.library
    if entry_id not in library.entries:
        raise HTTPException(404)
    return shown(library, library.entries[entry_id])


@router.get("/districts")
def districts(q: Annotated[str, Query(max_length=80)] = "") -> dict[str, Any]:
    return listed(q)


@router.get("/schemes")
def schemes() -> dict[str, Any]:
    return {"schemes": forms.schemes()}


@router.get("/schemes/{scheme}/form")
def form(scheme: Annotated[str, Path(max_length=80)]) -> dict[str, Any]:
    if scheme not in load():
        raise HTTPException(404)
    return forms.form(load()[scheme])


@router.post("/eligibility")
def eligibility(filled: Filled) -> JSONResponse:
    """422 names the fact that cannot be so, or that another one contradicts."""
    if filled.scheme not in load():
        raise HTTPException(404)
    try:
        return JSONResponse(judged(load()[filled.scheme], filled.facts, filled.refused, datetime.now(_INDIA).date()))
    except FactError as error:
        return JSONResponse({"error": "fact", "fact": error.fact}, 422)
