"""What was published by mistake is withdrawn: one person asks, another agrees, and the file answers again."""

from pathlib import Path

import pytest
from content_tools import ENTRY, NEW_ANSWER, Console, form

from actions.content import desk
from actions.content.desk import of_file
from actions.content.overlay import Overlay
from actions.content.service import Opened

EDITED = form(answer={"en": NEW_ANSWER})


@pytest.fixture
def number(console: Console) -> int:
    return console.publish(EDITED)


def ask(console: Console, number: int, staff: str = "asha") -> int:
    status: int = console.move("ask-withdrawal", number, staff, reason="the wrong number").status_code
    return status


def test_until_a_second_person_agrees_it_goes_on_being_said(console: Console, opened: Opened, number: int) -> None:
    assert ask(console, number) == 200
    assert [version.number for version in opened.versions.published()] == [number]
    refused = console.move("withdraw", number, "asha", language="hi")
    assert (refused.status_code, refused.json()["kind"]) == (409, "own_withdrawal")
    assert "साथी" in refused.json()["sentence"]
    assert console.move("withdraw", number, "imran").status_code == 200
    assert opened.versions.published() == []


def test_after_it_the_file_answers_again_in_every_process(
    console: Console, opened: Opened, number: int, tmp_path: Path
) -> None:
    overlay = Overlay(lambda: opened.versions, tmp_path / "said")
    overlay.refresh()
    assert [path.stem for path in (tmp_path / "said").rglob("*.yml")] == [ENTRY]
    ask(console, number)
    console.move("withdraw", number, "imran")
    overlay.refresh()
    assert list((tmp_path / "said").rglob("*.yml")) == []
    seen = console.get(f"entries/{ENTRY}").json()
    assert seen["current"] == of_file(ENTRY)
    assert (seen["versions"][0]["state"], seen["published"]) == ("withdrawn", None)


def test_before_it_one_sees_what_people_will_get_instead(console: Console, number: int) -> None:
    (change,) = console.get(f"entries/{ENTRY}").json()["instead"]
    assert (change["field"], change["before"]) == ("answer.en", NEW_ANSWER)
    assert change["after"] == (of_file(ENTRY) or {})["answer"]["en"]


def test_it_is_told_in_the_history_with_its_reason_and_listed(console: Console, number: int) -> None:
    ask(console, number)
    assert [row["id"] for row in console.get("entries", state="withdrawal").json()["entries"]] == [ENTRY]
    console.move("withdraw", number, "imran")
    last, asked = console.get(f"entries/{ENTRY}").json()["moves"][:2]
    assert (last["what"], last["who"]) == ("withdrawn", "imran")
    assert (asked["what"], asked["who"], asked["words"]) == ("withdrawal", "asha", "the wrong number")
    assert console.get("entries", state="withdrawal").json()["total"] == 0


def test_what_is_kept_after_all_can_be_asked_for_again(console: Console, opened: Opened, number: int) -> None:
    ask(console, number)
    assert console.move("keep", number, "imran").status_code == 200
    assert [version.withdrawal_by for version in opened.versions.published()] == [None]
    assert console.move("withdraw", number, "imran").json()["kind"] == "not_asked"
    assert ask(console, number, "imran") == 200


def test_nobody_withdraws_what_nobody_asked_for_or_what_is_not_published(console: Console, number: int) -> None:
    assert console.move("withdraw", number, "imran").json()["kind"] == "not_asked"
    assert console.move("keep", number, "imran").json()["kind"] == "not_asked"
    assert console.move("ask-withdrawal", number, "asha").json()["kind"] == "no_reason"
    assert ask(console, number) == 200
    assert ask(console, number, "imran") == 409
    console.publish(form(answer={"en": "A second answer."}), based_on=number)
    assert console.move("withdraw", number, "imran").json()["kind"] == "not_published"


def test_an_entry_that_others_lead_to_and_no_file_has_is_not_withdrawn(
    console: Console, opened: Opened, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leading = [one.id for one in opened.desk.library().entries.values() if ENTRY in one.follow_ups]
    assert leading
    monkeypatch.setattr(desk, "of_file", lambda _: None)
    refused = console.move("ask-withdrawal", number, "asha", reason="wrong").json()
    assert refused["kind"] == "followed"
    assert leading[0] in refused["sentence"]


def test_where_the_file_is_wrong_by_now_it_is_not_withdrawn(
    console: Console, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "of_file", lambda _: form(sources=["hearsay"]))
    refused = console.move("ask-withdrawal", number, "asha", reason="wrong")
    assert (refused.status_code, refused.json()["mistakes"][0]["kind"]) == (422, "unknown_source")
