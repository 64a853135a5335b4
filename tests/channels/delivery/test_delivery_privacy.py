"""What people and officers may ask for of what is kept; keys that are changed; what goes when its time is over."""

import asyncio
import functools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fake_carrier import FakeCarrier
from gateway_settings import settings
from helpline_line import EchoBot, Line
from sqlalchemy import select

from channels.delivery.contacts import Address, Vault, known
from channels.privacy import __main__ as command
from channels.privacy import keeping, person, rotation
from channels.settings import Settings
from channels.store.database import Database
from channels.store.tables import ContactRow, MessageRow

ME, OTHER = "whatsapp:+919800000001", "whatsapp:+919800000002"
OLD, NEW = "an-old-key-of-the-gateway", "a-new-key-of-the-gateway"
TALK = {"reason": "asked", "urgency": "normal", "summary": "wants a loan"}
Open = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_in(request: pytest.FixtureRequest) -> str:
    """All of it on either kind of database."""
    return str(request.getfixturevalue(f"kept_in_{request.param}"))


def keys(*ones: str) -> dict[str, str]:
    return {"contact_hash_key": " ".join(ones), "contact_seal_key": " ".join(ones)}


def database_of(line: Line, key: str = "") -> Database:
    return Database(line.address, 5, key)


async def ask_for_a_person(line: Line, who: str = ME) -> None:
    """And be answered by one."""
    line.bot.replies = [{"text": "wait", "language": "en", "outcome": "handed_over", "handover": TALK}]
    await line.write("a person please", who)
    await line.quiet()
    line.bot.replies = None
    handovers, desk = line.app.state.handovers, line.app.state.handovers.desk
    (row,) = [each for each in await handovers.run(desk.open_ones) if each.session_id.startswith("c")]
    await handovers.run(desk.take, row.id, "asha")
    await line.write("my secret words", who)
    await line.quiet()
    await line.app.state.notes.log.written(10)


async def run(line: Line, monkeypatch: pytest.MonkeyPatch, *words: str, **changes: Any) -> int:
    """A command, beside the gateway."""
    given = settings(database_url=line.address, **changes)
    client = functools.partial(httpx.AsyncClient, transport=httpx.ASGITransport(line.bot.app))
    monkeypatch.setattr(command, "load_settings", lambda: given)
    monkeypatch.setattr(command.httpx, "AsyncClient", lambda **_: client())
    return await asyncio.to_thread(command.main, words)


# ---- one's own data


@pytest.mark.parametrize(
    ("words", "begins"),
    [("mera data dikhao", "Hamare paas aapka"), ("मेरा डेटा दिखाओ", "हमारे पास आपका"), ("Show my data", "We keep your")],
)
async def test_who_asks_is_told_what_is_kept_in_their_language(
    line: Line, carrier: FakeCarrier, words: str, begins: str
) -> None:
    await line.write(words)
    await line.quiet()
    (text,) = carrier.texts()
    assert begins in text and "1 " in text and "{" not in text
    assert line.bot.asked == []


async def test_who_wants_no_messages_is_not_written_to_even_then(line: Line, carrier: FakeCarrier) -> None:
    for words in ("STOP", "mera data dikhao"):
        await line.write(words)
        await line.quiet()
    assert len(carrier.texts()) == 1


async def test_on_the_web_a_conversation_is_shown_and_erased_by_who_has_it(line: Line) -> None:
    async def say(text: str) -> str:
        answer = await line.client.post("/api/v1/messages", json={"session_id": "web-1", "text": text})
        return str(answer.json()["replies"][0]["text"])

    line.bot.replies = [{"text": "wait", "language": "en", "outcome": "handed_over", "handover": TALK}]
    await say("a person please")
    assert "1 conversations" in await say("show my data")
    assert "erased" in await say("delete my data")
    assert line.bot.forgotten == ["web-1"]
    assert line.value("SELECT count(*) FROM handovers") == 0


