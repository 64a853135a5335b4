"""What a message leans on, and how many questions it asks."""

import re
from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.context import is_short, leans, leans_on_place, parts, with_place
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.mention import DISTRICT, Mention

MESSAGES = yaml.safe_load(Path(__file__).with_name("context_messages.yml").read_text(encoding="utf-8"))
ONE: list[str] = MESSAGES["one"]
TWO: list[list[str]] = MESSAGES["two"]


def scripts(texts: list[str]) -> tuple[int, int]:
    """(how many in Devanagari, how many in Latin letters)"""
    hindi = sum(bool(re.search("[\u0900-\u097f]", text)) for text in texts)
    return hindi, len(texts) - hindi


def test_there_are_forty_messages_with_one_question_and_thirty_with_two() -> None:
    assert len(ONE) >= 40
    assert len(TWO) >= 30
    assert min(*scripts(ONE), *scripts([text for text, _ in TWO])) >= 10


@pytest.mark.parametrize("text", ONE)
def test_a_message_with_one_question_stays_whole(text: str) -> None:
    assert [part.text for part in parts(text, [])] == [text]


@pytest.mark.parametrize(("text", "second"), TWO)
def test_a_message_with_two_questions_falls_into_both(text: str, second: str) -> None:
    found = [part.text.strip() for part in parts(text, [])]
    assert len(found) == 2
    assert found[1].startswith(second)
    assert text.startswith(found[0])


def test_three_questions_are_three_and_four_are_too_many_to_part() -> None:
    three = "loan kaise milega? kagaz kya lagenge? byaj kitna hai?"
    assert len(parts(three, [])) == 3
    assert [part.text for part in parts(f"{three} office kahan hai?", [])] == [f"{three} office kahan hai?"]


def test_what_asks_nothing_belongs_to_the_question_after_it_and_at_the_end_to_the_last() -> None:
    found = parts("main bunkar hu. loan kaise milega? byaj kitna hai? dhanyavad", [])
    assert [part.text.strip() for part in found] == ["main bunkar hu. loan kaise milega", "byaj kitna hai? dhanyavad"]


def test_a_name_goes_with_the_question_it_stands_in_and_keeps_its_place() -> None:
    text = "agra ka product kya hai? kanpur dehat me office kahan hai?"
    mentions = Gazetteer.load().find(text)
    first, second = parts(text, mentions)
    assert [m.value for m in first.mentions if m.kind == DISTRICT] == ["agra"]
    assert [m.value for m in second.mentions if m.kind == DISTRICT] == ["kanpur-dehat"]
    for part in (first, second):
        for m in part.mentions:
            assert part.text[m.start : m.end].strip().lower() in ("agra", "kanpur dehat")


def left_over(text: str, pieces: list[str]) -> str:
    """What of the text stands in no piece, the pieces taken in order."""
    rest, gaps = text, []
    for piece in pieces:
        before, found, rest = rest.partition(piece)
        assert found
        gaps.append(before)
    return " ".join([*gaps, rest])


_JOINTS = re.compile(r"[\s?？।॥;.!]|\b(aur|or|tatha|evam|plus|also|and)\b|और|तथा|एवं", re.IGNORECASE)
WORDS = "kya kaise loan aur milega ? . और कब मिलेगा । how and what; is it Rs. 2.5 lakh ! kitna toolkit तथा फ़ीस"
words = st.sampled_from([*WORDS.split(), "it\n"])


@given(st.lists(words, max_size=25).map(" ".join))
@example("loan kya hai aur kaise milega aur")
def test_the_parts_hold_the_whole_text_in_order_but_for_what_joins_them(text: str) -> None:
    pieces = [part.text for part in parts(text, [])]
    assert 1 <= len(pieces) <= 3
    if len(pieces) == 1:
        assert pieces == [text]
        return
    assert _JOINTS.sub("", left_over(text, pieces)) == ""


@given(any_text)
def test_any_text_has_one_to_three_parts(text: str) -> None:
    assert 1 <= len(parts(text, [])) <= 3


@given(st.lists(words, min_size=1, max_size=25).map(" ".join), st.data())
def test_every_name_inside_a_part_is_where_it_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = [m for part in parts(text, [Mention(DISTRICT, "agra", start, end, 0.9)]) for m in part.mentions]
    assert len(found) <= (2 if start == end else 1)
    for part in parts(text, [Mention(DISTRICT, "agra", start, end, 0.9)]):
        for m in part.mentions:
            assert (m.kind, m.value, m.score) == (DISTRICT, "agra", 0.9)
            assert part.text[m.start : m.end] == text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "uske liye kagaz", "iska byaj kitna hai", "isme kitna milta hai", "उसके लिए क्या चाहिए", "इसमें कितना मिलेगा",
        "इसका फ़ॉर्म", "what about it", "how do I apply for that", "is there a fee for this", "usi me", "unke liye",
    ],
)  # fmt: skip
def test_a_message_that_points_back_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "loan kaise milega", "सब्सिडी कितनी है", "how do I apply for a loan", "toolkit", "आगरा का उत्पाद", "",
        "mera form kahan hai", "मुझे मशीन चाहिए", "fees kitni hai", "kagaz kya lagenge", "is there a fee",
    ],
)  # fmt: skip
def test_a_message_that_stands_by_itself_does_not_lean(text: str) -> None:
    assert not leans(text)


@pytest.mark.parametrize("text", ["us zile ka product", "wahan kya banta hai", "उस ज़िले में", "वहाँ का दफ़्तर", "there"])
def test_a_message_may_point_back_to_a_place(text: str) -> None:
    assert leans_on_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "uske liye kagaz",
        "jis zile ka nahi hai uska kaam karu to",
        "जिस ज़िले का उत्पाद नहीं उसका काम करूँ तो?",
        "agra zile ka product",
        "ज़िला उद्योग केंद्र",
        "kahan hai",
        "",
    ],
)
def test_pointing_back_to_something_else_or_naming_a_district_is_no_pointing_to_a_place(text: str) -> None:
    assert not leans_on_place(text)


@pytest.mark.parametrize(
    ("text", "short"), [("", True), ("kagaz?", True), ("aur fees kitni hai??", True), ("is me kagaz kya lagte", False)]
)
def test_up_to_four_words_are_short(text: str, short: bool) -> None:
    assert is_short(text) is short


def test_the_place_meant_stands_behind_the_text_where_it_hides_no_word() -> None:
    named = [Mention("product", "leather", 0, 5, 1.0)]
    text = "chamda ka kaam"
    found = with_place(named, "agra", text)
    assert found[0] == named[0]
    assert (found[1].value, found[1].start, found[1].end) == ("agra", len(text), len(text))
    assert len(named) == 1


@given(any_text)
def test_any_text_can_be_asked_whether_it_leans(text: str) -> None:
    assert leans(text) in (True, False)
    assert leans_on_place(text) in (True, False)
