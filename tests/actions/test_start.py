"""What a start of the action server does not wait for."""

import subprocess
import sys

LATER = ("sklearn", "spacy", "fpdf", "alembic", "torch")


def test_what_few_turns_need_is_not_loaded_at_the_start() -> None:
    code = f"import sys, actions.server; print([name for name in {LATER} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
