"""How fast the console's pages are with a full store: `python -m benchmarks console`.

A store of its own is filled with made-up turns, people and handovers; nothing is sent and no bot runs. Pages are
asked for in this process, so that what is measured is the gateway's own work.
"""

import asyncio
import math
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import insert

from benchmarks.tables import table
from channels.app import create_app
from channels.console.accounts import passwords, people
from channels.settings import Settings
from channels.store.tables import ContactRow, HandoverRow, MessageRow, OutboundRow
from channels.turn_log import grouping
from channels.turn_log.counting import Counts
from channels.turn_log.noted import NOT_ANSWERED
from channels.turn_log.persons import day_of
from channels.turn_log.tables import TurnRow
from channels.warm import warm_up

PASSWORD = "only-in-this-store-42"
DAYS = 90
ENTRIES, DISTRICTS, TOPICS = 190, 75, 16
_OUTCOMES = {"answered": 55, "question_asked": 15, "small_talk": 10, "not_understood": 6, "choices_offered": 6,
             "out_of_scope": 3, "handed_over": 3, "verdict_given": 1, "status_given": 1}  # fmt: skip
_WRITTEN = 2000
_TIMES = 60
_OPEN, _SAID = 40, 60


def run(turns: int, conversations: int) -> None:
    with tempfile.TemporaryDirectory(prefix="console-") as folder:
        address = f"sqlite:///{Path(folder) / 'gateway.db'}"
        settings = Settings(_env_file=None, database_url=SecretStr(address), store_timeout_seconds=30)  # type: ignore[call-arg]
        app = create_app(settings)
        warm_up(app, settings)
        filled = time.perf_counter()
        opened = _fill(app, turns, conversations)
        filled = time.perf_counter() - filled
        rows = asyncio.run(_timed(app, opened))
        size = (Path(folder) / "gateway.db").stat().st_size / 2**20
        app.state.handovers.close()
    print(f"{turns:,} turns of {conversations:,} conversations: {filled:.0f} s to fill, {size:.0f} MiB\n")
    print(table(["page", "first, ms", "median, ms", "95th, ms", "processor, ms"], rows))


def _fill(app: Any, turns: int, conversations: int) -> int:
    """The number of an open conversation."""
    made, now = random.Random(1), datetime.now(UTC)
    database, texts = app.state.handovers.database, app.state.notes.texts
    with database.writing() as connection:
        people.add(connection, "measured", "Measured", "admin", passwords.hashed(PASSWORD), language="en")
    with database.writing() as connection:
        _turns(connection, made, turns, conversations, now, texts.seal("made-up question"))
    with database.writing() as connection:
        _people(connection, made, now, conversations)
        opened = _open(connection, now)
    _group(database, now)
    return opened


def _open(connection: Any, now: datetime) -> int:
    """Forty people wait or are talked to; much has been said to the last of them."""
    common: dict[str, Any] = {
        "channel": "web",
        "language": "hi",
        "reason": "asked",
        "urgency": "normal",
        "summary": "x" * 300,
    }
    common |= {"asked_at": now, "taken_at": now, "taken_by": "measured", "staff_at": now}
    insert_one = insert(HandoverRow)
    keys = [
        connection.execute(insert_one.values(common | {"session_id": f"open{place}"})).inserted_primary_key[0]
        for place in range(_OPEN)
    ]
    said = {"handover_id": keys[-1], "text": "मेरा नंबर 98390 12345 है, लोन कब मिलेगा? " * 3, "language": "hi", "at": now}
    connection.execute(insert(MessageRow), [said | {"speaker": ("user", "staff")[place % 2]} for place in range(_SAID)])
    return int(keys[-1])


def _turns(connection: Any, made: random.Random, turns: int, conversations: int, now: datetime, sealed: str) -> None:
    """In the order of days, as they come; counted as the log counts them."""
    counts, met = Counts(), set[tuple[Any, int]]()
    for begin in range(0, turns, _WRITTEN):
        at = now - timedelta(days=(DAYS - 1) * (1 - begin / turns))
        batch = [
            _turn(made, number, at, conversations, sealed) for number in range(begin, min(turns, begin + _WRITTEN))
        ]
        connection.execute(insert(TurnRow), batch)
        for turn in batch:
            counts.turn(turn)
            if (turn["day"], turn["person"]) not in met:
                met.add((turn["day"], turn["person"]))
                counts.add("people", "", turn, 1)
    counts.write(connection)


