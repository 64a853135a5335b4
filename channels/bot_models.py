"""What the bot answers the gateway with."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler, field_validator

from channels.models import Reason, Reply, Urgency
from channels.written import bearable


class HandoverAsk(BaseModel):
    """The bot asks for a person to take the conversation."""

    reason: Reason = "not_for_bot"
    urgency: Urgency = "normal"
    summary: Annotated[str, AfterValidator(bearable)] = ""
    call_back: Annotated[str, Field(max_length=400)] | None = None  # a mobile number, sealed


class BotReply(Reply):
    """One reply as the bot gives it: with its outcome, what it is about, and its variants for SMS and voice."""

    outcome: str | None = None
    entry: str | None = None
    topic: str | None = None
    district: str | None = None
    task: str | None = None
    short: str | None = None
    speech: str | None = None
    handover: HandoverAsk | None = None

    @field_validator("handover", mode="wrap")
    @classmethod
    def _never_lost(cls, given: Any, read: ValidatorFunctionWrapHandler) -> Any:
        """However it is written, a wish for a person is one; and it never costs the user the reply."""
        try:
            return read(given)
        except ValidationError:
            return HandoverAsk()

    def public(self) -> Reply:
        """Only what a caller may see."""
        return Reply(**{name: getattr(self, name) for name in Reply.model_fields})


class BotAnswer(BaseModel):
    """The body the bot answers with."""

    replies: list[BotReply]
