"""The running system, started once for all conversations."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from collector import Collector, collecting
from conversation import Ask, Conversation
from three_processes import ThreeProcesses, missing


def _running(folder: pytest.TempPathFactory, **settings: str) -> Iterator[ThreeProcesses]:
    if missing():
        pytest.fail(f"Not built: {', '.join(missing())}. `make train` builds them.", pytrace=False)
    processes = ThreeProcesses(folder.mktemp("processes"), settings=settings)
    processes.start()
    try:
        processes.wait_until_ready()
        yield processes
    finally:
        processes.stop()


def _client(processes: ThreeProcesses) -> httpx.Client:
    return httpx.Client(base_url=processes.address, timeout=60, trust_env=False)


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    with collecting() as one:
        yield one


@pytest.fixture(scope="session")
def sahayak(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Iterator[ThreeProcesses]:
    """With traces; the ones that may be killed run without."""
    traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    yield from _running(tmp_path_factory, **traced)


@pytest.fixture(scope="session")
def http(sahayak: ThreeProcesses) -> Iterator[httpx.Client]:
    with _client(sahayak) as client:
        yield client


@pytest.fixture
def person(http: httpx.Client) -> Conversation:
    """Somebody who has said nothing yet."""
    return Conversation(http)


@pytest.fixture
def somebody(http: httpx.Client) -> Callable[[], Conversation]:
    """`somebody()` is another new person each time."""
    return lambda: Conversation(http)


@pytest.fixture
def ask(http: httpx.Client) -> Ask:
    """`ask(text)`: a new person's first message."""
    return lambda text: Conversation(http).say(text)


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeProcesses]:
    """Three processes for one module that may kill them."""
    yield from _running(tmp_path_factory)


@pytest.fixture
def caller(fragile: ThreeProcesses) -> Iterator[Conversation]:
    """Somebody who talks to the three processes that may be killed."""
    with _client(fragile) as client:
        yield Conversation(client)
