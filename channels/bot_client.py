"""The only way to the bot. Whatever fails here has one name: BotFailure."""

import asyncio

import httpx
from pydantic import ValidationError

from channels.bot_models import BotAnswer, BotReply
from channels.errors import BotFailure
from channels.hygiene import CleanText
from channels.models import Channel
from channels.sealing import seal_sender

WEBHOOK = "/webhooks/gateway/webhook"
FORGET = "/webhooks/gateway/forget"
HISTORY = "/webhooks/gateway/history"


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
    ) -> list[BotReply]:
        """`number`: the verified mobile number it came from; the bot keeps it sealed only.

        A `message_id` that was answered before is answered the same again, and changes nothing.
        """
        body = {"sender": sender, "text": message.text, "kind": message.kind, "channel": channel}
        if number:
            body["sealed_sender"] = seal_sender(number, self._token)
        if message_id:
            body["message_id"] = message_id
        return _replies(await self._post(WEBHOOK, body))

    async def forget(self, sender: str) -> None:
        """Erase all that the bot remembers of a conversation."""
        await self._post(FORGET, {"sender": sender})

    async def history(self, sender: str) -> bytes:
        """What was said in a conversation, as JSON."""
        return await self._post(HISTORY, {"sender": sender})

    async def _post(self, path: str, body: dict[str, str]) -> bytes:
        response = await self._sent(path, body)
        if response.status_code != httpx.codes.OK:
            raise BotFailure(f"status_{response.status_code}")
        return response.content

    async def _sent(self, path: str, body: dict[str, str]) -> httpx.Response:
        try:
            # The client's own time-outs are per read: a bot that drips would never end.
            async with asyncio.timeout(self._timeout):
                return await self._http.post(self._url + path, json=body, headers=self._headers)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise BotFailure("timeout") from error
        except httpx.ConnectError as error:
            raise BotFailure("refused") from error
        except httpx.HTTPError as error:
            raise BotFailure("broken") from error


def _replies(content: bytes) -> list[BotReply]:
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
