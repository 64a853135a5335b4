"""The fast loop: asks retrieval and the district rules directly, without servers or intents.

Small talk and the wish for a person are left out: the intent classifier decides on those.
"""

from collections.abc import Iterable, Sequence

from tqdm import tqdm

from benchmarks.understanding.judge import Seen
from benchmarks.understanding.messages import Message
from benchmarks.understanding.scores import Asked
from knowledge.context import Part
from knowledge.district_question import DistrictQuestion, parse
from knowledge.retrieval.decide import Result
from knowledge.retrieval.search import Retriever
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.mention import PRODUCT, SCHEME, Mention
from knowledge.text.normalise import clean
from knowledge.understanding import understand

TITLE = "Answers, retrieval and district rules alone"
_OUTCOMES = {
    "answer": "answered",
    "choices": "choices_offered",
    "out_of_scope": "out_of_scope",
    "unknown": "not_understood",
}
_BY_INTENT = {"small_talk", "handed_over"}


class Offline:
    """What the actions do with a message that names no button."""

    def __init__(self, retriever: Retriever, gazetteer: Gazetteer) -> None:
        self.retriever, self.gazetteer = retriever, gazetteer

    @classmethod
    def load(cls) -> "Offline":
        return cls(Retriever.load(), Gazetteer.load())

    def read(self, raw: str) -> DistrictQuestion | Result:
        text = self.retriever.readers.urdu(clean(raw))
        return understand(Part(text, tuple(self.gazetteer.find(text))), self.retriever)

    def ask(self, raw: str) -> Seen:
        read = self.read(raw)
        return seen_of_question(read) if isinstance(read, DistrictQuestion) else seen_of_result(read)

    def best(self, raw: str) -> tuple[str, float] | None:
        """The likeliest label and its probability; nothing where the district rules answer."""
        text, mentions, question = self._district_question(raw)
        if question:
            return None
        return self.retriever.rank(text, self.retriever.language(text), *named(mentions))[0]

    def _district_question(self, raw: str) -> tuple[str, list[Mention], DistrictQuestion | None]:
        text = self.retriever.readers.urdu(clean(raw))
        mentions = list(self.gazetteer.find(text))
        return text, mentions, parse(text, mentions)


def served(messages: Iterable[Message]) -> list[Message]:
    """Those that are decided on without the intent classifier."""
    return [message for message in messages if message.group not in _BY_INTENT]


def ask_all(messages: Sequence[Message], offline: Offline) -> Asked:
    bar = tqdm(served(messages), desc="messages", unit="message")
    return [(message, offline.ask(message.text)) for message in bar]


def named(mentions: Sequence[Mention]) -> tuple[frozenset[str], bool]:
    """The schemes that are named, and whether a product is."""
    schemes = frozenset(mention.value for mention in mentions if mention.kind == SCHEME)
    return schemes, any(mention.kind == PRODUCT for mention in mentions)


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
