"""The only way to the bot. Whatever fails here has one name: BotFailure."""

import asyncio
import json
import time
from collections.abc import Mapping
from datetime import datetime

import httpx
from pydantic import ValidationError

from channels.bot_models import BotAnswer, BotReply
from channels.errors import BotFailure
from channels.hygiene import CleanText
from channels.models import Channel
from channels.privacy import redact
from channels.sealing import seal_sender
from common import tracing

WEBHOOK = "/webhooks/gateway/webhook"
FORGET = "/webhooks/gateway/forget"
HISTORY = "/webhooks/gateway/history"
RENAME = "/webhooks/gateway/rename"
TIDY = "/webhooks/gateway/tidy"
AT_ONCE = frozenset({"refused", "broken", "empty"})  # a process that ends, or whose neighbour does
SOON, PAUSE = 3.0, 0.2  # seconds: the user waits


class BotClient:
    """Asks the bot and gives its replies: at least one, each with a text."""

    def __init__(self, http: httpx.AsyncClient, url: str, token: str, timeout: float) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = timeout

    async def ask(
        self,
        sender: str,
        message: CleanText,
        channel: Channel,
        number: str | None = None,
        message_id: str | None = None,
        turn_id: str | None = None,
    ) -> list[BotReply]:
        """`number`: the verified mobile number it came from; the bot keeps it sealed only.

        A `message_id` that was answered before is answered the same again, and changes nothing.
        `turn_id` names a message that has no id of its own. What fails at once is asked again once: of another bot,
        where there are several.
        """
        body = {"sender": sender, "text": message.text, "kind": message.kind, "channel": channel}
        if number:
            body["sealed_sender"] = seal_sender(number, self._token)
        if message_id:
            body["message_id"] = message_id
        elif turn_id:
            body["turn_id"] = turn_id
        if (kept := redact(message.text)) != message.text:
            body["kept"] = kept  # what the bot's store holds of it
        began = time.monotonic()
        try:
            return await self._replies(body)
        except BotFailure as failure:
            if failure.reason not in AT_ONCE or not (message_id or turn_id) or time.monotonic() - began > SOON:
                raise
        await asyncio.sleep(PAUSE)
        return await self._replies({**body, "message_id": message_id or turn_id or ""})

    async def _replies(self, body: dict[str, str]) -> list[BotReply]:
        return _read(await self._post(WEBHOOK, body))

    async def forget(self, sender: str) -> None:
        """Erase all that the bot remembers of a conversation."""
        await self._post(FORGET, {"sender": sender})

    async def history(self, sender: str) -> bytes:
        """What was said in a conversation, as JSON."""
        return await self._post(HISTORY, {"sender": sender})

    async def rename(self, sender: str, to: str) -> None:
        """The person of a conversation is known by another name from now on. Done twice it is as if done once."""
        await self._post(RENAME, {"sender": sender, "to": to})

    async def tidy(self, before: datetime) -> int:
        """Conversations that have been silent since then are forgotten; how many there were."""
        content = await self._post(TIDY, {"before": before.timestamp()})
        return int(json.loads(content)["forgotten"])

    async def _post(self, path: str, body: Mapping[str, object]) -> bytes:
        response = await self._sent(path, body)
        if response.status_code != httpx.codes.OK:
            raise BotFailure(f"status_{response.status_code}")
        return response.content

    async def _sent(self, path: str, body: Mapping[str, object]) -> httpx.Response:
        try:
            # The client's own time-outs are per read: a bot that drips would never end.
            async with asyncio.timeout(self._timeout):
                return await self._http.post(self._url + path, json=body, headers=self._headers | tracing.carried())
        except (TimeoutError, httpx.TimeoutException) as error:
            raise BotFailure("timeout") from error
        except httpx.ConnectError as error:
            raise BotFailure("refused") from error
        except Exception as error:  # also those of the client's own pool, such as a ValueError
            raise BotFailure("broken") from error


def _read(content: bytes) -> list[BotReply]:
    try:
        answer = BotAnswer.model_validate_json(content)
    except ValidationError:
        # Not chained: the error holds the text of the answer.
        raise BotFailure("malformed") from None
    replies = [reply for reply in answer.replies if reply.text.strip()]
    if not replies:
        # Rasa answers [] when an action or a store is down.
        raise BotFailure("empty")
    return replies
