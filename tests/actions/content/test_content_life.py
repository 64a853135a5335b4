"""The life of an edit: written, checked, proposed, published by a second person, gone back on, exported."""

import io
import zipfile
from pathlib import Path

import pytest
import yaml
from content_tools import ENTRY, NEW_ANSWER, TOKEN, Console, form
from fastapi.testclient import TestClient

from actions.content import __main__ as commands
from actions.content.desk import of_file
from actions.content.service import Opened

EDITED = form(answer={"en": NEW_ANSWER})


def test_without_the_token_nothing_is_shown_or_written(console: Console) -> None:
    client: TestClient = console._client
    for path in ("entries", f"entries/{ENTRY}", "choices", "export"):
        assert client.get(f"/staff/content/{path}").status_code == 401
    answer = client.post("/staff/content/save", json={}, headers={"Authorization": f"Bearer {TOKEN}x"})
    assert answer.status_code == 401


def test_an_entry_is_found_by_its_words_its_topic_and_its_age(console: Console) -> None:
    found = console.get("entries", text="helpline number").json()
    assert ENTRY in [row["id"] for row in found["entries"]]
    assert all(row["topic"] == "toolkit" for row in console.get("entries", topic="toolkit").json()["entries"])
    assert console.get("entries", stale=9000).json()["total"] == 0
    assert console.get("entries", text="zzqx").json()["total"] == 0


def test_a_draft_is_kept_even_while_it_is_wrong_and_changes_nothing_that_is_said(console: Console) -> None:
    assert console.save(form(answer={"en": ""})).json() == {"number": 1}
    seen = console.get(f"entries/{ENTRY}").json()
    assert seen["open"]["state"] == "draft"
    assert "en" not in seen["entry"]["answer"]
    assert seen["current"]["answer"] == (of_file(ENTRY) or {})["answer"]
    assert console.get("entries", state="draft").json()["total"] == 1


def test_a_wrong_draft_is_not_proposed_and_each_mistake_names_its_field_in_the_officers_language(
    console: Console,
) -> None:
    console.save(form(answer={"en": ""}, as_of="last July"))
    refused = console.move("propose", 1, "asha", language="hi")
    assert refused.status_code == 422
    told = {one["field"]: one["sentence"] for one in refused.json()["mistakes"]}
    assert told == {"answer.en": "यह अभी ख़ाली है, इसे भरें।", "as_of": "यह तारीख़ नहीं है। ऐसे लिखें: 2026-11-22।"}


def test_nobody_publishes_what_they_wrote_or_proposed(console: Console, opened: Opened) -> None:
    console.save(EDITED, "asha")
    console.move("propose", 1, "sunita")
    for staff in ("asha", "sunita"):
        refused = console.move("publish", 1, staff)
        assert (refused.status_code, refused.json()["kind"]) == (409, "own_work")
    assert opened.versions.published() == []
    assert console.move("publish", 1, "imran").status_code == 200
    assert console.get(f"entries/{ENTRY}").json()["current"]["answer"]["en"] == NEW_ANSWER


def test_what_nobody_proposed_is_not_published(console: Console) -> None:
    console.save(EDITED)
    assert console.move("publish", 1, "imran").json()["kind"] == "not_proposed"


def test_a_rejected_proposal_comes_back_with_its_reason(console: Console) -> None:
    console.save(EDITED)
    console.move("propose", 1, "asha")
    assert console.move("reject", 1, "imran").json()["kind"] == "no_reason"
    console.move("reject", 1, "imran", reason="the number is missing")
    seen = console.get(f"entries/{ENTRY}").json()
    assert seen["open"] is None
    assert (seen["moves"][0]["what"], seen["moves"][0]["words"]) == ("rejected", "the number is missing")


def test_the_second_of_two_savers_is_told_and_gets_the_difference(console: Console) -> None:
    console.save(EDITED, "asha")
    refused = console.save(form(answer={"en": "Something else."}), "imran")
    assert refused.status_code == 409
    told = refused.json()
    assert "asha" in told["sentence"]
    assert (told["latest"], told["theirs"]["answer"]["en"]) == (1, NEW_ANSWER)
    assert [one["field"] for one in told["differences"]] == ["answer.en"]
    assert console.save(form(answer={"en": "Something else."}), "imran", based_on=told["latest"]).status_code == 200


