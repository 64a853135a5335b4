"""The HTTP side of the actions: what Rasa gets when all is well and when it is not."""

import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rasa_calls import Bot
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import server

SECRET = "mera aadhaar 1234 5678 9012 hai"


def breaking(error: Exception) -> Any:
    async def run(*_: Any) -> list[Any]:
        raise error

    return run


def call(bot: Bot, action: str) -> dict[str, Any]:
    return bot.call(action, bot.understood(SECRET, "ask_knowledge"), [])


def test_it_is_healthy(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_an_answer_has_the_shape_rasa_reads(client: TestClient, bot: Bot) -> None:
    reply = client.post("/webhook", json=call(bot, "action_answer"))
    assert reply.status_code == 200
    assert set(reply.json()) == {"events", "responses"}


def test_an_unknown_action_is_not_found(client: TestClient, bot: Bot) -> None:
    reply = client.post("/webhook", json=call(bot, "action_paint"))
    assert reply.status_code == 404
    assert reply.json()["action_name"] == "action_paint"
    assert "error" in reply.json()


def test_a_rejection_is_told_to_rasa(client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    rejecting = breaking(ActionExecutionRejection("action_answer", "not now"))
    monkeypatch.setitem(server._EXECUTOR.actions, "action_answer", rejecting)
    reply = client.post("/webhook", json=call(bot, "action_answer"))
    assert reply.status_code == 400
    assert reply.json()["action_name"] == "action_answer"


def test_a_failure_is_an_error_that_repeats_nothing_of_the_request(
    client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server._EXECUTOR.actions, "action_answer", breaking(ValueError(f"cannot read {SECRET}")))
    reply = client.post("/webhook", json=call(bot, "action_answer"))
    assert reply.status_code == 500
    assert "1234" not in reply.text
    assert reply.json() == {"error": "failed", "action_name": "action_answer"}


def test_a_failure_is_logged_without_a_word_of_the_message(
    client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(server._EXECUTOR.actions, "action_answer", breaking(ValueError(f"cannot read {SECRET}")))
    with caplog.at_level(logging.INFO):
        client.post("/webhook", json=call(bot, "action_answer"))
    assert "action_answer failed: ValueError" in caplog.text
    assert "1234 5678" not in caplog.text


def test_an_answered_turn_logs_nothing_of_the_message(
    client: TestClient, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/webhook", json=call(bot, "action_answer"))
    assert "1234" not in caplog.text


def test_a_failed_action_does_not_hurt_the_next_one(
    client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(server._EXECUTOR.actions, "action_answer", breaking(RuntimeError()))
        assert client.post("/webhook", json=call(bot, "action_answer")).status_code == 500
    assert client.post("/webhook", json=call(bot, "action_answer")).status_code == 200


@pytest.mark.parametrize("body", [b"", b"not json", b"[]"])
def test_a_body_that_is_no_call_is_a_bad_request(client: TestClient, body: bytes) -> None:
    reply = client.post("/webhook", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in {400, 422}


def test_a_call_without_the_domain_is_answered_all_the_same(client: TestClient, bot: Bot) -> None:
    for action in server.ACTIONS:
        body = call(bot, action().name())
        del body["domain"]
        assert client.post("/webhook", json=body).status_code == 200


def test_a_form_is_checked_by_a_server_that_was_never_sent_a_domain(
    client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by fuzzing: calls without one went well only after a call with one."""
    monkeypatch.setattr(server, "_EXECUTOR", server._executor())
    body = call(bot, "validate_district_form") | {"domain": {}}
    body["tracker"]["active_loop"] = {"name": "district_form"}
    assert client.post("/webhook", json=body).status_code == 200


def test_a_call_without_an_action_does_nothing(client: TestClient) -> None:
    reply = client.post("/webhook", json={"tracker": {}, "domain": {}})
    assert reply.status_code == 200
    assert reply.json() == {}


def test_it_offers_no_api_pages(client: TestClient) -> None:
    assert {client.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")} == {404}


def test_what_has_not_the_form_of_a_route_is_refused_without_repeating_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a surrogate pair cannot even be sent back; found by fuzzing."""
    monkeypatch.setenv("BOT_TOKEN", "t" * 32)
    headers = {"authorization": f"Bearer {'t' * 32}", "content-type": "application/json"}
    for body in (b'{"text": "\\ud800"}', f'{{"text": 5, "{SECRET}": "\\udfff"}}'.encode()):
        reply = client.post("/staff/ask", content=body, headers=headers)
        assert reply.status_code == 422
        assert {"error", "detail"} <= set(reply.json())
        assert "1234 5678" not in reply.text and "ud800" not in reply.text
