"""What is published is said within seconds, in every process; a store that is away changes nothing."""

import logging
from pathlib import Path

import pytest
from content_tools import ENTRY, NEW_ANSWER, Console, form

from actions.content.engine import open_engine
from actions.content.errors import Unavailable
from actions.content.overlay import Overlay
from actions.content.service import Opened
from actions.content.store import Versions
from knowledge.entries_loader import load
from knowledge.paths import ENTRIES, SOURCES

EDITED = form(answer={"en": NEW_ANSWER})


def said(folder: Path) -> str:
    return load(ENTRIES, SOURCES, overlay=folder).entries[ENTRY].answer["en"]


def _look(store: Versions, folder: Path) -> tuple[Overlay, Path]:
    return Overlay(lambda: store, folder), folder


def test_two_processes_say_what_was_published_after_their_next_look(
    console: Console, opened: Opened, tmp_path: Path
) -> None:
    other = Versions(open_engine(opened.engine.url.render_as_string(hide_password=False), 3))
    looks = [_look(opened.versions, tmp_path / "one"), _look(other, tmp_path / "two")]
    for overlay, folder in looks:
        overlay.refresh()
        assert said(folder) != NEW_ANSWER
    console.publish(EDITED)
    for overlay, folder in looks:
        overlay.refresh()
        assert said(folder) == NEW_ANSWER


def test_drafts_and_proposals_are_not_said(console: Console, opened: Opened, tmp_path: Path) -> None:
    overlay = Overlay(lambda: opened.versions, tmp_path / "said")
    console.save(EDITED)
    console.move("propose", 1, "asha")
    overlay.refresh()
    assert said(tmp_path / "said") != NEW_ANSWER


def test_a_look_at_nothing_new_touches_no_file(console: Console, opened: Opened, tmp_path: Path) -> None:
    overlay = Overlay(lambda: opened.versions, tmp_path / "said")
    console.publish(EDITED)
    overlay.refresh()
    path = tmp_path / "said" / "contact" / f"{ENTRY}.yml"
    before = path.stat().st_mtime_ns
    console.post(f"entries/{ENTRY}/suggest", staff="ravi", words="a correction")
    overlay.refresh()
    assert path.stat().st_mtime_ns == before


def test_a_store_that_is_away_leaves_the_last_good_state_and_is_logged_once(
    console: Console, opened: Opened, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = False

    def store() -> Versions:
        if away:
            raise Unavailable("gone")
        return opened.versions

    overlay = Overlay(store, tmp_path / "said")
    console.publish(EDITED)
    overlay.refresh()
    away = True
    for _ in range(3):
        overlay.refresh()
    assert said(tmp_path / "said") == NEW_ANSWER
    assert sum(record.levelno == logging.ERROR for record in caplog.records) == 1


def test_a_published_entry_that_does_not_fit_the_files_any_more_is_left_out_and_logged(
    console: Console, opened: Opened, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    console.publish(EDITED)
    overlay = Overlay(lambda: opened.versions, tmp_path / "said")
    overlay.refresh()
    path = tmp_path / "said" / "contact" / f"{ENTRY}.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("sources: [", "sources: [hearsay, "), encoding="utf-8")
    assert said(tmp_path / "said") != NEW_ANSWER
    assert "unknown source hearsay" in caplog.text


def test_what_the_files_have_taken_over_leaves_the_folder(console: Console, opened: Opened, tmp_path: Path) -> None:
    console.publish(EDITED)
    overlay = Overlay(lambda: opened.versions, tmp_path / "said")
    overlay.refresh()
    opened.versions.in_files(opened.versions.published(), "adopt")
    overlay.refresh()
    assert list((tmp_path / "said").rglob("*.yml")) == []
