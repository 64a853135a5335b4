"""The fake and a stub gateway."""

from collections.abc import AsyncIterator

import pytest
from fake_network import Fake
from stub_gateway import StubGateway


@pytest.fixture
def gateway() -> StubGateway:
    return StubGateway()


@pytest.fixture
async def fake(gateway: StubGateway) -> AsyncIterator[Fake]:
    made = Fake(gateway)
    await made.set_faults()
    yield made
    await made.http.aclose()
    await made.network.close()
