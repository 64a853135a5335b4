"""What is said to a question about the programme: an answer, a choice of entries, or honestly nothing."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import slots, turn
from actions.knowledge_base import knowledge_base
from actions.reply import entry_button, say_entry
from knowledge.retrieval.search import Hit, Result
from knowledge.text.mention import PRODUCT, SCHEME

_WEAK = 0.2
_ELLIPSIS_WORDS = 4  # "aur kaagaz?": so short that it leans on what was said before


def reply(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Answer, offer two or three entries, or say what this helpline is for."""
    result = _search(tracker)
    language = turn.language(tracker)
    if result.zone == "answer":
        return answer(dispatcher, result.hits[0].entry, language)
    if turn.asked_for_district(tracker):
        dispatcher.utter_message(response="utter_district_unknown")
    elif result.zone == "out_of_scope" or _both_doubt(tracker, result):
        dispatcher.utter_message(response="utter_out_of_scope")
    elif result.zone == "choices":
        _offer(dispatcher, result.hits, language)
    else:
        dispatcher.utter_message(response="utter_not_understood")
    return []


def _both_doubt(tracker: Tracker, result: Result) -> bool:
    """The classifier takes it for another subject, and retrieval has nothing better than a weak guess."""
    return turn.intent(tracker) == "out_of_scope" and all(h.probability < _WEAK for h in result.hits)


def answer(dispatcher: CollectingDispatcher, entry_id: str, language: str) -> list[EventType]:
    library = knowledge_base().retriever.library
    say_entry(dispatcher, library, library.entries[entry_id], language)
    return [SlotSet(slots.ENTRY, entry_id)]


def _offer(dispatcher: CollectingDispatcher, hits: tuple[Hit, ...], language: str) -> None:
    entries = knowledge_base().retriever.library.entries
    buttons = [entry_button(entries[h.entry], language) for h in hits]
    dispatcher.utter_message(response="utter_choices", buttons=buttons)


def _search(tracker: Tracker) -> Result:
    """Search; a few words that name no scheme are read as about the scheme answered last."""
    retriever, text = knowledge_base().retriever, turn.text(tracker)
    mentions = turn.mentions(tracker)
    schemes = {m.value for m in mentions if m.kind == SCHEME}
    craft = any(m.kind == PRODUCT for m in mentions)
    result = retriever.search(text, schemes, craft)
    last = retriever.library.entries.get(tracker.get_slot(slots.ENTRY) or "")
    if schemes or result.zone == "answer" or not (last and last.scheme) or len(text.split()) > _ELLIPSIS_WORDS:
        return result
    leaning = retriever.search(text, {last.scheme}, craft)
    return leaning if leaning.zone == "answer" else result
