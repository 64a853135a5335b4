"""What one question of a message is about, given what was said before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rasa_sdk import Tracker

from actions import slots, turn, watching
from actions.dialogue.answers import has
from actions.dialogue.message import Message
from actions.knowledge_base import knowledge_base
from knowledge import context
from knowledge.district_question import DistrictQuestion, parse
from knowledge.retrieval.before import NOTHING, Before
from knowledge.retrieval.decide import Result
from knowledge.text.mention import DISTRICT
from knowledge.understanding import Understood
from knowledge.understanding import understand as read

_ABOUT_ALL = ("count", "list", "own_district")  # "how many districts are there" means no place named before

_SURELY_ELSE = 0.9  # of the classifier: another subject after all
_FRESH = 3600  # seconds
_ENGAGED = {"answered", "choices_offered", "question_asked", "verdict_given", "status_given", "handed_over"}


def understand_each(
    parts: Sequence[context.Part], tracker: Tracker, likely: bool = False, alone: bool = False
) -> Iterator[Understood]:
    """What each question is about, when it is asked for; a later one may lean on the answer to the one before it.

    `alone`: as if nothing had been said before.
    """
    before = NOTHING if alone else _before(tracker)
    for part in parts:
        with watching.retrieval():
            one = _about_the_place_before(part, tracker) or read(part, knowledge_base().retriever, before, likely)
        yield one
        if isinstance(one, Result) and one.zone == "answer":
            before = replace(before, entry=one.hits[0].entry)


def _before(tracker: Tracker) -> Before:
    """What the conversation was about, be it only offered; elsewhere, or after an hour, a message stands by itself."""
    is_else = turn.intent(tracker) == "out_of_scope" and turn.confidence(tracker) >= _SURELY_ELSE
    if is_else or has("anger", Message(turn.text(tracker))):
        return Before(tracker.get_slot(slots.ENTRY) or "")
    last = turn.entry_offered(tracker) or tracker.get_slot(slots.ENTRY) or ""
    engaged = turn.last_outcome(tracker) in _ENGAGED
    return Before(last, turn.text_before(tracker, _FRESH) if engaged else "", engaged or bool(last))


def _about_the_place_before(part: context.Part, tracker: Tracker) -> DistrictQuestion | None:
    """ "Wahan kya banta hai?" after Agra was named."""
    names_one = any(mention.kind == DISTRICT for mention in part.mentions)
    district = None if names_one or not context.leans_on_place(part.text) else turn.last_district(tracker)
    alone = parse(part.text, part.mentions) if district else None
    if district is None or (alone and alone.kind in _ABOUT_ALL):
        return None
    return parse(part.text, context.with_place(part.mentions, district, part.text))
