"""The letters' parts put together by the settings, once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from actions.applications.engine import migrate, open_engine
from actions.letters.settings import Settings, load_settings
from actions.letters.store import LetterStore


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    store: LetterStore
    settings: Settings
    now: Callable[[], datetime] = _now


@lru_cache(maxsize=1)
def open_desk() -> Desk:
    """Raises ApplicationsUnavailable, and then tries again the next time, or SettingsError."""
    settings = load_settings()
    engine = open_engine(settings.database_address, settings.applications_timeout_seconds)
    migrate(engine)
    return Desk(LetterStore(engine, timedelta(hours=settings.letter_hours)), settings)
