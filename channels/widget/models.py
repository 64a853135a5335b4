"""What the widget sends and gets."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from channels.models import Language, MessageOut, MessagesOut

Place = Annotated[
    int | None, Field(description="In the queue for a person: 1 is next. Null: it does not wait, or we cannot tell.")
]


class SessionOut(BaseModel):
    """A token for `Authorization: Bearer`. Renew it by sending it here again, also after it has run out."""

    token: str
    expires_in: int = Field(description="Seconds.")
    longest: int = Field(description="Characters that a message may have.")


class DeskOut(BaseModel):
    """Whether people of the helpline answer now."""

    state: Literal["open", "away", "closed"] | None = Field(
        description="`away`: within the hours, but nobody is there this moment. Null: we do not know."
    )
    opens_at: datetime | None = Field(default=None, description="Where it is closed.")


class WidgetMessageIn(BaseModel):
    """One message. Sent again with the same id it is answered once."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    text: str = Field(description="At most 1,000 characters are answered.")
    language: Language | None = Field(default=None, description="In which the widget speaks; refusals are told in it.")


class WidgetMessageOut(MessageOut):
    """All that answers one message, and the place in the queue."""

    place: Place = None


class WidgetMessagesOut(MessagesOut):
    """Messages after the given id, oldest first, and the place in the queue."""

    place: Place = None
