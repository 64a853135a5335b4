"""Where things lie. Everything generated is under `var/`, which git ignores."""

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
