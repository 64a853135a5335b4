"""A scheme file that is wrong is refused with its file and line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.eligibility.errors import SchemeError
from actions.eligibility.fact_words import FACTS, read_words
from actions.eligibility.scheme_file import SCHEMES, SHARED, load, read_all
from knowledge.entries_loader import load_sources

SOURCES = set(load_sources())
Edited = Callable[[str, str], SchemeError]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """The error that comes of replacing a piece of the margin money file."""

    def read(old: str, new: str) -> SchemeError:
        text = (SCHEMES / "margin_money.yml").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "margin_money.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(SchemeError) as caught:
            read_all(tmp_path, SHARED, SOURCES)
        return caught.value

    return read


def _line_of(piece: str) -> int:
    text = (SCHEMES / "margin_money.yml").read_text(encoding="utf-8")
    return text[: text.index(piece)].count("\n") + 1


FAULTS = {
    "an unknown key": ("programme: own", "programme: own\ncolour: red", "Extra inputs"),
    "a key given twice": ("programme: own", "programme: own\nprogramme: own", "given twice"),
    "no YAML": ("programme: own", "programme: [own", "not YAML"),
    "an unknown source": ("sources: [free-press-odop2-2025]", "sources: [my-uncle]", "unknown source my-uncle"),
    "no source": ("sources: [free-press-odop2-2025]", "sources: []", "at least 1 item"),
    "an unknown fact": (
        "{fact: family_margin_money, is: false}",
        "{fact: hat_size, is: 7}",
        "unknown fact hat_size",
    ),
    "a bad operator": ("{fact: family_margin_money, is: false}", "{fact: age, above: 7}", "bad operator above"),
    "no operator": ("{fact: family_margin_money, is: false}", "{fact: age}", "bad operator"),
    "two operators": (
        "{fact: family_margin_money, is: false}",
        "{fact: age, at_least: 1, at_most: 2}",
        "bad operator at_least, at_most",
    ),
    "an operator that does not fit": (
        "{fact: family_margin_money, is: false}",
        "{fact: family_margin_money, at_least: 1}",
        "at_least does not fit family_margin_money",
    ),
    "a value out of range": ("{fact: family_margin_money, is: false}", "{fact: age, at_least: 200}", "0 to 120"),
    "a choice there is not": ("in: [obc, sc, st, minority]", "in: [obc, royal]", "'royal' is not one of"),
    "an empty list of choices": ("in: [obc, sc, st, minority]", "in: []", "list of choices"),
    "an any of one": (
        "{fact: family_margin_money, is: false}",
        "{any: [{fact: age, at_least: 18}]}",
        "two or more",
    ),
    "an unknown form": ("{fact: family_margin_money, is: false}", "{some: []}", "unknown condition some"),
    "a condition that is a word": ("{fact: family_margin_money, is: false}", "always", "a condition is written as"),
    "a date that is none": ("{date: {from: 2018-09-24}}", "{date: {from: soon}}", "'soon' is not a date"),
    "a date without a day": ("{date: {from: 2018-09-24}}", "{date: {since: 2018-09-24}}", "give from, until"),
    "a share that is none": (
        "{fact: family_margin_money, is: false}",
        "{share: {of: spv_makers, in: spv_members, at_least: many}}",
        "many is not a share",
    ),
    "a share of no number": (
        "{fact: family_margin_money, is: false}",
        "{share: {of: woman, in: spv_members, at_least: 2/3}}",
        "woman is not a number",
    ),
    "a share by zero": (
        "{fact: family_margin_money, is: false}",
        "{share: {of: spv_makers, in: spv_members, at_least: 2/0}}",
        "2/0 is not a share",
    ),
    "a share half given": (
        "{fact: family_margin_money, is: false}",
        "{share: {of: spv_makers}}",
        "give of, in and at_least",
    ),
    "an unknown shared condition": (
        "use: own-district-product",
        "use: own-planet",
        "no own-planet under conditions",
    ),
    "an unknown shared paper": ("  - pan\n", "  - passport\n", "no passport under documents"),
    "an unknown authority": ("authority: dic-and-bank", "authority: king", "no king under authorities"),
    "a missing language": (
        ', en: "Whether someone in the family has had this benefit is not known."',
        "",
        "Field required",
    ),
    "a missing text": ('    unknown: {hi: "परिवार में', '    # unknown: {hi: "परिवार में', "Field required"),
    "another file's id": ("id: margin_money", "id: mda", "the file is named margin_money.yml, the id is mda"),
    "no scheme we know": ("id: margin_money", "id: free_money", "must be one of schemes.yml"),
    "checked before its sources": ("last_checked: 2026-11-21", "last_checked: 2020-01-01", "before 2026-10-06"),
    "a condition twice": (
        "  - {use: no-defaulter,",
        "  - {use: age-18, sources: [msme-brochure], confidence: high}\n  - {use: no-defaulter,",
        "age-18 is there twice",
    ),
    "a paper twice": ("  - pan\n", "  - pan\n  - pan\n", "pan is there twice"),
    "a number the words do not have": (
        "at most {cap}; {percent}% of",
        "at most {crown}; {percent}% of",
        "no number crown",
    ),
    "other gaps in one language": (
        "ज़्यादा से ज़्यादा {cap}: {base}",
        "ज़्यादा से ज़्यादा: {base}",
        "other gaps than in English",
    ),
    "a percentage of no fact": ("      of: project_cost\n", "", "a percentage needs of"),
    "a percentage of no rupees": ("      of: project_cost\n", "      of: age\n", "age is not a fact in rupees"),
    "percent and amount": (
        "          percent: 25\n",
        "          percent: 25\n          amount: 5\n",
        "either percent or amount",
    ),
    "neither percent nor amount": ("          percent: 25\n", "", "either percent or amount"),
    "a limit on an amount": ("          percent: 25\n", "          amount: 25\n", "go with percent"),
    "a percentage above a hundred": (
        "          percent: 25\n",
        "          percent: 250\n",
        "less than or equal to 100",
    ),
    "a rest of a line there is not": ("less: [subsidy, own_share]", "less: [subsidy, gold]", "no line gold"),
    "a rest of nothing": ("      less: [subsidy, own_share]\n", "", "give either options or less"),
    "a line twice": ("    - id: own_share\n", "    - id: subsidy\n", "subsidy is there twice"),
    "a confidence there is not": ("confidence: medium", "confidence: fairly", "Input should be"),
    "a list for a scheme": ("id: margin_money", "- id: margin_money", "not YAML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_and_line(edited: Edited, fault: str) -> None:
    old, new, message = FAULTS[fault]
    error = edited(old, new)
    assert message in str(error)
    assert re.search(r"margin_money\.yml:\d+: ", str(error))


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("{fact: family_margin_money, is: false}", "{fact: hat_size, is: 7}", "{fact: family_margin_money, is: false}"),
        ("in: [obc, sc, st, minority]", "in: [royal]", "in: [obc, sc, st, minority]"),
        ("sources: [dic-basti-2021]", "sources: [my-uncle]", "sources: [dic-basti-2021]"),
        ("authority: dic-and-bank", "authority: king", "authority: dic-and-bank"),
        ("use: no-defaulter", "use: no-sinner", "use: no-defaulter"),
        ("  - pan\n", "  - passport\n", "  - pan\n"),
    ],
)
def test_the_line_is_the_very_line(edited: Edited, old: str, new: str, at: str) -> None:
    assert edited(old, new).problems[0].line == _line_of(at)


def test_a_fault_deep_in_a_condition_is_told_at_its_own_line(tmp_path: Path) -> None:
    text = (SCHEMES / "pmegp.yml").read_text(encoding="utf-8")
    piece = "{fact: project_cost, at_most: 500000}"
    (tmp_path / "pmegp.yml").write_text(text.replace(piece, "{fact: project_cost, at_most: lots}"), encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        read_all(tmp_path, SHARED, SOURCES)
    assert caught.value.problems[0].line == text[: text.index(piece)].count("\n") + 1


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    for name in ("mda", "cfc"):
        text = (SCHEMES / f"{name}.yml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yml").write_text(text.replace("programme: own", "programme: none"), encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        read_all(tmp_path, SHARED, SOURCES)
    assert {p.path.name for p in caught.value.problems} == {"mda.yml", "cfc.yml"}


def test_a_scheme_of_dated_conditions_only_is_refused(tmp_path: Path) -> None:
    """On some day it would give a verdict without reasons."""
    text = (SCHEMES / "stand_up_india.yml").read_text(encoding="utf-8")
    dated = text.replace("confidence: high}", "confidence: high, valid_from: 2020-01-01}")
    dated = dated.replace("confidence: high\n", "confidence: high\n    valid_from: 2020-01-01\n")
    (tmp_path / "stand_up_india.yml").write_text(dated, encoding="utf-8")
    with pytest.raises(SchemeError, match="every condition is dated"):
        read_all(tmp_path, SHARED, SOURCES)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mda.yml").write_text("", encoding="utf-8")
    with pytest.raises(SchemeError, match=r"mda\.yml:1"):
        read_all(tmp_path, SHARED, SOURCES)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("age-18:", "age-18:\n    colour: red", "Extra inputs"),
        ("{fact: age, at_least: 18}", "{fact: hat_size, at_least: 18}", "unknown fact hat_size"),
        ("authorities:", "kings:", "Extra inputs"),
    ],
)
def test_what_is_shared_is_read_as_strictly(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "shared.yml"
    path.write_text(SHARED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemeError, match=message) as caught:
        read_all(SCHEMES, path, SOURCES)
    assert caught.value.problems[0].path == path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\nage:", "\nhat_size:", "there is no such fact"),
        ("\nage:", "\nhat_size:", "no words for age"),
        ("    obc: {", "    royal: {", "name exactly the choices: general, minority, obc, sc, st"),
        ("\nage:\n  question", "\nage:\n  colour: red\n  question", "Extra inputs"),
    ],
)
def test_the_words_of_the_facts_are_read_as_strictly(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "facts.yml"
    text = FACTS.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemeError, match=message):
        read_words(path)


def test_the_shipped_schemes_are_read_once() -> None:
    assert load() is load()
