"""A user who told everything, a desk with a clock that stands still."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine

from actions.applications.engine import migrate, open_engine
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.eligibility.kinds import Value
from actions.letters.desk import Desk
from actions.letters.settings import Settings
from actions.letters.store import LetterStore

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TOLD: Mapping[str, Value] = {
    "letter_language": "hi",
    "name": "श्रीमती ज्ञानवती विश्वकर्मा",
    "place": "ग्राम रामपुर, ज़िला मुरादाबाद 244001",
    "bank": "भारतीय स्टेट बैंक, चौक शाखा, मुरादाबाद",
    "amount": 250000,
    "application_number": "ODOP/MM/26/001234",
    "wrong": "no_reason_in_writing",
    "refused_on": date(2026, 9, 12),
    "complained_on": date(2026, 10, 5),
    "complaint_number": "SBI/GR/2026/55",
    "bank_reply": "none",
}
RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "bot" / "responses" / "letters.yml").read_text(encoding="utf-8")
)["responses"]


def occasion(language: str = "hi", channel: str = "web", today: date = TODAY) -> Occasion:
    return Occasion(today, language, channel, "session-one")


def state(topic: str, **told: Value) -> State:
    return State("letter", topic, told)


def settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **changes)


def new_engine(folder: Path) -> Engine:
    engine = open_engine(f"sqlite:///{folder / 'letters.db'}", seconds=2)
    migrate(engine)
    return engine


def new_desk(engine: Engine, now: datetime = NOW) -> Desk:
    return Desk(LetterStore(engine, timedelta(hours=24)), settings(), lambda: now)


def token_in(said: Said) -> str:
    return said.values["link"].rpartition("/")[2].removesuffix(".pdf")
