"""What the tracker's table holds: sealed, without the numbers that people typed, and not for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rasa")

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.gateway_input import read_message
from bot.kept import KEPT, Seal
from bot.tracker_store import PlainSqlTrackerStore

MOBILE, AADHAAR = "9812345670", "234123412346"
TEXT, WITHOUT = f"mera number {MOBILE} hai", "mera number [mobile] hai"
KEY = "one-key-of-the-bot"


def open_store(folder: Path, key: str | None = KEY) -> PlainSqlTrackerStore:
    return PlainSqlTrackerStore(domain=Domain.empty(), host=f"sqlite:///{folder}/tracker.db", seal_key=key)


def said(at: float | None = None) -> list[Any]:
    entities = [{"entity": "number", "value": MOBILE}, {"entity": "district", "value": "banda"}]
    parsed = {"intent": {"name": "answer"}, "entities": entities, "text": TEXT, "text_tokens": [MOBILE]}
    metadata = {"channel": "web", KEPT: WITHOUT}
    user = UserUttered(TEXT, parsed["intent"], entities, parsed, metadata=metadata, timestamp=at)
    slot = SlotSet("task", {"aadhaar": AADHAAR}, timestamp=at)
    return [ActionExecuted("action_listen", timestamp=at), user, slot, BotUttered(f"{AADHAAR}?", timestamp=at)]


def save(store: PlainSqlTrackerStore, sender: str, at: float | None = None) -> None:
    tracker = DialogueStateTracker.from_events(sender, said(at), slots=[AnySlot("task", mappings=[{}])])
    asyncio.run(store.save(tracker))


def read(store: PlainSqlTrackerStore, sender: str) -> list[Any]:
    tracker = asyncio.run(store.retrieve(sender))
    return list(tracker.events) if tracker else []


def whole_table(store: PlainSqlTrackerStore) -> str:
    with store.engine.connect() as connection:
        return str(connection.execute(sa.text("SELECT * FROM events")).all())


def test_no_number_that_somebody_gave_stands_in_the_table(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    save(store, "a")
    table = whole_table(store)
    assert MOBILE not in table and AADHAAR not in table and "mera number" not in table


def test_even_who_has_the_key_reads_a_text_without_its_numbers_and_slots_as_they_were(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    save(store, "a")
    _, user, slot, _ = read(store, "a")
    assert user.text == WITHOUT and MOBILE not in str(user.as_dict())
    assert [each["value"] for each in user.entities] == ["banda"]
    assert slot.value == {"aadhaar": AADHAAR}  # the dialogue goes on with what it was told


def test_after_a_new_key_what_the_old_one_sealed_is_read_and_without_it_the_conversation_begins_anew(
    tmp_path: Path,
) -> None:
    save(open_store(tmp_path), "a")
    assert read(open_store(tmp_path, f"a-new-key {KEY}"), "a")[1].text == WITHOUT
    assert {event.type_name for event in read(open_store(tmp_path, "a-new-key"), "a")} == {"action"}


def test_what_was_written_before_there_was_a_seal_is_read(tmp_path: Path) -> None:
    save(open_store(tmp_path, None), "a")
    assert len(read(open_store(tmp_path), "a")) == 4


def test_conversations_that_ended_before_a_moment_go_and_no_others(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for sender, at in (("old", 100.0), ("new", 300.0), ("both", 100.0)):
        save(store, sender, at)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE events SET timestamp = 300 WHERE id = (SELECT max(id) FROM events)"))
    assert store.forget_older(200.0) == 1
    assert [bool(read(store, sender)) for sender in ("old", "new", "both")] == [False, True, True]
    assert store.forget_older(200.0) == 0


def test_a_conversation_follows_its_person_to_a_new_name(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    save(store, "old")
    store.rename("old", "new")
    store.rename("old", "new")
    assert (len(read(store, "new")), read(store, "old")) == (4, [])


@pytest.mark.parametrize("kept", [5, "a\0b", "x" * 4001])
def test_a_bad_text_to_keep_is_refused(kept: Any) -> None:
    assert read_message({"sender": "a", "text": "b", "channel": "web", KEPT: kept}) is None


def test_the_text_to_keep_travels_beside_the_message() -> None:
    message = read_message({"sender": "a", "text": TEXT, "channel": "web", KEPT: WITHOUT})
    assert message is not None and (message.text, message.metadata[KEPT]) == (TEXT, WITHOUT)


@pytest.mark.parametrize("text", ["नमस्ते", "half a character: \ud83d", 'with "quotes" and \n'])
@pytest.mark.parametrize("key", ["", "k1"])
def test_whatever_was_typed_is_read_again_as_it_was(text: str, key: str) -> None:
    seal = Seal(key)
    assert seal.open(seal.seal({"text": text})) == {"text": text}
