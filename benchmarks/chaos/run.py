"""One run: all is started, the answers are learnt in peace, then people write while one thing after another fails."""

import asyncio
import itertools
import random
import sys
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.chaos import stores
from benchmarks.chaos.clock import Clock
from benchmarks.chaos.cluster import Cluster
from benchmarks.chaos.disk import Disk
from benchmarks.chaos.faults import Around, Fault, all_of
from benchmarks.chaos.judging import Found, Judge
from benchmarks.chaos.learning import learn
from benchmarks.chaos.phones import Phones, address
from benchmarks.chaos.place import Place
from benchmarks.chaos.plan import Plan
from benchmarks.chaos.questions import of_person
from benchmarks.chaos.said import Person, Said
from benchmarks.chaos.visitors import Visitors
from benchmarks.delivery.servers import is_up
from benchmarks.errors import BenchmarkError
from benchmarks.places import BENCH
from benchmarks.servers import Server, running

_BREATH = 2.0
_WELL_WITHIN = 150.0
_CALM = 120.0  # seconds for the last answers, once nothing fails any more
_QUIET = 6.0  # in which a reply that comes twice would come


@dataclass
class Happened:
    """One fault: when it began and ended, when all was well again, and what was written until then."""

    name: str
    began: float
    ended: float = 0.0
    well: float | None = None
    cuts_off: bool = False
    said: list[Said] = field(default_factory=list)


@dataclass
class Result:
    plan: Plan
    found: Found
    happened: list[Happened]
    said: list[Said]
    seconds: float
    disk: str
    clock: bool


def run(plan: Plan, folder: Path = BENCH / "chaos") -> Result:
    place = Place(plan, folder).made()
    with ExitStack() as up:
        around = _started(up, place, random.Random(plan.seed))
        return asyncio.run(Chaos(plan, around).lead())


def _started(up: ExitStack, place: Place, dice: random.Random) -> Around:
    clock = Clock(place.folder)
    place.preload = clock.preload
    disk = Disk(place.postgres, place.plan.own_disk)
    up.callback(disk.close)
    log = place.folder / "stores.log"
    postgres = stores.postgres(place.postgres / "data", place.ports["POSTGRES_PORT"], place.password, log)
    redis = stores.redis(place.ports["REDIS_PORT"], log)
    own, front = place.ports["PROVIDER_OWN_PORT"], f"127.0.0.1:{place.ports['PROVIDER_PORT']}"
    line = [sys.executable, "-m", "deploy.balancer", front, "/records?after=999999999", "nowhere", f"127.0.0.1:{own}"]
    provider = stores.Kept("provider", line, {}, log)
    for each in (postgres, redis, provider):
        up.callback(each.close)
        each.start()
    fake = [sys.executable, "-m", "benchmarks.delivery.fakes", "provider", own]
    url = f"{place.url('PROVIDER_OWN_PORT')}/records?after=0"
    up.enter_context(running(Server("chaos-provider", fake, lambda: is_up(url))))
    cluster = Cluster(place)
    up.callback(cluster.stop)
    cluster.start()
    return Around(place, cluster, postgres, redis, provider, disk, clock, dice)


