"""The only way in: the gateway's channel, on the loopback address and with a token.

It keeps text, buttons and custom of one reply together, and is the one place where a text may be a command.
"""

from __future__ import annotations

import gc
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answered_before import recorded_answer
from bot.history import said_in
from bot.payloads import command

logger = logging.getLogger(__name__)

SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHANNELS = frozenset({"web", "whatsapp", "sms", "voice"})
KINDS = frozenset({"text", "no_words"})
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
SEALED = re.compile(r"[A-Za-z0-9_=-]{1,300}")  # a verified number, which only the action server can read
MAX_LENGTH = 1000  # the gateway cuts first; this guards the pipeline
REPLY_FIELDS = ("language", "outcome", "entry", "short", "speech", "handover")


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/webhook, answered with all replies of the turn at once."""

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        token = (credentials or {}).get("token")
        if not token:
            raise RasaException("The gateway channel needs a token: set BOT_TOKEN.")
        return cls(str(token))

    def __init__(self, token: str) -> None:
        self._authorization = f"Bearer {token}".encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        gateway = Blueprint("gateway_webhook", __name__)

        @gateway.listener("after_server_start")
        async def settle(*_: Any) -> None:
            # What has been loaded stays: let the garbage collector pass over it from now on.
            gc.collect()
            gc.freeze()

        @gateway.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            body = _body(request)
            message = read_message(body)
            if message is None:
                return response.json({"error": "bad fields"}, status=422)
            said = await _said_before(request, message) if body.get("message_id") else []
            return response.json({"replies": said or await _replies(message, on_new_message)})

        @gateway.route("/forget", methods=["POST"])
        async def forget(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            sender = (_body(request) or {}).get("sender")
            if not (isinstance(sender, str) and SENDER.fullmatch(sender)):
                return response.json({"error": "bad fields"}, status=422)
            # Rasa wraps the store that endpoints.yml names.
            request.app.ctx.agent.tracker_store._tracker_store.forget(sender)
            return response.json({})

        @gateway.route("/history", methods=["POST"])
        async def history(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            sender = (_body(request) or {}).get("sender")
            if not (isinstance(sender, str) and SENDER.fullmatch(sender)):
                return response.json({"error": "bad fields"}, status=422)
            return response.json({"said": await said_in(request.app.ctx.agent.tracker_store, sender)})

        return gateway

    def _is_authorised(self, request: Request) -> bool:
        given = (request.headers.get("authorization") or "").encode()
        return hmac.compare_digest(given, self._authorization)


class RepliesOfTurn(CollectingOutputChannel):
    """Collects whole replies; bears the user's channel's name so that responses can differ by channel."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:  # type: ignore[override]  # a class method in Rasa, called on instances
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        await self._persist_message(_reply(message))


def read_message(body: Any) -> UserMessage | None:
    """The message as Rasa takes it, or None if a field is wrong."""
    fields = body if isinstance(body, dict) else {}
    sender, text = fields.get("sender"), fields.get("text")
    channel, kind = fields.get("channel"), fields.get("kind", "text")
    sealed, message_id = fields.get("sealed_sender"), fields.get("message_id")
    if not (isinstance(sender, str) and SENDER.fullmatch(sender)):
        return None
    if not (isinstance(text, str) and len(text) <= MAX_LENGTH and "\0" not in text):
        return None
    if channel not in CHANNELS or kind not in KINDS:
        return None
    if not (sealed is None or (isinstance(sealed, str) and SEALED.fullmatch(sealed))):
        return None
    if not (message_id is None or (isinstance(message_id, str) and MESSAGE_ID.fullmatch(message_id))):
        return None
    return UserMessage(
        # Rasa takes a leading "/" for a command, which no user may give.
        text.strip().lstrip("/ "),
        RepliesOfTurn(channel),
        sender,
        parse_data=command(text, kind),
        input_channel=channel,
        message_id=message_id,  # Rasa makes one up where none is given
        metadata={"channel": channel} | ({"sealed_sender": sealed} if sealed else {}),
    )


async def _replies(
    message: UserMessage, on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> list[dict[str, Any]]:
    """Empty when the turn failed: the gateway then says what is to be said."""
    try:
        await on_new_message(message)
    except Exception:  # whatever went wrong must not become an unanswered user
        logger.exception("The turn failed.")
        return []
    return _with_language(message.output_channel.messages)


async def _said_before(request: Request, message: UserMessage) -> list[dict[str, Any]]:
    said = await recorded_answer(request.app.ctx.agent.tracker_store, message.sender_id, message.message_id)
    return _with_language([_reply(each) for each in said])


def _body(request: Request) -> Any:
    try:
        return request.json
    except Exception:  # sanic raises its own error, answered as any other bad body
        return None


def _reply(message: dict[str, Any]) -> dict[str, Any]:
    custom = message.get("custom") or {}
    buttons = [{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []]
    return {
        "text": (message.get("text") or "").strip(),
        "buttons": buttons,
        "sources": custom.get("sources") or [],
        **{field: custom.get(field) for field in REPLY_FIELDS},
    }


def _with_language(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A reply that names no language is in that of the others, or in that of its letters."""
    known = next((reply["language"] for reply in replies if reply["language"]), None)
    for reply in replies:
        reply["language"] = reply["language"] or known or _by_letters(reply["text"])
    return [reply for reply in replies if reply["text"]]


def _by_letters(text: str) -> str:
    return "hi" if re.search(r"[\u0900-\u097F]", text) else "en"
