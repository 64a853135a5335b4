"""Test runs in a process of their own: turns do not wait, and a run that hangs is ended."""

import json
import logging
import subprocess
import sys
import tempfile
import threading
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from actions.content.engine import reading, writing
from actions.content.errors import ContentError, NotAllowed, Unknown
from actions.content.tables import TrialRow
from knowledge.paths import ROOT

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "knowledge", "trial")
_KEPT = timedelta(days=1)
_MOST_CHANGES = 1000
_ORDER = ("worse", "other", "better")


class Trials:
    """One at a time in a process; the next is asked to wait."""

    def __init__(self, engine: Engine, questions: Path, seconds: float) -> None:
        self._engine, self._questions, self._seconds = engine, questions, seconds
        self._busy = threading.Lock()

    def start(self, entry: str, text: str) -> str:
        """The run's name. Raises NotAllowed where one is going on."""
        if not self._busy.acquire(blocking=False):
            raise NotAllowed("busy")
        try:
            name = self._begin(entry)
            threading.Thread(target=self._run, args=(name, text), name="content-trial", daemon=True).start()
        except BaseException:
            self._busy.release()
            raise
        return name

    def see(self, name: str) -> dict[str, Any]:
        wanted = select(TrialRow.entry, TrialRow.state, TrialRow.done, TrialRow.total, TrialRow.result)
        with reading(self._engine) as connection:
            row = connection.execute(wanted.where(TrialRow.id == name)).one_or_none()
        if row is None:
            raise Unknown(name)
        return {**row._mapping, "result": None, "changes": json.loads(row.result)}

    def _begin(self, entry: str) -> str:
        name, now = uuid.uuid4().hex, datetime.now(UTC)
        with writing(self._engine) as connection:
            connection.execute(delete(TrialRow).where(TrialRow.at < now - _KEPT))
            row = {"id": name, "entry": entry, "at": now, "state": "running", "done": 0, "total": 0, "result": "[]"}
            connection.execute(insert(TrialRow).values(**row))
        return name

    def _run(self, name: str, text: str) -> None:
        try:
            with tempfile.TemporaryDirectory() as folder:
                draft = Path(folder) / "draft.yml"
                draft.write_text(text, encoding="utf-8")
                self._follow(name, draft)
        except (ContentError, OSError) as error:
            log.error("a test run failed: %s", type(error).__name__)
        finally:
            self._busy.release()

    def _follow(self, name: str, draft: Path) -> None:
        command = [*COMMAND, str(draft), str(self._questions)]
        with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
            timer = threading.Timer(self._seconds, run.kill)
            timer.start()
            try:
                self._listen(name, run)
            finally:
                timer.cancel()
                run.kill()

    def _listen(self, name: str, run: "subprocess.Popen[str]") -> None:
        changes: list[dict[str, Any]] = []
        assert run.stdout
        for line in run.stdout:
            said = json.loads(line)
            if "question" in said:
                changes.append(said)
            else:
                self._note(name, changes, state="running", done=said["done"], total=said["total"])
        self._note(name, changes, state="done" if run.wait() == 0 else "stopped")

    def _note(self, name: str, changes: list[dict[str, Any]], **values: Any) -> None:
        """What got worse comes first."""
        ordered = sorted(changes, key=lambda change: _ORDER.index(change["verdict"]))
        result = json.dumps(ordered[:_MOST_CHANGES], ensure_ascii=False)
        with writing(self._engine) as connection:
            connection.execute(update(TrialRow).where(TrialRow.id == name).values(**values, result=result))
