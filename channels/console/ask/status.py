"""The status of an application, told only once what the caller says of it agrees with the record."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Form, Request
from fastapi.responses import HTMLResponse

from channels.console.access import Account
from channels.console.ask.answers import Answer, Answers, Ask
from channels.console.ask.reading import dated, latin_digits
from channels.console.ask.router import Agent, router
from channels.console.audit import audit
from channels.console.errors import Refused
from channels.console.pages import is_fragment, render
from channels.console.store import Store

REASONS = ("asks", "late", "objection", "complaint")
Reason = Literal["asks", "late", "objection", "complaint"]
Written = Annotated[str, Form(min_length=1, max_length=80)]
_ENDING = re.compile(r"[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Told:
    """What the caller said, by which the holder is known."""

    number: str
    scheme: str
    district: str
    ending: str

    def fits(self, record: Answer) -> bool:
        said = f"{self.scheme}|{self.district}|{latin_digits(self.ending)}"
        kept = f"{record['scheme']['id']}|{record['district']['id']}|{record['mobile'][-2:]}"
        return hmac.compare_digest(said.encode(), kept.encode())


@router.get("/status")
async def status_page(request: Request, who: Agent, ask: Ask) -> HTMLResponse:
    return await _page(request, who, ask, None)


@router.post("/status")
async def status(
    request: Request,
    who: Agent,
    ask: Ask,
    store: Store,
    number: Written,
    scheme: Written,
    district: Written,
    ending: Written,
    reason: Annotated[Reason, Form()],
) -> HTMLResponse:
    told = Told(number.strip(), scheme, district, ending.strip())
    if not _ENDING.fullmatch(latin_digits(told.ending)):
        raise Refused("ask.ending_bad", 422)
    record = await _record(ask, who, told.number)
    fits = record is not None and told.fits(record)
    action = "status_shown" if fits else "status_refused"
    await store.write(audit, who, action, _subject(request, told.number), reason)
    shown: dict[str, Any] = {"record": record if fits else None, "dated": lambda date: dated(date, who.language)}
    if is_fragment(request):
        return render(request, "ask/record.html", who, asked=True, **shown)
    return await _page(request, who, ask, record if fits else None, asked=True)


async def _record(ask: Answers, who: Account, number: str) -> Answer | None:
    """None for an unknown number: that it is unknown and that the rest does not fit is told alike."""
    body = {"number": number, "staff": who.login, "language": "hi", "beside": "en"}
    status, found = await ask.try_post("/application", body, (404, 422))
    if status == 422:
        raise Refused("ask.number_bad", 422)
    return found if status == 200 else None


def _subject(request: Request, number: str) -> str:
    """The same for the same number, and nobody reads the number off it."""
    secret = request.app.state.settings.bot_token.get_secret_value()
    plain = "".join(re.findall(r"\w", latin_digits(number).upper()))
    return "application " + hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()[:12]


async def _page(
    request: Request, who: Account, ask: Answers, record: Answer | None, asked: bool = False
) -> HTMLResponse:
    schemes = [each for each in (await ask.get("/schemes"))["schemes"] if each["programme"] == "own"]
    districts = (await ask.get("/districts"))["districts"]
    lists: dict[str, Any] = {
        "schemes": schemes,
        "districts": districts,
        "reasons": REASONS,
        "asked": asked,
        "record": record,
    }
    return render(request, "ask/status.html", who, dated=lambda date: dated(date, who.language), **lists)
