"""The example programme, built and served as its own state would: `PROGRAMME` is all that is set."""

import sys
from collections.abc import Iterator

import httpx
import pytest
from example import BUILT, PROGRAMME, ROOT, python

sys.path.append(str(ROOT / "tests" / "conversations"))  # the processes are started as there

from conversation import Ask, Conversation
from three_processes import ThreeProcesses, missing


@pytest.fixture(scope="session")
def built() -> dict[str, str]:
    """The settings that the build tells the gateway."""
    done = python("from knowledge.build import run; run()")
    assert done.returncode == 0, done.stderr
    lines = (BUILT / "gateway.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture(scope="session")
def http(built: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    if missing():
        pytest.fail(f"Not built: {', '.join(missing())}. `make train` builds them.", pytrace=False)
    processes = ThreeProcesses(tmp_path_factory.mktemp("programme"), settings={"PROGRAMME": PROGRAMME, **built})
    processes.start()
    try:
        processes.wait_until_ready()
        with httpx.Client(base_url=processes.address, timeout=60, trust_env=False) as client:
            yield client
    finally:
        processes.stop()


@pytest.fixture
def ask(http: httpx.Client) -> Ask:
    """`ask(text)`: a new person's first message."""
    return lambda text: Conversation(http).say(text)


@pytest.fixture
def person(http: httpx.Client) -> Conversation:
    return Conversation(http)