class Chaos:
    def __init__(self, plan: Plan, around: Around) -> None:
        self._plan, self._around = plan, around
        self._judge = Judge()
        self._phones = Phones(around.place, self._judge, random.Random(plan.seed + 1))
        self._visitors = Visitors(around.place, self._judge)
        self._by_phone = [Person(address(each), of_person(each, plan.each)) for each in range(plan.phones)]
        numbers = range(plan.phones, plan.people)
        self._in_chat = [Person(f"visitor{each}", of_person(each, plan.each)) for each in numbers]
        self._happened: list[Happened] = []
        self._is_over = asyncio.Event()

    async def lead(self) -> Result:
        async with self._phones.http, self._visitors.http, _while(self._phones.listen()):
            self._say("learning the answers in peace")
            people = [*self._by_phone, *self._in_chat]
            await learn(self._judge, self._phones, self._visitors, people)
            began = time.monotonic()
            writing = [asyncio.create_task(self._write(person, place)) for place, person in enumerate(people)]
            await self._fail(began + self._plan.minutes * 60)
            self._is_over.set()
            seconds = time.monotonic() - began
            await self._settle(writing)
        found = self._judge.found(self._by_phone, self._in_chat)
        said = [each for person in people for each in person.said]
        disk = "a tmpfs of its own, filled" if self._around.disk.can_be_filled else "not filled"
        return Result(self._plan, found, self._happened, said, seconds, disk, bool(self._around.clock.preload))

    # ---- load

    async def _write(self, person: Person, place: int) -> None:
        """One question after the other, at their pace; a visitor waits for the answer."""
        carrier = self._visitors if person in self._in_chat else self._phones
        due = time.monotonic() + place / self._plan.rate
        for question in person.questions:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, due - time.monotonic())):
                    await self._is_over.wait()
            if self._is_over.is_set():
                return
            said = Said(question)
            person.said.append(said)
            self._note(said)
            await carrier.write(person, said)
            due = max(due + self._plan.gap, time.monotonic())

    def _note(self, said: Said) -> None:
        if self._happened and self._happened[-1].well is None:
            self._happened[-1].said.append(said)

    # ---- faults

    async def _fail(self, end: float) -> None:
        for fault in self._faults():
            if time.monotonic() + fault.seconds > end:
                break
            await asyncio.sleep(_BREATH)
            await self._happen(fault)
        await asyncio.sleep(max(0.0, end - time.monotonic()))

    def _faults(self) -> Iterator[Fault]:
        """Each once, in an order the dice choose; then again."""
        known = all_of(self._around)
        wanted = self._plan.only or [each.name for each in known]
        chosen = [each for each in known if any(each.name.startswith(name) for name in wanted)]
        if not chosen:
            raise BenchmarkError(f"No such fault. There are: {', '.join(each.name for each in known)}.")
        for _ in itertools.count():
            yield from self._around.dice.sample(chosen, len(chosen))

    async def _happen(self, fault: Fault) -> None:
        this = Happened(fault.name, time.monotonic(), cuts_off=fault.cuts_off)
        self._happened.append(this)
        self._say(fault.name)
        async with fault.make():
            await asyncio.sleep(fault.seconds)
        this.ended = time.monotonic()
        while not await self._is_well(this):
            if time.monotonic() > this.ended + _WELL_WITHIN:
                return self._say(f"{fault.name}: not well again within {_WELL_WITHIN:.0f} s")
            await asyncio.sleep(0.5)
        this.well = time.monotonic()
        self._say(f"{fault.name}: well again {this.well - this.ended:.1f} s after its end")

    async def _is_well(self, this: Happened) -> bool:
        """All processes answer, and so has everybody been who wrote before its end."""
        waiting = [each for each in this.said if each.is_open and each.at <= this.ended]
        return not waiting and await asyncio.to_thread(self._around.cluster.is_well)

    async def _settle(self, writing: Sequence[asyncio.Task[None]]) -> None:
        """The last answers; who waits longer waits for nothing."""
        self._say("waiting for the last answers")
        end = time.monotonic() + _CALM
        while time.monotonic() < end and not all(task.done() for task in writing):
            await asyncio.sleep(0.25)
        while time.monotonic() < end and any(person.open() for person in self._by_phone):
            await asyncio.sleep(0.25)
        await asyncio.sleep(_QUIET)
        for task in writing:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)

    def _say(self, text: str) -> None:
        people = [*self._by_phone, *self._in_chat]
        sent, waiting = sum(len(each.said) for each in people), sum(len(each.open()) for each in people)
        print(f"{time.strftime('%H:%M:%S')}  {sent:5} written, {waiting:3} open  {text}", flush=True)


@asynccontextmanager
async def _while(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
