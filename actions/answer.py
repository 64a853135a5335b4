"""Answers a question about the programme from the knowledge entries."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, turn
from actions.knowledge_base import KnowledgeBase, knowledge_base
from actions.reply import entry_button, say_entry
from knowledge.district_question import parse
from knowledge.retrieval.search import Hit, Result
from knowledge.text.gazetteer import SCHEME

_ELLIPSIS_WORDS = 4  # "aur kaagaz?": so short that it leans on what was said before


class ActionAnswer(Action):
    """Answer, offer two or three entries, or say honestly that it does not know."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        base, language = knowledge_base(), turn.language(tracker)
        asked = base.retriever.library.entries.get(turn.entity(tracker, "entry") or "")
        if asked:
            return self._answer(dispatcher, base, asked.id, language)
        if turn.is_tap(tracker):
            return self._unknown(dispatcher)
        if parse(turn.text(tracker), turn.mentions(tracker)):
            return [FollowupAction("action_district")]
        return self._from_retrieval(dispatcher, tracker, base, language)

    def _from_retrieval(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, base: KnowledgeBase, language: str
    ) -> list[EventType]:
        result = _search(tracker, base)
        if result.zone == "answer":
            return self._answer(dispatcher, base, result.hits[0].entry, language)
        if result.zone == "choices":
            return self._offer(dispatcher, base, result.hits, language)
        if result.zone == "out_of_scope":
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        return self._unknown(dispatcher)

    @staticmethod
    def _answer(dispatcher: CollectingDispatcher, base: KnowledgeBase, entry_id: str, language: str) -> list[EventType]:
        library = base.retriever.library
        entry = library.entries[entry_id]
        say_entry(dispatcher, library, entry, language)
        return [SlotSet(slots.ENTRY, entry_id)]

    @staticmethod
    def _offer(
        dispatcher: CollectingDispatcher, base: KnowledgeBase, hits: tuple[Hit, ...], language: str
    ) -> list[EventType]:
        entries = [base.retriever.library.entries[h.entry] for h in hits]
        buttons = [entry_button(e, language) for e in entries]
        dispatcher.utter_message(response="utter_choices", buttons=buttons)
        return []

    @staticmethod
    def _unknown(dispatcher: CollectingDispatcher) -> list[EventType]:
        dispatcher.utter_message(response="utter_not_understood")
        return []


def _search(tracker: Tracker, base: KnowledgeBase) -> Result:
    """Search; a few words that name no scheme are read as about the scheme answered last."""
    text = turn.text(tracker)
    schemes = {m.value for m in turn.mentions(tracker) if m.kind == SCHEME}
    result = base.retriever.search(text, schemes)
    last = base.retriever.library.entries.get(tracker.get_slot(slots.ENTRY) or "")
    if schemes or result.zone == "answer" or not (last and last.scheme):
        return result
    if len(text.split()) > _ELLIPSIS_WORDS:
        return result
    leaning = base.retriever.search(text, {last.scheme})
    return leaning if leaning.zone == "answer" else result
