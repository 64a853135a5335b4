"""The fast loop: asks retrieval and the district rules directly, without servers or intents.

Small talk and the wish for a person are left out: the intent classifier decides on those.
"""

from tqdm import tqdm

from benchmarks import scores
from benchmarks.judge import Seen
from benchmarks.messages import Message
from knowledge.district_question import DistrictQuestion, parse
from knowledge.retrieval.search import Result, Retriever
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.mention import SCHEME
from knowledge.text.normalise import clean

_OUTCOMES = {
    "answer": "answered",
    "choices": "choices_offered",
    "out_of_scope": "out_of_scope",
    "unknown": "not_understood",
}
_BY_INTENT = {"small_talk", "handed_over"}


def run(messages: list[Message]) -> None:
    retriever, gazetteer = Retriever.load(), Gazetteer.load()
    served = [message for message in messages if message.group not in _BY_INTENT]
    bar = tqdm(served, desc="messages", unit="message")
    asked = [(message, _ask(message.text, retriever, gazetteer)) for message in bar]
    scores.report("offline", "Answers, retrieval and district rules alone", asked)


def _ask(raw: str, retriever: Retriever, gazetteer: Gazetteer) -> Seen:
    """What the actions do with a message that names no button."""
    text = clean(raw)
    mentions = gazetteer.find(text)
    question = parse(text, mentions)
    if question:
        return seen_of_question(question)
    return seen_of_result(retriever.search(text, {m.value for m in mentions if m.kind == SCHEME}))


def seen_of_question(question: DistrictQuestion) -> Seen:
    if question.kind == "own_district":
        return Seen("question_asked")
    if question.kind == "ambiguous":
        return Seen("choices_offered", choices=frozenset(f"district:{d}" for d in question.districts))
    return Seen("answered", districts=frozenset(question.districts))


def seen_of_result(result: Result) -> Seen:
    names = [hit.entry for hit in result.hits]
    if result.zone == "choices":
        return Seen(_OUTCOMES[result.zone], choices=frozenset(f"entry:{name}" for name in names))
    return Seen(_OUTCOMES[result.zone], entries=frozenset(names))
