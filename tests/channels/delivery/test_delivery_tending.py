"""What operators see and do: dead letters, replays, what is kept for how long, a process that does not come back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import Line
from sqlalchemy import text

from channels.delivery import __main__ as command
from channels.delivery import tending
from channels.store.database import Database

ME = "whatsapp:+919800000001"


@pytest.fixture
def run(line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`run("dead")` gives the exit code and what is printed."""

    def called(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(command, "load_settings", lambda: line.app.state.settings)
        code = command.main(arguments)
        return code, capsys.readouterr().out

    return called


async def test_dead_letters_are_listed_without_a_number_or_a_text_and_sent_on_replay(
    line: Line, carrier: FakeCarrier, run: Any
) -> None:
    assert run("dead") == (0, "None.\n")
    carrier.way = lambda message: "give_up"
    await line.write("hello")
    await line.quiet()
    code, told = run("dead")
    assert code == 0 and "out1" in told and "20003" in told and "Credentials refused" in told
    assert "98000" not in told and "hello" not in told
    carrier.way = lambda message: "well"
    assert run("replay", "out1") == (0, "out1 is tried again.\n")
    await line.until(lambda: carrier.texts(ME) == ["re hello"])
    await line.quiet()
    assert run("dead") == (0, "None.\n")
    assert run("replay", "out1") == (1, "out1 is no dead letter.\n")


async def test_a_message_whose_turn_failed_is_listed_and_answered_on_replay(
    line: Line, carrier: FakeCarrier, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels.turns import Turns

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(Turns, "run", broken)
        await line.write("hello")
        await line.quiet()
    assert "in1" in run("dead")[1]
    assert run("replay", "in1")[0] == 0
    await line.until(lambda: carrier.texts() == ["re hello"])


@pytest.mark.parametrize("name", ["out99", "in99", "1", "out", "outin1", "x1", "out1; drop"])
async def test_what_is_no_dead_letter_is_said_to_be_none(run: Any, name: str) -> None:
    assert run("replay", name) == (1, f"{name} is no dead letter.\n")


async def test_the_status_counts_messages_by_state(line: Line, run: Any) -> None:
    await line.write("hello")
    await line.write("STOP", who="whatsapp:+919800000002")
    await line.quiet()
    lines = [row.split() for row in run("status")[1].splitlines()]
    assert ["in", "answered", "2"] in [row[:3] for row in lines]
    assert ["out", "sent", "2"] in [row[:3] for row in lines]
    assert ["contacts", "opted_out", "1"] in lines


async def test_what_another_process_left_is_taken_over(opened: Any, carrier: FakeCarrier, address: str) -> None:
    carrier.way = lambda message: "refuse"
    async with opened(address, gateway_name="gone", retry_after_seconds=(0.2,) * 20) as line:
        await line.write("hello")
        await line.until(lambda: carrier.sends >= 1)
    carrier.way = lambda message: "well"
    with line.engine.begin() as connection:
        connection.execute(text("UPDATE gateways SET seen_at = '2026-01-01 00:00:00'"))
    async with opened(address, gateway_name="here") as line:
        await line.quiet()
        assert carrier.texts() == ["re hello"]
        await line.until(lambda: line.rows("SELECT name FROM gateways") == [("here",)])


async def test_with_the_workflows_records_lost_everything_is_still_answered(
    opened: Any, carrier: FakeCarrier, tmp_path: Path
) -> None:
    """The gateway's own tables say what is to be done."""
    carrier.way = lambda message: "refuse"
    async with opened(retry_after_seconds=(0.2,) * 20) as line:
        for number in range(3):
            await line.write(str(number))
        await line.until(lambda: carrier.sends >= 1)
    for left in tmp_path.glob("gateway-delivery.db*"):
        left.unlink()
    carrier.way = lambda message: "well"
    with line.engine.begin() as connection:
        connection.execute(text("UPDATE outbound SET created_at = '2026-01-01 00:00:00'"))
    async with opened() as line:
        await line.quiet()
    assert carrier.texts() == ["re 0", "re 1", "re 2"]


async def test_a_new_database_beside_old_records_of_the_workflows_works(
    opened: Any, carrier: FakeCarrier, tmp_path: Path
) -> None:
    async with opened() as line:
        await line.write("hello")
        await line.quiet()
    for left in tmp_path.glob("gateway.db*"):
        left.unlink()
    async with opened() as line:
        await line.write("hello")
        await line.quiet()
    assert len(carrier.records) == 2


async def test_with_the_database_away_the_gateway_starts_and_delivers_as_soon_as_it_is_back(
    opened: Any, carrier: FakeCarrier, tmp_path: Path
) -> None:
    folder = tmp_path / "later"
    folder.write_text("in the way")
    async with opened(f"sqlite:///{folder}/gateway.db") as line:
        assert (await line.write("hello", message_sid="SM5")).status_code == 503
        folder.unlink()
        assert (await line.write("hello", message_sid="SM5")).status_code == 200
        await line.quiet()
    assert carrier.texts() == ["re hello"]


async def test_what_is_done_and_old_is_forgotten_but_not_who_wants_no_messages(
    line: Line, carrier: FakeCarrier
) -> None:
    carrier.way = lambda message: "give_up" if message["to"].endswith("3") else "well"
    for who, words in (("1", "hello"), ("2", "STOP"), ("3", "dead letter")):
        await line.write(words, who=f"whatsapp:+91980000000{who}")
    await line.quiet()
    database = Database(line.address, 5)
    with database.writing() as connection:
        tending.tidy(connection, datetime.now(UTC) - timedelta(days=1))
    assert line.value("SELECT count(*) FROM inbound") == 3
    with database.writing() as connection:
        tending.tidy(connection, datetime.now(UTC) + timedelta(days=1))
    database.close()
    assert line.rows("SELECT state FROM outbound") == [("dead",)]
    assert line.value("SELECT count(*) FROM inbound") == 1
    assert sorted(line.rows("SELECT state FROM contacts")) == [("active",), ("opted_out",)]


async def test_the_records_of_workflows_that_are_over_are_forgotten(line: Line) -> None:
    from dbos import DBOS

    await line.write("hello")
    await line.quiet()
    workflows = line.app.state.delivery._workflows
    await line.until(lambda: not workflows._running)
    await workflows.tidy(datetime.now(UTC) - timedelta(days=1))
    assert len(await DBOS.list_workflows_async()) == 1
    await workflows.tidy(datetime.now(UTC) + timedelta(minutes=1))
    assert await DBOS.list_workflows_async() == []


async def test_what_one_process_only_records_another_one_answers(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(deliver="apart", gateway_name="records") as records:
        await records.write("one")
        assert records.value("SELECT state FROM inbound") == "received"
        async with opened(gateway_name="answers", sweep_seconds=0.05) as answers:
            await answers.quiet()
            await records.write("two")
            await answers.until(lambda: len(carrier.texts()) == 2)
    assert carrier.texts() == ["re one", "re two"]
