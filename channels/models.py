"""The shapes on the wire: what callers send and get, and what the bot answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Language = Literal["hi", "en", "hi-Latn"]
Channel = Literal["web", "whatsapp", "sms", "voice"]
Kind = Literal["text", "no_words"]
Outcome = Literal[
    "answered",
    "choices_offered",
    "question_asked",
    "verdict_given",
    "status_given",
    "status_refused",
    "small_talk",
    "out_of_scope",
    "not_understood",
    "handed_over",
    "with_staff",
    "opted_out",
    "unavailable",
]

SessionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
TurnId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class MessageIn(BaseModel):
    """One message of a user."""

    model_config = ConfigDict(extra="forbid")

    session_id: SessionId
    text: str = Field(description="At most 1,000 characters are answered.")
    channel: Channel = "web"


class Button(BaseModel):
    """A choice. `payload` is the text to send when it is taken."""

    title: str
    payload: str


class Source(BaseModel):
    """Where an answer comes from."""

    # `as_of` may be a bare year, which YAML reads as a number.
    model_config = ConfigDict(coerce_numbers_to_str=True)

    title: str
    as_of: str | None = None
    url: str | None = None

    @field_validator("url")
    @classmethod
    def _only_web_addresses(cls, url: str | None) -> str | None:
        return url if url and url.startswith(("https://", "http://")) else None


class Reply(BaseModel):
    """One reply as the caller gets it."""

    text: str
    language: Language
    buttons: list[Button] = []
    sources: list[Source] = []


class BotReply(Reply):
    """One reply as the bot gives it: with its outcome and its variants for SMS and voice."""

    outcome: str | None = None
    entry: str | None = None
    short: str | None = None
    speech: str | None = None

    def public(self) -> Reply:
        """Only what a caller may see."""
        return Reply(text=self.text, language=self.language, buttons=self.buttons, sources=self.sources)


class BotAnswer(BaseModel):
    """The body the bot answers with."""

    replies: list[BotReply]


class MessageOut(BaseModel):
    """All that answers one message."""

    replies: list[Reply]
    outcome: Outcome
    turn_id: TurnId


class Part(BaseModel):
    """One message as the channel carries it."""

    text: str
    characters: int = Field(description="As the encoding counts them.")
    encoding: Literal["GSM-7", "UCS-2", "UTF-8"]
    segments: int


class ChannelView(BaseModel):
    """A turn as another channel would carry it. `replies` and `parts` run in parallel."""

    replies: list[Reply]
    parts: list[Part]


class ProblemField(BaseModel):
    """One field of a request that is not as documented."""

    field: str
    message: str


class Problem(BaseModel):
    """Problem details, RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None


PartState = Literal["ready", "failing", "unreachable"]


class Alive(BaseModel):
    """The process runs."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """Whether messages can be answered now, part by part."""

    status: Literal["ready", "not_ready"]
    parts: dict[str, PartState]
