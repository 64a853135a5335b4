"""People on SMS and WhatsApp, and the provider between them and us, as Twilio behaves.

A message is brought to our address; where that fails, or takes longer than 15 seconds, once more to the fallback
address (the same one), saying so; then Twilio gives up. Some are brought twice.
"""

import asyncio
import random
import secrets
import time
from contextlib import suppress
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import httpx
from twilio.request_validator import RequestValidator

from benchmarks.chaos.judging import Judge
from benchmarks.chaos.place import PUBLIC, SMS, WHATSAPP, Place
from benchmarks.chaos.said import Person, Said

MESSAGES = "/webhooks/twilio/messages"
_FORM = "application/x-www-form-urlencoded"
_TWICE = 0.2
_PATIENCE = 15.0
_LOOKS = 0.25
_FAILED = "11200"  # Twilio's code for an address that does not answer as it should


def address(number: int) -> str:
    return f"{'whatsapp:' if number % 2 else ''}+9198{number:08}"


class Phones:
    def __init__(self, place: Place, judge: Judge, dice: random.Random) -> None:
        self._gateway, self._signer = place.url("GATEWAY_PORT"), RequestValidator(place.token)
        self._provider, self._judge, self._dice = place.url("PROVIDER_OWN_PORT"), judge, dice
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=0)
        self.http = httpx.AsyncClient(timeout=httpx.Timeout(_PATIENCE, connect=5.0), limits=limits, trust_env=False)
        self._seen = 0
        self._people: dict[str, Person] = {}

    async def write(self, person: Person, said: Said) -> None:
        """Returns once the provider has handed it over, or given up."""
        self._people[person.name] = person
        ours = WHATSAPP if person.name.startswith("whatsapp") else SMS
        form = {"MessageSid": f"SM{secrets.token_hex(16)}", "From": person.name, "To": ours}
        form |= {"Body": said.question.text, "NumMedia": "0"}
        answer = await self._bring(form)
        if answer is None:
            answer = await self._bring(form | {"ErrorCode": _FAILED, "ErrorUrl": PUBLIC + MESSAGES})
        elif self._dice.random() < _TWICE:
            await self._bring(form)
        if answer is None:
            said.untaken = True
        elif answer:
            said.refused, said.words_at = True, time.monotonic()

    async def _bring(self, form: dict[str, str], path: str = MESSAGES) -> str | None:
        """The sentence with which it was answered, mostly none; None where it was not taken."""
        signature = self._signer.compute_signature(PUBLIC + path, form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": _FORM}
        try:
            async with asyncio.timeout(_PATIENCE):
                response = await self.http.post(self._gateway + path, content=urlencode(form), headers=headers)
        except (TimeoutError, httpx.HTTPError):
            return None
        return _told(response.text) if response.is_success else None

    async def listen(self) -> None:
        """What the provider took, as long as this runs."""
        while True:
            with suppress(httpx.HTTPError):  # it is looked at again
                await self.look()
            await asyncio.sleep(_LOOKS)

    async def look(self) -> None:
        news = (await self.http.get(f"{self._provider}/records", params={"after": self._seen})).json()
        self._seen += len(news)
        for record in news:
            if person := self._people.get(record["to"]):
                person.heard.append((record["at"], record["body"]))
                self._judge.hear(person, record["at"], record["body"])
        await asyncio.gather(*(self._tell(record) for record in news))

    async def _tell(self, record: dict[str, str]) -> None:
        """What became of it; once, and whether or not it is listened to."""
        url = urlsplit(record["callback"])
        await self._bring({"MessageSid": record["sid"], "MessageStatus": "delivered"}, f"{url.path}?{url.query}")


def _told(twiml: str) -> str:
    if not twiml:
        return ""
    return " ".join(each.text or "" for each in ElementTree.fromstring(twiml).iter("Message"))
