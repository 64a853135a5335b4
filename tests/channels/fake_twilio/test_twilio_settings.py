"""The fake's settings: it is for development, and knows what `make run` gives the gateway."""

import subprocess
import sys
from pathlib import Path

import pytest
from fake_network import fake_settings
from pydantic import ValidationError

from channels.fake_twilio.settings import ACCOUNT, FakeSettings
from deploy.settings import FAKE_ACCOUNT, FAKE_NUMBERS, FAKE_PORT

ROOT = Path(__file__).resolve().parents[3]


def test_it_does_not_start_in_production() -> None:
    with pytest.raises(ValidationError, match="does not start when ENVIRONMENT is production"):
        fake_settings(environment="production")


def test_what_keeps_it_from_starting_is_one_sentence() -> None:
    command = [sys.executable, "-m", "channels.fake_twilio"]
    result = subprocess.run(command, cwd=ROOT, env={"ENVIRONMENT": "production"}, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr.startswith("The fake Twilio cannot start: ") and len(result.stderr.splitlines()) == 1


def test_the_launcher_and_the_fake_agree() -> None:
    fields = FakeSettings.model_fields
    assert FAKE_ACCOUNT == ACCOUNT
    assert {name.upper(): field.default for name, field in fields.items()}.items() >= {
        **FAKE_NUMBERS,
        **FAKE_PORT,
    }.items()


def test_numbers_are_taken_with_and_without_the_channel() -> None:
    settings = fake_settings(twilio_whatsapp_from="+14155238886", twilio_sms_from="+15005550006")
    assert settings.sender("whatsapp") == "whatsapp:+14155238886"
    assert settings.sender("sms") == "+15005550006"


def test_without_a_public_address_webhooks_are_signed_for_the_gateway_itself() -> None:
    settings = fake_settings(public_url="", gateway_url="", gateway_port=8123)
    assert settings.public == settings.gateway == "http://127.0.0.1:8123"
