"""The figures that answers must not fall behind: which development messages were right when they were recorded.

Both times the same messages are asked, so the test is McNemar's, exact and one-sided, for each language: of the
messages whose verdict has changed, as many should get better as worse. Worse is told where, by chance alone, so many of
them would have got worse in less than 1 % of cases (7 to 0, 10 to 1, 12 to 2).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from scipy.stats import binomtest

from benchmarks.errors import NotPreparedError
from benchmarks.places import RECORDED
from benchmarks.understanding.judge import Verdict
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.scores import Judged

LEVEL = 0.01
_HEAD = (
    "# How retrieval and the district rules answer the development messages: `python -m benchmarks record` writes it.\n"
)
Verdicts = Mapping[str, Mapping[str, str]]  # by language, then by text


def verdicts(judged: Judged) -> Verdicts:
    return {code: {m.text: verdict.value for m, _, verdict in judged if m.language == code} for code in LANGUAGES}


def write(now: Verdicts, path: Path = RECORDED) -> None:
    text = yaml.safe_dump(
        {code: _record(some) for code, some in now.items()}, allow_unicode=True, sort_keys=False, width=1000
    )
    path.write_text(_HEAD + text, encoding="utf-8")


def _record(some: Mapping[str, str]) -> dict[str, Any]:
    """Counts for people; the messages that were not right, by which two runs are compared."""
    counts = {verdict: sum(one == verdict for one in some.values()) for verdict in ("right", "wrong")}
    return {"n": len(some), **counts, "not_right": {text: one for text, one in some.items() if one != "right"}}


def load(path: Path = RECORDED) -> dict[str, Any]:
    if not path.exists():
        raise NotPreparedError("No figures are recorded: run `python -m benchmarks record`.")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def worse(recorded: Mapping[str, Any], now: Verdicts) -> list[str]:
    """A sentence for each language and verdict that got worse beyond noise; none if all is well."""
    return [sentence for code in LANGUAGES for sentence in _worse(code, recorded[code], now[code])]


def _worse(code: str, record: Mapping[str, Any], now: Mapping[str, str]) -> Iterator[str]:
    before = {text: record["not_right"].get(text, Verdict.RIGHT.value) for text in now}
    if record["n"] != len(now) or record["not_right"].keys() - now.keys():
        yield f"{code}: the development messages have changed; run `python -m benchmarks record`."
        return
    for name, good in (("right answers lost", _right), ("more wrong answers", _not_wrong)):
        lost = [text for text, one in now.items() if good(before[text]) and not good(one)]
        gained = [text for text, one in now.items() if good(one) and not good(before[text])]
        if chance(len(lost), len(gained)) < LEVEL:
            yield f"{code}: {name}: {len(lost)}, {len(gained)} the other way. {' | '.join(lost)}"


def chance(worse: int, better: int) -> float:
    """Of at least so many getting worse, if each change were as likely to be for the better."""
    if not worse + better:
        return 1.0
    return float(binomtest(worse, worse + better, 0.5, alternative="greater").pvalue)


def _right(verdict: str) -> bool:
    return verdict == Verdict.RIGHT.value


def _not_wrong(verdict: str) -> bool:
    return verdict != Verdict.WRONG.value
