"""One address for several copies of a process: who is down gets nothing, and no caller notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy import balancer
from deploy.balancer import Address, Balancer

HERE = "127.0.0.1"


class Copy:
    """Answers every request with its name."""

    def __init__(self, name: str) -> None:
        self.name, self.status, self.port = name, 200, 0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._answer, HERE, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        assert self._server
        self._server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {self.status} X\r\n\r\n{self.name}".encode())
        writer.close()


@asynccontextmanager
async def shared(*copies: Copy, away: Path = Path("nowhere")) -> AsyncIterator[int]:
    """The one port of these copies."""
    for copy in copies:
        await copy.start()
    probe = await asyncio.start_server(lambda *_: None, HERE, 0)
    port = int(probe.sockets[0].getsockname()[1])
    probe.close()
    stopped = asyncio.Event()
    one = Balancer([Address(HERE, copy.port) for copy in copies], "/health", away)
    serving = asyncio.create_task(one.serve(Address(HERE, port), stopped))
    await asyncio.sleep(0)
    try:
        yield port
    finally:
        stopped.set()
        await serving


async def ask(port: int) -> str:
    while True:
        try:
            reader, writer = await asyncio.open_connection(HERE, port)
            break
        except ConnectionRefusedError:  # it has not begun yet
            await asyncio.sleep(0.01)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer.decode().rpartition("\r\n\r\n")[2]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancer, "LOOKS_EVERY", 0.02)
    monkeypatch.setattr(balancer, "PATIENCE", 3.0)


async def test_connections_are_shared() -> None:
    async with shared(Copy("a"), Copy("b")) as port:
        answers = [await ask(port) for _ in range(6)]
    assert sorted(answers) == ["a", "a", "a", "b", "b", "b"]


async def test_a_copy_that_is_gone_gets_none_and_no_caller_notices() -> None:
    a, b = Copy("a"), Copy("b")
    async with shared(a, b) as port:
        a.stop()
        assert {await ask(port) for _ in range(6)} == {"b"}


async def test_a_copy_that_says_it_is_not_well_gets_none_until_it_is() -> None:
    a, b = Copy("a"), Copy("b")
    a.status = 503
    async with asyncio.timeout(10), shared(a, b) as port:
        while {await ask(port) for _ in range(4)} != {"b"}:
            pass
        a.status = 200
        while {await ask(port) for _ in range(4)} != {"a", "b"}:
            pass


async def test_a_copy_that_is_about_to_stop_gets_none(tmp_path: Path) -> None:
    a, b = Copy("a"), Copy("b")
    async with asyncio.timeout(10), shared(a, b, away=tmp_path) as port:
        (tmp_path / f"{HERE}:{a.port}").touch()
        while {await ask(port) for _ in range(4)} != {"b"}:
            pass


async def test_a_copy_that_is_not_well_is_better_than_none() -> None:
    a, b = Copy("a"), Copy("b")
    a.status = b.status = 503
    async with asyncio.timeout(10), shared(a, b) as port:
        assert {await ask(port) for _ in range(20)} == {"a", "b"}


async def test_while_no_copy_is_up_a_caller_waits_for_one() -> None:
    a = Copy("a")
    async with shared(a) as port:
        assert await ask(port) == "a"
        a.stop()
        asked = asyncio.create_task(ask(port))
        done, _ = await asyncio.wait({asked}, timeout=0.2)
        assert not done
        await a.start()
        assert await asked == "a"
