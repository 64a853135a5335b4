"""What only the programs themselves can tell: settings, stores, provider. Asked of them in their environment."""

from __future__ import annotations

import json
import subprocess
from typing import Iterator, Mapping

from deploy import settings
from deploy.doctor.finding import Finding, mend
from deploy.environments import SERVICE
from deploy.places import ROOT, TOKEN, python

PROGRAMS = ("channels.doctor", "actions.doctor")
SECONDS = 60


def findings(env: Mapping[str, str]) -> Iterator[Finding]:
    if not SERVICE.exists():
        return  # said already
    token = {"BOT_TOKEN": settings.token()} if TOKEN.exists() else {}
    for program in PROGRAMS:
        yield from asked(program, {**token, **_without_fake(env)})


def asked(program: str, env: Mapping[str, str]) -> Iterator[Finding]:
    """A line of JSON for each finding."""
    command = [python(SERVICE.folder), "-m", program]
    try:
        done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, timeout=SECONDS)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        yield mend(program, f"could not be asked ({type(error).__name__}): run `make train`.")
        return
    for line in lines:
        yield Finding(line["name"], line["is_ok"], line["sentence"])
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        yield mend(program, f"broke off: {last}")


def _without_fake(env: Mapping[str, str]) -> Mapping[str, str]:
    """The fake's credentials are of each start: only the running gateway knows them."""
    if not settings.has_fake_twilio(env):
        return env
    return {name: value for name, value in env.items() if not name.startswith("TWILIO_")}
