"""The development set: large enough, true to the knowledge, and never part of the training."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import messages
from benchmarks.errors import MessagesError
from knowledge import districts, entries_loader
from knowledge.text.normalise import fold

ALL = messages.load()


def test_at_least_a_hundred_a_language() -> None:
    counts = Counter(message.language for message in ALL)
    assert all(counts[language] >= 100 for language in messages.LANGUAGES)


def test_no_message_twice() -> None:
    counts = Counter(fold(message.text) for message in ALL)
    assert [text for text, count in counts.items() if count > 1] == []


def test_what_is_expected_exists() -> None:
    known = {"entry": set(entries_loader.load().entries), "outcome": {"out_of_scope", "small_talk", "handed_over"}}
    known["districts"] = known["makers"] = set(districts.load().by_id)
    assert [message for message in ALL if not message.expected or message.expected - known[message.kind]] == []


def test_no_message_is_a_question_of_an_entry() -> None:
    entries = entries_loader.load().entries.values()
    trained = {fold(text) for entry in entries for _, texts in entry.questions.items() for text in texts}
    assert [message.text for message in ALL if fold(message.text) in trained] == []


@pytest.mark.parametrize("item", ['{text: "a"}', '{text: "a", entry: b, outcome: c}', '{text: "a", entri: b}', "a"])
def test_a_mistake_is_told_with_file_and_item(tmp_path: Path, item: str) -> None:
    (tmp_path / "en.yml").write_text(f'- {{text: "x", entry: y}}\n- {item}\n', encoding="utf-8")
    with pytest.raises(MessagesError, match=r"en\.yml, item 2"):
        messages.load(("en",), tmp_path)
