"""The shapes on the wire: what callers send and get."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

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

Speaker = Literal["bot", "staff", "system"]
Reason = Literal["asked", "call_back", "failures", "anger", "distress", "not_for_bot"]
Urgency = Literal["normal", "high", "urgent"]
HandoverState = Literal["waiting", "taken"]

LARGEST_ID = 2**31 - 1

SessionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
MobileNumber = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
TurnId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class MessageIn(BaseModel):
    """One message of a user."""

    model_config = ConfigDict(extra="forbid")

    session_id: SessionId
    text: str = Field(description="At most 1,000 characters are answered.")
    channel: Channel = "web"
    sender: MobileNumber | None = Field(
        default=None, description="The number it came from; only with the simulator, on whatsapp and sms."
    )

    @model_validator(mode="after")
    def _only_where_the_network_names_it(self) -> "MessageIn":
        if self.sender and self.channel not in ("whatsapp", "sms"):
            raise ValueError("sender: only messages of whatsapp and sms have one")
        return self


class FeedbackIn(BaseModel):
    """What a user thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    session_id: SessionId
    turn_id: TurnId
    mark: Literal["up", "down"]


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
    speaker: Speaker = Field(default="bot", description="`staff`: a person of the helpline wrote it.")


class MessageOut(BaseModel):
    """All that answers one message."""

    replies: list[Reply] = Field(
        description="Empty only with the outcome `with_staff`: a person has the message and answers later."
    )
    outcome: Outcome
    turn_id: TurnId
    handover: HandoverState | None = Field(
        default=None,
        description="`waiting`: a person has been asked for, the bot goes on answering. `taken`: a person answers.",
    )


class SentMessage(BaseModel):
    """What reached a session beside the answers to its messages."""

    id: int
    speaker: Literal["staff", "system"]
    text: str
    language: Language
    at: datetime


class MessagesOut(BaseModel):
    """Messages after the given id, oldest first, and whether more may come."""

    messages: list[SentMessage]
    handover: HandoverState | None


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
    taken_by: str | None = Field(default=None, description="The member of staff who has the conversation.")


PartState = Literal["ready", "failing", "unreachable"]


class Alive(BaseModel):
    """The process runs."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """Whether messages can be answered now, part by part."""

    status: Literal["ready", "not_ready"]
    parts: dict[str, PartState]
