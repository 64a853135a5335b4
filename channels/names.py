"""The names of the programme that is served, in the places of the first one's (docs/another-programme.md).

What people read in `channels/` is written with the first programme's names; the file named by NAMES_FILE, which
`python -m knowledge build` makes for another programme, says what stands for each of them.
"""

import json
import re
from collections.abc import Mapping
from functools import cache

from channels.errors import SettingsError
from channels.settings import load_settings

_LETTER = r"[\w\u0900-\u0963\u0970-\u097f]"


def renamed(text: str) -> str:
    """The same text where no other programme is served."""
    return in_names(text, _names())


def in_names(text: str, names: Mapping[str, str]) -> str:
    """Whole words, the longest first; what is all capitals counts in capitals only ("UP")."""
    if not names:
        return text
    lower = {name.lower(): other for name, other in names.items()}
    return _pattern(tuple(names)).sub(lambda found: names.get(found[0]) or lower[found[0].lower()], text)


@cache
def _names() -> dict[str, str]:
    path = load_settings().names_file
    if path is None:
        return {}
    try:
        return {str(name): str(other) for name, other in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise SettingsError(f"{path} cannot be used as NAMES_FILE ({type(error).__name__})") from None


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(n) if n.isupper() else f"(?i:{re.escape(n)})" for n in sorted(names, key=len, reverse=True)]
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(parts)})(?!{_LETTER})")
