"""What cannot be seen in our own code: advisories about what we depend on, and secrets written into a file.

`python -m deploy.auditing dependencies` and `... secrets`, in the services' environment.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Sequence

from deploy.places import CONSTRAINTS, ROOT

ALLOWED = ROOT / "deploy" / "advisories.txt"
KNOWN_SECRETS = ROOT / "deploy" / "known_secrets.json"
ENVIRONMENTS = ("service", "bot")
NOT_CHECKED = "NOT CHECKED"  # begins the line that `make check` shows although nothing failed
_SECONDS = 300
_PIP_AUDIT = ["-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]


def dependencies() -> int:
    """Without the advisories there is no verdict: that is said, and is no failure."""
    return max(_of(name, *_reported(CONSTRAINTS / f"{name}.txt")) for name in ENVIRONMENTS)


def _of(environment: str, packages: list[dict[str, Any]] | None, why: str) -> int:
    if packages is None:
        print(f"{NOT_CHECKED}: {environment}: {why}. Run it again where the advisories of PyPI can be reached.")
        return 0
    unknown = sorted(str(each["name"]) for each in packages if "skip_reason" in each)
    if unknown:
        some = ", ".join(unknown[:3]) + (" ..." if len(unknown) > 3 else "")
        print(f"{NOT_CHECKED}: {environment}: no advisories for {len(unknown)} of {len(packages)} packages ({some}).")
    allowed, failed = _allowed(environment), 0
    for package in packages:
        for found in package.get("vulns", []):
            names = {str(found["id"]), *map(str, found.get("aliases", [])), "*"}
            is_let_pass = bool(names & set(allowed))
            failed |= not is_let_pass
            fix = ", ".join(found.get("fix_versions", [])) or "no version"
            said = "let pass" if is_let_pass else "NOT ALLOWED"
            print(f"{environment}: {package['name']} {package['version']}: {found['id']}, mended by {fix}: {said}")
    return int(failed)


def _reported(constraints: Path) -> tuple[list[dict[str, Any]] | None, str]:
    """A service that is away looks to pip-audit as if no package were known to it: then every one is skipped."""
    command = [sys.executable, *_PIP_AUDIT, "--requirement", str(constraints)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return None, f"no answer in {_SECONDS} seconds"
    except (ValueError, KeyError):
        return None, (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
    if packages and all("skip_reason" in each for each in packages):
        return None, "the service of the advisories cannot be reached"
    return packages, ""


def _allowed(environment: str) -> dict[str, str]:
    """By id; a line without a reason lets nothing pass."""
    lines = (line.split(None, 2) for line in ALLOWED.read_text(encoding="utf-8").splitlines())
    entries = [words for words in lines if len(words) == 3 and not words[0].startswith("#")]
    return {name: reason for each, name, reason in entries if each == environment}


def secrets() -> int:
    """Those in the list are made-up ones of tests, and names that look like one."""
    from detect_secrets.core import baseline
    from detect_secrets.core.secrets_collection import SecretsCollection

    known = baseline.load(baseline.load_from_file(str(KNOWN_SECRETS)))
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        print(f"{NOT_CHECKED}: this is no checkout of git.")
        return 0
    found = SecretsCollection()
    with contextlib.chdir(ROOT):  # the list names files from here
        found.scan_files(*(name for name in tracked.stdout.split("\0") if Path(name).is_file()))
    fresh = [(name, secret) for name, secret in found - known]
    for name, secret in fresh:
        print(f"{name}:{secret.line_number}: {secret.type}")
    if fresh:
        print("Take it out and change it where it is used; what is none goes into deploy/known_secrets.json.")
    return int(bool(fresh))


def main(words: Sequence[str]) -> int:
    checks = {"dependencies": dependencies, "secrets": secrets}
    if len(words) != 1 or words[0] not in checks:
        print(f"Usage: python -m deploy.auditing {'|'.join(checks)}", file=sys.stderr)
        return 2
    return checks[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
