"""The parts put together by the settings, once per process."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine

from actions.applications.directory import Applications, WithinTime
from actions.applications.disclosure import Disclosure, Limits
from actions.applications.engine import migrate, open_engine
from actions.applications.outbox import chosen
from actions.applications.records import Records
from actions.applications.sender import Sender
from actions.applications.settings import Settings, load_settings
from actions.applications.store import SqlApplications
from actions.applications.vault import Vault


@dataclass(frozen=True)
class Opened:
    engine: Engine
    applications: SqlApplications
    records: Records
    vault: Vault

    def close(self) -> None:
        self.engine.dispose()


def open_store(settings: Settings) -> Opened:
    """The database, with its tables up to date. Raises ApplicationsUnavailable or SettingsError."""
    engine = open_engine(settings.database_address, settings.applications_timeout_seconds)
    migrate(engine)
    vault = Vault.of(settings)
    return Opened(engine, SqlApplications(engine, vault), Records(engine), vault)


def open_disclosure(settings: Settings, sender: Sender, applications: Applications | None = None) -> Disclosure:
    """`applications` stands for our own store where the department's system is asked instead."""
    opened = open_store(settings)
    within_time = WithinTime(applications or opened.applications, settings.applications_timeout_seconds)
    return Disclosure(within_time, opened.records, opened.vault, sender, Limits.of(settings))


@lru_cache(maxsize=1)
def disclosure() -> Disclosure:
    """This process's own, opened when first needed; what fails is tried again the next time."""
    settings = load_settings()
    return open_disclosure(settings, chosen(settings))
