"""All 75 districts in all three languages, and every other name they have."""

import re
from collections.abc import Callable

import pytest
from conversation import LANGUAGES, Answer, Ask

from channels.render.dates import readable
from knowledge import districts
from knowledge.districts import District
from knowledge.text.mention import AMBIGUOUS
from knowledge.text.normalise import fold

DATA = districts.load()
QUESTIONS = {"hi": "{} का उत्पाद क्या है", "hi-Latn": "{} ka product kya hai", "en": "What is the product of {}?"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_districts_answer_names_all_its_products_and_when_later_ones_came(ask: Ask, language: str) -> None:
    assert len(DATA.by_id) == 75
    failures = _ask_all(
        ask, [(d, QUESTIONS[language].format(d.name[language])) for d in DATA.by_id.values()], _told_in(language)
    )
    assert not failures, "\n".join(failures)


def test_every_other_name_of_a_district_leads_to_it(ask: Ask) -> None:
    asked = [(d, _question(alias)) for d in DATA.by_id.values() for alias in d.aliases]
    assert len(asked) > 200
    failures = _ask_all(ask, asked, _leads_to)
    assert not failures, "\n".join(failures)


def test_every_district_can_be_tapped(ask: Ask) -> None:
    failures = _ask_all(ask, [(d, f"district:{d.id}") for d in DATA.by_id.values()], _told_in("hi"))
    assert not failures, "\n".join(failures)


def _ask_all(ask: Ask, asked: list[tuple[District, str]], is_right: Callable[[Answer, District], bool]) -> list[str]:
    answers = [(district, ask(text)) for district, text in asked]
    return [f"{district.id}: {answer}" for district, answer in answers if not is_right(answer, district)]


def _told_in(language: str) -> Callable[[Answer, District], bool]:
    def told(answer: Answer, district: District) -> bool:
        wanted = [district.name[language], *(p.names[language] for p in district.all_products)]
        wanted += [readable(p.date or "", language) for p in district.later]
        sources = 1 + len({p.source for p in district.later})
        complete = all(words in answer.text for words in wanted) and len(answer.dates) == sources
        return complete and (answer.outcome, answer.language) == ("answered", language)

    return told


def _leads_to(answer: Answer, district: District) -> bool:
    """Answered with it, or, where two share the name, asked which with it among the two."""
    if _is_shared(answer.said, district):
        return f"district:{district.id}" in answer.payloads
    name = district.name["hi" if answer.language == "hi" else "en"]
    products = [p.names[answer.language] for p in district.products]
    return answer.outcome == "answered" and name in answer.text and all(p in answer.text for p in products)


def _is_shared(text: str, district: District) -> bool:
    shared = [name for name, ids in AMBIGUOUS.items() if district.id in ids]
    aliases = {fold(alias) for alias in district.aliases if _question(alias) == text}
    hindi = {"अकबरपुर": "akbarpur", "कानपुर": "kanpur"}
    return any(hindi.get(alias, alias) in shared for alias in aliases)


def _question(alias: str) -> str:
    return QUESTIONS["hi" if re.search(r"[\u0900-\u097f]", alias) else "hi-Latn"].format(alias)
