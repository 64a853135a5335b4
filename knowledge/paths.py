"""Where things lie: those of the programme in its folder, what is generated under `var/`, which git ignores.

`PROGRAMME` names the folder of another programme (docs/another-programme.md). It is read here and nowhere else.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "knowledge"
TEXT_DATA = KNOWLEDGE / "text"
RESPONSES = ROOT / "bot" / "responses"


def _programme() -> Path:
    folder = (ROOT / (os.environ.get("PROGRAMME") or KNOWLEDGE)).resolve()
    if not (folder / "programme.yml").is_file():
        raise SystemExit(f"PROGRAMME: {folder} has no programme.yml")
    return folder


PROGRAMME = _programme()
IS_OWN = PROGRAMME == KNOWLEDGE  # the programme that lies among the code
ENTRIES = PROGRAMME / "entries"
SOURCES = PROGRAMME / "sources.yml"
SHARED_SOURCES = KNOWLEDGE / "sources.yml"  # what the shared dialogues rest on: banks, the RBI, the union's schemes
DISTRICTS = PROGRAMME / "districts.yml"
OUTSIDE_PLACES = PROGRAMME / "outside_places.yml"
OUT_OF_SCOPE = PROGRAMME / "out_of_scope.yml"
SCHEMES = (ROOT / "actions" / "eligibility" if IS_OWN else PROGRAMME) / "schemes"
STAGES = (ROOT / "actions" / "applications" if IS_OWN else PROGRAMME) / "scheme_stages"

VAR = ROOT / "var"
BUILT = VAR if IS_OWN else VAR / "programmes" / PROGRAMME.name
ENCODER = VAR / "models" / "encoder"
TUNED = VAR / "models" / "tuned.safetensors"
TRANSLITERATION = VAR / "models" / "transliteration.json"
LANGUAGE_MODEL = BUILT / "models" / "language.json"
URDU = BUILT / "models" / "urdu.json"
INDEX = BUILT / "index"
TRAINING = BUILT / "training"
# What is said in the bot's own words; another programme's and the gateway's are made by knowledge/programme_build.py.
SENTENCES = RESPONSES if IS_OWN else BUILT / "responses"
OWN_SETTINGS = BUILT / "gateway.env"
OWN_NAMES = BUILT / "names.json"
# What was published from the console, as the action server last saw it (actions/content/).
OVERLAY = Path(os.environ.get("KNOWLEDGE_OVERLAY") or BUILT / "content")


def word_list(name: str) -> Path:
    """A word list of the programme's own, where it has one, else the shared one."""
    own = PROGRAMME / "words" / name
    return own if own.is_file() else TEXT_DATA / name
