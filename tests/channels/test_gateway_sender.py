"""A verified sender's number: sealed on its way, opened by the action server only, written nowhere in clear."""

import time
from typing import Any

import httpx
import pytest
import structlog
from cryptography.fernet import Fernet

from actions.sealed import unseal_sender
from actions.settings import Settings as ActionSettings
from channels.fake_bot import FakeBot
from channels.sealing import seal_sender
from channels.settings import PLACEHOLDER

Connect = Any
Say = Any
NUMBER = "+919812345678"
SECRET = "x9" * 12


def test_what_the_gateway_seals_the_action_server_opens() -> None:
    sealed = seal_sender(NUMBER, SECRET)
    assert NUMBER not in sealed and NUMBER[3:] not in sealed
    assert len(sealed) <= 300
    assert unseal_sender(sealed, SECRET) == NUMBER


def test_no_seal_is_no_number() -> None:
    assert unseal_sender(None, SECRET) is None
    assert unseal_sender("", SECRET) is None


@pytest.mark.parametrize(
    "forged", [NUMBER, "x" * 100, "अ", seal_sender(NUMBER, "another secret"), seal_sender(NUMBER, SECRET)[:-6]]
)
def test_a_forged_seal_is_no_number(forged: str) -> None:
    assert unseal_sender(forged, SECRET) is None


def test_a_seal_is_good_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed, now = seal_sender(NUMBER, SECRET), int(time.time())
    monkeypatch.setattr(time, "time", lambda: now + 59 * 60)
    assert unseal_sender(sealed, SECRET) == NUMBER
    monkeypatch.setattr(time, "time", lambda: now + 61 * 60)
    assert unseal_sender(sealed, SECRET) is None


def test_a_seal_made_for_something_else_with_the_same_secret_does_not_open() -> None:
    other = Fernet(Fernet.generate_key()).encrypt(NUMBER.encode()).decode()
    assert unseal_sender(other, SECRET) is None


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
async def test_the_bot_gets_the_number_sealed_and_no_log_holds_it(say: Say, bot: FakeBot, channel: str) -> None:
    with structlog.testing.capture_logs() as lines:
        await say("mera aavedan", channel=channel, sender=NUMBER)
    (asked,) = bot.asked
    assert unseal_sender(asked["sealed_sender"], PLACEHOLDER) == NUMBER
    assert NUMBER[3:] not in str(lines) + str(asked)


async def test_without_a_number_the_bot_gets_no_seal(say: Say, bot: FakeBot) -> None:
    await say("mera aavedan", channel="sms")
    assert "sealed_sender" not in bot.asked[0]


@pytest.mark.parametrize(
    ("simulator", "changes", "status"),
    [
        (True, {"channel": "web"}, 422),
        (True, {"channel": "voice"}, 422),
        (True, {}, 422),
        (True, {"channel": "sms", "sender": "9812345678"}, 422),
        (True, {"channel": "sms", "sender": NUMBER + "\n"}, 422),
        (False, {"channel": "sms"}, 403),
        (False, {"channel": "whatsapp"}, 403),
    ],
)
async def test_a_number_is_taken_only_from_simulated_whatsapp_and_sms(
    connect: Connect, bot: FakeBot, simulator: bool, changes: dict[str, str], status: int
) -> None:
    body = {"session_id": "a", "text": "status", "sender": NUMBER, **changes}
    response: httpx.Response = await connect(simulator=simulator).post("/api/v1/messages", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert not bot.asked


# ---- the action server's side of the secret


def test_the_action_server_reads_the_token_under_its_common_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", SECRET)
    settings = ActionSettings()
    assert settings.bot_token.get_secret_value() == SECRET
    assert SECRET not in repr(settings)


@pytest.mark.parametrize("token", [None, "short", PLACEHOLDER + "-but-long"])
def test_the_action_server_refuses_a_placeholder_in_production(
    monkeypatch: pytest.MonkeyPatch, token: str | None
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    if token:
        monkeypatch.setenv("BOT_TOKEN", token)
    with pytest.raises(ValueError, match="BOT_TOKEN must be a secret of its own") as refused:
        ActionSettings()
    assert token is None or token == "short" or token not in str(refused.value)
