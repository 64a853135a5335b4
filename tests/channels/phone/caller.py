"""A telephone at the other end: follows the documents as Twilio does, and signs as Twilio does."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import httpx
from twilio.request_validator import RequestValidator
from twiml_rules import PUBLIC, checked

TOKEN = "a-token-of-the-provider-0001"
VOICE = "/webhooks/twilio/voice"
MOBILE = "+919812345678"


class Caller:
    """One call. `heard` is what was said last, `document` all of it."""

    def __init__(self, gateway: httpx.AsyncClient, sid: str = "CA" + "0" * 32, number: str = MOBILE) -> None:
        self._gateway, self.sid, self._number = gateway, sid, number
        self.document: Element
        self.raw = ""
        self.asked: list[tuple[str, dict[str, str]]] = []

    async def calls(self) -> "Caller":
        return await self._go(PUBLIC + VOICE)

    async def says(self, words: str, confidence: float | None = 0.93) -> "Caller":
        assert "speech" in self.gather.attrib["input"]
        told = {} if confidence is None else {"Confidence": str(confidence)}
        return await self._go(self.gather.attrib["action"], SpeechResult=words, **told)

    async def presses(self, digits: str) -> "Caller":
        return await self._go(self.gather.attrib["action"], Digits=digits)

    async def is_silent(self) -> "Caller":
        return await self._go(self.gather.attrib["action"])

    async def waits(self) -> "Caller":
        return await self._go(self.document.findtext("Redirect") or "")

    async def hangs_up_helpline(self, how: str = "completed") -> "Caller":
        (dial,) = self.document.iter("Dial")
        return await self._go(dial.attrib["action"], DialCallStatus=how)

    async def again(self) -> "Caller":
        """Twilio repeats the request."""
        address, fields = self.asked[-1]
        return await self._go(address, **fields)

    async def ends(self, seconds: int = 42, status: str = "completed") -> httpx.Response:
        fields = {"CallStatus": status, "CallDuration": str(seconds)}
        return await self.post(PUBLIC + VOICE + "/status", fields)

    async def post(self, address: str, fields: dict[str, str], signature: str | None = None) -> httpx.Response:
        form = {"CallSid": self.sid, "From": self._number, "AccountSid": "AC0", **fields}
        signed = RequestValidator(TOKEN).compute_signature(address, form) if signature is None else signature
        path = address.removeprefix(PUBLIC)
        headers = {"X-Twilio-Signature": signed} if signed else {}
        return await self._gateway.post(path, data=form, headers=headers)

    async def _go(self, address: str, **fields: str) -> "Caller":
        self.asked.append((address, fields))
        response = await self.post(address, fields)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("text/xml")
        self.raw, self.document = response.text, checked(response.text)
        return self

    @property
    def gather(self) -> Element:
        (gather,) = self.document.iter("Gather")
        return gather

    @property
    def heard(self) -> str:
        return " ".join("".join(say.itertext()) for say in self.document.iter("Say"))

    @property
    def step(self) -> str:
        found = re.search(r"voice/(\w+)\?", self.raw)
        return found[1] if found else "end"

    @property
    def dialled(self) -> list[str | None]:
        return [number.text for number in self.document.iter("Number")]

    @property
    def languages(self) -> set[str]:
        return {say.attrib["language"] for say in self.document.iter("Say")}


def reply(text: str, language: str = "hi", **more: Any) -> dict[str, Any]:
    return {"text": text, "language": language, "outcome": "answered", **more}


def choice(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}
