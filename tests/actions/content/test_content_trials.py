"""A test run as the console sees it: how far it is, what changes, what got worse first."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest
from content_tools import ENTRY, Console, form

from actions.content import trials
from actions.content.service import Opened

SAYS = """
import json, sys
change = {"question": "", "language": "en", "before": {"zone": "answer", "entries": []},
          "after": {"zone": "unknown", "entries": []}}
print(json.dumps({"done": 0, "total": 3}))
for verdict in ("other", "better", "worse"):
    print(json.dumps({**change, "question": verdict, "verdict": verdict}))
print(json.dumps({"done": 3, "total": 3}), flush=True)
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """What a run calls instead of `python -m knowledge trial`; it ends as it is told."""
    (tmp_path / "says.py").write_text(SAYS, encoding="utf-8")

    def ends(code: int) -> None:
        monkeypatch.setattr(trials, "COMMAND", (sys.executable, str(tmp_path / "says.py"), str(code)))

    return ends


def over(console: Console, name: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        seen: dict[str, Any] = console.get(f"trials/{name}").json()
        if seen["state"] != "running":
            return seen
        time.sleep(0.05)
    raise AssertionError("the test run does not end")


def test_a_run_tells_how_far_it_is_and_what_got_worse_first(console: Console, command: Any) -> None:
    command(0)
    seen = over(console, console.post("trials", entry=form()).json()["id"])
    assert (seen["entry"], seen["state"], seen["done"], seen["total"]) == (ENTRY, "done", 3, 3)
    assert [change["question"] for change in seen["changes"]] == ["worse", "other", "better"]
    assert seen["changes"][0]["language"] == "en"


def test_a_run_that_fails_is_stopped_and_the_next_one_may_begin(console: Console, command: Any, opened: Opened) -> None:
    command(1)
    assert over(console, console.post("trials", entry=form()).json()["id"])["state"] == "stopped"
    assert opened.trials._busy.acquire(timeout=60)  # the state is told a moment before the run is over
    opened.trials._busy.release()
    command(0)
    assert over(console, console.post("trials", entry=form()).json()["id"])["state"] == "done"


def test_a_wrong_draft_is_not_tried_out(console: Console) -> None:
    assert console.post("trials", entry=form(answer={"en": ""})).json()["kind"] == "wrong"


def test_an_unknown_run_is_told_of(console: Console) -> None:
    assert console.get("trials/" + "0" * 32).status_code == 404
