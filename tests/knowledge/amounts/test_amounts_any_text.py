"""Whatever is written, the reader stays calm and points at the right places."""

from datetime import date, timedelta

import pytest
from any_text import any_text
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amounts.amount import DATE, DURATION
from knowledge.amounts.find import find
from knowledge.amounts.tokens import tokenise
from knowledge.amounts.words import lists
from knowledge.text.mention import read_words

TODAY = date(2026, 3, 10)
any_day = st.dates()
# Pieces of quantities, in any order.
PIECES = """
do dhai sava saadhe paune dedh lakh hazar sau so to se aur and a half point ek 5 2.5 2,50,000 2019 35 . , - / ₹ rs %
rupaye saal mahine din ghante hafte pehle baad ago last pichle kal aaj parso march mai may 10 15th umar ka hu baje
tarikh 15/08/2025 31/02/2025 2024-25 twenty nineteen five hundred between ya दो लाख साढ़े सवा सौ हज़ार साल पहले कल
१५ मार्च के को में L k cr
"""
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)
texts = st.one_of(any_text, pieces, st.builds("{} {}".format, pieces, any_text))


@given(texts, any_day)
def test_any_text_is_read_on_any_day(text: str, today: date) -> None:
    for amount in find(text, today):
        assert amount.low <= amount.value <= amount.high
        assert (amount.when is not None) == (amount.kind == DATE)
        assert (amount.days is not None) == (amount.kind == DURATION)


@pytest.mark.parametrize("today", [date.min, date.max])
@given(text=pieces)
def test_the_ends_of_the_calendar_are_no_trouble(today: date, text: str) -> None:
    assert isinstance(find(text, today), list)


@given(texts)
def test_places_are_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for amount in find(text, TODAY):
        assert last <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end].strip() == text[amount.start : amount.end]
        last = amount.end


@given(texts)
def test_tokens_and_gaps_are_the_whole_text(text: str) -> None:
    tokens = tokenise(text)
    whole = "".join(token.gap + text[token.start : token.end] for token in tokens)
    assert text.startswith(whole)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz .,?!"), max_size=60).filter(lambda t: "  " not in t))
def test_the_interval_of_a_date_is_in_order(text: str) -> None:
    for amount in find(f"{text} 2 saal pehle", TODAY):
        assert amount.when is None or amount.when.first <= amount.when.last


forms = st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y"])


@given(st.dates(date(1950, 1, 1), date(2035, 12, 31)), forms)
def test_a_date_is_read_as_it_is_written(day: date, form: str) -> None:
    (amount,) = find(f"form {day.strftime(form)} ko bhara", TODAY)
    assert amount.when is not None
    assert (amount.when.first, amount.when.last, amount.when.precision) == (day, day, "day")


@given(st.integers(1, 1000), any_day.filter(lambda d: d.year > 10))
def test_days_ago_are_counted_from_today(days: int, today: date) -> None:
    (amount,) = find(f"{days} din pehle", today)
    assert amount.when is not None
    assert amount.when.first == amount.when.last == today - timedelta(days=days)


def test_everyday_words_are_no_numbers() -> None:
    """Every common Hinglish word beside another, except the number words themselves."""
    small = read_words("hinglish.yml")
    numbers = {w for spelt in lists("numbers")["hindi"].values() for words in spelt.values() for w in words.split()}
    words = [str(w) for part in small.values() for hindi, spelt in part.items() for w in (hindi, *spelt)]
    times = {"aaj", "kal", "aj", "parso", "आज", "कल", "परसों"}
    texts = [f"mujhe {w} batao" for w in words if not (numbers | times).intersection(w.split())]
    assert len(texts) > 300
    assert [text for text in texts if find(text, TODAY)] == []
