"""The only way in: the gateway's channel, on the loopback address and with a token.

It keeps text, buttons and custom of one reply together, and is the one place where a text may be a command.
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import points, watching
from bot.answered_before import recorded_answer
from bot.history import said_in
from bot.kept import KEPT
from bot.payloads import command
from bot.whole_turns import TurnFailed
from common import tracing

logger = logging.getLogger(__name__)

SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHANNELS = frozenset({"web", "whatsapp", "sms", "voice"})
KINDS = frozenset({"text", "no_words"})
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
SEALED = re.compile(r"[A-Za-z0-9_=-]{1,300}")  # a verified number, which only the action server can read
MOST_KEPT = 4000  # a text without its numbers may be longer than with them
MAX_LENGTH = 1000  # the gateway cuts first; this guards the pipeline
REPLY_FIELDS = ("language", "outcome", "entry", "topic", "district", "task", "short", "speech", "handover")


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
            points.reached("received")
            with watching.IN_PROGRESS.track_inprogress(), tracing.continued(request.headers), watching.part("total"):
                replies, how = await _answer(request.app.ctx.agent, message, may_be_known="message_id" in body)
            watching.TURNS.labels(how).inc()
            points.reached("answered")
            return response.json({"replies": replies})

        @gateway.route("/metrics", methods=["GET"])
        async def metrics(_: Request) -> HTTPResponse:
            """Figures without words; this port is never published."""
            return response.raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

        @gateway.route("/forget", methods=["POST"])
        async def forget(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            sender = (_body(request) or {}).get("sender")
            if not _is_sender(sender):
                return response.json({"error": "bad fields"}, status=422)
            _store(request).forget(sender)
            return response.json({})

        @gateway.route("/rename", methods=["POST"])
        async def rename(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            body = _body(request) or {}
            if not (_is_sender(body.get("sender")) and _is_sender(body.get("to"))):
                return response.json({"error": "bad fields"}, status=422)
            _store(request).rename(body["sender"], body["to"])
            return response.json({})

        @gateway.route("/tidy", methods=["POST"])
        async def tidy(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            before = (_body(request) or {}).get("before")
            if isinstance(before, bool) or not isinstance(before, (int, float)):
                return response.json({"error": "bad fields"}, status=422)
            forget_older = _store(request).forget_older
            count = await asyncio.get_running_loop().run_in_executor(None, forget_older, before)
            return response.json({"forgotten": count})

        @gateway.route("/history", methods=["POST"])
        async def history(request: Request) -> HTTPResponse:
            if not self._is_authorised(request):
                return response.json({"error": "unauthorised"}, status=401)
            sender = (_body(request) or {}).get("sender")
            if not _is_sender(sender):
                return response.json({"error": "bad fields"}, status=422)
            return response.json({"said": await said_in(_store(request), sender)})

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
    # `turn_id` names a message that has not come before: nothing is looked up for it.
    sealed, message_id = fields.get("sealed_sender"), fields.get("message_id", fields.get("turn_id"))
    kept = fields.get(KEPT)
    if not _is_sender(sender):
        return None
    if not (isinstance(text, str) and len(text) <= MAX_LENGTH and "\0" not in text):
        return None
    if channel not in CHANNELS or kind not in KINDS:
        return None
    if not (sealed is None or (isinstance(sealed, str) and SEALED.fullmatch(sealed))):
        return None
    if not (kept is None or (isinstance(kept, str) and len(kept) <= MOST_KEPT and "\0" not in kept)):
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
        metadata={"channel": channel}
        | ({"sealed_sender": sealed} if sealed else {})
        | ({KEPT: kept} if kept is not None else {}),
    )


async def _answer(agent: Agent, message: UserMessage, may_be_known: bool) -> tuple[list[dict[str, Any]], str]:
    """In the conversation's turn, so that a message that comes twice at once, to two bots, is answered once.

    And how that went. Nothing is said when the turn failed: the gateway then says what is to be said.
    """
    try:
        async with agent.lock_store.lock(message.sender_id):
            said = await _said_before(agent, message) if may_be_known else []
            if said:
                return said, "repeated"
            replies = await _replies(agent, message)
            return replies, "answered" if replies else "failed"
    except (Exception, TurnFailed):  # whatever went wrong must not become an unanswered user
        logger.exception("The turn failed.")
        return [], "failed"


async def _replies(agent: Agent, message: UserMessage) -> list[dict[str, Any]]:
    assert agent.processor is not None  # the server listens once the model is there
    await agent.processor.handle_message(message)
    return _with_language(message.output_channel.messages)


async def _said_before(agent: Agent, message: UserMessage) -> list[dict[str, Any]]:
    said = await recorded_answer(agent.tracker_store, message.sender_id, message.message_id)
    return _with_language([_reply(each) for each in said])


def _is_sender(name: Any) -> bool:
    return isinstance(name, str) and bool(SENDER.fullmatch(name))


def _store(request: Request) -> Any:
    """Rasa wraps the store that endpoints.yml names."""
    return request.app.ctx.agent.tracker_store._tracker_store


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
