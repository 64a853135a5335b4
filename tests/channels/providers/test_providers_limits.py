"""Whatever is written: no part is over its channel's limit, nothing is lost, no letter is parted from its signs."""

import itertools

import pytest
import regex
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from channels.bot_models import BotReply
from channels.models import Language
from channels.render import sms, whatsapp
from channels.render.segments import GSM_BASIC, GSM_EXTENDED, is_gsm, measure_sms, utf16_units
from channels.render.split import sentences, split

# Letters as people see them, each of several characters of the text.
HINDI = ["कि", "क्षि", "श्री", "ज़", "ड़ी", "ऑ", "क्‍ष", "हिं", "र्ता", "न्द्र", "स्त्र्य", "ॐ", "ऱ्या", "१"]
OTHERS = ["a", "é", "e\u0301", "😀", "👍🏽", "👩‍👩‍👧", "🇮🇳", "❤️", "1️⃣", "கு", "ਕਿ", "عُ", "\u200b"]
# No deadline: other work may have the machine; no long search for the smallest example.
QUICKLY = settings(deadline=None, max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])

LETTERS = st.sampled_from(HINDI + OTHERS)
ENDS = ["।", ".", "?", "!", "॥", "\n", "", ",", ")"]
WORDS = st.lists(LETTERS, min_size=1, max_size=25).map("".join)
SENTENCES = st.tuples(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.sampled_from(ENDS)).map("".join)
WRITTEN = st.lists(SENTENCES, max_size=12).map(" ".join)
ANYTHING = st.text(max_size=600)
LONGEST_LETTER = 16


def inks(text: str) -> str:
    """The text without the spaces that part may be cut at."""
    return "".join(text.split())


def letters(text: str) -> list[str]:
    return [letter for letter in regex.findall(r"\X", text) if letter.strip()]


@QUICKLY
@given(WRITTEN | ANYTHING, st.integers(2, 120))
def test_no_part_is_over_the_limit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit, utf16_units)
    assert all(0 < utf16_units(part) <= limit for part in parts)
    assert inks("".join(parts)) == inks(text)


@QUICKLY
@given(WRITTEN, st.integers(LONGEST_LETTER, 90))
@example("क्‍ष" * 20, 17)
@example("🇮🇳" * 20, 18)
@example("👩‍👩‍👧" * 9, 20)
@example("👍🏽" * 20, 18)
@example("स्त्र्य" * 20, 16)
def test_no_letter_is_parted_from_its_signs(text: str, limit: int) -> None:
    parts = split(text, limit, utf16_units)
    assert [letter for part in parts for letter in letters(part)] == letters(text)


@QUICKLY
@given(WRITTEN)
def test_parts_are_cut_between_sentences_where_sentences_fit(text: str) -> None:
    whole = [sentence.strip() for sentence in sentences(text) if sentence.strip()]
    limit = max(map(utf16_units, whole), default=1)
    joined = " ".join(split(text, limit, utf16_units))
    parts = split(text, limit, utf16_units)
    assert inks(joined) == inks(text)
    ends = {inks("".join(whole[:count])) for count in range(len(whole) + 1)}
    assert all(inks("".join(parts[:count])) in ends for count in range(len(parts) + 1))


@QUICKLY
@given(WRITTEN | ANYTHING)
def test_what_fits_is_one_part(text: str) -> None:
    assert len(split(text, max(1, utf16_units(text)), utf16_units)) <= 1


@QUICKLY
@given(WRITTEN, st.integers(LONGEST_LETTER, 60))
@example("कि किकि। कि किकि। किकिकि ऑ कि👩‍👩‍👧1️⃣।", 16)
def test_no_part_is_smaller_than_it_must_be(text: str, limit: int) -> None:
    """The next part's first word, at least, had no room in it."""
    parts = split(text, limit, utf16_units)
    for one, other in itertools.pairwise(parts):
        word = other.split()[0]
        sentence = next(sentences(other)).strip()
        assert utf16_units(f"{one} {word}") > limit or utf16_units(f"{one} {sentence}") > limit


def reply(text: str, titles: list[str], language: Language = "hi", **more: str) -> BotReply:
    buttons = [{"title": title, "payload": title} for title in titles]
    return BotReply(text=text, language=language, buttons=buttons, **more)  # type: ignore[arg-type]


