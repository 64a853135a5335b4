"""Writes what was measured to var/bench/results.md: one part for each command, the last of each kept."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.places import BENCH, RESULTS

PARTS = ("quality", "offline", "understanding", "speed", "delivery", "widget", "scale", "chaos", "fuzz", "growth")


def write(part: str, title: str, body: str) -> None:
    """Prints the part and puts it among the last results of the others."""
    BENCH.mkdir(parents=True, exist_ok=True)
    text = f"## {title}\n\n{_when_and_where()}\n\n{body}\n"
    _file(part).write_text(text, encoding="utf-8")
    parts = [_file(name).read_text(encoding="utf-8") for name in PARTS if _file(name).exists()]
    RESULTS.write_text("# Measured\n\n" + "\n".join(parts), encoding="utf-8")
    print(f"\n{text}")


def write_figures(part: str, figures: dict[str, Any]) -> None:
    """The same for programs."""
    text = json.dumps({"measured": _when_and_where(), **figures}, ensure_ascii=False, indent=1)
    (BENCH / f"{part}.json").write_text(text + "\n", encoding="utf-8")


def _file(part: str) -> Path:
    return BENCH / f"{part}.md"


def _when_and_where() -> str:
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = f"{os.getloadavg()[0]:.1f}"
    return f"{day}; {os.cpu_count()} cores ({_processor()}), {platform.system()}, load at the end {load}."


def _processor() -> str:
    """Linux tells the model only here."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
