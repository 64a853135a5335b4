"""Where things lie. Everything that `make` writes is under `.envs/` and `var/`, which git ignores."""

from __future__ import annotations

from pathlib import Path

from knowledge.paths import BUILT

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "deploy" / "constraints"

ENVS = ROOT / ".envs"
TOOLS = ENVS / "tools"
BOT = ENVS / "bot"
SERVICE = ENVS / "service"

VAR = ROOT / "var"
STATE = VAR / "state"
LOG = VAR / "log"
TOKEN = VAR / "bot_token"
SECRETS = VAR / "secrets.env"
MODEL = BUILT / "rasa" / "sahayak.tar.gz"


def python(env: Path) -> str:
    """An environment's interpreter: started as such, the environment works wherever the checkout is moved."""
    return str(env / "bin" / "python")
