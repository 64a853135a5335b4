"""Twilio's webhooks for WhatsApp and SMS: a message came, and what became of one that we sent."""

from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from channels.delivery.contacts import Address
from channels.delivery.inbox import Incoming, Media
from channels.delivery.service import Delivery
from channels.delivery.words import Wish
from channels.errors import StoreFailure, problem
from channels.models import ProblemField
from channels.webhooks.signed import Form, signed_form

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_MOST_MEDIA = 10
_WISHES: dict[str, Wish] = {"STOP": "stop", "START": "start"}

Sid = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{2,64}$")]
Place = Annotated[str, Field(pattern=r"^(whatsapp:)?[+A-Za-z0-9._-]{2,64}$")]


class Called(BaseModel):
    """The fields of a message that count. Others come and go."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    sid: Sid = Field(alias="MessageSid")
    sender: Place = Field(alias="From")
    ours: Annotated[Place, Field(max_length=64)] = Field(alias="To")
    body: str = Field(default="", alias="Body")
    media: int = Field(default=0, ge=0, le=_MOST_MEDIA, alias="NumMedia")
    button: str = Field(default="", alias="ButtonPayload")  # what a tapped button stands for
    item: str = Field(default="", alias="ListId")
    failed_before: str = Field(default="", alias="ErrorUrl")  # where Twilio's first try was not taken
    opt_out: str = Field(default="", alias="OptOutType")  # Twilio has heard this wish and answered it


class Told(BaseModel):
    """A status of a message of ours."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    sid: Sid = Field(alias="MessageSid")
    status: str = Field(max_length=32, alias="MessageStatus")
    code: str | None = Field(default=None, max_length=16, alias="ErrorCode")


async def _delivery(request: Request) -> Delivery:
    delivery: Delivery | None = request.app.state.delivery
    if delivery is None:
        raise HTTPException(503, "No provider of messages is configured.")
    return delivery


async def _form(request: Request, _: Annotated[Delivery, Depends(_delivery)]) -> Form:
    """Without a provider there is nobody whose signature could be right."""
    return await signed_form(request)


Service = Annotated[Delivery, Depends(_delivery)]
Signed = Annotated[Form, Depends(_form)]

router = APIRouter(prefix="/webhooks/twilio", include_in_schema=False)  # Twilio's interface, no part of ours


@router.post("/messages")
async def message(form: Signed, delivery: Service, after: BackgroundTasks) -> Response:
    """A message of a person on WhatsApp or SMS. Recorded once, answered later through the provider.

    What could not be recorded at Twilio's last try either is answered at once, through Twilio, so that the person
    knows.
    """
    try:
        called = Called.model_validate(form)
        incoming = _incoming(called, form)
    except ValidationError as error:
        return _refused(error)
    try:
        inbound_id = await delivery.receive(incoming)
    except StoreFailure:
        if not called.failed_before:
            raise  # Twilio brings it again, to the fallback address
        return Response(_said(delivery.not_taken(incoming)), media_type="text/xml")
    if inbound_id is not None:
        after.add_task(delivery.begin)
    return Response(EMPTY, media_type="text/xml")


@router.post("/status")
async def status(request: Request, form: Signed, delivery: Service) -> Response:
    """What became of a message that we sent."""
    try:
        told = Told.model_validate(form)
    except ValidationError as error:
        return _refused(error)
    reference = request.query_params.get("m", "")
    await delivery.learn(reference, told.sid, told.status.lower(), told.code or None)
    return Response(status_code=204)


def _incoming(called: Called, form: Form) -> Incoming:
    media = [
        Media(form[f"MediaUrl{i}"], form.get(f"MediaContentType{i}", ""))
        for i in range(called.media)
        if f"MediaUrl{i}" in form
    ]
    text = called.button or called.item or called.body
    wish = _WISHES.get(called.opt_out.upper())
    return Incoming(called.sid, Address.read(called.sender), called.ours, text, tuple(media), wish)


def _said(text: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response><Message>{escape(text)}</Message></Response>'


def _refused(error: ValidationError) -> Response:
    fields = [ProblemField(field=str(item["loc"][0]), message=item["msg"]) for item in error.errors()]
    return problem(422, "This is no message as Twilio sends it.", fields)
