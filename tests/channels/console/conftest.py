"""The console seen by its staff."""

from collections.abc import AsyncIterator

import httpx
import pytest
from gateway_settings import settings
from staffed import Staff, add_people

from channels.app import create_app
from channels.fake_bot import FakeBot


@pytest.fixture
async def staff(bot: FakeBot) -> AsyncIterator[Staff]:
    """Rekha and Imran are agents; there is one of each other role, whose login is the role."""
    app = create_app(settings(), httpx.ASGITransport(bot.app))
    made = Staff(app)
    add_people(made.database)
    yield made
    await made.close()
    app.state.handovers.close()
