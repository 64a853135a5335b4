"""Phrases are found as a plain search over all of them, longest first, would find them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actions.dialogue.message import Message, Phrases, Span, sound

WORDS = some.sampled_from(["haan", "nahi", "bas", "bank", "sc"])
PHRASES = some.lists(some.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=8).map(tuple)


def plainly(written: Sequence[str], sounds: Sequence[str]) -> list[Span]:
    phrases = sorted({tuple(map(sound, p.split())) for p in written}, key=lambda p: (-len(p), p))
    found: list[Span] = []
    for phrase in phrases:
        places = [Span(i, i + len(phrase)) for i in range(len(sounds)) if tuple(sounds[i : i + len(phrase)]) == phrase]
        found += [s for s in places if all(s.after <= other.first or other.after <= s.first for other in found)]
    return sorted(found, key=lambda span: span.first)


@given(PHRASES, some.lists(WORDS, max_size=10))
def test_the_index_finds_what_a_plain_search_finds(written: tuple[str, ...], said: list[str]) -> None:
    sounds = [sound(word) for word in said]
    assert Phrases(written).spans(sounds) == plainly(written, sounds)


@pytest.mark.parametrize(
    ("text", "asks"), [("ye sahi hai kya", True), ("3 November ko mana kiya", False), ("बैंक ने मना किया", False)]
)
def test_kya_at_the_end_asks_and_kiya_tells(text: str, asks: bool) -> None:
    assert Message(text).asks is asks