async def test_an_officer_gets_all_that_is_kept_of_one_person_and_of_nobody_else(
    line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line.bot.said = [{"speaker": "user", "text": "remembered by the bot"}]
    await line.write("not for you", OTHER)
    await line.quiet()
    await ask_for_a_person(line)
    assert await run(line, monkeypatch, "export", "whatsapp", "+919800000001") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["contact"]["number"] == "+919800000001"
    assert [each["text"] for each in told["sent"]] == ["wait"]
    assert [each["text"] for each in told["with_staff"][0]["messages"]] == ["my secret words"]
    assert told["with_staff"][0]["summary"] == "wants a loan"
    assert [each["outcome"] for each in told["questions_today"]] == ["handed_over", "with_staff"]
    assert told["said"] == line.bot.said and "not for you" not in json.dumps(told)
    assert line.rows("SELECT action, subject FROM audit") == [("exported", "a person on whatsapp")]


async def test_an_officer_erases_one_person_and_the_bot_forgets_first(
    line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await line.write("hello", OTHER)
    await line.quiet()
    await ask_for_a_person(line)
    line.bot.mode = "500"
    assert await run(line, monkeypatch, "erase", "whatsapp", "+919800000001") == 2
    assert line.value("SELECT count(*) FROM contacts") == 2
    line.bot.mode = "well"
    assert await run(line, monkeypatch, "erase", "whatsapp", "+919800000001") == 0
    assert line.value("SELECT count(*) FROM contacts") == 1
    assert line.value("SELECT count(*) FROM handovers") == 0
    assert len(line.bot.forgotten) == 1
    assert await run(line, monkeypatch, "erase", "whatsapp", "+919800000001") == 1
    assert "Nothing is kept" in capsys.readouterr().err


async def test_who_was_erased_by_somebody_else_meanwhile_is_erased(line: Line) -> None:
    await line.write("hello")
    await line.quiet()
    database, now = database_of(line), datetime.now(UTC)
    with database.writing() as connection:
        row = connection.execute(select(ContactRow.__table__)).one()
    for _ in range(2):
        with database.writing() as connection:
            person.erase(connection, person.Person(row, (f"c{row.key}",)), now)
    database.close()
    assert line.value("SELECT count(*) FROM contacts") == 0


# ---- keys


async def fill(opened: Open) -> Line:
    async with opened(**keys(OLD)) as line:
        await line.write("hello", OTHER)
        await line.quiet()
        await ask_for_a_person(line)
        return line


def opens_with_the_new_key_alone(line: Line) -> bool:
    vault, database = Vault(NEW, NEW), database_of(line, NEW)
    with database.reading() as connection:
        people = [known(connection, vault, Address.read(who)) for who in (ME, OTHER)]
        said = connection.execute(select(MessageRow.text)).scalars().all()
    database.close()
    for (sealed,) in line.rows("SELECT sealed_text FROM outbound"):
        vault.open(sealed)
    places = [vault.open_address(row.sealed_address).written for row in people if row]
    return places == [ME, OTHER] and said == ["my secret words"]


async def test_after_a_rotation_the_new_key_alone_reads_all_and_knows_everybody(
    opened: Open, bot: EchoBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = await fill(opened)
    before = {row[0] for row in line.rows("SELECT key FROM contacts")}
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    assert opens_with_the_new_key_alone(line)
    assert {old for old, _ in bot.renamed} == {f"c{key}" for key in before}
    assert line.value("SELECT session_id FROM handovers") in {new for _, new in bot.renamed}
    assert "contacts.sealed_address: 2 seen, 2 changed" in capsys.readouterr().err
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    assert capsys.readouterr().out.startswith("0 values")


async def test_a_rotation_that_is_broken_off_anywhere_is_ended_by_the_next_one(
    opened: Open, bot: EchoBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await fill(opened)
    monkeypatch.setattr(rotation, "BATCH", 1)
    bare, vault = database_of(line), Vault(f"{NEW} {OLD}", f"{NEW} {OLD}")
    for column in rotation.COLUMNS[:3]:
        next(rotation.Reseal(bare, f"{NEW} {OLD}").column(column), None)  # and no further
    calls = 0

    async def dies(old: str, new: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotation.rename_people(bare, vault, dies, lambda count: None)
    assert not opens_with_the_new_key_alone_or_fails(line)
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    assert opens_with_the_new_key_alone(line)


def opens_with_the_new_key_alone_or_fails(line: Line) -> bool:
    try:
        return opens_with_the_new_key_alone(line)
    except Exception:
        return False


async def test_who_writes_while_the_key_is_changed_is_the_same_person(opened: Open, carrier: FakeCarrier) -> None:
    await fill(opened)
    async with opened(**keys(NEW, OLD)) as line:
        await line.write("hello again", OTHER)
        await line.quiet()
        assert line.value("SELECT count(*) FROM contacts") == 2
    assert carrier.texts(OTHER)[-1] == "re hello again"


async def test_who_stopped_and_was_met_anew_without_the_old_key_stays_stopped(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(**keys(OLD)) as line:
        await line.write("STOP", ME)
        await line.quiet()
    async with opened(**keys(NEW)) as line:
        await line.write("hello", ME)
        await line.quiet()
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    assert line.rows("SELECT state FROM contacts") == [("opted_out",)]
    assert line.value("SELECT count(*) FROM inbound WHERE contact_id IS NULL") == 0


async def test_who_was_met_anew_and_has_asked_for_a_person_twice_has_one_open_conversation(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, words in ((OLD, "the first time"), (NEW, "the second time")):
        async with opened(**keys(key)) as line:
            line.bot.replies = [
                {"text": "wait", "language": "en", "outcome": "handed_over", "handover": TALK | {"summary": words}}
            ]
            await line.write("a person please")
            await line.quiet()
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    states = line.rows("SELECT session_id, closed_at IS NULL FROM handovers ORDER BY id")
    assert [bool(is_open) for _, is_open in states] == [False, True]
    assert {session for session, _ in states} == {f"c{line.value('SELECT key FROM contacts')}"}


async def test_what_was_written_plainly_before_there_was_a_seal_is_read_and_sealed_by_a_rotation(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await fill(opened)
    with line.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE handover_messages SET text = 'as it was'")
    database = database_of(line, NEW)
    with database.reading() as connection:
        assert connection.execute(select(MessageRow.text)).scalar() == "as it was"
    database.close()
    assert await run(line, monkeypatch, "rotate", **keys(NEW, OLD)) == 0
    assert line.value("SELECT text FROM handover_messages").startswith("gAAAAA")


# ---- what is too old


def tidy(line: Line, given: Settings, days: float) -> None:
    database = database_of(line)
    with database.writing() as connection:
        keeping.tidy(connection, given, datetime.now(UTC) + timedelta(days=days))
    database.close()


async def test_each_kind_of_data_goes_when_its_own_time_is_over_and_the_audit_says_what_went(line: Line) -> None:
    await ask_for_a_person(line)
    given = settings(keep_messages_days=10, turn_log_days=20, keep_handovers_days=400)
    with line.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE handovers SET closed_at = asked_at")
    left: dict[int, tuple[int, ...]] = {}
    for days in (9, 11, 21, 401):
        tidy(line, given, days)
        tables = ("outbound", "contacts", "turns", "handovers")
        left[days] = tuple(line.value(f"SELECT count(*) FROM {table}") for table in tables)
    assert left == {9: (1, 1, 2, 1), 11: (0, 0, 2, 1), 21: (0, 0, 0, 1), 401: (0, 0, 0, 0)}
    said = [row[0] for row in line.rows("SELECT subject FROM audit WHERE login = 'retention' ORDER BY id")]
    assert said == ["1 messages sent, 2 messages answered, 1 people", "2 turns", "1 conversations with staff"]


async def test_what_is_deleted_may_take_longer_than_a_turn_waits_for_the_database(line: Line) -> None:
    database = database_of(line)
    with database.writing() as connection:
        keeping.tidy(connection, settings(), datetime.now(UTC))
        if connection.dialect.name == "postgresql":
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "10min"
    database.close()


async def test_a_conversation_with_staff_that_is_open_stays(line: Line) -> None:
    await ask_for_a_person(line)
    tidy(line, settings(), 5000)
    assert line.value("SELECT count(*) FROM handovers") == 1


async def test_the_gateway_tells_the_bot_what_to_forget_and_goes_on_while_it_is_away(line: Line) -> None:
    await line.app.state.keeping.once()
    (before,) = line.bot.tidied
    assert abs(datetime.now(UTC).timestamp() - before - 30 * 86400) < 60
    line.bot.mode = "500"
    await line.app.state.keeping.once()


async def test_the_command_deletes_now(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await run(line, monkeypatch, "tidy") == 0
    assert len(line.bot.tidied) == 1
