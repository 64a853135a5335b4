"""A test run: which questions are answered otherwise with a draft, before anybody publishes it.

The draft's index is fitted as it would be after publishing, and thrown away.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.context import Part
from knowledge.district_question import DistrictQuestion
from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.errors import KnowledgeError
from knowledge.retrieval import train
from knowledge.retrieval.search import Retriever
from knowledge.text.gazetteer import Gazetteer
from knowledge.understanding import understand

_OFTEN = 20  # questions between two lines about how far it is


def trial(draft: Path, questions: Path) -> Iterator[str]:
    """Lines of JSON: how far it is, each change, and at last how many questions were asked."""
    entry = Entry.model_validate(yaml.safe_load(draft.read_text(encoding="utf-8")))
    asked, gazetteer, before = _questions(questions), Gazetteer.load(), Retriever.load()
    yield json.dumps({"done": 0, "total": len(asked)})
    after = _with(before, Library({**before.library.entries, entry.id: entry}, before.library.sources))
    for done, text in enumerate(asked, 1):
        part = Part(text, tuple(gazetteer.find(text)))
        old, new = (_told(part, retriever) for retriever in (before, after))
        if old != new:
            yield json.dumps({"question": text, "before": old, "after": new}, ensure_ascii=False)
        if done % _OFTEN == 0 or done == len(asked):
            yield json.dumps({"done": done, "total": len(asked)})


def _with(before: Retriever, library: Library) -> Retriever:
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "meanings.npz"
        if train.CACHE.exists():
            shutil.copy(train.CACHE, cache)
        of = train.material(library, cache)
    head, near = train.index(of, range(len(of.asked)))
    return Retriever(library, head, near, before.readers.encoder, before.detector)


def _told(part: Part, retriever: Retriever) -> dict[str, Any]:
    """What somebody who asks this gets, in so far as it can change."""
    found = understand(part, retriever)
    if isinstance(found, DistrictQuestion):
        return {"zone": "districts", "entries": []}
    return {"zone": found.zone, "entries": [hit.entry for hit in found.hits]}


def _questions(path: Path) -> list[str]:
    """The texts of a file, or of every file of a folder: lists of `{text: ...}`."""
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    try:
        read = [one for file in files for one in yaml.load(file.read_text(encoding="utf-8"), _LOADER) or []]
        return list(dict.fromkeys(str(one["text"]) for one in read))
    except (OSError, yaml.YAMLError, TypeError, KeyError) as error:
        raise KnowledgeError(f"{path}: not a list of questions ({type(error).__name__})") from error


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
