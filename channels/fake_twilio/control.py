"""For tests and the page: what contacts send, what was carried, and the faults."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from channels.fake_twilio.callbacks import Carrier
from channels.fake_twilio.faults import Faults
from channels.fake_twilio.keywords import hear
from channels.fake_twilio.messages import WINDOW, Message
from channels.fake_twilio.network import Network
from channels.fake_twilio.resources import segments
from channels.fake_twilio.rest import Net
from channels.fake_twilio.sending import CONTENT_SID, is_address
from channels.fake_twilio.templates import Template

router = APIRouter()
MEDIA_BYTES = 16 * 1024 * 1024  # as much as WhatsApp takes


class Chosen(BaseModel):
    """A tapped button or item."""

    id: str
    title: str
    kind: str = "quick-reply"


class FromContact(BaseModel):
    """One message of a contact. `whatsapp:` before the number says the channel."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sender: str = Field(alias="from", max_length=200)
    body: str = Field(default="", max_length=4096)
    media: list[str] = Field(default=[], max_length=10)  # ids that POST /media gave
    profile_name: str = ""
    chosen: Chosen | None = None
    sid: str | None = Field(default=None, pattern=r"^(SM|MM)[0-9a-f]{32}$")
    copies: int = Field(default=1, ge=1, le=200)  # delivered at the same time
    wait: bool = False  # for the answers of the webhook


class ContactState(BaseModel):
    """What the network is told about a contact."""

    model_config = ConfigDict(extra="forbid")

    opted_out: bool | None = None
    window_open: bool | None = None


@router.post("/inbound", status_code=201)
async def inbound(given: FromContact, net: Net) -> dict[str, Any]:
    """A contact sends a message; the webhook is called."""
    if not is_address(given.sender):
        raise HTTPException(422, "from: a number such as +919876543210, with whatsapp: before it for WhatsApp")
    message = net.inbound.receive(_message(given, net))
    _keyword(message, net)
    delivery = net.inbound.deliver(message, given.copies)
    if given.wait:
        await delivery
    else:
        net.start(delivery)
    return shown(message)


@router.post("/media", status_code=201)
async def media(request: Request, net: Net) -> dict[str, str]:
    """A file that a contact is about to send: the body, and its Content-Type."""
    content = await request.body()
    if not content or len(content) > MEDIA_BYTES:
        raise HTTPException(422, f"A file has 1 to {MEDIA_BYTES} bytes.")
    kind = request.headers.get("content-type", "application/octet-stream")
    return {"sid": net.keep_media(kind, content)}


@router.get("/media/{sid}")
async def stored(sid: str, net: Net) -> Response:
    """Who knows the id may have it, as with Twilio's own store."""
    if sid not in net.media:
        raise HTTPException(404)
    kind, content = net.media[sid]
    return Response(content, media_type=kind)


@router.get("/messages")
async def messages(
    net: Net,
    contact: str = "",
    direction: str = "",
    after: int = 0,
    limit: Annotated[int, Query(ge=1, le=20_000)] = 1000,
) -> dict[str, Any]:
    """The newest `limit`, oldest first; `after` is the highest `changed` that the caller has seen."""
    found = [each for each in net.ledger.newest_first() if each.changed > after and contact in ("", each.contact)]
    found = [each for each in found if each.direction.startswith(direction)]
    return {"messages": [shown(each) for each in reversed(found[:limit])]}


@router.delete("/messages", status_code=204)
async def forget(net: Net) -> None:
    """As if started anew."""
    net.ledger.clear()


@router.get("/events")
async def events(net: Net, kind: str = "", after: int = 0) -> dict[str, Any]:
    """Every request to the gateway (webhook, callback, call) and from it (rest), oldest first."""
    return {"events": [each for each in net.ledger.events if each["number"] > after and kind in ("", each["kind"])]}


@router.post("/settle", status_code=204)
async def settle(net: Net) -> None:
    """Answers when nothing is under way any more."""
    await net.settle()


@router.get("/faults")
async def faults(net: Net) -> Faults:
    return net.dice.faults


@router.put("/faults")
async def set_faults(given: Faults, net: Net) -> Faults:
    """From now on; what is not named is off."""
    net.dice.set(given)
    return given


@router.delete("/faults")
async def no_faults(net: Net) -> Faults:
    return await set_faults(Faults(), net)


@router.get("/contacts/{address}")
async def contact(address: str, net: Net) -> dict[str, bool]:
    return {"opted_out": net.ledger.contact(address).opted_out, "window_open": net.ledger.window_open(address)}


@router.put("/contacts/{address}")
async def set_contact(address: str, given: ContactState, net: Net) -> dict[str, bool]:
    """Opted out or in; the 24 hours over, or begun now."""
    known = net.ledger.contact(address)
    if given.opted_out is not None:
        known.opted_out = given.opted_out
    if given.window_open is not None:
        known.last_inbound = net.ledger.clock() - (WINDOW * (not given.window_open))
    return await contact(address, net)


@router.put("/templates/{sid}")
async def template(sid: str, given: Template, net: Net) -> Template:
    """What a ContentSid stands for."""
    if not CONTENT_SID.fullmatch(sid):
        raise HTTPException(422, "A ContentSid is HX and 32 hexadecimal digits.")
    net.templates.known[sid] = given
    return given


def shown(message: Message) -> dict[str, Any]:
    """A message as tests and the page see it."""
    return {
        "sid": message.sid,
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "body": message.body,
        "media": message.media,
        "segments": segments(message),
        "status": message.status,
        "error_code": message.error_code,
        "choices": message.extra.get("choices", []),
        "kind": message.extra.get("kind", "text"),
        "created": message.created.isoformat(),
        "changed": message.changed,
        "attempts": message.attempts,
    }


def _message(given: FromContact, net: Network) -> Message:
    missing = [sid for sid in given.media if sid not in net.media]
    if missing or not (given.body or given.media):
        raise HTTPException(422, f"There is no media {missing[0]}." if missing else "A message has a body or media.")
    channel = "whatsapp" if given.sender.startswith("whatsapp:") else "sms"
    extra = {"profile_name": given.profile_name, "chosen": given.chosen and given.chosen.model_dump()}
    media = [f"{sid} {net.media[sid][0]}" for sid in given.media]
    to = net.settings.sender(channel)
    return net.desk.new("inbound", given.sender, to, given.body, media=media, extra=extra, sid=given.sid)


def _keyword(message: Message, net: Network) -> None:
    words = hear(message, net.ledger.contact(message.sender)) if net.settings.fake_twilio_answers_stop else None
    if words:
        answer = net.ledger.add(net.desk.new("outbound-reply", message.to, message.sender, words))
        carrier: Carrier = net.carrier
        net.start(carrier.carry(answer))
