"""The turn log: what of a turn is written down, and that nothing of it points to a person."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from alembic import command
from fastapi import FastAPI
from gateway_settings import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from personal_numbers import LANGUAGES, aadhaars, accounts, cards, mobiles, pans, spoken
from sqlalchemy import delete, insert, select, text
from still_clock import Clock

from channels.app import create_app
from channels.errors import StoreFailure
from channels.fake_bot import FakeBot
from channels.models import MessageIn
from channels.store.database import alembic_config
from channels.store.rows import AnyRow
from channels.store.tables import HandoverRow
from channels.turn_log import figures, writing
from channels.turn_log.figures import Range
from channels.turn_log.tables import CountRow, SaltRow, TotalRow, TurnRow
from channels.turn_log.texts import Texts

NOT_UNDERSTOOD = {"text": "माफ़ कीजिए।", "language": "hi", "outcome": "not_understood", "district": "banda"}
ANSWER = {
    "text": "Haan.",
    "language": "hi-Latn",
    "outcome": "answered",
    "entry": "mm-how-much",
    "topic": "margin-money",
}
SECRET = "a key of the tests for texts"
TEXTS = Texts(SECRET)


class Running:
    """A gateway that runs, with its store."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        self.app, self.client = app, client

    async def say(self, words: str, session_id: str = "artisan-1", **more: Any) -> Any:
        body = {"session_id": session_id, "text": words, **more}
        return (await self.client.post("/api/v1/messages", json=body)).json()

    async def mark(self, turn_id: str, mark: str, session_id: str = "artisan-1") -> int:
        body = {"session_id": session_id, "turn_id": turn_id, "mark": mark}
        return (await self.client.post("/api/v1/feedback", json=body)).status_code

    async def rows(self) -> list[AnyRow]:
        await self.app.state.notes.log.written(5)
        with self.app.state.handovers.database.reading() as connection:
            return list(connection.execute(select(TurnRow.__table__).order_by(TurnRow.id)).all())

    async def counts(self, kind: str) -> dict[str, int]:
        await self.app.state.notes.log.written(5)
        with self.app.state.handovers.database.reading() as connection:
            found = connection.execute(select(CountRow.__table__).where(CountRow.kind == kind)).all()
        summed: Counter[str] = Counter()
        for row in found:
            summed[row.value] += row.count
        return dict(+summed)

    def asked(self, row: AnyRow) -> str:
        texts: Texts = self.app.state.notes.texts
        return texts.open(row.sealed_text)


@asynccontextmanager
async def running(bot: FakeBot, clock: Clock, **changes: Any) -> AsyncIterator[Running]:
    app = create_app(settings(contact_seal_key=SECRET, **changes), httpx.ASGITransport(bot.app), clock)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://g") as client:
        yield Running(app, client)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def gateway(bot: FakeBot, clock: Clock, address: str) -> AsyncIterator[Running]:
    async with running(bot, clock, database_url=address) as each:
        yield each


async def test_an_answered_turn_is_noted_with_what_it_was_about_and_without_its_text(
    gateway: Running, bot: FakeBot
) -> None:
    bot.replies = [ANSWER]
    answer = await gateway.say("margin money kitni milti hai")
    (row,) = await gateway.rows()
    assert (row.key, row.outcome, row.entry, row.topic) == (
        answer["turn_id"],
        "answered",
        "mm-how-much",
        "margin-money",
    )
    assert (row.channel, row.language, row.sealed_text) == ("web", "hi-Latn", None)
    assert row.milliseconds >= 0


