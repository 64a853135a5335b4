"""The commands, as lists of steps; every foreseen failure becomes one sentence."""

from __future__ import annotations

import errno
import functools
import shutil
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Callable, Mapping, Sequence

from deploy import backup, building, checking, cluster, own_secrets, pins, processes, serving, settings, testing
from deploy.doctor import examine
from deploy.environments import BOT, CLUSTER, DEV, SERVICE, Environment, prepare
from deploy.places import ENVS, ROOT, VAR, python
from deploy.places import SERVICE as SERVICE_ENV
from deploy.problems import Problem
from deploy.progress import Progress

REMADE = ("state", "models", "index", "training", "rasa", "programmes", "log")  # of var/; the rest cannot be made again
CACHES = (".rasa", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")


def run_cluster() -> int:
    """Two of each process, on PostgreSQL and Redis."""
    env = cluster.load(settings.load())
    for check_ports in (settings.check_ports, cluster.check_ports):
        check_ports(env)
    progress = Progress(6)
    _own_secrets(progress, settings.load())
    _train(progress, CLUSTER)
    return serve_cluster(progress, env)


def serve_cluster(progress: Progress, env: Mapping[str, str]) -> int:
    """Of what is prepared already."""
    try:
        config = cluster.write(env)
        watched = cluster.environment(env)
        ready = functools.partial(cluster.readiness, env)
        serving.serve(progress, watched, config, ready, patience=2 * cluster.DRAIN, within=cluster.BACK_WITHIN)
    except KeyboardInterrupt:
        progress.say("stopped")
    return 0


def roll() -> int:
    env = cluster.load(settings.load())
    cluster.roll(Progress(sum(bool(each.health) for each in cluster.programs(env))), env)
    return 0


def run() -> int:
    """Ends with Ctrl-C, which is no failure."""
    env = settings.load()
    settings.check_ports(env)
    progress = Progress(5)
    _own_secrets(progress, env)
    _train(progress)
    settings.check_ports(env)  # again: preparing may have taken minutes
    try:
        serving.serve(progress, env)
    except KeyboardInterrupt:
        progress.say("stopped")
    return 0


def _own_secrets(progress: Progress, env: Mapping[str, str]) -> None:
    if env.get("ENVIRONMENT", "development") != "development":
        return
    told = own_secrets.make(env.get("BOT_TOKEN") or settings.token(), bool(env.get("DATABASE_URL")))
    if told:
        progress.say(told)


def test() -> int:
    progress = Progress(8)
    _train(progress, DEV)
    testing.browser(progress)
    return 0 if testing.tests(progress) else 1


def train() -> int:
    _train(Progress(4))
    return 0


def check() -> int:
    progress = Progress(4 + len(checking.CHECKS))
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    checking.check(progress)
    return 0


def bench() -> int:
    progress = Progress(6)
    _train(progress, DEV)
    progress.step("Measure")
    return processes.show([python(SERVICE_ENV), "-m", "benchmarks"])


def bench_public() -> int:
    """The public data sets are read where they lie; benchmarks/README.md says where."""
    progress = Progress(5)
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    progress.step("Measure on public data")
    return processes.show([python(SERVICE_ENV), "-m", "benchmarks", "public"])


def chaos() -> int:
    """Minutes of load on the cluster profile while everything fails in turn."""
    progress = Progress(7)
    _own_secrets(progress, settings.load())
    _train(progress, DEV, CLUSTER)
    progress.step("Load and faults")
    return processes.show([python(SERVICE_ENV), "-m", "benchmarks", "chaos"])


def encoder() -> int:
    progress = Progress(7)
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    progress.step("Tune the encoder")
    failed = processes.show([python(SERVICE_ENV), "-m", "knowledge", "tune"])
    if failed:
        return failed
    building.knowledge(progress)
    building.training(progress)
    return 0


def doctor() -> int:
    findings = []
    for finding in examine(settings.load()):
        findings.append(finding)
        print(finding.line(), flush=True)
    wrong = sum(not finding.is_ok for finding in findings)
    print(f"\n{wrong} of {len(findings)} to mend." if wrong else "\nAll is well.")
    return 1 if wrong else 0


def write_pins() -> int:
    pins.write(Progress(2))
    return 0


def clean() -> int:
    for folder in (ENVS, *(VAR / name for name in REMADE), *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _train(progress: Progress, *more: Environment) -> None:
    prepare(progress, [BOT, SERVICE, *more])
    building.knowledge(progress)
    building.training(progress)


COMMANDS: dict[str, Callable[[], int]] = {
    "run": run,
    "roll": roll,
    "test": test,
    "train": train,
    "check": check,
    "bench": bench,
    "bench-public": bench_public,
    "chaos": chaos,
    "encoder": encoder,
    "doctor": doctor,
    "pins": write_pins,
    "clean": clean,
}
PROFILES: dict[str, Callable[[], int]] = {"single": run, "cluster": run_cluster}


def _back_up(file: str, options: Sequence[str]) -> int:
    names = backup.back_up(Path(file), settings.load(), "--with-secrets" in options)
    print(f"{file} holds {', '.join(names)}.")
    if "--with-secrets" not in options:
        print("Without the keys it cannot be read: keep those apart, or add --with-secrets (docs/privacy.md).")
    return 0


def _restore(file: str, options: Sequence[str]) -> int:
    env = settings.load()
    settings.check_ports(env)  # nothing of ours may run meanwhile
    print(f"Restored: {', '.join(backup.restore(Path(file), env, '--force' in options))}.")
    return 0


# Those that take a file, and the options that each of them knows.
OF_A_FILE = {
    "backup": (_back_up, "--with-secrets"),
    "restore": (_restore, "--force"),
}


def chosen(words: Sequence[str]) -> Callable[[], int] | None:
    """What these words ask for; None where nothing is called so."""
    if len(words) == 1:
        return COMMANDS.get(words[0])
    if list(words[:2]) == ["run", "--profile"] and len(words) == 3:
        return PROFILES.get(words[2])
    name, *rest = words or [""]
    call, option = OF_A_FILE.get(name, (None, ""))
    options = [word for word in rest if word.startswith("-")]
    files = [word for word in rest if not word.startswith("-")]
    if call is None or len(files) != 1 or set(options) - {option}:
        return None
    return partial(call, files[0], options)


def main(words: Sequence[str]) -> int:
    """Runs one command; returns the exit code."""
    command = chosen(words)
    if command is None:
        of_a_file = "; ".join(f"{name} FILE [{option}]" for name, (_, option) in OF_A_FILE.items())
        return _fail(f"Usage: python3 -m deploy {'|'.join(COMMANDS)}; run --profile {'|'.join(PROFILES)}; {of_a_file}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)  # to be stopped in order, like Ctrl-C
    try:
        return command()
    except Problem as problem:
        return _fail(str(problem))
    except KeyboardInterrupt:
        return _fail("Stopped.", 130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return _fail(processes.DISK_FULL)
        raise


def _fail(sentence: str, code: int = 1) -> int:
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    return code
