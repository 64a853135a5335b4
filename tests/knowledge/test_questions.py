"""The training material: its folds and its digest."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.retrieval import questions
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question, digest, fold_of


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    path = tmp_path / "out_of_scope.yml"
    path.write_text('hi: ["मौसम"]\nen: ["weather", 42]\n', encoding="utf-8")
    return path


@pytest.fixture
def two(library: Library) -> Library:
    names = ("mm-what", "toolkit-what")
    return Library({name: library.entries[name] for name in names}, library.sources)


def changed(library: Library, name: str, **update: object) -> Library:
    return Library({**library.entries, name: library.entries[name].model_copy(update=update)}, library.sources)


def asked(entry: Entry, **update: list[str]) -> dict[str, object]:
    return {"questions": entry.questions.model_copy(update=update)}


def test_the_digest_is_the_same_for_the_same_questions_in_any_order(two: Library, strange: Path) -> None:
    turned = Library(dict(reversed(two.entries.items())), two.sources)
    entry = two.entries["mm-what"]
    backwards = changed(two, "mm-what", **asked(entry, en=entry.questions.en[::-1]))
    assert digest(two, strange) == digest(turned, strange) == digest(backwards, strange)


def test_the_digest_changes_with_every_question_and_title(two: Library, strange: Path) -> None:
    entry = two.entries["mm-what"]
    others = [
        changed(two, "mm-what", **asked(entry, en=[*entry.questions.en, "one more"])),
        changed(two, "mm-what", **asked(entry, ur=["لون"])),
        changed(two, "mm-what", **asked(entry, hinglish=entry.questions.hinglish[1:])),
        changed(two, "mm-what", title=two.entries["toolkit-what"].title),
        Library({"mm-what": entry}, two.sources),
    ]
    assert len({digest(library, strange) for library in (two, *others)}) == len(others) + 1


def test_the_digest_changes_with_what_is_out_of_scope(two: Library, strange: Path) -> None:
    before = digest(two, strange)
    strange.write_text('hi: ["मौसम"]\nen: ["weather", "43"]\n', encoding="utf-8")
    assert digest(two, strange) != before


def test_the_digest_does_not_change_with_what_the_head_does_not_read(two: Library, strange: Path) -> None:
    other = changed(two, "mm-what", short=two.entries["toolkit-what"].short, follow_ups=[])
    assert digest(other, strange) == digest(two, strange)


def test_what_is_out_of_scope_is_read_as_text(two: Library, strange: Path) -> None:
    found = [q for q in questions.load(two, strange) if q.entry == OUT_OF_SCOPE]
    assert [(q.text, q.language) for q in found] == [("मौसम", "hi"), ("weather", "en"), ("42", "en")]


def test_questions_in_urdu_script_are_hindi_questions(two: Library) -> None:
    entry = two.entries["mm-what"]
    found = questions.of_entries(changed(two, "mm-what", **asked(entry, ur=["لون کیا ہے"])))
    assert Question("لون کیا ہے", "hi", "mm-what") in found


@given(st.text(), st.integers(1, 12))
def test_a_fold_is_one_of_so_many_and_always_the_same(text: str, folds: int) -> None:
    assert fold_of(text, folds) in range(folds)
    assert fold_of(text, folds) == fold_of(text, folds)


def test_folds_do_not_change_from_version_to_version() -> None:
    known = {"loan": 0, "लोन": 4, "how do I apply": 0, "": 0}
    assert {text: fold_of(text) for text in known} == known


def test_folds_are_of_like_size(library: Library) -> None:
    counts = Counter(fold_of(q.text) for q in questions.of_entries(library))
    assert set(counts) == set(range(5))
    assert max(counts.values()) < 1.2 * min(counts.values())
