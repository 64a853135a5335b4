"""Every reply of a conversation is judged by what the person wants at that point."""

import pytest

from benchmarks.understanding.judge import Seen
from benchmarks.understanding.talks import Reply, Turn, judge, load
from knowledge.entries_loader import load as load_entries

ASKS = Turn("kit me kya", "hi-Latn", "answer", frozenset({"toolkit-what"}))
PLACE = Turn("Jhansi", "en", "district", frozenset())
CHECK = Turn("mujhe milega?", "hi-Latn", "eligibility", frozenset())
CALL = Turn("phone karo", "hi-Latn", "callback", frozenset())
FOREIGN = Turn("match kab hai", "hi-Latn", "none_of_ours", frozenset())
ANSWERED = Seen("answered", frozenset({"toolkit-what"}))


@pytest.mark.parametrize(
    ("turn", "seen", "reply"),
    [
        (ASKS, ANSWERED, Reply.RIGHT),
        (ASKS, Seen("question_asked", frozenset({"toolkit-what"})), Reply.RIGHT),
        (ASKS, Seen("answered", frozenset({"mm-what"})), Reply.WRONG),
        (ASKS, Seen("answered", districts=frozenset({"agra"})), Reply.WRONG),
        (ASKS, Seen("choices_offered", choices=frozenset({"entry:toolkit-what"})), Reply.OFFERED),
        (ASKS, Seen("choices_offered", choices=frozenset({"entry:mm-what"})), Reply.NONE),
        (ASKS, Seen("question_asked"), Reply.PRESSED),
        (ASKS, Seen("out_of_scope"), Reply.REFUSED),
        (ASKS, Seen("handed_over"), Reply.NONE),
        (PLACE, Seen("answered", districts=frozenset({"jhansi"})), Reply.RIGHT),
        (CHECK, Seen("question_asked"), Reply.RIGHT),
        (CHECK, Seen("choices_offered", choices=frozenset({"task:eligibility.mda"})), Reply.OFFERED),
        (CALL, Seen("handed_over"), Reply.RIGHT),
        (FOREIGN, Seen("out_of_scope"), Reply.RIGHT),
        (FOREIGN, ANSWERED, Reply.WRONG),
        (FOREIGN, Seen("choices_offered"), Reply.NONE),
    ],
)
def test_a_reply_is_judged(turn: Turn, seen: Seen, reply: Reply) -> None:
    assert judge(turn, seen) is reply


def test_the_conversations_name_entries_that_exist() -> None:
    talks = load()
    assert len(talks) >= 100
    named = {entry for talk in talks for turn in talk.turns for entry in turn.entries}
    assert named <= load_entries().entries.keys()
