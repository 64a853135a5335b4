"""Plays recorded calls to a running gateway, as a telephony vendor would."""

import time
import uuid
from collections.abc import Iterator
from functools import cached_property

import httpx
from pydantic import ValidationError
from rapidfuzz import fuzz

from channels.errors import ChannelError
from channels.transcripts.models import Prompt
from channels.transcripts.recorded import Recorded
from channels.transcripts.verdicts import Seen, judge

PATH = "/api/v1/transcripts"
_GREETINGS = ("नमस्ते आप कैसे हैं", "namaste ji aap kaise hain", "hello how are you")  # each brings its language
_SAME = 90  # of 100: the same answer, perhaps with a sentence before or after
_TRIES = 4
_BUSY = (429, 503)
_STEP = 10  # between our numbers of utterances there is room for a yes


class Stopped(ChannelError):
    """One sentence: why nothing more can be played."""


class Vendor:
    """Each run has calls of its own, so that nothing is answered from an earlier one."""

    def __init__(self, client: httpx.Client, wait: float = 1.0) -> None:
        self._client, self._wait = client, wait
        self._run = uuid.uuid4().hex[:12]
        self._said: dict[str, list[str]] = {}

    def play(self, number: int, call: list[Recorded]) -> Iterator[Seen]:
        for place, heard in enumerate(call):
            yield self._hear(f"replay-{self._run}-{number}", place * _STEP, heard)

    def _hear(self, call_id: str, sequence: int, heard: Recorded) -> Seen:
        asked = heard.model_dump(include={"text", "confidence", "language", "alternatives"}, exclude_none=True)
        prompt = self._post(call_id, sequence, asked)
        confirmed = prompt is not None and prompt.outcome == "question_asked" and _is_read_back(prompt)
        if confirmed:
            prompt = self._post(call_id, sequence + 1, {"text": "1"})
        if prompt is None:
            return Seen(heard, None, "missed", confirmed)
        return Seen(heard, prompt, judge(heard, prompt, self.says), confirmed)

    def says(self, prompt: Prompt, entry: str) -> bool:
        """Compared with what the assistant says when asked for the entry by its name, in each language."""
        if entry not in self._said:
            asked = (self._entry(call, entry) for call in self._reference_calls)
            self._said[entry] = [said.text for said in asked if said and said.outcome == "answered"]
        return any(_is_said(text, prompt.text) for text in self._said[entry])

    @cached_property
    def _reference_calls(self) -> list[str]:
        calls = [f"replay-{self._run}-entries-{place}" for place in range(len(_GREETINGS))]
        for call, greeting in zip(calls, _GREETINGS, strict=True):
            self._post(call, 0, {"text": greeting})
        return calls

    def _entry(self, call: str, entry: str) -> Prompt | None:
        return self._post(call, len(self._said) + 1, {"text": f"entry:{entry}"})

    def _post(self, call_id: str, sequence: int, asked: dict[str, object]) -> Prompt | None:
        """None: the gateway failed at this one. Raises Stopped where it would fail at every one."""
        body = {"call_id": call_id, "sequence": sequence, **asked}
        for left in range(_TRIES - 1, -1, -1):
            try:
                response = self._client.post(PATH, json=body)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Stopped(
                    f"The gateway at {self._client.base_url} gives no answer ({type(error).__name__})."
                ) from None
            if response.status_code not in _BUSY or not left:
                return self._prompt(response)
            time.sleep(self._wait * (_TRIES - left))
        return None

    def _prompt(self, response: httpx.Response) -> Prompt | None:
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise Stopped("The gateway refuses the token: set TRANSCRIPT_TOKEN to the one it has.")
        if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED):
            raise Stopped(f"{self._client.base_url} has no {PATH}: is it the gateway, and of this version?")
        try:
            return Prompt.model_validate_json(response.content) if response.is_success else None
        except ValidationError:
            raise Stopped(f"{self._client.base_url} answers, but not as the gateway does.") from None


def _is_said(text: str, said: str) -> bool:
    """Whole: a short answer may well stand in a long one."""
    return len(said) >= len(text) * _SAME / 100 and fuzz.partial_ratio(text, said) >= _SAME


def _is_read_back(prompt: Prompt) -> bool:
    return [choice.payload for choice in prompt.choices] == ["1", "2"]
