"""A message as it is understood when nothing was said before it: for staff, who ask for somebody else."""

from functools import lru_cache
from typing import TYPE_CHECKING

from rasa_sdk import Tracker

from actions.knowledge_base import knowledge_base
from actions.knowledge_reply import Question
from knowledge.text.mention import Mention
from knowledge.text.normalise import clean
from knowledge.understanding import Understood

if TYPE_CHECKING:
    from knowledge.text.gazetteer import Gazetteer


@lru_cache(maxsize=1)
def gazetteer() -> "Gazetteer":
    """With the first question of staff: Rasa finds the names in all others, and spaCy takes seconds to load."""
    from knowledge.text.gazetteer import Gazetteer

    return Gazetteer.load()


def cleaned(text: str) -> str:
    """As the bot's normaliser leaves it."""
    return knowledge_base().retriever.readers.urdu(clean(text))


def understood(text: str, mentions: list[Mention]) -> list[Understood]:
    """What each of its questions is about; `text` is cleaned."""
    return Question(_first_message(text, mentions)).found()


def _first_message(text: str, mentions: list[Mention]) -> Tracker:
    entities = [
        {"entity": m.kind, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.score}
        for m in mentions
    ]
    return Tracker("desk", {}, {"text": text, "entities": entities}, [], False, None, {}, None)
