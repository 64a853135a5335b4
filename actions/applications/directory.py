"""What an application is, and the one interface behind which applications are kept.

`store.py` keeps them in our own database. The department's own system can stand behind the same
interface: whoever writes it raises ApplicationsUnavailable, never an error of its own, and takes the same
time for a number that exists and one that does not.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from actions.applications.errors import ApplicationsTimedOut
from actions.applications.mobile import Mobile

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """A stage that was reached; `code` is one of the scheme's in `scheme_stages/`."""

    code: str
    on: date


@dataclass(frozen=True)
class Application:
    """What its holder may be told. Nothing in it says whose it is."""

    number: str  # as the department writes it
    scheme: str
    district: str
    history: tuple[Step, ...]  # at least one, oldest first

    @property
    def applied_on(self) -> date:
        return self.history[0].on

    @property
    def stage(self) -> Step:
        return self.history[-1]


@dataclass(frozen=True)
class Record:
    """An application with its holder's mobile, for whoever decides about disclosure; never for a reply."""

    application: Application
    mobile: Mobile


class Applications(Protocol):
    """Where applications are looked up. Numbers are given in any way of writing (number.key)."""

    def find(self, number: str) -> Record | None: ...

    def owned_by(self, mobile: Mobile) -> tuple[Application, ...]: ...


class WithinTime:
    """Any directory, with an answer or ApplicationsTimedOut within `seconds`.

    The slow call itself goes on in its thread until it ends; when all threads are busy with slow calls,
    new ones time out without being started.
    """

    def __init__(self, applications: Applications, seconds: float, threads: int = 8) -> None:
        self._applications = applications
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="applications")

    def find(self, number: str) -> Record | None:
        return self._within_time(lambda: self._applications.find(number))

    def owned_by(self, mobile: Mobile) -> tuple[Application, ...]:
        return self._within_time(lambda: self._applications.owned_by(mobile))

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _within_time(self, call: Callable[[], T]) -> T:
        future = self._pool.submit(call)
        try:
            return future.result(self._seconds)
        except FutureTimeout:
            future.cancel()
            raise ApplicationsTimedOut from None