async def test_users_do_not_get_what_the_log_is_told(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [ANSWER | {"district": "agra", "task": "status"}]
    (reply,) = (await gateway.say("kya"))["replies"]
    assert set(reply) == {"text", "language", "buttons", "sources", "speaker"}


@pytest.mark.parametrize("outcome", ["not_understood", "choices_offered", "out_of_scope", "unavailable"])
async def test_what_was_not_answered_is_kept_sealed(gateway: Running, bot: FakeBot, outcome: str) -> None:
    bot.replies = [NOT_UNDERSTOOD | {"outcome": outcome}]
    await gateway.say("तारे कितने हैं")
    (row,) = await gateway.rows()
    assert gateway.asked(row) == "तारे कितने हैं"
    assert "तारे" not in row.sealed_text
    assert row.district == "banda"


async def test_a_tapped_button_is_no_question(gateway: Running, bot: FakeBot) -> None:
    bot.mode = "500"
    await gateway.say("entry:mm-how-much")
    (row,) = await gateway.rows()
    assert (row.outcome, row.sealed_text) == ("unavailable", None)


async def test_the_counts_of_the_day_follow_the_turns(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [ANSWER]
    await gateway.say("kya", "a")
    await gateway.say("kya", "a")
    bot.replies = [NOT_UNDERSTOOD]
    await gateway.say("क्या", "b")
    assert await gateway.counts("outcome") == {"answered": 2, "not_understood": 1}
    assert await gateway.counts("district") == {"banda": 1}
    assert sum((await gateway.counts("people")).values()) == 2


async def test_a_message_that_comes_again_is_one_turn(gateway: Running, bot: FakeBot) -> None:
    message = MessageIn(session_id="c1", text="loan", channel="sms")
    bot.mode = "500"
    await gateway.app.state.turns.run(message, message_id="SM1")
    bot.mode, bot.replies = "well", [ANSWER]
    await gateway.app.state.turns.run(message, message_id="SM1")
    (row,) = await gateway.rows()
    assert row.outcome == "answered"
    assert await gateway.counts("outcome") == {"answered": 1}
    assert sum((await gateway.counts("people")).values()) == 1


# ---- nobody can be followed


async def test_one_person_has_another_hash_on_another_day(gateway: Running, clock: Clock) -> None:
    await gateway.say("loan")
    await gateway.say("loan")
    clock.forward(days=1)
    await gateway.say("loan")
    first, again, tomorrow = await gateway.rows()
    assert first.person == again.person != tomorrow.person


async def test_the_salt_of_a_day_goes_with_the_day(gateway: Running, clock: Clock) -> None:
    await gateway.say("loan")
    clock.forward(days=1)
    await gateway.say("loan")
    await gateway.rows()
    with gateway.app.state.handovers.database.reading() as connection:
        assert [row.day for row in connection.execute(select(SaltRow.__table__))] == [clock().date()]


async def test_the_day_begins_at_midnight_in_india(gateway: Running, clock: Clock) -> None:
    clock.forward(hours=7)  # 19:00 in Greenwich is half past midnight in India
    await gateway.say("loan")
    (row,) = await gateway.rows()
    assert row.day == clock().date() + timedelta(days=1)


async def test_who_asks_for_it_loses_what_they_asked_today(gateway: Running, bot: FakeBot, clock: Clock) -> None:
    bot.replies = [NOT_UNDERSTOOD]
    await gateway.say("mera naam Ramesh hai", "mine")
    await gateway.say("kuchh aur", "other")
    await gateway.rows()
    with gateway.app.state.handovers.database.writing() as connection:
        writing.forget_today(connection, "mine", clock().date())
    mine, other = await gateway.rows()
    assert mine.sealed_text is None
    assert gateway.asked(other) == "kuchh aur"


async def test_turns_are_kept_as_long_as_the_setting_says_and_their_counts_stay(gateway: Running, clock: Clock) -> None:
    await gateway.say("loan")
    await gateway.rows()
    with gateway.app.state.handovers.database.writing() as connection:
        writing.tidy(connection, clock() + timedelta(days=91), timedelta(days=90))
    assert await gateway.rows() == []
    assert sum((await gateway.counts("outcome")).values()) == 1


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.data(), mobiles | aadhaars | cards | accounts, st.sampled_from(LANGUAGES))
def test_no_personal_number_is_kept_written_or_spoken(data: st.DataObject, number: str, language: str) -> None:
    said = data.draw(spoken(number, language))
    kept = TEXTS.open(TEXTS.seal(f"mera number {number} hai, yaani {said}, kya karun"))
    assert number not in kept
    assert said not in kept
    assert kept.startswith("mera number")


@hypothesis_settings(max_examples=20, deadline=None)
@given(pans)
def test_no_pan_is_kept(pan: str) -> None:
    assert pan not in TEXTS.open(TEXTS.seal(f"mera PAN {pan} hai"))


async def test_planted_numbers_are_nowhere_in_the_store(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [NOT_UNDERSTOOD]
    for number in ("9876543210", "2341 2341 2346", "ABCPK1234L", "98765 43210"):
        await gateway.say(f"mera number {number} hai")
    for row in await gateway.rows():
        assert not any(digits in gateway.asked(row).replace(" ", "") for digits in ("98765", "2341", "1234"))
        everything = " ".join(str(value) for value in row)
        assert "9876543210" not in everything


# ---- the reply does not wait


async def test_a_store_that_is_away_delays_no_answer_and_loses_no_turn(
    gateway: Running, bot: FakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.replies = [ANSWER]
    database = gateway.app.state.handovers.database
    real = writing.write

    def away(*_: Any) -> None:
        raise StoreFailure("away")

    monkeypatch.setattr(writing, "write", away)
    monkeypatch.setattr("channels.turn_log.log._PAUSE", 0.01)
    assert (await gateway.say("loan"))["outcome"] == "answered"
    with database.reading() as connection:
        assert connection.execute(select(TurnRow.id)).all() == []
    monkeypatch.setattr(writing, "write", real)
    assert len(await gateway.rows()) == 1


async def test_nothing_is_lost_when_the_gateway_stops(bot: FakeBot, clock: Clock, address: str) -> None:
    async with running(bot, clock, database_url=address) as gateway:
        await asyncio.gather(*(gateway.say("loan", f"s{number}") for number in range(30)))
    async with running(bot, clock, database_url=address) as gateway:
        assert len(await gateway.rows()) == 30


async def test_a_queue_that_is_full_drops_what_comes(bot: FakeBot, clock: Clock) -> None:
    app = create_app(settings(turn_log_waiting=2), httpx.ASGITransport(bot.app), clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://g") as client:
        gateway = Running(app, client)  # not started: nobody writes
        for number in range(4):
            assert (await gateway.say("loan", f"s{number}"))["replies"]
    app.state.handovers.close()


# ---- marks


async def test_a_thumb_marks_the_turn_and_the_last_one_counts(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [ANSWER]
    turn = (await gateway.say("margin money kitni"))["turn_id"]
    assert await gateway.mark(turn, "up") == 204
    assert await gateway.mark(turn, "down") == 204
    assert await gateway.counts("mark") == {"down": 1}


async def test_the_question_behind_an_answer_that_did_not_help_is_kept(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [ANSWER]
    turn = (await gateway.say("margin money kitni"))["turn_id"]
    await gateway.mark(turn, "down")
    (row,) = await gateway.rows()
    assert gateway.asked(row) == "margin money kitni"


async def test_nobody_marks_the_turn_of_another(gateway: Running) -> None:
    turn = (await gateway.say("loan"))["turn_id"]
    assert await gateway.mark(turn, "up", session_id="stranger") == 404
    assert await gateway.mark("0" * 32, "up") == 404


@pytest.mark.parametrize(
    ("words", "mark"),
    [("👍", "up"), ("👎🏽", "down"), ("Sahi.", "up"), ("ग़लत", "down"), ("not helpful", "down"), ("सही जी", "up")],
)
async def test_a_word_right_after_an_answer_marks_it_and_is_thanked(
    gateway: Running, bot: FakeBot, words: str, mark: str
) -> None:
    bot.replies = [ANSWER]
    await gateway.say("margin money kitni", channel="sms")
    asked = len(bot.asked)
    thanks = await gateway.say(words, channel="sms")
    assert [reply["text"] for reply in thanks["replies"]] == ["Dhanyavaad."]
    assert len(bot.asked) == asked
    assert await gateway.counts("mark") == {mark: 1}


@pytest.mark.parametrize("outcome", ["question_asked", "choices_offered", "small_talk", "not_understood"])
async def test_the_same_word_anywhere_else_goes_to_the_assistant(gateway: Running, bot: FakeBot, outcome: str) -> None:
    bot.replies = [ANSWER | {"outcome": outcome}]
    await gateway.say("loan")
    await gateway.say("sahi")
    assert bot.asked[-1]["text"] == "sahi"
    assert await gateway.counts("mark") == {}


async def test_a_word_long_after_the_answer_is_a_message_like_any_other(
    gateway: Running, bot: FakeBot, clock: Clock
) -> None:
    bot.replies = [ANSWER]
    await gateway.say("loan")
    clock.forward(minutes=31)
    await gateway.say("sahi")
    assert bot.asked[-1]["text"] == "sahi"


async def test_staff_mark_a_turn_of_any_day_wrong_and_a_thumb_does_not_take_it_back(
    gateway: Running, bot: FakeBot, clock: Clock
) -> None:
    bot.replies = [ANSWER]
    turn = (await gateway.say("loan"))["turn_id"]
    assert await gateway.app.state.notes.marks.wrong(turn, "loan kab")
    await gateway.mark(turn, "up")
    (row,) = await gateway.rows()
    assert (row.mark, gateway.asked(row)) == ("wrong", "loan kab")


async def test_with_the_salt_lost_a_turn_can_no_longer_be_marked(gateway: Running) -> None:
    turn = (await gateway.say("loan"))["turn_id"]
    await gateway.rows()
    with gateway.app.state.handovers.database.writing() as connection:
        connection.execute(delete(SaltRow))
    assert await gateway.mark(turn, "up") == 404


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is not waited for when the gateway stops."""
    monkeypatch.setattr("channels.turn_log.log._LAST_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
async def test_no_log_line_holds_what_was_asked(
    gateway: Running, bot: FakeBot, capsys: pytest.CaptureFixture[str]
) -> None:
    bot.replies = [NOT_UNDERSTOOD]
    await gateway.say("sitaron ki sankhya")
    with gateway.app.state.handovers.database.writing() as connection:
        connection.execute(text("DROP TABLE turn_counts"))
    assert "sitaron" not in "".join(capsys.readouterr())


async def test_totals_stay_the_sums_of_the_counts_whatever_is_taken_back_or_marked_anew(
    gateway: Running, bot: FakeBot
) -> None:
    bot.replies = [ANSWER]
    message = MessageIn(session_id="c1", text="loan", channel="sms")
    for _ in range(2):
        await gateway.app.state.turns.run(message, message_id="SM1")
    first = await gateway.say("byaj")
    await gateway.mark(first["turn_id"], "up")
    await gateway.mark(first["turn_id"], "down")
    await gateway.rows()
    with gateway.app.state.handovers.database.reading() as connection:
        counts: Counter[Any] = Counter()
        for row in connection.execute(select(CountRow.__table__)):
            counts[row.kind, row.day, row.value] += row.count
        totals = {
            (row.kind, row.day, row.value): row.count for row in connection.execute(select(TotalRow.__table__)).all()
        }
    assert totals == dict(counts) and totals


async def test_waiting_is_read_by_the_day_in_india_on_every_kind_of_store(gateway: Running) -> None:
    asked = datetime(2026, 3, 1, 20, 0, 30, tzinfo=UTC)  # half past one of the second of March in India
    base = {
        "channel": "web",
        "language": "hi",
        "reason": "asked",
        "urgency": "normal",
        "summary": "",
        "asked_at": asked,
    }
    with gateway.app.state.handovers.database.writing() as connection:
        taken = {"taken_at": asked + timedelta(minutes=4), "closed_at": asked}
        connection.execute(insert(HandoverRow).values(session_id="s1", **base, **taken))
        connection.execute(insert(HandoverRow).values(session_id="s2", **base))
        found = figures.waiting(connection, Range(date(2026, 3, 2), date(2026, 3, 2)))
    assert {day: sorted(waited, key=str) for day, waited in found.items()} == {date(2026, 3, 2): [4.0, None]}


async def test_what_was_counted_before_there_were_totals_is_added_up(gateway: Running, bot: FakeBot) -> None:
    bot.replies = [ANSWER]
    await gateway.say("loan")
    await gateway.rows()
    engine = gateway.app.state.handovers.database.engine
    with engine.execution_options(writer=True).begin() as connection:
        command.downgrade(alembic_config(connection), "0008")
        command.upgrade(alembic_config(connection), "head")
    with engine.begin() as connection:
        found = figures.by(connection, "outcome", Range(date(2000, 1, 1), date(2100, 1, 1)))
    assert found == [("answered", 1)]
