"""Shares connections among copies of a process: `python -m deploy.balancer LISTEN HEALTH AWAY COPY...`.

For `make run PROFILE=cluster` only; elsewhere a Service or the platform's own balancer does this. A copy that does
not answer its health path, or refuses a connection, gets none until it answers again, unless no other does: it may
only be slow. Nor does one that the folder AWAY has a file for, named as its address: it is about to stop. LISTEN is
an address, or `stdin`: a socket that listens already.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Sequence, Tuple

LOOKS_EVERY = 0.5  # seconds
ANSWERS_WITHIN = 2.0
PATIENCE = 8.0  # for a copy that takes connections, and at the end for what is still open
PIECE = 65536
Streams = Tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Address(NamedTuple):
    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        host, _, port = text.rpartition(":")
        return cls(host, int(port))


class Copy:
    """Of the process: whether it answers, and how much it has to do."""

    def __init__(self, address: Address) -> None:
        self.address, self.is_up, self.is_leaving, self.open = address, True, False, 0

    async def look(self, path: str, away: Path) -> None:
        try:
            self.is_leaving = (away / f"{self.address.host}:{self.address.port}").exists()
            self.is_up = not self.is_leaving and await asyncio.wait_for(self._is_well(path), ANSWERS_WITHIN)
        except (OSError, asyncio.TimeoutError):
            self.is_up = False

    async def _is_well(self, path: str) -> bool:
        reader, writer = await asyncio.open_connection(*self.address)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.address.host}\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in await reader.readline()
        finally:
            writer.close()


class Balancer:
    """The copy with the fewest open connections gets the next one; among equals, the one that waited longest."""

    def __init__(self, copies: Sequence[Address], path: str, away: Path) -> None:
        self._copies: list[Copy] = [Copy(each) for each in copies]
        self._path, self._away = path, away
        self._open: set[asyncio.Task[None]] = set()

    async def serve(self, listen: Address | socket.socket, stopped: asyncio.Event) -> None:
        if isinstance(listen, socket.socket):
            server = await asyncio.start_server(self._take, sock=listen)
        else:
            server = await asyncio.start_server(self._take, *listen, backlog=1024)
        looking = asyncio.ensure_future(self._look_for_ever())
        await stopped.wait()
        server.close()
        looking.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=PATIENCE)

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.gather(*(copy.look(self._path, self._away) for copy in self._copies))
            await asyncio.sleep(LOOKS_EVERY)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            with suppress(OSError, asyncio.TimeoutError):
                await self._carry((reader, writer))
        finally:
            self._open.discard(task)
            writer.close()

    async def _carry(self, client: Streams) -> None:
        copy, server = await asyncio.wait_for(self._connected(), PATIENCE)
        there = asyncio.ensure_future(_pipe(client[0], server[1]))
        try:
            await _pipe(server[0], client[1])
        finally:
            copy.open -= 1
            there.cancel()
            server[1].close()

    async def _connected(self) -> tuple[Copy, Streams]:
        while True:
            copy = self._next()
            copy.open += 1  # before the wait for it: others choose meanwhile
            try:
                return copy, await asyncio.open_connection(*copy.address)
            except OSError:
                copy.is_up = False
                copy.open -= 1
            except asyncio.CancelledError:
                copy.open -= 1
                raise
            if not any(each.is_up for each in self._copies):
                await asyncio.sleep(0.1)

    def _next(self) -> Copy:
        well = [copy for copy in self._copies if copy.is_up]
        staying = [copy for copy in self._copies if not copy.is_leaving]
        copy = min(well or staying or self._copies, key=lambda each: each.open)
        self._copies.remove(copy)
        self._copies.append(copy)
        return copy


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one side ends or breaks; the other is told."""
    with suppress(OSError):
        while True:
            piece = await reader.read(PIECE)
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
        writer.write_eof()


async def _main(listen: str, path: str, away: str, *copies: str) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_event_loop().add_signal_handler(number, stopped.set)
    one = Balancer([Address.read(each) for each in copies], path, Path(away))
    await one.serve(socket.socket(fileno=0) if listen == "stdin" else Address.read(listen), stopped)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
