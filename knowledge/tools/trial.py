"""A test run: which questions are answered otherwise with a draft, before anybody publishes it.

Seconds, not minutes: vectors of the questions are kept beside the index, and of the index only the draft's own part
is made anew (knowledge/retrieval/one_entry.py). After publishing the whole index is fitted; a question that hangs in
the balance may then go the other way.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml

from knowledge.context import Part
from knowledge.district_question import DistrictQuestion
from knowledge.encoder.remembering import Remembering
from knowledge.encoder.serve import OnnxEncoder
from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.errors import KnowledgeError
from knowledge.paths import INDEX
from knowledge.retrieval.features import centred
from knowledge.retrieval.one_entry import with_answer, with_questions
from knowledge.retrieval.questions import of_entries
from knowledge.retrieval.search import Retriever
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import SERVED
from knowledge.understanding import understand
from knowledge.yaml_lines import LOADER

VECTORS = INDEX / "trial.npz"
_OFTEN = 20  # questions between two lines about how far it is
Verdict = Literal["worse", "other", "better"]


@dataclass(frozen=True)
class Asked:
    """`right`: the entries that answer it, as far as that is known."""

    text: str
    right: frozenset[str] = frozenset()


def trial(draft: Path, questions: Path) -> Iterator[str]:
    """Lines of JSON: how far it is, each change, and at last how many questions were asked."""
    entry = Entry.model_validate(yaml.safe_load(draft.read_text(encoding="utf-8")))
    asked = read(questions)
    yield json.dumps({"done": 0, "total": len(asked)})
    encoder = Remembering(OnnxEncoder(threads=2), VECTORS)
    before = Retriever.load(encoder)
    for said in compared(asked, before, with_draft(before, entry), Gazetteer.load()):
        yield json.dumps(said, ensure_ascii=False)
    encoder.save()


def with_draft(before: Retriever, entry: Entry) -> Retriever:
    """The retriever as it would be with this entry in it."""
    library = Library({**before.library.entries, entry.id: entry}, before.library.sources)
    readers, index = before.readers, (before.head, before.near)
    told = readers.meaning([readers.read(entry.answer[code], code) for code in SERVED])
    index = with_answer(index, entry.id, centred(told, np.stack([before.head.means[code] for code in SERVED])))
    old, new = (_questions(one, entry.id) for one in (before.library, library))
    if old != new:
        reads = [readers.read(text, language) for text, language in new]
        meanings = readers.meaning(reads)
        spots = [before.head.spot(one, meaning) for one, meaning in zip(reads, meanings, strict=True)]
        index = with_questions(index, entry.id, spots)
    return Retriever(library, *index, readers.encoder, before.detector, readers)


def _questions(library: Library, name: str) -> list[tuple[str, str]]:
    return [(q.text, q.language) for q in of_entries(library) if q.entry == name]


def compared(
    asked: Collection[Asked], before: Retriever, after: Retriever, gazetteer: Gazetteer
) -> Iterator[dict[str, Any]]:
    for done, one in enumerate(asked, 1):
        part = Part(one.text, tuple(gazetteer.find(one.text)))
        old, new = (_told(part, retriever) for retriever in (before, after))
        if old != new:
            language = before.language(one.text)
            verdict = _verdict(one.right, old, new)
            yield {"question": one.text, "language": language, "before": old, "after": new, "verdict": verdict}
        if done % _OFTEN == 0 or done == len(asked):
            yield {"done": done, "total": len(asked)}


def _told(part: Part, retriever: Retriever) -> dict[str, Any]:
    """What somebody who asks this gets, in so far as it can change."""
    found = understand(part, retriever)
    if isinstance(found, DistrictQuestion):
        return {"zone": "districts", "entries": []}
    return {"zone": found.zone, "entries": [hit.entry for hit in found.hits]}


def _verdict(right: Collection[str], old: dict[str, Any], new: dict[str, Any]) -> Verdict:
    better = _good(right, new) - _good(right, old)
    return "better" if better > 0 else "worse" if better < 0 else "other"


def _good(right: Collection[str], told: dict[str, Any]) -> int:
    """2: the right answer; 1: offered among others; 0: not, or nobody has said what is right."""
    found = any(entry in right for entry in told["entries"])
    return 0 if not found else 2 if told["zone"] == "answer" else 1


def read(path: Path) -> list[Asked]:
    """Those of a file, or of every file of a folder: lists of `{text: ...}`, and `entry` where one is expected."""
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    try:
        items = [one for file in files for one in yaml.load(file.read_text(encoding="utf-8"), LOADER) or []]
        found = {str(one["text"]): _names(one.get("entry")) for one in items}
    except (OSError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise KnowledgeError(f"{path}: not a list of questions ({type(error).__name__})") from error
    return [Asked(text, right) for text, right in found.items()]


def _names(given: str | Iterable[str] | None) -> frozenset[str]:
    return frozenset([given] if isinstance(given, str) else given or ())