def test_every_version_is_kept_and_an_old_one_comes_back_as_a_new_draft(console: Console) -> None:
    console.publish(EDITED)
    console.publish(form(answer={"en": "A second answer."}), based_on=1)
    assert [v["state"] for v in console.get(f"entries/{ENTRY}").json()["versions"]] == ["published", "replaced"]
    assert console.move("revert", 1, "asha", based_on=2).json() == {"number": 3}
    seen = console.get(f"entries/{ENTRY}").json()
    assert seen["entry"]["answer"]["en"] == NEW_ANSWER
    assert seen["differences"][0]["before"] == "A second answer."
    assert console.move("revert", 0, "asha", based_on=3).json() == {"number": 4}
    assert console.get(f"entries/{ENTRY}").json()["entry"] == of_file(ENTRY)


def test_what_changes_nothing_is_not_proposed(console: Console) -> None:
    console.save(form())
    assert console.move("propose", 1, "asha").json()["kind"] == "nothing_new"


def test_a_new_entry_takes_no_name_that_is_taken(console: Console) -> None:
    refused = console.post("save", entry=form(), staff="asha", based_on=0, new=True)
    assert refused.json()["kind"] == "id_taken"
    assert console.save(form(topic="toolkit")).json()["kind"] == "renamed"


def test_a_question_of_another_entry_and_one_nearly_so_are_named(console: Console) -> None:
    other = of_file("toolkit-apply") or {}
    taken = str(other["questions"]["en"][0])
    long = str(next(text for text in other["questions"]["en"] if len(text) > 40))
    questions = {"en": [*form()["questions"]["en"], taken, f"{long} x"]}
    told = console.post("check", entry=form(questions=questions)).json()["mistakes"]
    assert [one["kind"] for one in told] == ["same_question", "nearly_same"]
    assert all("toolkit-apply" in one["sentence"] for one in told)


def test_a_suggested_correction_is_listed_until_somebody_saves(console: Console) -> None:
    assert console.post(f"entries/{ENTRY}/suggest", staff="ravi", words="the hours are wrong").status_code == 200
    assert console.get("entries", state="suggested").json()["entries"][0]["suggestions"] == 1
    console.save(EDITED)
    assert console.get("entries", state="suggested").json()["total"] == 0


def test_the_preview_shows_a_draft_that_is_not_right_yet(console: Console) -> None:
    shown = console.post("preview", entry=form(answer={"en": NEW_ANSWER}, follow_ups=["nowhere"])).json()["replies"]
    assert shown["en"]["text"] == NEW_ANSWER
    assert shown["en"]["buttons"] == []
    assert shown["hi"]["sources"][0]["title"]


@pytest.mark.parametrize("entry", [{"id": "x", "colour": "red"}, {"id": "x", "answer": {"fr": "y"}}, {"answer": {}}])
def test_what_is_no_form_is_refused(console: Console, entry: dict[str, object]) -> None:
    assert console.save(entry).status_code == 422


def test_signs_nobody_sees_do_not_get_in(console: Console) -> None:
    console.save(form(answer={"en": "One\u0000 \u202etwo\u2028three "}))
    assert console.get(f"entries/{ENTRY}").json()["entry"]["answer"]["en"] == "One two\nthree"


def test_the_export_holds_the_files_as_the_repository_would_have_them(console: Console, tmp_path: Path) -> None:
    console.publish(EDITED)
    with zipfile.ZipFile(io.BytesIO(console.get("export").content)) as archive:
        text = archive.read(f"knowledge/entries/contact/{ENTRY}.yml").decode()
    assert yaml.safe_load(text)["answer"]["en"] == NEW_ANSWER
    assert commands.main(["export", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "contact" / f"{ENTRY}.yml").read_text(encoding="utf-8") == text


def test_adopting_drops_from_the_overlay_only_what_the_files_say(
    console: Console, opened: Opened, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console.publish(EDITED)
    assert commands.main(["adopt"]) == 0
    assert f"the file says otherwise: {ENTRY}" in capsys.readouterr().out
    monkeypatch.setattr(commands, "of_file", lambda _: EDITED)
    assert commands.main(["adopt"]) == 0
    assert opened.versions.published() == []
    assert opened.versions.of(ENTRY)[0].state == "in_files"
