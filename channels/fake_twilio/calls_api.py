"""Calls for the page and for tests."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, ConfigDict, Field, model_validator

from channels.fake_twilio.calls import Call
from channels.fake_twilio.rest import Net
from channels.fake_twilio.sending import NUMBER

router = APIRouter(prefix="/calls")


class Caller(BaseModel):
    """Who calls; "anonymous" hides the number."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    number: str = Field(alias="from")


class Input(BaseModel):
    """One of: keys, speech, silence, or how the dialled call ended."""

    model_config = ConfigDict(extra="forbid")

    digits: str | None = Field(default=None, pattern=r"^[0-9*#]{1,40}$")
    speech: str | None = Field(default=None, min_length=1, max_length=1000)
    confidence: float = Field(default=0.9, ge=0, le=1)
    silence: bool = False
    dialled: Literal["completed", "no-answer", "busy", "failed"] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Input":
        if sum(map(bool, (self.digits, self.speech, self.silence, self.dialled))) != 1:
            raise ValueError("give one of digits, speech, silence and dialled")
        return self


def find(sid: str, net: Net) -> Call:
    call = net.exchange.get(sid)
    if call is None:
        raise HTTPException(404, "There is no such call.")
    return call


Known = Annotated[Call, Depends(find)]


@router.post("", status_code=201)
async def begin(given: Caller, net: Net) -> dict[str, Any]:
    """Calls the helpline; the answer is what is heard until the call waits or ends."""
    if given.number != "anonymous" and not NUMBER.fullmatch(given.number):
        raise HTTPException(422, "from: a number such as +919876543210, or anonymous")
    call = net.exchange.call(given.number)
    await call.begin()
    return shown(call)


@router.get("/{sid}")
async def one(call: Known) -> dict[str, Any]:
    return shown(call)


@router.post("/{sid}/input")
async def give(given: Input, call: Known) -> dict[str, Any]:
    """Keys, speech, silence, or the end of the dialled call; 409 where the call waits for none of it."""
    if not _waits_for(given, call):
        raise HTTPException(409, f"The call is {call.status} and does not wait for this.")
    if given.dialled:
        await call.dialled(given.dialled)
    elif given.digits:
        await call.press(given.digits)
    elif given.speech:
        await call.say(given.speech, given.confidence)
    else:
        await call.stay_silent()
    return shown(call)


@router.post("/{sid}/hangup")
async def hang_up(call: Known) -> dict[str, Any]:
    """The caller hangs up."""
    if call.status != "completed":
        await call.hang_up()
    return shown(call)


def shown(call: Call) -> dict[str, Any]:
    wait = call.wait and {"kind": call.wait.kind, **call.wait.attributes}
    return {"sid": call.sid, "status": call.status, "heard": call.heard, "waits_for": wait}


def _waits_for(given: Input, call: Call) -> bool:
    if call.wait is None or given.silence:
        return call.wait is not None and call.wait.kind == "gather"
    if given.dialled:
        return call.wait.kind == "dial"
    return call.wait.hears("dtmf" if given.digits else "speech")
