"""What the words of the questions give is worked out once, and only kept for what it was made of."""

import json
from pathlib import Path

import pytest

from knowledge.entries_loader import Library
from knowledge.retrieval import questions, train, words
from knowledge.retrieval.words import WORDS, Words, keep, work_out
from knowledge.text.transliterate import Transliterator

TEXTS = ["loan kaise milega", "loan kab milega", "loan kitna milega", "bank kab khulta hai"]
MARK = Words(["marked"], ["marked"], {"marked": "marked"})


def found(texts: list[str], path: Path, transliterate: Transliterator) -> Words:
    return words.words(texts, transliterate, path)


def test_what_was_kept_is_what_would_be_worked_out(tmp_path: Path, transliterate: Transliterator) -> None:
    worked_out = work_out(TEXTS, transliterate)
    assert "loan" in worked_out.field
    keep(TEXTS, worked_out, tmp_path / "new" / "words.json")
    assert found(TEXTS, tmp_path / "new" / "words.json", transliterate) == worked_out


def test_what_lies_beside_the_real_index_is_what_would_be_worked_out(
    library: Library, transliterate: Transliterator
) -> None:
    texts = [question.text for question in questions.load(library)]
    kept = words.words(texts, transliterate, WORDS)
    assert kept == work_out(texts, transliterate)


def test_what_is_kept_of_these_questions_is_not_worked_out_again(tmp_path: Path, transliterate: Transliterator) -> None:
    keep(TEXTS, MARK, tmp_path / "words.json")
    assert found(TEXTS, tmp_path / "words.json", transliterate) == MARK
    assert found(TEXTS[::-1], tmp_path / "words.json", transliterate) == MARK


def test_one_question_more_and_it_is_worked_out_anew(tmp_path: Path, transliterate: Transliterator) -> None:
    keep(TEXTS, MARK, tmp_path / "words.json")
    assert "loan" in found([*TEXTS, "one more"], tmp_path / "words.json", transliterate).field


def test_other_rules_of_reading_or_another_format_and_it_is_worked_out_anew(
    tmp_path: Path, transliterate: Transliterator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_rules", lambda: "other rules"), ("FORMAT", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(words, name, value)
            keep(TEXTS, MARK, tmp_path / "words.json")
        assert "loan" in found(TEXTS, tmp_path / "words.json", transliterate).field


@pytest.mark.parametrize("lying_there", [None, "", "[]", "{", json.dumps({"of": "x", "field": ["y"]})])
def test_a_file_that_is_missing_or_broken_is_as_none(
    lying_there: str | None, tmp_path: Path, transliterate: Transliterator
) -> None:
    if lying_there is not None:
        (tmp_path / "words.json").write_text(lying_there, encoding="utf-8")
    assert "loan" in found(TEXTS, tmp_path / "words.json", transliterate).field


def test_building_the_index_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    few = Library(dict(list(library.entries.items())[:2]), library.sources)
    monkeypatch.setattr(train, "WORDS", tmp_path / "words.json")
    train.keep_words(few)
    texts = [question.text for question in questions.load(few)]
    monkeypatch.setattr(words, "work_out", lambda *_: pytest.fail("worked out again"))
    assert words.words(texts, Transliterator.load(), tmp_path / "words.json").field
