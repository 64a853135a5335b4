"""The letters' words are read strictly: what is wrong is told with its line."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.eligibility.errors import SchemeError
from actions.eligibility.kinds import Choice
from actions.letters.fields import ASKED, KINDS, load_fields
from actions.letters.letter import TOPICS
from actions.letters.words import HERE, read_common, read_template, templates, words

LONGEST_BUTTON = 24


def spoiled(tmp_path: Path, source: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / source.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for part in parts for text in strings(part)]


def test_all_that_is_shipped_can_be_read() -> None:
    assert set(templates()) == set(TOPICS)
    assert words().collateral.up_to == 20_00_000
    assert set(load_fields()) == set(KINDS)


def test_what_a_letter_asks_for_exists() -> None:
    assert {name for names in ASKED.values() for name in names} | {"letter"} == set(KINDS)


def test_choices_fit_on_a_button() -> None:
    for field in load_fields().values():
        if isinstance(field.kind, Choice):
            titles = [title for choice in field.choices.values() for _, title in choice.items()]
            assert max(map(len, titles)) <= LONGEST_BUTTON, titles


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("subject:", "betreff:", "reasons.yml:5"),
        ("{{ bank }}", "{{ bank", "not a template"),
        ("rbi-reasons-circular-2007", "rbi-nothing", "no such source"),
    ],
)
def test_a_wrong_template_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = spoiled(tmp_path, HERE / "templates" / "reasons.yml", old, new)
    with pytest.raises(SchemeError, match=said):
        read_template(path)


def test_a_complaint_without_words_is_told(tmp_path: Path) -> None:
    path = spoiled(tmp_path, HERE / "words.yml", "    delay:", "    slowness:")
    with pytest.raises(SchemeError, match=r"hi\.wrongs: name exactly"):
        read_common(path)


def test_hindi_and_english_have_the_same_parts() -> None:
    for template in templates().values():
        for name in ("to", "body", "asks", "declares", "closing", "enclosures"):
            if name != "to":
                assert len(getattr(template.hi, name)) == len(getattr(template.en, name)), name
    assert set(words().hi.gaps) == set(words().en.gaps)


@pytest.mark.parametrize("path", [*sorted((HERE / "templates").glob("*.yml")), HERE / "words.yml", HERE / "fields.yml"])
def test_no_word_tells_whether_the_writer_is_a_man_or_a_woman(path: Path) -> None:
    for text in strings(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert not {"करता", "करती", "चाहता", "चाहती", "सकता", "रखता", "भवदीय"} & set(text.split()), text
