"""Thirty days of made-up turns and the people who wait now. The same each time, but for what day it is."""

import os
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, insert

from benchmarks.errors import BenchmarkError
from channels.app import create_app
from channels.console.accounts import passwords, people
from channels.delivery.contacts import Address, Vault
from channels.sealing import CALL_BACK, cipher
from channels.settings import Settings
from channels.store.console_tables import NoteRow
from channels.store.tables import ContactRow, HandoverRow, MessageRow, OutboundRow
from channels.turn_log.counting import Counts
from channels.turn_log.noted import NOT_ANSWERED
from channels.turn_log.persons import day_of
from channels.turn_log.tables import TurnRow

DAYS = 30
_SECRET = "only-for-pictures"
_LEFT = {"TWILIO_ACCOUNT_SID", "OIDC_ISSUER", "WIDGET_ORIGINS"}  # of whoever runs this: nothing is to go out


def with_own(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _LEFT} | dict(env)


def fill(env: Mapping[str, str], login: str) -> None:
    settings = Settings(_env_file=None, **_own(env))  # type: ignore[call-arg]
    app, made, now = create_app(settings), random.Random(1), datetime.now(UTC)
    told = yaml.safe_load((Path(__file__).parent / "people.yml").read_text("utf-8"))
    try:
        with app.state.handovers.database.writing() as connection:
            _staff(connection, told["staff"])
            _past(connection, made, now)
            for place, one in enumerate(told["open"]):
                _conversation(connection, one, place, login, now)
            _turns(connection, made, told, app.state.notes.texts.seal, now)
    finally:
        app.state.handovers.close()


def _own(env: Mapping[str, str]) -> dict[str, Any]:
    return {name.lower(): value for name, value in env.items() if name.lower() in Settings.model_fields}


def _staff(connection: Connection, staff: list[dict[str, str]]) -> None:
    for each in staff:
        people.add(connection, each["login"], each["name"], each["role"], passwords.hashed(_SECRET))


def _conversation(connection: Connection, one: dict[str, Any], place: int, login: str, now: datetime) -> None:
    asked = now - timedelta(minutes=one["minutes"])
    holder = login if one.get("shown") else one.get("by")
    number = one.get("number")
    session = _contact(connection, Address(one["channel"], number), now) if number else f"made-up-{place}"
    key = _added(
        connection,
        HandoverRow,
        {name: one[name] for name in ("channel", "language", "reason", "urgency", "summary")}
        | {"session_id": session, "asked_at": asked, "taken_by": holder}
        | {"call_back": number and cipher(CALL_BACK, _SECRET).encrypt(number.encode()).decode()}
        | dict.fromkeys(("taken_at", "staff_at"), holder and now - timedelta(minutes=3)),
    )
    for number_of, (speaker, text) in enumerate(one.get("said", ())):
        at = asked + timedelta(minutes=4 * number_of)
        said = {"speaker": speaker, "text": text, "language": one["language"], "at": at, "delivered_at": at}
        _added(connection, MessageRow, said | {"handover_id": key})
    for by, text in one.get("notes", ()):
        _added(connection, NoteRow, {"handover_id": key, "login": by, "text": text, "at": now - timedelta(minutes=2)})


def _contact(connection: Connection, address: Address, now: datetime) -> str:
    vault = Vault(_SECRET, _SECRET)
    key = vault.key(address)
    seen = {"last_inbound_at": now - timedelta(minutes=9), "created_at": now - timedelta(days=3)}
    sealed = {"key": key, "sealed_address": vault.seal_address(address)}
    _added(connection, ContactRow, {"channel": address.channel, "ours": "", "state": "active"} | seen | sealed)
    return f"c{key}"


def _past(connection: Connection, made: random.Random, now: datetime) -> None:
    """What was handed over and is done, and messages that did not arrive."""
    contact = _contact_id(connection, now)
    for place in range(70):
        at = now - timedelta(minutes=made.randrange(60, DAYS * 24 * 60))
        taken = at + timedelta(minutes=made.randrange(1, 25))
        own = {"session_id": f"past-{place}", "asked_at": at, "taken_at": taken, "closed_at": taken, "ended": "closed"}
        common = {"channel": made.choice(("web", "whatsapp")), "language": "hi", "reason": "asked", "taken_by": "imran"}
        _added(connection, HandoverRow, common | {"urgency": "normal", "summary": "व्यक्ति से बात माँगी"} | own)
    for place in range(9):
        at = now - timedelta(days=made.randrange(1, DAYS - 1))
        own = {"reference": f"past-{place}", "error_code": made.choice(("30003", "30003", "30006"))}
        own |= {"contact_id": contact, "not_before": at, "created_at": at}
        sent = {"part": 0, "kind": "reply", "sealed_text": "", "state": "failed", "attempts": 1}
        _added(connection, OutboundRow, sent | {"asked": 0, "absences": 0} | own)


def _contact_id(connection: Connection, now: datetime) -> int:
    person = {"channel": "sms", "sealed_address": "", "ours": "", "state": "active", "key": "0" * 40}
    return _added(connection, ContactRow, person | {"last_inbound_at": now, "created_at": now})


def _turns(connection: Connection, made: random.Random, told: dict[str, Any], seal: Any, now: datetime) -> None:
    """More each week, fewer on Sundays; counted as the log counts them."""
    counts, rows = Counts(), []
    for ago in range(DAYS - 1, -1, -1):
        at = now - timedelta(days=ago)
        busy = 1.6 - ago / DAYS if day_of(at).weekday() < 6 else 0.5
        today = [_turn(made, told, seal, at) for _ in range(int((60 + made.randrange(15)) * busy))]
        rows += today
        for turn in today:
            counts.turn(turn)
            if made.random() < 0.45:  # the first of theirs that day
                counts.add("people", "", turn, 1)
    connection.execute(insert(TurnRow), rows)
    counts.write(connection)


def _turn(made: random.Random, told: dict[str, Any], seal: Any, at: datetime) -> dict[str, Any]:
    outcome, channel, language = (_one(made, told[name]) for name in ("outcomes", "channels", "languages"))
    turn = {
        "key": f"{made.getrandbits(128):032x}", "person": f"{made.randrange(900):032x}", "day": day_of(at), "at": at,
        "channel": channel, "language": language, "outcome": outcome,
        "milliseconds": int(made.lognormvariate(6.2, 0.8)),
        "sealed_text": None, "entry": None, "topic": None, "task": None, "mark": None,
        "district": _one(made, told["districts"]) if made.random() < 0.35 else None,
    }  # fmt: skip
    if outcome == "answered":
        _, turn["topic"], turn["entry"] = _row(made, told["answers"])
        turn["mark"] = _one(made, {"": 80, "up": 16, "down": 3, "wrong": 1}) or None
    elif outcome in NOT_ANSWERED:
        _, turn["language"], turn["district"], text = _row(made, told["unanswered"])
        turn["sealed_text"] = seal(text)
    elif outcome in ("question_asked", "verdict_given"):
        turn["task"] = _one(made, told["tasks"])
    return turn


def _one(made: random.Random, weights: dict[str, int]) -> str:
    return made.choices(list(weights), list(weights.values()))[0]


def _row(made: random.Random, rows: list[list[Any]]) -> list[Any]:
    return made.choices(rows, [row[0] for row in rows])[0]


def _added(connection: Connection, table: Any, values: dict[str, Any]) -> int:
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    if not key:
        raise BenchmarkError(f"nothing was written to {table.__tablename__}")
    return int(key[0])
