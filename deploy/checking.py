"""What can be checked without running anything of ours: style, types, imports, data."""

from __future__ import annotations

from deploy import processes
from deploy.auditing import NOT_CHECKED
from deploy.building import DATA
from deploy.places import BOT, LOG, ROOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress

TYPED = [
    word for name in ("common", "knowledge", "actions", "benchmarks", "channels", "deploy") for word in ("-p", name)
]
OURS = [".", "--extend-exclude", ".envs"]  # which git ignores, but the checkout may be a plain copy
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"
VALIDATE = ["data", "validate", "--fail-on-warnings", "--config", "config.yml", *DATA]
MANIFESTS = [
    str(path.relative_to(ROOT))
    for path in sorted((ROOT / "deploy" / "kubernetes").rglob("*.yaml"))
    if path.name != "kustomization.yaml"
]
COMPOSE = ["--builtin-schema", "vendor.compose-spec", "deploy/compose.yml"]
CHECKS = {
    "style (ruff check)": [python(SERVICE), "-m", "ruff", "check", *OURS],
    "format (ruff format)": [python(SERVICE), "-m", "ruff", "format", "--check", *OURS],
    "types (mypy)": [python(SERVICE), "-m", "mypy", "--strict", *TYPED],
    "imports (import-linter)": [python(SERVICE), "-c", LINT_IMPORTS],
    "dialogue (rasa data validate)": [python(BOT), "-m", "bot", *VALIDATE],
    "manifests (kubernetes-validate)": [python(SERVICE), "-m", "kubernetes_validate", "--strict", *MANIFESTS],
    "compose (check-jsonschema)": [python(SERVICE), "-m", "check_jsonschema", *COMPOSE],
    "containers and manifests, our own rules": [python(SERVICE), "-m", "deploy.rules"],
    "knowledge": [python(SERVICE), "-m", "knowledge", "check"],
    "dependencies (pip-audit)": [python(SERVICE), "-m", "deploy.auditing", "dependencies"],
    "secrets (detect-secrets)": [python(SERVICE), "-m", "deploy.auditing", "secrets"],
}


def check(progress: Progress) -> None:
    """Runs all of them, then raises a Problem if any failed."""
    failed = []
    for title, command in CHECKS.items():
        progress.step(f"Check {title}")
        try:
            processes.watch(progress, _log(title), command)
        except processes.Failed as failure:
            failed.append(title)
            progress.wipe()
            print(failure.output.rstrip(), flush=True)
            progress.done("failed")
        else:
            progress.done("ok")
            _tell_unchecked(title)
    if failed:
        raise Problem(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}.")


def _log(title: str) -> str:
    return f"check-{title.split()[0]}"


def _tell_unchecked(title: str) -> None:
    """What a check could not look at is no failure, but must be seen."""
    log = LOG / f"{_log(title)}.log"
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        if line.startswith(NOT_CHECKED):
            print(line, flush=True)
