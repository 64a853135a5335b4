"""An action that fails takes its turn with it; one that leaves the message to others does not."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("rasa")

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.lock_store import InMemoryLockStore

from bot import whole_turns
from bot.gateway_input import _answer, read_message
from bot.whole_turns import TurnFailed

MESSAGE = {"sender": "a", "text": "35", "channel": "web"}


def run(monkeypatch: pytest.MonkeyPatch, ends: Any) -> Any:
    async def rasas(self: RemoteAction, *_: Any) -> Any:
        if isinstance(ends, Exception):
            raise ends
        return ends

    monkeypatch.setattr(whole_turns, "_rasas_run", rasas)
    return asyncio.run(whole_turns._run(RemoteAction("action_x", None)))


def test_rasa_cannot_go_on_after_an_action_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TurnFailed):
        run(monkeypatch, RuntimeError("no connection"))
    assert not issubclass(TurnFailed, Exception)  # which Rasa catches


def test_an_action_may_leave_a_message_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ActionExecutionRejection):
        run(monkeypatch, ActionExecutionRejection("action_x"))
    assert run(monkeypatch, []) == []


def test_a_turn_that_failed_says_nothing_of_what_it_had() -> None:
    message = read_message(MESSAGE)
    assert message is not None

    async def half(_: Any) -> None:
        await message.output_channel.send_response("a", {"text": "Theek hai: 35."})
        raise TurnFailed("action_ask_task_answer")

    agent = SimpleNamespace(lock_store=InMemoryLockStore(), processor=SimpleNamespace(handle_message=half))
    assert asyncio.run(_answer(agent, message, may_be_known=False)) == ([], "failed")
