"""What can be checked without running anything of ours: style, types, imports, data."""

from __future__ import annotations

from deploy import processes
from deploy.building import DATA
from deploy.places import BOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress

TYPED = [word for name in ("knowledge", "actions", "benchmarks", "channels", "deploy") for word in ("-p", name)]
OURS = [".", "--extend-exclude", ".envs"]  # which git ignores, but the checkout may be a plain copy
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"
VALIDATE = ["data", "validate", "--fail-on-warnings", "--config", "config.yml", *DATA]
CHECKS = {
    "style (ruff check)": [python(SERVICE), "-m", "ruff", "check", *OURS],
    "format (ruff format)": [python(SERVICE), "-m", "ruff", "format", "--check", *OURS],
    "types (mypy)": [python(SERVICE), "-m", "mypy", "--strict", *TYPED],
    "imports (import-linter)": [python(SERVICE), "-c", LINT_IMPORTS],
    "dialogue (rasa data validate)": [python(BOT), "-m", "bot", *VALIDATE],
    "knowledge": [python(SERVICE), "-m", "knowledge", "check"],
}


def check(progress: Progress) -> None:
    """Runs all of them, then raises a Problem if any failed."""
    failed = []
    for title, command in CHECKS.items():
        progress.step(f"Check {title}")
        try:
            processes.watch(progress, f"check-{title.split()[0]}", command)
        except processes.Failed as failure:
            failed.append(title)
            progress.wipe()
            print(failure.output.rstrip(), flush=True)
            progress.done("failed")
        else:
            progress.done("ok")
    if failed:
        raise Problem(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}.")
