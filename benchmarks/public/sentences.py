"""XQuAD-R: questions and, as candidates, all sentences of a language's paragraphs (LAReQA, arXiv 2004.05484)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.public.problems import DataError


@dataclass(frozen=True)
class Sentences:
    """`right[i]` is the place of the sentence that answers question i; `paragraphs[j]` that of sentence j."""

    questions: list[str]
    candidates: list[str]
    paragraphs: list[int]
    right: list[int]


def read(path: Path) -> Sentences:
    if not path.is_file():
        raise DataError(f"there is no file {path}")
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    found = Sentences([], [], [], [])
    for number, paragraph in enumerate(p for article in data for p in article["paragraphs"]):
        _add(found, paragraph, number)
    return found


def _add(found: Sentences, paragraph: dict[str, Any], number: int) -> None:
    first = len(found.candidates)
    found.candidates.extend(paragraph["sentences"])
    found.paragraphs.extend([number] * len(paragraph["sentences"]))
    for question in paragraph["qas"]:
        start = question["answers"][0]["answer_start"]
        begun = [i for i, (begin, _) in enumerate(paragraph["sentence_breaks"]) if begin <= start]
        found.questions.append(question["question"])
        found.right.append(first + begun[-1])
