"""The process that is timed: `python -m benchmarks.understanding.timed ROUNDS`, one thread, figures as JSON.

A fresh process, so that its memory is that of understanding alone.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]
from tqdm import tqdm

from benchmarks.understanding import messages
from knowledge.district_question import parse
from knowledge.retrieval.search import Retriever
from knowledge.text.normalise import clean

STAGES = ("language", "names", "district rules", "retrieval", "all")
_WARM = 30
Times = dict[str, list[float]]


def measure(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Resident megabytes after each part is loaded and used, and milliseconds a message by stage and round."""
    retriever = Retriever.load()
    for text in texts[:_WARM]:
        retriever.search(text)
    with_retrieval = _resident()
    from knowledge.text.gazetteer import Gazetteer  # brings spaCy, whose memory is told apart

    gazetteer = Gazetteer.load()
    for text in texts[:_WARM]:
        _understand(text, retriever, gazetteer, defaultdict(list))
    memory = {"retrieval": with_retrieval, "retrieval and names": _resident()}
    return {"resident_mb": memory, "rounds": [_round(texts, retriever, gazetteer, n) for n in range(rounds)]}


def _round(texts: Sequence[str], retriever: Retriever, gazetteer: Any, number: int) -> Times:
    times: Times = defaultdict(list)
    for text in tqdm(texts, desc=f"timing, round {number + 1}", unit="message"):
        _understand(text, retriever, gazetteer, times)
    return times


def _understand(raw: str, retriever: Retriever, gazetteer: Any, times: Times) -> None:
    """As the bot and the actions do it, each stage timed; retrieval only where the rules leave it to do."""
    from benchmarks.understanding.offline import named

    marks = [time.perf_counter()]
    text = clean(raw)
    retriever.detector.detect(text)
    marks.append(time.perf_counter())
    mentions = gazetteer.find(text)
    marks.append(time.perf_counter())
    question = parse(text, mentions)
    marks.append(time.perf_counter())
    if not question:
        retriever.search(text, *named(mentions))
        marks.append(time.perf_counter())
    for stage, began, ended in zip(STAGES, marks, marks[1:], strict=False):
        times[stage].append((ended - began) * 1000)
    times["all"].append((marks[-1] - marks[0]) * 1000)


def _resident() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    print(json.dumps(measure([message.text for message in messages.load()], int(sys.argv[1]))))
