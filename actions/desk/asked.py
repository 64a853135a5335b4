"""A question as the bot would understand it by itself, with the whole answer and what lies near."""

from collections.abc import Sequence
from typing import Any

from actions import stateless
from actions.desk.districts import row
from actions.desk.entries import shown, titled
from actions.district_sentences import sentence
from actions.knowledge_base import knowledge_base
from knowledge.district_question import DistrictQuestion
from knowledge.text.mention import PRODUCT, SCHEME, Mention
from knowledge.understanding import Understood

_MOST_RELATED, _MOST_DISTRICTS = 5, 12
_WORTH_NAMING = 0.001  # a member of staff overlooks several at once; one who writes to the bot cannot
_SURE = 0.9
_OUTCOMES = {"answer": "answered", "choices": "offered", "out_of_scope": "out_of_scope", "unknown": "missed"}


def asked(text: str) -> dict[str, Any]:
    text = stateless.cleaned(text)
    mentions = stateless.gazetteer().find(text)
    found = stateless.understood(text, mentions)
    answers = [answer for one in found for answer in _answers(one)]
    told = {answer["entry_id"] for answer in answers}
    return {
        "outcome": _outcome(found[0]),
        "language": knowledge_base().retriever.language(text),
        "confidence": _confidence(found),
        "answers": answers,
        "districts": [about for one in found if isinstance(one, DistrictQuestion) for about in _about(one)],
        "related": _related(text, mentions, told, [f["id"] for answer in answers[:1] for f in answer["follow_ups"]]),
    }


def _outcome(found: Understood) -> str:
    if isinstance(found, DistrictQuestion):
        return {"ambiguous": "which_district", "own_district": "own_district"}.get(found.kind, "district")
    return _OUTCOMES[found.zone]


def _confidence(found: Sequence[Understood]) -> dict[str, Any]:
    """Of the weakest: sure; likely (the bot would answer with it); unsure (it would offer it); none."""
    value = min(_probability(one) for one in found)
    if all(isinstance(one, DistrictQuestion) or one.zone == "answer" for one in found):
        return {"value": value, "word": "sure" if value >= _SURE else "likely"}
    return {"value": value, "word": "unsure" if value else "none"}


def _probability(found: Understood) -> float:
    """Questions about districts are read by rules."""
    if isinstance(found, DistrictQuestion):
        return 1.0
    return round(found.hits[0].probability, 3) if found.hits else 0.0


def _answers(found: Understood) -> list[dict[str, Any]]:
    if isinstance(found, DistrictQuestion):
        return []
    library = knowledge_base().retriever.library
    return [shown(library, library.entries[hit.entry]) for hit in found.hits]


def _about(question: DistrictQuestion) -> list[dict[str, Any]]:
    said = sentence(question)
    if said is None:
        return []
    by_id = knowledge_base().districts.by_id
    rows = [row(by_id[each]) for each in question.districts if each in by_id]
    return [
        {
            "kind": question.kind,
            "text": said.text,
            "short": said.short,
            "sources": said.sources,
            "districts": rows[:_MOST_DISTRICTS],
            "choices": [{"id": each, "name": dict(by_id[each].name)} for each in said.choices],
        }
    ]


def _related(text: str, mentions: Sequence[Mention], told: set[str], follow_ups: list[str]) -> list[dict[str, Any]]:
    """What goes with the answer, then what lies near the question."""
    names = list(dict.fromkeys([*follow_ups, *_near(text, mentions)]))
    entries = knowledge_base().retriever.library.entries
    return [titled(entries[name]) for name in names if name not in told][:_MOST_RELATED]


def _near(text: str, mentions: Sequence[Mention]) -> list[str]:
    retriever = knowledge_base().retriever
    if not retriever.readers.makes_sense(text):
        return []
    schemes = {m.value for m in mentions if m.kind == SCHEME}
    craft = any(m.kind == PRODUCT for m in mentions)
    ranked = retriever.rank(text, retriever.language(text), schemes, craft)
    entries = retriever.library.entries
    return [label for label, probability in ranked if label in entries and probability >= _WORTH_NAMING]