def _turn(made: random.Random, number: int, at: datetime, conversations: int, sealed: str) -> dict[str, Any]:
    (outcome,) = made.choices(list(_OUTCOMES), list(_OUTCOMES.values()))
    answered = outcome == "answered"
    return {
        "key": f"{number:032x}",
        "person": f"{made.randrange(conversations):032x}",
        "day": day_of(at),
        "at": at,
        "channel": made.choice(("web", "whatsapp", "whatsapp", "sms", "voice")),
        "language": made.choice(("hi", "hi-Latn", "hi-Latn", "en")),
        "outcome": outcome,
        "milliseconds": made.randrange(60, 4000),
        "sealed_text": sealed if outcome in NOT_ANSWERED else None,
        "entry": f"entry-{made.randrange(ENTRIES)}" if answered else None,
        "topic": f"topic-{made.randrange(TOPICS)}" if answered else None,
        "district": f"district-{made.randrange(DISTRICTS)}" if made.random() < 0.2 else None,
    }


def _people(connection: Any, made: random.Random, now: datetime, conversations: int) -> None:
    """One in ten conversations asked for a person; of the messages to the rest one in fifty did not arrive."""
    moments = [now - timedelta(minutes=made.randrange(DAYS * 24 * 60)) for _ in range(conversations)]
    common = {"channel": "whatsapp", "language": "hi", "reason": "asked", "urgency": "normal", "summary": "x" * 300}
    asked = [
        common
        | {
            "session_id": f"s{place}",
            "asked_at": at,
            "taken_at": at + timedelta(minutes=5),
            "closed_at": at,
            "ended": "closed",
        }
        for place, at in enumerate(moments[::10])
    ]
    connection.execute(insert(HandoverRow), asked)
    person = {"channel": "whatsapp", "sealed_address": "x" * 120, "ours": "", "state": "active"}
    met = [
        person | {"id": place + 1, "key": f"{place:040x}", "last_inbound_at": at, "created_at": at}
        for place, at in enumerate(moments)
    ]
    connection.execute(insert(ContactRow), met)
    sent = {"part": 0, "kind": "reply", "sealed_text": "x" * 300, "attempts": 1, "asked": 0, "absences": 0}
    out = [
        sent | {"contact_id": place + 1, "reference": f"{place:032x}", "not_before": at, "created_at": at}
        | {"state": "sent" if place % 50 else "failed", "error_code": None if place % 50 else "30006"}
        for place, at in enumerate(moments)
    ]  # fmt: skip
    connection.execute(insert(OutboundRow), out)


def _group(database: Any, now: datetime) -> None:
    """As the action server would: here three hundred groups at random."""
    with database.writing() as connection:
        newest = connection.exec_driver_sql("SELECT id FROM turns WHERE sealed_text IS NOT NULL").scalars().all()
        near = [{"entry_id": "entry-1", "title": {"hi": "?", "en": "?"}, "score": 0.5}] * 3
        places = [newest[place::300] for place in range(300)]
        grouping.place(connection, [{"ids": ids, "first": ids[:5], "near": near} for ids in places if ids], now)
        grouping._count(connection)


async def _timed(app: Any, opened: int) -> list[list[str]]:
    transport = httpx.ASGITransport(app)
    today = datetime.now(UTC).date()
    quarter = f"since={today - timedelta(days=DAYS - 1)}&until={today}"
    pages = {
        "conversations": "/console/conversations",
        "conversations, those over": "/console/conversations/over",
        "a conversation": f"/console/conversations/{opened}",
        "ask": "/console/ask",
        "audit": "/console/audit",
        "unanswered": "/console/unanswered",
        "unanswered, third page": "/console/unanswered?page=2",
        "figures, 30 days": "/console/figures",
        "figures, 30 days, one channel": "/console/figures?channel=sms",
        "figures, 90 days": f"/console/figures?{quarter}",
        "districts as CSV, 90 days": f"/console/figures/districts.csv?{quarter}",
    }
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        await _log_in(client)
        return [[name, *await _of(client, address)] for name, address in pages.items()]


async def _log_in(client: httpx.AsyncClient) -> None:
    token = (await client.get("/console/login")).text.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "login": "measured", "password": PASSWORD}
    await client.post("/console/login", data=form)


async def _of(client: httpx.AsyncClient, address: str) -> list[str]:
    """The first visit, which the others include, and how much of the processor one took."""
    took, used = [], time.process_time()
    for _ in range(_TIMES):
        begun = time.perf_counter()
        answer = await client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    used = (time.process_time() - used) * 1000 / _TIMES
    ranked = sorted(took)
    shown = (took[0], ranked[len(ranked) // 2], ranked[math.ceil(len(ranked) * 0.95) - 1], used)
    return [f"{each:.0f}" for each in shown]
