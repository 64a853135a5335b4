"""The strict loader: whatever is wrong in an entry is reported with its file and line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import entry_files
import pytest

from knowledge.entries_loader import load, load_sources
from knowledge.entry import schemes
from knowledge.errors import EntryError

TODAY = date(2026, 11, 21)
Broken = Callable[[str, str], str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    entry_files.write(tmp_path)
    return tmp_path / "entries" / "forms" / "papers.yml"


def message(path: Path) -> str:
    folder = path.parents[2]
    with pytest.raises(EntryError) as error:
        load(folder / "entries", folder / "sources.yml", TODAY)
    return str(error.value)


def line_of(path: Path, words: str) -> int:
    return next(i for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if words in line)


@pytest.fixture
def replaced(path: Path) -> Broken:
    """Exchange words in papers.yml and give the loader's message."""

    def change(old: str, new: str) -> str:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return message(path)

    return change


def test_right_entries_are_loaded_by_id(path: Path) -> None:
    library = load(path.parents[1], path.parents[2] / "sources.yml", TODAY)
    assert set(library.entries) == {"papers", "fees"}
    assert library.entries["papers"].answer["hi-Latn"] == "Aadhaar card."
    assert library.sources["gazette-2025"].kind == "official"


LONG = " ".join(["word"] * 81)
# what is changed, into what, on which line the report must point, what it must say
MISTAKES = {
    "a key given twice": ("as_of:", "topic: forms\nas_of:", 4, "topic: this key is given twice"),
    "a nested key given twice": ('  en: "The', '  hi: "x"\n  en: "The', 14, "hi: this key is given twice"),
    "an unknown key": ("as_of:", "colour: red\nas_of:", 4, "colour"),
    "an unknown language": ('  en: "The', '  fr: "x"\n  en: "The', 14, "answer.fr"),
    "an answer missing a language": ('  hi-Latn: "Aadhaar card."\n', "", 11, "hi-Latn"),
    "a short text missing a language": ('short:\n  hi: "आधार कार्ड।"\n', "short:\n", 15, "short.hi"),
    "an answer missing altogether": ("answer:", "conflicts:", 11, "conflicts"),
    "an empty text": ('en: "Papers"', 'en: " "', 3, "title.en"),
    "a stale date of checking": ("2026-11-01", "2025-11-20", 5, "stale"),
    "a date of checking to come": ("2026-11-01", "2026-11-22", 5, "future"),
    "a date of the facts to come": ("2025-07-15", "2027-01-01", 4, "future"),
    "a date that is none": ("2025-07-15", "July", 4, "as_of"),
    "an unknown source": ("[gazette-2025]", "[gazette-2025, hearsay]", 6, "unknown source hearsay"),
    "no source": ("[gazette-2025]", "[]", 6, "sources"),
    "a follow-up to nowhere": ("[fees]", "[fees, taxes]", 19, "dangling follow-up taxes"),
    "a follow-up to itself": ("[fees]", "[papers]", 19, "dangling follow-up papers"),
    "an answer of 81 words": ("The Aadhaar card.", LONG, 14, "81 words, at most 80"),
    "a title of 25 characters": ('en: "Papers"', f'en: "{"x" * 25}"', 3, "25 characters, at most 24"),
    "too few questions": (', "how much papers"', "", 10, "questions.en"),
    "an unknown scheme": ("as_of:", "scheme: pension\nas_of:", 4, "scheme"),
    "an id with capital letters": ("id: papers", "id: Papers", 1, "id"),
    "an id unlike the file name": ("id: papers", "id: paper", 1, "papers.yml"),
    "a topic unlike the folder": ("topic: forms", "topic: form", 2, "folder is forms"),
}  # fmt: skip


URDU = '  ur: ["لون کیا ہے", "کاغذ"]\nanswer:'


def test_questions_in_urdu_script_may_be_given_and_count_as_hindi(path: Path) -> None:
    before = load(path.parents[1], path.parents[2] / "sources.yml", TODAY).entries["papers"].questions
    assert before.ur == []
    path.write_text(path.read_text(encoding="utf-8").replace("answer:", URDU, 1), encoding="utf-8")
    asked = load(path.parents[1], path.parents[2] / "sources.yml", TODAY).entries["papers"].questions
    assert asked.ur == ["لون کیا ہے", "کاغذ"]
    assert dict(asked.items())["hi"] == [*before.hi, "لون کیا ہے", "کاغذ"]
    assert [code for code, _ in asked.items()] == ["hi", "hi-Latn", "en"]


def test_questions_in_urdu_script_do_not_make_up_for_hindi_ones(path: Path, replaced: Broken) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("answer:", URDU, 1), encoding="utf-8")
    assert "questions.hi" in replaced(', "papers कितना"', "")


def test_the_same_urdu_question_in_two_entries_is_reported(path: Path) -> None:
    for name in ("papers", "fees"):
        entry = path.with_name(f"{name}.yml")
        entry.write_text(entry.read_text(encoding="utf-8").replace("answer:", URDU, 1), encoding="utf-8")
    assert "the same question is in fees: لون کیا ہے" in message(path)


@pytest.mark.parametrize("scheme", schemes())
def test_every_scheme_of_the_list_may_be_named(path: Path, scheme: str) -> None:
    path.write_text(
        path.read_text(encoding="utf-8").replace("as_of:", f"scheme: {scheme}\nas_of:", 1), encoding="utf-8"
    )
    assert load(path.parents[1], path.parents[2] / "sources.yml", TODAY).entries["papers"].scheme == scheme


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_reported_with_its_file_and_line(name: str, replaced: Broken, path: Path) -> None:
    old, new, line, words = MISTAKES[name]
    report = [text for text in replaced(old, new).splitlines() if text.startswith(f"{path}:{line}: ")]
    assert any(words in text for text in report), message(path)


