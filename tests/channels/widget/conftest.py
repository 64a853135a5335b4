"""A gateway with the widget, seen from the page of another site."""

from collections.abc import Callable

import httpx
import pytest
from still_clock import Clock
from visitor import SITE, Site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gateway(connect: Callable[..., httpx.AsyncClient], clock: Clock) -> httpx.AsyncClient:
    return connect(clock=clock, widget_origins=f"{SITE} https://other.example")


@pytest.fixture
async def site(gateway: httpx.AsyncClient) -> Site:
    visitor = Site(gateway)
    await visitor.enter()
    return visitor
