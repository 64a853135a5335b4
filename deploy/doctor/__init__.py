"""`make doctor`: checks an installation and says what to mend. Changes nothing."""

from __future__ import annotations

from typing import Iterator, Mapping

from deploy.doctor import built, inside, machine, running
from deploy.doctor.finding import Finding


def examine(env: Mapping[str, str]) -> Iterator[Finding]:
    """Each as soon as it is known."""
    yield from machine.findings()
    yield from built.findings()
    yield from running.findings(env)
    yield from inside.findings(env)
