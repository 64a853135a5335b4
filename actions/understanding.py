"""What one question of a message is about, given what was said before."""

from rasa_sdk import Tracker

from actions import slots, turn
from actions.knowledge_base import knowledge_base
from knowledge import context
from knowledge.district_question import DistrictQuestion, parse
from knowledge.text.mention import DISTRICT
from knowledge.understanding import Understood
from knowledge.understanding import understand as read


def understand(part: context.Part, tracker: Tracker, likely: bool = False) -> Understood:
    """A question about the place named before, or whatever the words themselves ask."""
    question = _about_the_place_before(part, tracker)
    last = tracker.get_slot(slots.ENTRY) or ""
    return question or read(part, knowledge_base().retriever, last, likely)


def _about_the_place_before(part: context.Part, tracker: Tracker) -> DistrictQuestion | None:
    """ "Wahan kya banta hai?" after Agra was named."""
    names_one = any(mention.kind == DISTRICT for mention in part.mentions)
    district = None if names_one or not context.leans_on_place(part.text) else turn.last_district(tracker)
    return parse(part.text, context.with_place(part.mentions, district, part.text)) if district else None
