"""Where things lie. Everything generated is under `var/`, which git ignores."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "knowledge"
ENTRIES = KNOWLEDGE / "entries"
SOURCES = KNOWLEDGE / "sources.yml"
DISTRICTS = KNOWLEDGE / "districts.yml"
TEXT_DATA = KNOWLEDGE / "text"

VAR = ROOT / "var"
ENCODER = VAR / "models" / "encoder"
TUNED = VAR / "models" / "tuned.safetensors"
LANGUAGE_MODEL = VAR / "models" / "language.json"
TRANSLITERATION = VAR / "models" / "transliteration.json"
URDU = VAR / "models" / "urdu.json"
INDEX = VAR / "index"
TRAINING = VAR / "training"
# What was published from the console, as the action server last saw it (actions/content/).
OVERLAY = Path(os.environ.get("KNOWLEDGE_OVERLAY") or VAR / "content")
