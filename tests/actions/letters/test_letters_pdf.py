"""The PDF: a page with shaped letters, whatever the names look like."""

import logging
import zlib
from datetime import date
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_tools import TODAY, TOLD

from actions.eligibility.kinds import Value
from actions.letters.compose import compose
from actions.letters.fields import WRONGS
from actions.letters.fonts import BOLD, REGULAR, font_file
from actions.letters.letter import TOPICS, Language, Topic
from actions.letters.pdf import _paper, pdf_of, writable


def pdf(topic: Topic = "reasons", language: Language = "hi", **changes: Value) -> bytes:
    return pdf_of(compose(topic, language, {**TOLD, **changes}, TODAY))


def pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n")


def streams(content: bytes) -> list[bytes]:
    found = (part.partition(b"endstream")[0].lstrip(b"\r\n") for part in content.split(b"stream\n")[1:])
    return [zlib.decompress(part) if part[:1] == b"\x78" else part for part in found]


def glyphs(text: str) -> list[str]:
    """The glyphs of a text as the paper would write them."""
    paper: FPDF = _paper(compose("reasons", "hi", {}, TODAY))
    paper.set_font("noto", "", 12)
    shaped, _ = paper.current_font.perform_harfbuzz_shaping(text, 12, paper.text_shaping)
    with TTFont(font_file(REGULAR)) as font:
        return [font.getGlyphName(each.codepoint) for each in shaped]


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_normal_letter_is_one_page(topic: Topic, language: Language) -> None:
    content = pdf(topic, language)
    assert content.startswith(b"%PDF")
    assert pages(content) == 1


@pytest.mark.parametrize("wrong", WRONGS)
def test_every_complaint_to_the_ombudsman_is_one_page(wrong: str) -> None:
    assert pages(pdf("ombudsman", "en", wrong=wrong)) == 1
    told: dict[str, Value] = {"wrong": wrong}
    assert pages(pdf_of(compose("ombudsman", "hi", told, TODAY))) == 1


def test_both_weights_are_embedded_with_their_characters() -> None:
    content = pdf()
    assert content.count(b"/FontFile2") == 2
    assert content.count(b"/ToUnicode") == 2
    assert any("विष".encode("utf-16-be").hex().upper()[:4].encode() in stream for stream in streams(content))


def test_conjuncts_become_one_glyph_also_after_an_english_word() -> None:
    assert len(glyphs("क्ष")) == 1
    assert glyphs("Name: क्ष")[-1] == glyphs("क्ष")[0]
    assert glyphs("कि")[0] != glyphs("क")[0]  # the short i stands before its consonant
    assert ".notdef" not in glyphs("₹2,50,000 ODOP/MM/26/001234 श्रीमती विश्वकर्मा ज़िला")


def test_bold_differs_from_regular() -> None:
    assert font_file(BOLD).read_bytes() != font_file(REGULAR).read_bytes()


LONG = {"name": "अ" * 60, "bank": "W" * 80, "place": "क्ष" * 40, "application_number": "9" * 40}


def test_long_answers_wrap_and_nothing_crashes() -> None:
    assert pages(pdf("ombudsman", "hi", **LONG)) <= 2


@pytest.mark.parametrize(
    "hostile", ["{{ x }}", "%PDF %%EOF", "<script>", ")\\Tj ET", "{nb}", "\x00\x1b", "**b** __u__"]
)
def test_hostile_answers_are_harmless(hostile: str) -> None:
    assert pages(pdf(name=hostile, bank=hostile)) == 1


def test_what_the_font_cannot_write_is_left_open_and_pictures_go() -> None:
    assert writable("राम 🙏 Ram") == "राम  Ram"
    assert writable("محمد") == "______"
    assert writable("₹2,50,000 – “चौक”") == "₹2,50,000 – “चौक”"


def test_no_character_of_a_name_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        pdf(name="محمد 李 🙏 Ωmega")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "李" not in caplog.text and "Ω" not in caplog.text


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_name_can_be_printed(name: str) -> None:
    assert pdf_of(compose("reasons", "en", {"name": name, "refused_on": date(2026, 9, 1)}, TODAY)).startswith(b"%PDF")


def test_the_font_has_latin_digits_and_the_rupee() -> None:
    with TTFont(BytesIO(font_file(REGULAR).read_bytes())) as font:
        assert {ord(c) for c in "Az09₹/()_:अक्ष।"} <= set(font.getBestCmap())
