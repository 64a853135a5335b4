"""What staff send and get."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from channels.hygiene import has_words
from channels.models import LARGEST_ID, Channel, HandoverState, Language, Reason, Urgency
from channels.sealing import open_call_back
from channels.store.desk import Conversation
from channels.store.rows import AnyRow, state_of
from channels.written import bearable, one_line

HandoverId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def _with_words(text: str) -> str:
    if not has_words(text):
        raise ValueError("must have a letter or a digit")
    return text


def _with_something(text: str) -> str:
    if not text:
        raise ValueError("must not be blank")
    return text


StaffName = Annotated[str, Field(max_length=80), AfterValidator(one_line), AfterValidator(_with_words)]
StaffText = Annotated[str, Field(max_length=2000), AfterValidator(bearable), AfterValidator(_with_something)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    staff: StaffName = Field(description="The member of staff who does it, as in `take`.")


class Take(_Body):
    """Who takes the conversation."""


class Return(_Body):
    """Who gives it back to the assistant."""


class StaffMessage(_Body):
    """What the user is to read."""

    text: StaffText


class Close(_Body):
    """Who ends it, and why."""

    reason: StaffText


class Handover(BaseModel):
    """A conversation that a person is asked to take, or has taken."""

    id: int
    state: HandoverState | Literal["over"]
    channel: Channel
    language: Language
    reason: Reason
    urgency: Urgency
    summary: str
    call_back: str | None = Field(description="The mobile number, ten digits, on which the user asks to be phoned.")
    asked_at: datetime
    taken_at: datetime | None
    taken_by: str | None
    closed_at: datetime | None
    ended: Literal["returned", "closed", "silent"] | None = Field(
        description="`silent`: staff wrote nothing for too long, so that it went back by itself."
    )
    end_reason: str | None

    @classmethod
    def of(cls, row: AnyRow, secret: str) -> "Handover":
        """`secret`: that which the number was sealed with."""
        call_back = open_call_back(row.call_back, secret)
        return cls.model_validate({**row._mapping, "call_back": call_back, "state": state_of(row) or "over"})


class HandoverMessage(BaseModel):
    """One message; those of staff and system are delivered once the user's side has fetched them."""

    id: int
    speaker: Literal["user", "staff", "system"]
    text: str
    language: Language
    at: datetime
    delivered_at: datetime | None

    @classmethod
    def of(cls, row: AnyRow) -> "HandoverMessage":
        return cls.model_validate(row, from_attributes=True)


class HandoverList(BaseModel):
    """The open ones: the most urgent first, then who has waited longest."""

    handovers: list[Handover]


class HandoverWithMessages(Handover):
    """With all that was said since a person took it, oldest first."""

    messages: list[HandoverMessage]

    @classmethod
    def with_messages(cls, conversation: Conversation, secret: str) -> "HandoverWithMessages":
        handover = Handover.of(conversation.handover, secret)
        messages = [HandoverMessage.of(row) for row in conversation.messages]
        return cls(**handover.model_dump(), messages=messages)
