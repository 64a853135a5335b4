"""Twilio's webhooks of a call. Every request is signed, by its whole address and all its fields."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from channels.hygiene import visible
from channels.models import LARGEST_ID
from channels.phone.calls import Calls
from channels.phone.record import Ending
from channels.phone.screen import Heard, Then
from channels.phone.twiml import PATH
from channels.webhooks.signed import Form, signed_form

router = APIRouter(prefix=PATH, include_in_schema=False)  # for Twilio; no part of the API

ENDS = ("completed", "busy", "no-answer", "failed", "canceled")


async def _of_call(form: Annotated[Form, Depends(signed_form)]) -> Form:
    if not form.get("CallSid"):
        raise HTTPException(422, "No call is named.")
    return form


async def _calls(request: Request) -> Calls:
    calls: Calls = request.app.state.phone
    return calls


Signed = Annotated[Form, Depends(_of_call)]
TheCalls = Annotated[Calls, Depends(_calls)]
Step = Annotated[int, Query(ge=1, le=LARGEST_ID)]


@router.post("")
async def answer(form: Signed, calls: TheCalls) -> Response:
    """Somebody calls."""
    return _twiml(await calls.begin(form["CallSid"]))


@router.post("/status")
async def status(form: Signed, calls: TheCalls) -> Response:
    """How far a call is; only its end counts."""
    if form.get("CallStatus") in ENDS:
        await calls.end(form["CallSid"], Ending(form["CallStatus"], _seconds(form.get("CallDuration", ""))))
    return Response(status_code=204)


@router.post("/language")
async def language(form: Signed, calls: TheCalls, step: Step) -> Response:
    """The answer to the greeting."""
    return await _go_on("language", form, calls, step)


@router.post("/question")
async def question(form: Signed, calls: TheCalls, step: Step) -> Response:
    """A question, a choice, or what steers the call."""
    return await _go_on("question", form, calls, step)


@router.post("/confirm")
async def confirm(form: Signed, calls: TheCalls, step: Step) -> Response:
    """Whether the words read back are right."""
    return await _go_on("confirm", form, calls, step)


@router.post("/keys")
async def keys(form: Signed, calls: TheCalls, step: Step) -> Response:
    """A key, where speech was not heard."""
    return await _go_on("keys", form, calls, step)


@router.post("/wait")
async def wait(form: Signed, calls: TheCalls, step: Step) -> Response:
    """Whether the answer is there now."""
    return await _go_on("wait", form, calls, step)


@router.post("/person")
async def person(form: Signed, calls: TheCalls, step: Step) -> Response:
    """The conversation with the helpline is over, or there was none."""
    return await _go_on("person", form, calls, step)


async def _go_on(then: Then, form: Form, calls: Calls, step: int) -> Response:
    return _twiml(await calls.go_on(form["CallSid"], then, step, _heard(form)))


def _heard(form: Form) -> Heard:
    return Heard(
        digits=form.get("Digits", "").strip("#* "),
        words=visible(form.get("SpeechResult", "")),  # they are read back, and XML bears no control characters
        confidence=_number(form.get("Confidence")),
        number=form.get("From", ""),
        dialled=form.get("DialCallStatus", ""),
    )


def _seconds(text: str) -> int | None:
    """No call lasts so long that nine digits are not enough; the store could not hold more."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _twiml(document: str) -> Response:
    return Response(document, media_type="text/xml; charset=utf-8")
