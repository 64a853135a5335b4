"""What the words of all questions give, worked out once: it lies beside the index, so that a start need not do it.

Kept for just these questions and these rules of reading; for any others it is worked out anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.paths import INDEX, TEXT_DATA, TRANSLITERATION
from knowledge.text.normalise import plain
from knowledge.text.spelling import of_the_field
from knowledge.text.standard import heard_as, without_dialect
from knowledge.text.transliterate import Transliterator

WORDS = INDEX / "words.json"
FORMAT = 1  # another one is not read


@dataclass(frozen=True)
class Words:
    """`field`: words to correct to (spelling.py); `heard`: common words of Hindi by how they sound (standard.py)."""

    field: list[str]
    common: list[str]
    heard: dict[str, str]


def words(questions: Iterable[str], transliterate: Transliterator, path: Path = WORDS) -> Words:
    """Those that lie there if they are of these questions."""
    texts = list(questions)
    return _kept(path, _key(texts)) or work_out(texts, transliterate)


def keep(questions: Iterable[str], found: Words, path: Path = WORDS) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new.json")
    new.write_text(json.dumps({"of": _key(questions), **asdict(found)}, ensure_ascii=False), encoding="utf-8")
    new.replace(path)


def work_out(questions: Iterable[str], transliterate: Transliterator) -> Words:
    common, heard = heard_as(transliterate.hindi)
    return Words(sorted(of_the_field(without_dialect(plain(q)) for q in questions)), sorted(common), heard)


def _kept(path: Path, key: str) -> Words | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Words(data["field"], data["common"], data["heard"]) if data["of"] == key else None
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or of another format
        return None


def _key(questions: Iterable[str]) -> str:
    found = hashlib.sha256(f"{FORMAT}\0{_rules()}\0".encode())
    for text in sorted(questions):
        found.update(text.encode() + b"\0")
    return found.hexdigest()


@lru_cache(maxsize=1)
def _rules() -> str:
    """Changes with everything by which text is read."""
    found = hashlib.sha256()
    for path in _files():
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _files() -> Iterator[Path]:
    yield from sorted([*TEXT_DATA.glob("*.py"), *TEXT_DATA.glob("*.yml")])
    if TRANSLITERATION.exists():
        yield TRANSLITERATION
