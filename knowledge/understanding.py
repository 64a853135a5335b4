"""What one question is about: districts and products where that is certain, else what retrieval makes of it."""

from knowledge.context import Part
from knowledge.district_question import DistrictQuestion, parse
from knowledge.retrieval.before import NOTHING, Before
from knowledge.retrieval.decide import Result
from knowledge.retrieval.search import Retriever
from knowledge.text.mention import DISTRICT, OUTSIDE, PRODUCT, SCHEME

Understood = DistrictQuestion | Result
_CERTAIN = 0.9  # below it, a place named beside its goods is believed rather than the entry


def understand(part: Part, retriever: Retriever, before: Before = NOTHING, likely: bool = False) -> Understood:
    """`likely`: the intent classifier takes it for a question about districts."""
    question = parse(part.text, part.mentions, likely)
    if question:
        return question
    found = _search(part, retriever, before)
    if found.zone == "answer" and found.hits[0].probability >= _CERTAIN:
        return found
    return parse(part.text, part.mentions, likely, loose=True) or found


def _search(part: Part, retriever: Retriever, before: Before) -> Result:
    schemes = {m.value for m in part.mentions if m.kind == SCHEME}
    kinds = {m.kind for m in part.mentions}
    elsewhere = OUTSIDE in kinds and DISTRICT not in kinds
    found = retriever.search(part.text, schemes, PRODUCT in kinds, before, elsewhere)
    if found.zone != "out_of_scope" or DISTRICT not in kinds:
        return found
    # A town's name is in many messages that are not ours: without it, "Agra me loan" is.
    again = retriever.search(_without_districts(part), schemes, PRODUCT in kinds, before)
    return again if again.zone in ("answer", "choices") else found


def _without_districts(part: Part) -> str:
    text = part.text
    for mention in sorted(part.mentions, key=lambda m: -m.start):
        if mention.kind == DISTRICT:
            text = text[: mention.start] + text[mention.end :]
    return text
