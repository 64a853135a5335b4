"""The machine: disk and memory."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Iterator

from deploy.doctor.finding import Finding, mend, ok
from deploy.places import ROOT

DISK, MEMORY = 1.0, 2.5  # gigabytes; bot, actions and gateway hold about 2
_TOTAL = Path("/proc/meminfo")
_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container


def findings() -> Iterator[Finding]:
    yield disk(shutil.disk_usage(ROOT).free / 1e9)
    yield memory(_memory())


def disk(free: float) -> Finding:
    if free < DISK:
        return mend("disk", f"{free:.1f} GB are free and {DISK:.0f} is needed: remove old logs (var/log) or back-ups.")
    return ok("disk", f"{free:.1f} GB are free.")


def memory(total: float | None) -> Finding:
    if total is None:
        return ok("memory", "not known on this system.")
    if total < MEMORY:
        return mend("memory", f"{total:.1f} GB in all; {MEMORY} GB are needed to run all three processes here.")
    return ok("memory", f"{total:.1f} GB in all.")


def _memory() -> float | None:
    """Of the machine, or what the container may use of it."""
    found = re.search(r"MemTotal:\s+(\d+) kB", _TOTAL.read_text()) if _TOTAL.exists() else None
    limit = _LIMIT.read_text().strip() if _LIMIT.exists() else ""
    known = ([int(found.group(1)) * 1024] if found else []) + ([int(limit)] if limit.isdigit() else [])
    return min(known) / 1e9 if known else None
