"""Calls against a gateway whose bot is a fake one."""

from collections.abc import Callable
from typing import Any

import pytest
from caller import TOKEN, Caller
from twiml_rules import PUBLIC

Connect = Callable[..., Any]


@pytest.fixture
def phone(connect: Connect) -> Callable[..., Caller]:
    """`phone(phone_wait_seconds=0.1)` gives a telephone at a gateway with these settings."""

    def telephone(sid: str = "CA" + "0" * 32, **changes: Any) -> Caller:
        gateway = connect(**{"twilio_auth_token": TOKEN, "public_url": PUBLIC, **changes})
        return Caller(gateway, sid)

    return telephone


@pytest.fixture
async def caller(phone: Callable[..., Caller]) -> Caller:
    """Has called, and hears the greeting."""
    return await phone().calls()
