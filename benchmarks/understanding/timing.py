"""How long understanding a message takes on one core, and how much memory the process holds."""

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.errors import BenchmarkError
from benchmarks.figures import percentile, spread
from benchmarks.places import ROOT
from benchmarks.tables import table
from benchmarks.understanding.section import Section

ROUNDS = 3
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_TITLES = {
    "language": "language",
    "names": "names (gazetteer)",
    "district rules": "district rules",
    "retrieval": "retrieval",
    "all": "all",
}
_NOTE = """Milliseconds a message over the development messages, one thread; cells are mean (least–most) of {rounds} \
rounds. Retrieval: only the messages that reach it."""


def section(rounds: int = ROUNDS) -> Section:
    measured = _measure(rounds)
    took = {stage: _percentiles(measured, stage) for stage in _TITLES}
    rows = [[_TITLES[stage], *map(spread, one.values())] for stage, one in took.items()]
    held = ", ".join(f"{what} {megabytes:.0f} MB" for what, megabytes in measured["resident_mb"].items())
    memory = f"Resident memory of a fresh process that has loaded and used them: {held}."
    body = [table(["stage", "p50, ms", "p95, ms"], rows), _NOTE.format(rounds=rounds), memory]
    return Section("Speed of understanding", "\n\n".join(body), {"resident_mb": measured["resident_mb"], "ms": took})


def _measure(rounds: int) -> dict[str, Any]:
    """In a process of its own, whose progress bars are shown."""
    command = [sys.executable, "-m", "benchmarks.understanding.timed", str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **_ONE_THREAD}, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise BenchmarkError("Timing failed: its message is above.")
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _percentiles(measured: dict[str, Any], stage: str) -> dict[str, list[float]]:
    """A value a round."""
    return {f"p{p}": [percentile(one[stage], p) for one in measured["rounds"]] for p in (50, 95)}
