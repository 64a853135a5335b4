"""The entries' questions as training data for the classifier."""

import re

import pytest
import yaml

from knowledge.entries_loader import Library
from knowledge.nlu_export import export


@pytest.fixture(scope="module")
def exported(library: Library, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("training") / "new"
    export(library, folder)
    return (folder / "ask_knowledge.yml").read_text(encoding="utf-8")


def examples(exported: str) -> list[str]:
    block: str = yaml.safe_load(exported)["nlu"][0]["examples"]
    return [line.removeprefix("- ") for line in block.splitlines()]


def test_the_export_is_rasa_training_data_of_one_intent(exported: str) -> None:
    data = yaml.safe_load(exported)
    assert data["version"] == "3.1"
    assert [item["intent"] for item in data["nlu"]] == ["ask_knowledge"]


def test_every_entry_gives_examples_in_every_language(exported: str, library: Library) -> None:
    known = set(examples(exported))
    for entry in library.entries.values():
        for _, texts in entry.questions.items():
            assert re.sub(r"[\[\]{}()]", "", texts[0]) in known, entry.id


def test_no_example_holds_markup_or_is_empty(exported: str) -> None:
    for text in examples(exported):
        assert not set(text) & set("[]{}()")
        assert text.strip()


def test_every_example_stands_on_one_line(exported: str) -> None:
    block: str = yaml.safe_load(exported)["nlu"][0]["examples"]
    assert all(line.startswith("- ") for line in block.splitlines())
