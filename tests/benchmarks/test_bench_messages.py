"""What is measured with: large enough, true to the knowledge, and never part of the training."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from benchmarks.errors import MessagesError
from benchmarks.places import ROOT
from benchmarks.understanding import distress, languages, messages, out_of_scope
from knowledge import districts, entries_loader
from knowledge.retrieval import questions
from knowledge.text.normalise import fold

ALL = messages.load()
UNSEEN = messages.load_unseen()
FOREIGN = out_of_scope.load()
_ENTITY = re.compile(r"\[([^]]+)\](?:\([^)]*\)|\{[^}]*\})")
_SHORT = 2  # words: "thank you" is said by everybody


def test_three_hundred_development_messages_a_language() -> None:
    assert Counter(message.language for message in ALL) == {"hi": 301, "hi-Latn": 301, "en": 301}


def test_four_hands_wrote_in_every_language_and_three_of_them_in_every_style() -> None:
    hands = Counter((message.language, message.hand) for message in ALL)
    sizes = {messages.FIRST: 130} | dict.fromkeys(messages.HANDS, 57)
    assert hands == {(code, hand): size for code in messages.LANGUAGES for hand, size in sizes.items()}
    styles = {(m.language, m.hand, m.style) for m in ALL if m.hand != messages.FIRST}
    assert len(styles) == len(messages.LANGUAGES) * len(messages.HANDS) * len(messages.STYLES)
    assert {m.style for m in ALL if m.hand == messages.FIRST} == {""}


def test_eighty_unseen_messages_a_language_by_two_hands_that_wrote_no_others() -> None:
    assert Counter(message.language for message in UNSEEN) == {"hi": 80, "hi-Latn": 80, "en": 80}
    assert {message.hand for message in UNSEEN} == set(messages.UNSEEN_HANDS)
    assert {message.hand for message in ALL} == {messages.FIRST, *messages.HANDS}


def test_no_message_twice() -> None:
    counts = Counter((message.language, fold(message.text)) for message in ALL + UNSEEN)
    assert [text for text, count in counts.items() if count > 1] == []


def test_what_is_expected_exists() -> None:
    known = {"entry": set(entries_loader.load().entries), "outcome": {"out_of_scope", "small_talk", "handed_over"}}
    known["districts"] = known["makers"] = set(districts.load().by_id)
    wrong = [message for message in ALL + UNSEEN if not message.expected or message.expected - known[message.kind]]
    assert wrong == []


def test_out_of_scope_distress_and_language_messages_are_as_many_as_the_readme_says() -> None:
    assert Counter(one.language for one in FOREIGN) == {"hi": 110, "hi-Latn": 110, "en": 110}
    assert {one.kind for one in FOREIGN} == set(out_of_scope.KINDS)
    assert Counter(said.distress for said in distress.load()) == {True: 30, False: 30}
    labels = Counter(item.label for item in languages.load())
    assert labels == {"hi": 146, "hi-Latn": 205, "en": 164, "null": 60, "other": 30}


def trained_on() -> Iterator[str]:
    """Everything a part of understanding is trained on: entries, out of scope, and the intents' examples."""
    yield from (question.text for question in questions.load(entries_loader.load()))
    for path in sorted((ROOT / "bot" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = str(block.get("examples", "")).splitlines()
            yield from (_ENTITY.sub(r"\1", line.removeprefix("- ")) for line in lines)


MEASURED = {
    "development": [message.text for message in ALL],
    "unseen": [message.text for message in UNSEEN],
    "out of scope": [one.text for one in FOREIGN],
    "distress": [said.text for said in distress.load()],
    "languages": [item.text for item in languages.load()],
}


@pytest.mark.parametrize("name", MEASURED)
def test_nothing_measured_with_is_trained_on(name: str) -> None:
    """But for one or two words, which nobody can word differently."""
    trained = {fold(text) for text in trained_on()}
    texts = [text for text in MEASURED[name] if len(fold(text).split()) > _SHORT]
    assert [text for text in texts if fold(text) in trained] == []


def test_a_hand_that_did_not_write_in_a_language_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "en-asha.yml").write_text('- {style: typos, text: "x", entry: [a, b]}\n', encoding="utf-8")
    (message,) = messages.load(("en",), tmp_path)
    assert (message.hand, message.style, message.expected) == ("asha", "typos", frozenset("ab"))
    with pytest.raises(MessagesError, match=r"hi\.yml is missing"):
        messages.load(("hi",), tmp_path)


_ENTRY = 'text: "a", entry: b'


@pytest.mark.parametrize(
    "item", ['{text: "a"}', f"{{{_ENTRY}, outcome: c}}", '{text: "a", entri: b}', "a", f"{{{_ENTRY}, style: c}}"]
)
def test_a_mistake_is_told_with_file_and_item(tmp_path: Path, item: str) -> None:
    (tmp_path / "en.yml").write_text(f'- {{text: "x", entry: y}}\n- {item}\n', encoding="utf-8")
    with pytest.raises(MessagesError, match=r"en\.yml, item 2"):
        messages.load(("en",), tmp_path)


@pytest.mark.parametrize("item", ['{text: "a"}', '{text: "a", kind: joke}', '{kind: chat, text: "a", style: typos}'])
def test_a_mistake_in_what_is_out_of_scope_is_told(tmp_path: Path, item: str) -> None:
    for code in messages.LANGUAGES:
        (tmp_path / f"{code}.yml").write_text(f"- {item}\n", encoding="utf-8")
    with pytest.raises(MessagesError, match=r"hi\.yml, item 1"):
        out_of_scope.load(tmp_path)


@pytest.mark.parametrize("item", ['{text: "a", language: fr}', '{language: hi, text: ""}', "{language: hi}"])
def test_a_mistake_in_a_language_is_told(tmp_path: Path, item: str) -> None:
    path = tmp_path / "languages.yml"
    path.write_text(f"- {item}\n", encoding="utf-8")
    with pytest.raises(MessagesError, match=r"languages\.yml, item 1"):
        languages.load(path)


def test_a_message_of_distress_says_whether_it_is_one(tmp_path: Path) -> None:
    path = tmp_path / "distress.yml"
    path.write_text('- {language: en, text: "a", distress: perhaps}\n', encoding="utf-8")
    with pytest.raises(MessagesError, match=r"distress\.yml, item 1"):
        distress.load(path)
