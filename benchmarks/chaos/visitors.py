"""People in the chat, who do as the widget does: what was not answered is sent again under its id."""

import asyncio
import time
import uuid
from typing import Any

import httpx

from benchmarks.chaos.judging import Judge
from benchmarks.chaos.place import Place
from benchmarks.chaos.said import Person, Said

_API = "/api/v1/widget"
_ORIGIN = {"Origin": "https://site.example"}
_PATIENCE = 45.0
_FIRST, _LONGEST = 2.0, 60.0  # seconds between two tries
_AFTER_SORRY = 4.0  # who got the sentence with the helpline's number tries again


class Visitors:
    def __init__(self, place: Place, judge: Judge) -> None:
        self._url, self._judge = place.url("GATEWAY_PORT") + _API, judge
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=0)
        self.http = httpx.AsyncClient(timeout=_PATIENCE, limits=limits, trust_env=False)
        self._tokens: dict[str, str] = {}

    async def write(self, person: Person, said: Said) -> None:
        """Returns with its answer."""
        body = {"id": uuid.uuid4().hex, "text": said.question.text, "language": said.question.language}
        pause = _FIRST
        while True:
            status, answer = await self._post(person, body)
            if status == 200 and answer:
                texts = [reply["text"] for reply in answer["replies"]]
                said.words_at = said.words_at or time.monotonic()
                if answer["outcome"] != "unavailable":
                    return self._judge.answer(person, said, "\n".join(texts))
                await asyncio.sleep(_AFTER_SORRY)
                continue
            if status == 429:
                said.words_at = said.words_at or time.monotonic()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST)

    async def _post(self, person: Person, body: dict[str, str]) -> tuple[int, dict[str, Any] | None]:
        """With a token, fetched or renewed on the way."""
        for _ in range(3):
            if person.name not in self._tokens and not await self._enter(person.name):
                return 0, None
            bearer = {"Authorization": f"Bearer {self._tokens[person.name]}"}
            status, answer = await self._ask("/messages", body, bearer)
            if status != 401:
                return status, answer
            await self._enter(person.name)
        return 401, None

    async def _enter(self, name: str) -> bool:
        old = self._tokens.pop(name, None)
        status, answer = await self._ask("/session", None, {"Authorization": f"Bearer {old}"} if old else {})
        if status == 401 and old:  # the session is over: the next one begins
            status, answer = await self._ask("/session", None, {})
        if status == 200 and answer:
            self._tokens[name] = str(answer["token"])
        return status == 200

    async def _ask(self, path: str, body: object, headers: dict[str, str]) -> tuple[int, dict[str, Any] | None]:
        try:
            async with asyncio.timeout(_PATIENCE):
                response = await self.http.post(self._url + path, json=body, headers=_ORIGIN | headers)
                return response.status_code, response.json()
        except (TimeoutError, httpx.HTTPError, ValueError):
            return 0, None
