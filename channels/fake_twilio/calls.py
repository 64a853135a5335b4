"""A phone call: TwiML is fetched, spoken as text, and answered with keys or speech."""

from collections import OrderedDict
from typing import Any
from urllib.parse import urljoin

from channels.fake_twilio.line import Line
from channels.fake_twilio.messages import new_sid
from channels.fake_twilio.resources import VERSION
from channels.fake_twilio.settings import VOICE_PATH, VOICE_STATUS_PATH, FakeSettings
from channels.fake_twilio.twiml import Leap, NotTwiml, Script, Wait, read

MOST_CALLS = 500
MOST_LEAPS = 20  # of redirects in a row
BROKEN = "An application error has occurred. Goodbye."  # what a caller of the real one hears in such words


class Call:
    """One call, from ringing to hanging up."""

    def __init__(self, caller: str, settings: FakeSettings, line: Line) -> None:
        self.sid, self.caller = new_sid("CA"), caller
        self.status = "ringing"
        self.heard: list[dict[str, Any]] = []
        self.wait: Wait | None = None
        self._settings, self._line = settings, line
        self._url = settings.public + VOICE_PATH
        self._script = Script([])

    async def begin(self) -> None:
        await self._fetch(self._url, {})

    async def press(self, digits: str) -> None:
        """Keys. The end key alone is no input."""
        assert self.wait is not None
        taken = self.wait.digits(digits)
        if not taken:
            return await self.stay_silent()
        self._hear("you", digits, by="keys")
        await self._answer({"Digits": taken})

    async def say(self, words: str, confidence: float) -> None:
        self._hear("you", words, by="speech")
        await self._answer({"SpeechResult": words, "Confidence": f"{confidence:.8f}"})

    async def stay_silent(self) -> None:
        """The Gather ends without input: the next verb, or its action if it wants to know."""
        assert self.wait is not None
        self._hear("you", "", by="silence")
        if self.wait.attributes.get("actionOnEmptyResult", "false") == "true":
            await self._answer({"Digits": "", "SpeechResult": ""})
        else:
            await self._go_on()

    async def dialled(self, outcome: str) -> None:
        """How the call that <Dial> made ended: completed, no-answer, busy or failed."""
        assert self.wait is not None
        self._hear("note", outcome)
        if self.wait.attributes.get("action"):
            await self._answer({"DialCallStatus": outcome, "DialCallSid": new_sid("CA"), "DialCallDuration": "10"})
        else:
            await self._go_on()

    async def hang_up(self) -> None:
        self.wait, self.status = None, "completed"
        url = self._settings.public + VOICE_STATUS_PATH
        await self._line.post("call", url, self._fields() | {"CallDuration": "60", "SequenceNumber": "0"})

    async def _answer(self, fields: dict[str, str]) -> None:
        assert self.wait is not None
        attributes = self.wait.attributes
        await self._fetch(urljoin(self._url, attributes.get("action", "")), fields)

    async def _fetch(self, url: str, fields: dict[str, str], leaps: int = 0) -> None:
        """Asks for TwiML and runs it."""
        self._url = url
        answer = await self._line.post("call", url, self._fields() | fields)
        if answer is None or answer.status_code >= 300 or leaps > MOST_LEAPS:
            why = "too many redirects" if leaps > MOST_LEAPS else f"answer {answer.status_code if answer else 'none'}"
            return await self._break(f"Error 11200, HTTP retrieval failure: {why}")
        self.status = "in-progress"  # only the first request is made while it rings
        try:
            self._script = read(answer.text)
        except NotTwiml as error:
            return await self._break(str(error))
        await self._go_on(leaps)

    async def _go_on(self, leaps: int = 0) -> None:
        """To the next wait, or to the end."""
        stop = self._script.run()
        self.heard += self._script.take_lines()
        self.wait = stop if isinstance(stop, Wait) else None
        if isinstance(stop, Leap):
            await self._fetch(urljoin(self._url, stop.url), {}, leaps + 1)
        elif stop is None:
            await self.hang_up()

    async def _break(self, why: str) -> None:
        self._hear("say", BROKEN)
        self._hear("note", why)
        await self.hang_up()

    def _hear(self, kind: str, text: str, **more: str) -> None:
        self.heard.append({"kind": kind, "text": text, **more})

    def _fields(self) -> dict[str, str]:
        to = self._settings.sender("voice")
        fields = {"AccountSid": self._settings.twilio_account_sid, "ApiVersion": VERSION, "CallSid": self.sid}
        fields |= {"CallStatus": self.status, "Direction": "inbound", "From": self.caller, "To": to}
        return fields | {"Caller": self.caller, "Called": to, "FromCountry": "IN" if "+91" in self.caller else ""}


class Exchange:
    """The calls, the newest of them."""

    def __init__(self, settings: FakeSettings, line: Line) -> None:
        self._settings, self._line = settings, line
        self._calls: OrderedDict[str, Call] = OrderedDict()

    def call(self, caller: str) -> Call:
        made = Call(caller, self._settings, self._line)
        self._calls[made.sid] = made
        while len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)
        return made

    def get(self, sid: str) -> Call | None:
        return self._calls.get(sid)
