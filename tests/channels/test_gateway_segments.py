"""SMS are counted as the network counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.render.segments import GSM_BASIC, GSM_EXTENDED, is_gsm, measure_sms, plain, utf16_units
from channels.render.sms import shortened
from channels.render.split import split

GSM_TEXT = st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENDED)), max_size=700)


@pytest.mark.parametrize(
    ("text", "characters", "encoding", "segments"),
    [
        ("", 0, "GSM-7", 0),
        ("a" * 160, 160, "GSM-7", 1),
        ("a" * 161, 161, "GSM-7", 2),
        ("a" * 306, 306, "GSM-7", 2),
        ("a" * 307, 307, "GSM-7", 3),
        ("€" * 80, 160, "GSM-7", 1),
        ("€" * 81, 162, "GSM-7", 2),
        # 153 is odd: an escape and its character stay together, so a segment holds 76 of them
        ("€" * 153, 306, "GSM-7", 3),
        ("क" * 70, 70, "UCS-2", 1),
        ("क" * 71, 71, "UCS-2", 2),
        ("क" * 134, 134, "UCS-2", 2),
        ("क" * 135, 135, "UCS-2", 3),
        ("क" * 320, 320, "UCS-2", 5),
        ("😀" * 35, 70, "UCS-2", 1),
        # 67 is odd: a surrogate pair stays together, so a segment holds 33 of them
        ("😀" * 67, 134, "UCS-2", 3),
        ("₹", 1, "UCS-2", 1),
    ],
)
def test_segments_on_both_sides_of_each_border(text: str, characters: int, encoding: str, segments: int) -> None:
    part = measure_sms(text)
    assert (part.characters, part.encoding, part.segments) == (characters, encoding, segments)


def test_the_gsm_tables_have_their_full_size() -> None:
    assert len(GSM_BASIC) == 127  # 128 less the escape
    assert len(GSM_EXTENDED) == 10


@given(st.text(max_size=700))
def test_segments_hold_the_text_and_no_more_than_needed(text: str) -> None:
    part = measure_sms(text)
    single, cut = (160, 153) if part.encoding == "GSM-7" else (70, 67)
    assert part.characters <= (single if part.segments == 1 else cut * part.segments)
    if part.segments > 1:
        # at most one unit of a segment is left empty, and the one before last is full
        assert part.characters > max(single, (cut - 1) * (part.segments - 1))


@given(GSM_TEXT)
def test_gsm_text_is_counted_as_gsm(text: str) -> None:
    assert measure_sms(text).encoding == "GSM-7"
    assert measure_sms(text).characters >= len(text)


@given(st.text(max_size=400), st.text(max_size=50))
def test_a_longer_text_never_needs_fewer_segments(text: str, more: str) -> None:
    assert measure_sms(text + more).segments >= measure_sms(text).segments


def test_typographic_characters_do_not_make_a_latin_text_dear() -> None:
    assert plain("“Margin money” – ₹ 6,25,000…") == '"Margin money" - Rs 6,25,000...'
    assert plain("₹ और हिंदी") == "₹ और हिंदी"


@given(st.text())
def test_plain_changes_a_text_only_into_gsm(text: str) -> None:
    assert plain(text) == text or is_gsm(plain(text))


@given(st.text(min_size=1, max_size=900), st.integers(1, 3))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert measure_sms(shortened(text, limit)).segments <= limit


@given(st.text(max_size=400), st.integers(5, 60))
def test_split_parts_fit_and_lose_nothing_but_spaces(text: str, limit: int) -> None:
    parts = split(text, limit, utf16_units)
    assert all(0 < utf16_units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_split_between_sentences() -> None:
    assert split("पहला वाक्य। दूसरा वाक्य। तीसरा।", 24, len) == ["पहला वाक्य। दूसरा वाक्य।", "तीसरा।"]
    assert split("Pay Rs. 500 now. Then wait.", 18, len) == ["Pay Rs. 500 now.", "Then wait."]


def test_a_long_word_is_not_cut_between_a_letter_and_its_sign() -> None:
    assert split("किकिकिकिकि", 5, len) == ["किकि", "किकि", "कि"]
