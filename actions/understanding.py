"""What one question of a message is about, given what was said before."""

from collections.abc import Iterator, Sequence

from rasa_sdk import Tracker

from actions import slots, turn, watching
from actions.knowledge_base import knowledge_base
from knowledge import context
from knowledge.district_question import DistrictQuestion, parse
from knowledge.retrieval.search import Result
from knowledge.text.mention import DISTRICT
from knowledge.understanding import Understood
from knowledge.understanding import understand as read

_ABOUT_ALL = ("count", "list", "own_district")  # "how many districts are there" means no place named before


def understand_each(parts: Sequence[context.Part], tracker: Tracker, likely: bool = False) -> Iterator[Understood]:
    """What each question is about, when it is asked for; a later one may lean on the answer to the one before it."""
    last = tracker.get_slot(slots.ENTRY) or ""
    for part in parts:
        with watching.retrieval():
            one = _about_the_place_before(part, tracker) or read(part, knowledge_base().retriever, last, likely)
        yield one
        last = one.hits[0].entry if isinstance(one, Result) and one.zone == "answer" else last


def _about_the_place_before(part: context.Part, tracker: Tracker) -> DistrictQuestion | None:
    """ "Wahan kya banta hai?" after Agra was named."""
    names_one = any(mention.kind == DISTRICT for mention in part.mentions)
    district = None if names_one or not context.leans_on_place(part.text) else turn.last_district(tracker)
    alone = parse(part.text, part.mentions) if district else None
    if district is None or (alone and alone.kind in _ABOUT_ALL):
        return None
    return parse(part.text, context.with_place(part.mentions, district, part.text))
