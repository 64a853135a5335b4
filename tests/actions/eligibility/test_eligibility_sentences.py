"""What people read: three languages, short, plain, and never a promise."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from actions.eligibility.scheme_file import SCHEMES, SHARED, load
from knowledge.entry import ByLanguage
from knowledge.yaml_lines import read

TEXTS = {"hi", "hi-Latn", "en"}


def _texts(data: Any, at: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(data, dict) and set(data) == TEXTS:
        yield at, data
        return
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        yield from _texts(value, f"{at}.{key}")


FILES = [*sorted(SCHEMES.glob("*.yml")), SHARED, SHARED.with_name("facts.yml")]
ALL = [found for path in FILES for found in _texts(read(path).data, path.stem)]


def test_there_are_many() -> None:
    assert len(ALL) > 300


def test_each_is_in_its_own_script() -> None:
    for at, text in ALL:
        letters = {lang: re.sub(r"\{\w+\}|[A-Z]+|[a-z.0-9-]+\.(in|org)\S*", "", words) for lang, words in text.items()}
        if re.search(r"[a-zA-Z]", letters["en"]):
            assert re.search(r"[ऀ-ॿ]", text["hi"]) or text["hi"] == text["en"], at
        assert not re.search(r"[ऀ-ॿ]", text["hi-Latn"] + text["en"]), at


def test_each_is_short() -> None:
    for at, text in ALL:
        for words in text.values():
            assert len(words.split()) <= 40, at


@pytest.mark.parametrize("word", ["guarantee you", "will get", "definitely", "ज़रूर मिलेगा", "पक्का मिलेगा", "pakka milega"])
def test_none_promises(word: str) -> None:
    assert not [at for at, text in ALL if any(word in words for words in text.values())]


def test_a_verdict_says_that_someone_else_decides() -> None:
    for scheme in load().values():
        outcome = scheme.authority.outcome
        assert "लगते" in outcome.eligible.hi
        assert "फ़ैसला" in outcome.eligible.hi or "तय" in outcome.eligible.hi
        assert "seem" in outcome.eligible.en
        assert outcome.eligible != outcome.not_eligible != outcome.need_more


def test_numbers_are_the_same_in_all_languages() -> None:
    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d[\d,.]*\d|\d", text))

    for at, text in ALL:
        assert numbers(text["hi"]) == numbers(text["hi-Latn"]), at
        assert set(numbers(re.sub("(?i)class 8", "", text["en"]))) == set(numbers(text["hi"])), at


def test_names_fit_a_sentence() -> None:
    for scheme in load().values():
        assert isinstance(scheme.name, ByLanguage)
        assert all(len(words) <= 45 for _, words in scheme.name.items())
