"""One person's conversation over the message API. Whatever comes back must have the documented form."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpx

from actions.dialogue.words import load as words
from knowledge.entries_loader import load as load_library

LANGUAGES = ("hi", "hi-Latn", "en")
HELPLINE = "1800-1800-888"
OUTCOMES = {
    "answered", "choices_offered", "question_asked", "verdict_given", "status_given", "status_refused", "small_talk",
    "out_of_scope", "not_understood", "handed_over", "with_staff", "opted_out", "unavailable",
}  # fmt: skip
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    """What the API gave for one message."""

    said: str
    body: dict[str, Any]

    @property
    def outcome(self) -> str:
        return str(self.body["outcome"])

    @property
    def replies(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.body["replies"]
        return found

    @property
    def texts(self) -> list[str]:
        return [str(reply["text"]) for reply in self.replies]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def language(self) -> str:
        """Of all replies of the turn, which must agree."""
        found = {str(reply["language"]) for reply in self.replies}
        assert len(found) == 1, self
        return found.pop()

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for reply in self.replies for button in reply["buttons"]]

    @property
    def dates(self) -> list[str | None]:
        return [source["as_of"] for reply in self.replies for source in reply["sources"]]

    @property
    def entry(self) -> str | None:
        """The entry that was answered, known by its text."""
        found = (entry_of().get(_without_close(reply)) for reply in self.replies)
        return next(filter(None, found), None)

    def __str__(self) -> str:
        return f"{self.said[:100]!r} -> {self.outcome}: {self.text}"


Ask = Callable[[str], Answer]  # the first message of a new person


@dataclass
class Conversation:
    """`say` sends the next message of one session."""

    http: httpx.Client
    session_id: str = field(default_factory=lambda: f"person-{next(_numbers)}")

    def say(self, text: str, channel: str = "web") -> Answer:
        response = post(self.http, session_id=self.session_id, text=text, channel=channel)
        assert response.status_code == 200, (text[:100], response.text)
        answer = Answer(text, response.json())
        check_form(answer, channel)
        return answer

    def all(self, *texts: str) -> list[Answer]:
        return [self.say(text) for text in texts]

    def last(self, *texts: str) -> Answer:
        """Says all and gives the answer to the last."""
        return self.all(*texts)[-1]


def post(http: httpx.Client, **body: Any) -> httpx.Response:
    return http.post("/api/v1/messages", json=body)


def check_form(answer: Answer, channel: str = "web") -> None:
    """The keys exactly, a closed outcome, no empty reply, and a dated source for every entry answered."""
    assert set(answer.body) == {"replies", "outcome", "turn_id", "handover"}, answer
    assert answer.outcome in OUTCOMES, answer
    assert answer.replies, answer
    for reply in answer.replies:
        assert set(reply) == {"text", "language", "buttons", "sources", "speaker"}, answer
        assert reply["text"].strip(), answer
        assert reply["language"] in LANGUAGES, answer
        assert all(set(button) == {"title", "payload"} and all(button.values()) for button in reply["buttons"]), answer
        assert all(set(source) == {"title", "as_of", "url"} and source["title"] for source in reply["sources"]), answer
        if channel == "web" and reply["text"] in entry_of():
            assert reply["sources"] and all(source["as_of"] for source in reply["sources"]), answer


def _without_close(reply: dict[str, Any]) -> str:
    """The text without what is added to an answer that was given just now."""
    return str(reply["text"]).removesuffix(words()["told_already"][reply["language"]]).strip()


@lru_cache(maxsize=1)
def entry_of() -> dict[str, str]:
    """Which entry a text answers."""
    entries = load_library().entries.values()
    return {entry.answer[language].strip(): entry.id for entry in entries for language in LANGUAGES}
