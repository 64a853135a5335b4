"""Where the example programme lies, and code that serves it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = "tests/programme/example-crafts"
BUILT = ROOT / "var" / "programmes" / "example-crafts"


def python(code: str, programme: Path | str = PROGRAMME) -> subprocess.CompletedProcess[str]:
    """Code in a process that serves the programme."""
    env = {**os.environ, "PROGRAMME": str(programme)}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
