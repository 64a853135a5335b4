"""Where things lie. All that is measured is written under `var/bench/`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MESSAGES = ROOT / "benchmarks"
DEVELOPMENT = MESSAGES / "development"
CALLS = MESSAGES / "calls"
UNSEEN = MESSAGES / "unseen"
TALKS = MESSAGES / "talks"
UNSEEN_TALKS = MESSAGES / "unseen_talks"
OUT_OF_SCOPE = MESSAGES / "out_of_scope"
DISTRESS = MESSAGES / "distress.yml"
LANGUAGE_ITEMS = MESSAGES / "languages.yml"
RECORDED = MESSAGES / "recorded.yml"
CONVERSATIONS = ROOT / "docs" / "conversations"
OUTBOX = ROOT / "var" / "outbox" / "sms.jsonl"  # where the running system leaves codes while developing

BOT_PYTHON = ROOT / ".envs" / "bot" / "bin" / "python"
SERVICE_PYTHON = Path(sys.executable)  # this package runs in the service environment
TRAINING = ROOT / "var" / "training"
TRAINED = ROOT / "var" / "rasa" / "sahayak.tar.gz"

BENCH = ROOT / "var" / "bench"
LOGS = BENCH / "log"
OURS = BENCH / "ours"
STOCK = BENCH / "stock"
RESULTS = BENCH / "results.md"
