"""An account is configured whole or not at all."""

from pathlib import Path

import pytest
from gateway_settings import settings
from pydantic import ValidationError

SECRETS = {"environment": "production", "bot_token": "x9" * 12, "log_hash_key": "k3" * 12, "staff_token": "s5" * 12}
SECRETS |= {"contact_hash_key": "h7" * 12, "contact_seal_key": "e2" * 12, "transcript_token": "t7" * 12}
ACCOUNT = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "t" * 32}


def test_the_public_address_is_the_gateways_own_unless_it_is_named() -> None:
    assert settings(gateway_port=8123).public_url == "http://127.0.0.1:8123"
    assert settings(public_url="https://help.example/odop/").public_url == "https://help.example/odop"


@pytest.mark.parametrize("address", ["help.example", "ftp://help.example", "https://help.example/?x=1", "https:// x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        settings(public_url=address)


def test_an_account_needs_its_token() -> None:
    with pytest.raises(ValidationError, match="TWILIO_AUTH_TOKEN"):
        settings(twilio_account_sid=ACCOUNT["twilio_account_sid"])
    assert settings(**ACCOUNT).twilio_auth_token.get_secret_value() == "t" * 32


def test_in_production_twilio_needs_an_address_that_begins_with_https() -> None:
    with pytest.raises(ValidationError, match="PUBLIC_URL must begin with https"):
        settings(**SECRETS, **ACCOUNT)
    assert settings(**SECRETS, **ACCOUNT, public_url="https://help.example")
    assert settings(**SECRETS)  # without an account nobody calls from outside


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("twilio_whatsapp_from", "+14155238886"),
        ("twilio_sms_from", "whatsapp:+14155238886"),
        ("twilio_voice_from", "1800 1800 888"),
        ("twilio_account_sid", "SK123"),
    ],
)
def test_a_sender_is_written_as_twilio_writes_it(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        settings(**{name: value})


def test_an_indian_gateway_is_configured_whole(tmp_path: Path) -> None:
    whole = {"dlt_gateway_url": "https://sms.example/v1", "dlt_gateway_key": "k", "dlt_templates_file": tmp_path / "d"}
    assert settings(sms_provider="dlt", **whole)
    for name in whole:
        with pytest.raises(ValidationError, match="SMS_PROVIDER=dlt needs"):
            settings(sms_provider="dlt", **{other: whole[other] for other in whole if other != name})
