"""The part of Twilio's REST API that we use: /2010-04-01/Accounts/{sid}/Messages."""

import asyncio
import base64
import hmac
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from channels.fake_twilio.messages import Message
from channels.fake_twilio.network import Network
from channels.fake_twilio.refusals import Refusal
from channels.fake_twilio.resources import PAGE_SIZE, VERSION, page, path, resource

MOST = 1000  # of a page


def network(request: Request) -> Network:
    found: Network = request.app.state.network
    return found


Net = Annotated[Network, Depends(network)]


async def let_in(request: Request, account: str, net: Net) -> None:
    """Credentials first, then what the dice say."""
    if not _knows(request.headers.get("authorization", ""), account, net):
        raise Refusal(20003)
    if net.dice.falls("answer_429"):
        raise Refusal(20429, retry_after=net.dice.faults.retry_after)
    for name, code in (("answer_500", 20500), ("answer_503", 20503)):
        if net.dice.falls(name):
            raise Refusal(code)


router = APIRouter(prefix=f"/{VERSION}/Accounts/{{account}}", dependencies=[Depends(let_in)])


@router.post("/Messages.json", status_code=201)
async def send(request: Request, account: str, net: Net) -> Response:
    """Accepts a message and carries it; the answer may be lost."""
    fields = parse_qs((await request.body()).decode(), keep_blank_values=True)
    if net.dice.falls("silent_before_accepting"):
        return await _silence(request, net)
    message = net.desk.accept(fields)
    answer = JSONResponse(resource(message, account), 201)  # as it is now: queued
    net.start(net.carrier.carry(message))
    if net.dice.falls("silent_after_accepting"):
        return await _silence(request, net)
    if net.dice.falls("answer_500_after_accepting"):
        raise Refusal(20500)
    return answer


@router.get("/Messages.json")
async def listed(request: Request, account: str, net: Net) -> dict[str, Any]:
    """The newest first, by To, From and the day or moment of sending."""
    filters = {name: value for name, value in request.query_params.items() if name not in ("Page", "PageSize")}
    found = [each for each in net.ledger.newest_first() if _fits(each, filters)]
    size = min(_number(request, "PageSize", PAGE_SIZE) or PAGE_SIZE, MOST)
    return page(found, account, filters, _number(request, "Page", 0), size)


@router.get("/Messages/{sid}.json")
async def one(account: str, sid: str, net: Net) -> dict[str, Any]:
    """One message."""
    message = net.ledger.get(sid)
    if message is None:
        raise Refusal(20404, path(account, sid))
    return resource(message, account)


@router.get("/Messages/{sid}/Media/{media}")
async def media(account: str, sid: str, media: str, net: Net) -> Response:
    """What a contact sent with a message: Twilio leads to where it lies, and there no credentials are asked for."""
    if media not in net.media:
        raise Refusal(20404, path(account, sid, f"/Media/{media}"))
    return RedirectResponse(f"{net.settings.own}/media/{media}")


async def _silence(request: Request, net: Network) -> Response:
    """Nothing, until who asked has gone or the time is over."""
    ends = asyncio.get_running_loop().time() + net.dice.faults.silence_seconds
    while asyncio.get_running_loop().time() < ends and not await request.is_disconnected():
        await asyncio.sleep(0.05)
    return Response(status_code=504)


def _fits(message: Message, filters: dict[str, str]) -> bool:
    moment = message.sent or message.created
    for name, wanted in filters.items():
        if name in ("To", "From") and wanted != (message.to if name == "To" else message.sender):
            return False
        if name == "DateSent>" and moment < _moment(wanted, ends=False):
            return False
        if name == "DateSent<" and moment > _moment(wanted, ends=True):
            return False
        if name == "DateSent" and moment.date() != _moment(wanted, ends=False).date():
            return False
    return True


def _moment(text: str, ends: bool) -> datetime:
    """A day stands for its first moment, or for its last."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(20404, f"with the date {text}") from None
    if len(text) == len("2026-01-31") and ends:
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() else otherwise


def _knows(header: str, account: str, net: Network) -> bool:
    wanted = f"{net.settings.twilio_account_sid}:{net.settings.twilio_auth_token.get_secret_value()}"
    expected = "Basic " + base64.b64encode(wanted.encode()).decode()
    return account == net.settings.twilio_account_sid and hmac.compare_digest(header.encode(), expected.encode())
