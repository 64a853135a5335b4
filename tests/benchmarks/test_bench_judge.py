"""One verdict for each message, by what the answer shows."""

import pytest

from benchmarks.understanding.judge import Seen, Verdict, judge
from benchmarks.understanding.messages import Message

ENTRY = Message("kitni subsidy", "hi-Latn", "entry", frozenset({"mm-how-much", "mm-example"}))
DISTRICTS = Message("sambhal aur rampur", "hi-Latn", "districts", frozenset({"sambhal", "rampur"}))
MAKERS = Message("bansuri", "hi-Latn", "makers", frozenset({"pilibhit"}))
FOREIGN = Message("ration card", "en", "outcome", frozenset({"out_of_scope"}))
GREETING = Message("namaste", "hi-Latn", "outcome", frozenset({"small_talk"}))


def _answered(*entries: str, choices: tuple[str, ...] = (), districts: tuple[str, ...] = ()) -> Seen:
    return Seen("answered", frozenset(entries), frozenset(choices), frozenset(districts))


@pytest.mark.parametrize(
    ("message", "seen", "verdict"),
    [
        (ENTRY, _answered("mm-example"), Verdict.RIGHT),
        (ENTRY, _answered("mm-what", choices=("entry:mm-how-much",)), Verdict.WRONG),
        (ENTRY, Seen("choices_offered", choices=frozenset({"entry:mm-how-much"})), Verdict.OFFERED),
        (ENTRY, Seen("choices_offered", choices=frozenset({"entry:mm-what"})), Verdict.NO_ANSWER),
        (ENTRY, Seen("out_of_scope"), Verdict.NO_ANSWER),
        (ENTRY, Seen("handed_over"), Verdict.NO_ANSWER),
        (ENTRY, Seen("small_talk"), Verdict.WRONG),
        (DISTRICTS, _answered(districts=("sambhal", "rampur")), Verdict.RIGHT),
        (DISTRICTS, _answered(districts=("sambhal",)), Verdict.WRONG),
        (DISTRICTS, Seen("choices_offered", choices=frozenset({"district:rampur"})), Verdict.OFFERED),
        (MAKERS, _answered(districts=("pilibhit", "agra")), Verdict.RIGHT),
        (MAKERS, _answered("odop-what", districts=("pilibhit",)), Verdict.WRONG),
        (MAKERS, _answered(districts=("pilibhit", *(f"d{n}" for n in range(74)))), Verdict.WRONG),
        (FOREIGN, Seen("out_of_scope"), Verdict.RIGHT),
        (FOREIGN, Seen("not_understood"), Verdict.NO_ANSWER),
        (FOREIGN, _answered("state-complaint"), Verdict.WRONG),
        (GREETING, Seen("small_talk"), Verdict.RIGHT),
        (GREETING, Seen("choices_offered", choices=frozenset({"entry:odop-what"})), Verdict.NO_ANSWER),
    ],
)
def test_verdict(message: Message, seen: Seen, verdict: Verdict) -> None:
    assert judge(message, seen) is verdict
