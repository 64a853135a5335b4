"""A second programme, which is nothing but the folder example-crafts, answers from the gateway to the last sentence.

The bot's classifier is the first programme's: it is about kinds of questions, and training takes minutes.
"""

import re
from pathlib import Path

import httpx
import pytest
from conversation import Ask, Conversation
from example import PROGRAMME, ROOT, python

from knowledge.programme import Programme

ENTRIES = {f"entry:{path.stem}" for path in (ROOT / PROGRAMME / "entries").rglob("*.yml")}
FIRST = re.compile(
    r"odop|ओडीओपी|uttar pradesh|उत्तर प्रदेश|1800-?1800-?888|\bDIC\b|(?-i:\bUP\b)|यूपी(?!आई)|75", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("करघे पर कितना पैसा मिलेगा", "करघा ख़रीदने पर ₹8,000"),
        ("karghe ki madad ke liye kaun se kagaz chahiye", "Aadhaar card aur bank passbook"),
        ("Which number should I call?", "The helpline is 1800-000-0000"),
    ],
)
def test_its_entries_answer_in_three_languages_with_its_source(ask: Ask, text: str, start: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answered"
    assert answer.text.startswith(start)
    assert answer.dates == ["2026-01-01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("अलकपुर का उत्पाद क्या है", "अलकपुर का SSY उत्पाद: बाँस की टोकरियाँ।"),
        ("nilgarh ka product kya hai", "Nilgarh ka SSY product: neel ka kapda (Indigo Cloth)."),
        ("What is the product of Chandivan?", "SSY product of Chandivan: Silver Filigree."),
    ],
)
def test_its_districts_have_its_products(ask: Ask, text: str, said: str) -> None:
    assert ask(text).text == said


def test_a_district_of_the_first_programme_is_in_another_state(ask: Ask) -> None:
    assert ask("What is the product of Lucknow?").text.startswith("Lucknow is not in Namoona Pradesh")


def test_all_its_districts_are_listed_and_counted(ask: Ask) -> None:
    said = ask("list of all districts").text
    assert said.startswith("The 3 districts of Namoona Pradesh")
    assert all(name in said for name in ("Alakpur", "Nilgarh", "Chandivan"))


def test_its_scheme_is_judged_to_the_verdict(person: Conversation) -> None:
    asked = ["am I eligible for the loom help", "25", "yes", "Alakpur", "bamboo baskets"]
    last = [person.say(text) for text in asked][-1]
    assert last.outcome == "verdict_given"
    assert "₹8,000" in last.text
    assert "District Crafts Office" in last.text


TALK = ("namaste", "aaj cricket kaun jeeta", "asdf qwer", "insaan se baat karni hai", "bank ne loan mana kar diya",
        "हैलो", "what can you do", "mere form ka status kya hai", "x" * 1001)  # fmt: skip


@pytest.mark.parametrize("text", TALK)
def test_nothing_that_is_said_names_the_first_programme(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert not FIRST.findall(answer.text)
    assert {payload for payload in answer.payloads if payload.startswith("entry:")} <= ENTRIES


def test_the_page_and_the_widget_name_it_and_its_helpline(http: httpx.Client) -> None:
    for path in ("/", "/widget.js"):
        text = http.get(path).text
        assert "SSY" in text
        assert "tel:18000000000" in text
        assert not re.findall(r"ODOP|1800-?1800", text)


def test_no_sentence_that_was_built_names_the_first_programme(built: dict[str, str]) -> None:
    folder, first = Path(built["SENTENCES_FILE"]).parent, ROOT / "bot" / "responses"
    assert {path.name for path in folder.iterdir()} == {path.name for path in first.glob("*.yml")}
    for path in folder.iterdir():
        assert not FIRST.findall(path.read_text(encoding="utf-8")), path.name


FOREIGN = "from knowledge.programme_build import foreign; print(*foreign(), sep='\\n')"


def test_the_check_finds_nothing_of_the_first_programme_in_it(built: dict[str, str]) -> None:
    assert not python(FOREIGN).stdout.strip()


def test_the_check_names_a_sentence_with_an_example_from_a_district_of_the_first_programme(
    built: dict[str, str],
) -> None:
    path = Path(built["SENTENCES_FILE"]).parent / "small_talk.yml"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace("नीलगढ़", "बांदा"), encoding="utf-8")
        assert python(FOREIGN).stdout.strip().endswith("small_talk.yml: names the first programme: बांदा")
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('en: "SSY"', 'fr: "SSY"', "names.programme_short must have hi, hi-Latn and en"),
        ("helpline:", "helplines:", "KeyError: 'helpline'"),
        ("districts: 3", "districts: many", "invalid literal"),
    ],
)
def test_what_is_wrong_in_programme_yml_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (ROOT / PROGRAMME / "programme.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "programme.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SystemExit, match=re.escape(complaint)):
        Programme(tmp_path)


def test_a_folder_that_is_no_programme_is_refused(tmp_path: Path) -> None:
    done = python("import knowledge.paths", tmp_path)
    assert done.returncode
    assert f"PROGRAMME: {tmp_path} has no programme.yml" in done.stderr