@pytest.mark.parametrize(("language", "letter", "most"), [("hi", "क", 134), ("hi-Latn", "k", 306), ("en", "k", 306)])
def test_a_short_text_fits_two_messages_and_no_letter_more(path: Path, language: str, letter: str, most: int) -> None:
    fitting = path.read_text(encoding="utf-8").split("short:")
    lines = [f'  {code}: "{letter * most if code == language else "x"}"' for code in ("hi", "hi-Latn", "en")]
    path.write_text(f"{fitting[0]}short:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    load(path.parents[1], path.parents[2] / "sources.yml", TODAY)
    path.write_text(path.read_text(encoding="utf-8").replace(letter * most, letter * (most + 1)), encoding="utf-8")
    line = line_of(path, letter * most)
    assert f"{path}:{line}: short.{language}: {most + 1} characters, at most {most}" in message(path)


@pytest.mark.parametrize("letter", ["₹", "’", "–", "\u0301", "•", "ā", "अ", "\t"])
def test_a_letter_outside_the_sms_alphabet_is_reported(path: Path, replaced: Broken, letter: str) -> None:
    report = replaced('  en: "The Aadhaar card."\nfollow_ups', f'  en: "The {letter} card."\nfollow_ups')
    assert f"{path}:18: short.en: not in the SMS alphabet: {letter}" in report


def test_signs_of_the_sms_extension_count_as_two_letters(path: Path, replaced: Broken) -> None:
    report = replaced('  en: "The Aadhaar card."\nfollow_ups', f'  en: "{"k" * 300}{"€" * 4}"\nfollow_ups')
    assert f"{path}:18: short.en: 308 characters, at most 306" in report


def test_the_same_question_in_two_entries_is_reported_however_it_is_written(path: Path, replaced: Broken) -> None:
    report = replaced("what is papers", "What is FEES??")  # fees.yml, which comes first, has it as "what is fees"
    assert report == f"{path}:10: questions.en.0: the same question is in fees: What is FEES??"


def test_the_same_id_in_two_files_is_reported(path: Path) -> None:
    copy = path.parents[1] / "other" / "papers.yml"
    copy.parent.mkdir()
    copy.write_text(path.read_text(encoding="utf-8").replace("topic: forms", "topic: other"), encoding="utf-8")
    assert f"{copy}:1: id: the id is used by {path} too" in message(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id: papers\ntopic: [forms\ntitle: "x"\n', 3),
        ("id: papers\n\tbad: 1\n", 2),
        ('a: "open\n', 2),
        ("a: b: c\n", 1),
        ("id: papers\nas_of: 2025-02-30\n", 2),  # PyYAML itself raises a bare ValueError here
        ("id: papers\nas_of: 2025-13-01\n", 2),
        ("id: papers\nas_of: !!bool maybe\n", 2),
    ],
)
def test_a_file_that_is_not_yaml_is_reported_with_the_line(path: Path, text: str, line: int) -> None:
    path.write_text(text, encoding="utf-8")
    assert f"{path}:{line}: not YAML" in message(path)


def test_lists_without_end_within_each_other_are_a_mistake_of_the_file(path: Path) -> None:
    path.write_text("a: " + "[" * 5000 + "]" * 5000 + "\n", encoding="utf-8")
    assert f"{path}:1: lists or keys lie too deep" in message(path)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list\n", "null\n", "42\n"])
def test_a_file_that_holds_no_entry_is_reported(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert f"{path}:1: " in message(path)


def test_a_file_that_is_not_utf8_is_reported(path: Path) -> None:
    path.write_bytes("id: papers\ntitle: काग़ज़\n".encode("utf-16"))
    assert str(path) in message(path)


def test_all_mistakes_of_all_files_are_reported_at_once(path: Path) -> None:
    other = path.with_name("fees.yml")
    path.write_text(path.read_text(encoding="utf-8").replace("2026-11-01", "2024-11-01"), encoding="utf-8")
    text = other.read_text(encoding="utf-8").replace("2026-11-01", "2027-11-01").replace("[gazette-2025]", "[rumour]")
    other.write_text(text, encoding="utf-8")
    report = message(path)
    assert len(report.splitlines()) == 3
    assert [words in report for words in ("stale", "future", "rumour")] == [True] * 3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: official", "kind: gossip", "kind"),
        ('  publisher: "The office"\n', "", "publisher"),
        ('hi: "राजपत्र"', 'hi: ""', "hi"),
        ("  url: null", "  url: null\n  colour: red", "colour"),
    ],
)
def test_a_wrong_source_is_reported_with_its_line(path: Path, old: str, new: str, words: str) -> None:
    sources = path.parents[2] / "sources.yml"
    sources.write_text(entry_files.SOURCES.replace(old, new), encoding="utf-8")
    with pytest.raises(EntryError) as error:
        load_sources(sources)
    assert f"{sources}:" in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize("text", ["", "- a list\n", "gazette-2025: words\n"])
def test_a_sources_file_of_the_wrong_shape_is_reported(path: Path, text: str) -> None:
    sources = path.parents[2] / "sources.yml"
    sources.write_text(text, encoding="utf-8")
    with pytest.raises(EntryError, match=r"sources\.yml:1: "):
        load_sources(sources)
