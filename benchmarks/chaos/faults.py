"""What goes wrong. Each fault lasts as long as its block; what it did is undone at the end, and nothing is mended."""

import asyncio
import os
import random
import resource
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import httpx
import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]

from benchmarks.chaos.clock import Clock
from benchmarks.chaos.cluster import Cluster
from benchmarks.chaos.disk import Disk
from benchmarks.chaos.place import Place
from benchmarks.chaos.stores import Kept

KINDS = ("gateway", "bot", "actions", "delivery", "front_")
_STOPPED, _STORE_DOWN, _PROVIDER, _JUMPED, _SHORT = 6.0, 9.0, 10.0, 12.0, 6.0  # seconds
_ROOM = 2**20  # bytes left to a process whose memory is short
_JUMPS = {"5 minutes forwards": 300, "5 minutes back": -300, "a day forwards, and back": 86400}
_WAYS = {"refuses": "refuse", "is silent": "silent", "is silent and yet accepts": "silent_but_accepted"}


@dataclass(frozen=True)
class Around:
    """Where faults find what they break."""

    place: Place
    cluster: Cluster
    postgres: Kept
    redis: Kept
    provider: Kept
    disk: Disk
    clock: Clock
    dice: random.Random


@dataclass(frozen=True)
class Fault:
    """`cuts_off`: while it lasts nobody can be reached by phone, whatever we do."""

    name: str
    seconds: float
    make: Callable[[], AbstractAsyncContextManager[None]]
    cuts_off: bool = False


def all_of(around: Around) -> list[Fault]:
    found = []
    for kind in KINDS:
        name = {"front_": "balancer"}.get(kind, kind)
        found.append(Fault(f"{name} killed", 0.5, partial(_killed, around, kind)))
        found.append(Fault(f"{name} stopped", _STOPPED, partial(_stopped, around, kind)))
        if kind != "front_":
            found.append(Fault(f"{name} short of memory", _SHORT, partial(_short, around, kind)))
    for title, number in (("stopped", signal.SIGINT), ("killed", signal.SIGKILL)):  # for PostgreSQL the fast way
        found.append(Fault(f"Redis {title}", _STORE_DOWN, partial(_down, around.redis, number)))
        found.append(Fault(f"PostgreSQL {title}", _STORE_DOWN, partial(_down, around.postgres, number)))
    found.append(Fault("provider away", _PROVIDER, partial(_down, around.provider, signal.SIGKILL), cuts_off=True))
    for title, way in _WAYS.items():
        found.append(Fault(f"provider {title}", _PROVIDER, partial(_provider, around, way), cuts_off=True))
    if around.disk.can_be_filled:
        found.append(Fault("disk full", _STORE_DOWN, partial(_full, around)))
    if around.clock.preload:
        found += [Fault(f"clock {title}", _JUMPED, partial(_jumped, around, by)) for title, by in _JUMPS.items()]
    return found


@asynccontextmanager
async def _killed(around: Around, kind: str) -> AsyncIterator[None]:
    os.kill(around.cluster.one(kind, around.dice), signal.SIGKILL)
    yield


@asynccontextmanager
async def _stopped(around: Around, kind: str) -> AsyncIterator[None]:
    pid = around.cluster.one(kind, around.dice)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def _short(around: Around, kind: str) -> AsyncIterator[None]:
    """It gets hardly any more memory than it has."""
    process = psutil.Process(around.cluster.one(kind, around.dice))
    before = resource.prlimit(process.pid, resource.RLIMIT_AS)
    resource.prlimit(process.pid, resource.RLIMIT_AS, (process.memory_info().vms + _ROOM, before[1]))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_AS, before)


@asynccontextmanager
async def _down(store: Kept, number: signal.Signals) -> AsyncIterator[None]:
    await asyncio.to_thread(store.stop, number)
    try:
        yield
    finally:
        store.start()


@asynccontextmanager
async def _provider(around: Around, way: str) -> AsyncIterator[None]:
    await _go(around, way)
    try:
        yield
    finally:
        await _go(around, None)


async def _go(around: Around, way: str | None) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        await http.put(f"{around.place.url('PROVIDER_OWN_PORT')}/way", json={"way": way})


@asynccontextmanager
async def _full(around: Around) -> AsyncIterator[None]:
    await asyncio.to_thread(around.disk.fill, around.place.database)
    try:
        yield
    finally:
        await asyncio.to_thread(around.disk.free)


@asynccontextmanager
async def _jumped(around: Around, by: int) -> AsyncIterator[None]:
    """Of all the cluster's processes; the provider, the people, PostgreSQL and Redis keep the right time."""
    around.clock.set(by)
    try:
        yield
    finally:
        around.clock.set(0)