LONG = st.lists(SENTENCES, min_size=1, max_size=20).map(" ".join)
TITLES = st.lists(st.lists(LETTERS, min_size=1, max_size=12).map("".join), max_size=9)


@QUICKLY
@given(LONG, TITLES)
def test_whatsapp_messages_keep_twilios_limit_and_all_their_text(text: str, titles: list[str]) -> None:
    parts = [message.text for message in whatsapp.messages(reply(text, titles), 1)]
    assert all(0 < utf16_units(part) <= 1600 for part in parts)
    shown = inks("".join(parts))
    assert shown.startswith(inks(text))
    assert all(inks(f"{number}. {title}") in shown for number, title in enumerate(titles, 1))


@pytest.mark.parametrize(("length", "parts"), [(1600, 1), (1601, 2), (3200, 2), (3201, 3)])
@pytest.mark.parametrize("letter", ["a", "क"])
def test_a_whatsapp_message_is_split_at_1600_units(length: int, parts: int, letter: str) -> None:
    assert len(whatsapp.messages(reply(letter * length, []), 1)) == parts


def test_an_emoji_is_two_units_of_a_whatsapp_message() -> None:
    assert len(whatsapp.messages(reply("😀" * 800, []), 1)) == 1
    assert [utf16_units(each.text) for each in whatsapp.messages(reply("😀" * 801, []), 1)] == [1600, 2]


# ---- segments


def counted(text: str) -> tuple[str, int]:
    """Segments as the standard has them, by writing the text out in septets or in UTF-16."""
    if all(letter in GSM_BASIC | GSM_EXTENDED for letter in text):
        units, single, split_at = ["EX" if letter in GSM_EXTENDED else "B" for letter in text], 160, 153
    else:
        units = ["HL" if len(letter.encode("utf-16-le")) == 4 else "U" for letter in text]
        single, split_at = 70, 67
    if sum(map(len, units)) <= single:
        return "one", min(1, len(units))
    segments = [""]
    for unit in units:
        if len(segments[-1]) + len(unit) > split_at:
            segments.append("")
        segments[-1] += unit
    return "many", len(segments)


@QUICKLY
@given(st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENDED)), max_size=700) | WRITTEN | ANYTHING)
@example("a" * 152 + "€" + "a" * 153)
@example("a" * 159 + "€")
@example("क" * 66 + "😀" + "क" * 66)
@example("क" * 69 + "😀")
def test_segments_are_counted_as_the_standard_writes_them(text: str) -> None:
    assert measure_sms(text).segments == counted(text)[1]


def test_the_extension_table_is_that_of_the_standard() -> None:
    assert {chr(unit) for unit in (0x0C, 0x5B, 0x5C, 0x5D, 0x5E, 0x7B, 0x7C, 0x7D, 0x7E)} | {"€"} == set(GSM_EXTENDED)
    assert not GSM_BASIC & GSM_EXTENDED
    for letter in "`´“”ç₹кअ":
        assert not is_gsm(letter)


@pytest.mark.parametrize("letter", sorted(GSM_EXTENDED))
def test_a_letter_of_the_extension_table_takes_two(letter: str) -> None:
    assert measure_sms("a" * 158 + letter).segments == 1
    assert measure_sms("a" * 159 + letter).segments == 2


@QUICKLY
@given(WRITTEN, st.integers(1, 3))
@example("किरि" * 60, 1)
@example("👩‍👩‍👧" * 20, 1)
@example("क्‍ष" * 60, 2)
def test_a_shortened_text_fits_and_breaks_no_letter(text: str, limit: int) -> None:
    short = sms.shortened(text, limit)
    assert measure_sms(short).segments <= limit
    kept = letters(short.removesuffix("..."))
    assert kept == letters(text)[: len(kept)]


@QUICKLY
@given(LONG, TITLES, st.sampled_from(["choices_offered", "answered"]))
def test_an_sms_is_never_longer_than_it_may_be(text: str, titles: list[str], outcome: str) -> None:
    limit = 5 if outcome == "choices_offered" else 3
    for message in sms.messages(reply(text, titles, outcome=outcome), 1):
        assert measure_sms(message.text).segments <= limit
