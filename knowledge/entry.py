"""A knowledge entry and a source, as they must be (docs/content.md tells it to content officers)."""

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from knowledge.text.mention import read_words

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


def _named_scheme(scheme: str) -> str:
    known = schemes()
    if scheme not in known:
        raise ValueError(f"must be one of schemes.yml: {', '.join(known)}")
    return scheme


@lru_cache(maxsize=1)
def schemes() -> tuple[str, ...]:
    """Those of the programme and those people mix up with them."""
    return tuple(read_words("schemes.yml"))


Scheme = Annotated[str, AfterValidator(_named_scheme)]
# A dialogue that acts on the answer, and what it is about (actions/tasks.py).
Task = Annotated[str, StringConstraints(pattern=r"^(eligibility|status|rejection|letter)(\.[a-z_]+)?$")]
MAX_ANSWER_WORDS = 80
MAX_TITLE = 24
# Two SMS segments: 2 x 67 UCS-2 characters for Devanagari, 2 x 153 GSM-7 septets for Latin.
MAX_SHORT = {"hi": 134, "hi-Latn": 306, "en": 306}
MIN_QUESTIONS = 5


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ByLanguage(Strict):
    """One text in each language we serve."""

    hi: Text
    hinglish: Text = Field(alias="hi-Latn")
    en: Text

    def __getitem__(self, language: str) -> str:
        return {"hi": self.hi, "hi-Latn": self.hinglish, "en": self.en}[language]

    def items(self) -> list[tuple[str, str]]:
        return [("hi", self.hi), ("hi-Latn", self.hinglish), ("en", self.en)]


class Questions(Strict):
    hi: Annotated[list[Text], Field(min_length=MIN_QUESTIONS)]
    hinglish: Annotated[list[Text], Field(min_length=MIN_QUESTIONS, alias="hi-Latn")]
    en: Annotated[list[Text], Field(min_length=MIN_QUESTIONS)]
    ur: list[Text] = []  # Hindi-Urdu in Arabic letters; answered in Hindi

    def items(self) -> list[tuple[str, list[str]]]:
        """By the language of the answer; what is written in Urdu script is Hindi to us."""
        return [("hi", [*self.hi, *self.ur]), ("hi-Latn", self.hinglish), ("en", self.en)]


class Speech(Strict):
    """For the phone; Hinglish callers hear the Hindi text."""

    hi: Text
    en: Text


class Entry(Strict):
    """One thing a user may ask, with its answer in three languages."""

    id: Slug
    topic: Slug
    scheme: Scheme | None = None
    title: ByLanguage
    as_of: date
    last_checked: date
    sources: Annotated[list[Slug], Field(min_length=1)]
    questions: Questions
    answer: ByLanguage
    short: ByLanguage
    speech: Speech | None = None
    follow_ups: list[Slug] = []
    task: Task | None = None  # offered before the follow-ups
    conflicts: Text | None = None


class SourceTitle(Strict):
    en: Text
    hi: Text


class Source(Strict):
    """Where facts come from; `date` is as exact as it is known ("2025", "2025-07-15", "undated")."""

    title: SourceTitle
    publisher: Text
    date: Text
    url: str | None
    kind: Literal["official", "news", "study", "secondary"]
