"""An answer by SMS or WhatsApp: looked at once more, then sent once, and written down."""

import re
import uuid
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Form, Request
from fastapi.responses import HTMLResponse

from channels.console.ask.answers import Answers, Ask
from channels.console.ask.eligibility import Spoken, judged, texts
from channels.console.ask.question import LONGEST
from channels.console.ask.reading import latin_digits
from channels.console.ask.router import Agent, router
from channels.console.audit import audit
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import Store
from channels.delivery.service import Delivery
from channels.providers.carriers import senders
from channels.render.segments import measure_sms, plain

Way = Literal["sms", "whatsapp"]
Kind = Literal["entry", "district", "verdict"]
_MOBILE = re.compile(r"(?:\+?91|0)?([6-9][0-9]{9})", re.ASCII)
_SIGNS = re.compile(r"[\s().\-]+")


@dataclass(frozen=True)
class Piece:
    """What is to be sent: an entry, the answer to a question about districts, or a verdict over a form."""

    kind: Kind
    value: str
    form: dict[str, str]

    @property
    def name(self) -> str:
        """For the audit: no question of a caller stands there."""
        return "district answer" if self.kind == "district" else f"{self.kind} {self.value}"

    async def text(self, ask: Answers, language: str, way: Way) -> str:
        """Short by SMS. Taken from the source again: nothing that a page says is sent."""
        short, whole = await self._forms(ask)
        return plain(short[language]) if way == "sms" else whole[language]

    async def _forms(self, ask: Answers) -> tuple[dict[str, str], dict[str, str]]:
        if self.kind == "entry":
            entry = await ask.get(f"/entries/{self.value}")
            return entry["short"], entry["answer"]
        if self.kind == "verdict":
            said = (await judged(ask, self.value, self.form))["said"]
            return said["short"], said["text"]
        about = (await ask.post("/ask", {"text": self.value}))["districts"]
        if not about:
            raise Refused("common.not_found", 404)
        return about[0]["short"], about[0]["text"]


@router.post("/send")
async def send(
    request: Request,
    who: Agent,
    ask: Ask,
    store: Store,
    kind: Annotated[Kind, Form()],
    value: Annotated[str, Form(min_length=1, max_length=LONGEST)],
    number: Annotated[str, Form(max_length=40)],
    way: Annotated[Way, Form()],
    send_language: Spoken = "hi",
    once: Annotated[str, Form(max_length=32, pattern="^[0-9a-f]*$")] = "",
) -> HTMLResponse:
    """First the text is shown; `once` names the sending that was agreed to, so that it happens once."""
    to, piece = _mobile(number), Piece(kind, _safe(kind, value), texts(await request.form()))
    delivery, ours = _carrier(request, way)
    text = await piece.text(ask, send_language, way)
    shown: dict[str, Any] = {"to": to, "way": way, "text": text, "text_language": send_language}
    if not once:
        check: dict[str, Any] = {"once": uuid.uuid4().hex, "given": piece.form, "parts": measure_sms(text).segments}
        return render(request, "ask/send_check.html", who, **shown, **check)
    await store.write(audit, who, "answer_sent", piece.name, f"{way} {send_language}")
    outcome = await _sent(delivery, ours, way, to, text, f"console {once}")
    return render(request, "ask/send_done.html", who, outcome=outcome, **shown)


def _mobile(written: str) -> str:
    found = _MOBILE.fullmatch(_SIGNS.sub("", latin_digits(written)))
    if found is None:
        raise Refused("ask.mobile_bad", 422)
    return f"+91{found[1]}"


def _safe(kind: Kind, value: str) -> str:
    """Ids go into a path of the action server."""
    if kind != "district" and not re.fullmatch(r"[a-z0-9_-]{1,80}", value):
        raise Refused("common.not_found", 404)
    return value


def _carrier(request: Request, way: Way) -> tuple[Delivery, str]:
    delivery: Delivery | None = request.app.state.delivery
    ours = senders(request.app.state.settings).get(way)
    if delivery is None or ours is None:
        raise Refused(f"ask.no_{way}", 409)
    return delivery, ours


async def _sent(delivery: Delivery, ours: str, way: Way, to: str, text: str, name: str) -> str:
    if way == "whatsapp":
        return await delivery.write(f"whatsapp:{to}", text, name)
    return "taken" if await delivery.text(to, ours, text, name) else "opted_out"
