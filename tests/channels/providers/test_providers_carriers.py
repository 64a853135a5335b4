"""The settings say who carries WhatsApp and SMS."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_dlt_gateway import REGISTRY
from gateway_settings import settings

from channels.errors import SettingsError
from channels.providers.carriers import carriers, senders

ACCOUNT = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "t" * 32}
WHATSAPP, SMS = {"twilio_whatsapp_from": "whatsapp:+14155238886"}, {"twilio_sms_from": "+18005550100"}


def carried(**changes: Any) -> dict[str, str]:
    found = carriers(settings(**changes), httpx.AsyncClient())
    return {channel: type(provider).__name__ for channel, provider in found.items()}


def test_without_an_account_nobody_carries() -> None:
    assert carried() == {}
    assert carried(**WHATSAPP, **SMS) == {}


def test_twilio_carries_what_it_has_a_sender_for() -> None:
    assert carried(**ACCOUNT) == {}
    assert carried(**ACCOUNT, **WHATSAPP) == {"whatsapp": "Twilio"}
    assert carried(**ACCOUNT, **WHATSAPP, **SMS) == {"whatsapp": "Twilio", "sms": "Twilio"}


def test_an_indian_gateway_carries_sms_beside_twilios_whatsapp(tmp_path: Path) -> None:
    path = tmp_path / "dlt.yml"
    dlt = {
        "sms_provider": "dlt",
        "dlt_gateway_url": "https://sms.example",
        "dlt_gateway_key": "k",
        "dlt_templates_file": path,
    }
    with pytest.raises(SettingsError):
        carried(**dlt)
    path.write_text(REGISTRY.model_dump_json(), "utf-8")
    assert carried(**dlt) == {"sms": "Dlt"}
    assert carried(**dlt, **ACCOUNT, **WHATSAPP, **SMS) == {"whatsapp": "Twilio", "sms": "Dlt"}
    assert senders(settings(**dlt, **WHATSAPP)) == {"whatsapp": "whatsapp:+14155238886", "sms": "dlt"}
    assert senders(settings()) == {}
