"""A clock that stands still, applications made to order, and an ear at the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event

from actions.applications.directory import Application, Record, Step
from actions.applications.disclosure import Disclosure
from actions.applications.errors import ApplicationsUnavailable
from actions.applications.mobile import Mobile
from actions.applications.records import Records
from actions.applications.sender import KeptSender
from actions.applications.store import SqlApplications
from actions.applications.vault import Vault

NUMBER = "ODOP/MM/26/001234"
UNKNOWN = "ODOP/MM/26/009999"
MOBILE = Mobile("5000000042")
OTHER = Mobile("5000000077")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **spans: float) -> None:
        self.now += timedelta(**spans)


def record(number: str = NUMBER, mobile: Mobile = MOBILE, *codes: str) -> Record:
    steps = tuple(Step(code, date(2026, 9, 1) + timedelta(days=i)) for i, code in enumerate(codes or ("applied",)))
    return Record(Application(number, "margin_money", "lucknow", steps), mobile)


def many(count: int) -> list[Record]:
    return [record(f"ODOP/MM/26/{i:06}", MOBILE, "applied", "dic_scrutiny") for i in range(1, count + 1)]


class CountingVault(Vault):
    """Notes what work is done, not on what."""

    def __init__(self) -> None:
        super().__init__("h" * 32, ["s" * 32])
        self.work: list[str] = []

    def hash(self, kind: Any, *values: str) -> str:
        self.work.append(f"hash {kind}")
        return super().hash(kind, *values)

    def open(self, sealed: str) -> str:
        self.work.append("open")
        return super().open(sealed)


class GoneDirectory:
    def find(self, number: str) -> Record | None:
        raise ApplicationsUnavailable("gone")

    def owned_by(self, mobile: Mobile) -> tuple[Application, ...]:
        raise ApplicationsUnavailable("gone")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The text of every statement, without values."""
    heard: list[str] = []

    def hear(_: Any, __: Any, statement: str, *rest: Any) -> None:
        heard.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@dataclass
class Desk:
    """Disclosure over a store with one application, and what is around it."""

    engine: Engine
    clock: Clock = field(default_factory=Clock)
    sender: KeptSender = field(default_factory=KeptSender)
    vault: CountingVault = field(default_factory=CountingVault)

    def __post_init__(self) -> None:
        self.store = SqlApplications(self.engine, self.vault, self.clock)
        self.store.put([record()])
        self.records = Records(self.engine)
        self.disclosure = self.over(self.store)

    def over(self, applications: Any, **others: Any) -> Disclosure:
        parts: dict[str, Any] = {"clock": self.clock, "aside": lambda call: call(), **others}
        return Disclosure(applications, self.records, self.vault, self.sender, **parts)

    def code(self) -> str:
        """As it stands in the newest message."""
        text = self.sender.sent[-1][1]
        return next(word.strip(",.") for word in text.split() if word.strip(",.").isdigit() and len(word) >= 6)

    def wrong_code(self) -> str:
        return f"{(int(self.code()) + 1) % 10**6:06}"

    def outcomes(self) -> list[str]:
        return [lookup.outcome for lookup in self.records.lookups()]
