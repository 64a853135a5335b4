"""What a vendor sends for each utterance, and what it is to say next."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from channels.models import LARGEST_ID, Language, Outcome, TurnId

Confidence = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Hint = Literal["hi", "en", "hi-Latn", "hi-IN", "en-IN"]
_MEANT: dict[Hint, Language] = {"hi": "hi", "hi-IN": "hi", "hi-Latn": "hi-Latn", "en": "en", "en-IN": "en"}
Expects = Literal["speech", "keys", "nothing"]


class Alternative(BaseModel):
    """Another way in which the utterance may have been meant."""

    text: str
    confidence: Confidence | None = None


class Utterance(BaseModel):
    """What one caller said, from one silence to the next, or the keys they pressed."""

    model_config = ConfigDict(extra="forbid")

    call_id: str = Field(pattern=r"^[A-Za-z0-9._:@+-]{1,128}$", description="Kept as a keyed hash only.")
    sequence: int = Field(
        strict=True, ge=0, le=LARGEST_ID, description="Grows with each utterance of a call; gaps are allowed."
    )
    text: str = Field(description="Empty: nothing was heard. Keys as digits.")
    confidence: Confidence | None = Field(default=None, description="Leave it out for keys and where none is known.")
    language: Hint | None = Field(default=None, description="Only a hint; each utterance is answered in its own.")
    alternatives: list[Alternative] = Field(default=[], max_length=10)

    @property
    def hint(self) -> Language | None:
        return _MEANT[self.language] if self.language else None

    @property
    def best(self) -> Alternative:
        """The surest; of equals the first, and where the text has no confidence the text."""
        ways = [Alternative(text=self.text, confidence=self.confidence), *self.alternatives]
        return ways[0] if self.confidence is None else max(ways, key=lambda way: way.confidence or 0.0)


class Choice(BaseModel):
    """What may be said, or keyed, next."""

    key: str = Field(pattern=r"^[0-9]$")
    title: str
    payload: str = Field(description="To take it, send this, or the key, as the next text.")


class Prompt(BaseModel):
    """What to say to the caller, and what to wait for then."""

    text: str = Field(description="To be read on a screen.")
    speech: str = Field(
        description="To be spoken: no addresses, numbers as people say them, the choices with their keys."
    )
    language: Language = Field(description="Of `speech`: whose voice is to say it.")
    expects: Expects = Field(description="`nothing` only at the end.")
    choices: list[Choice] = []
    outcome: Outcome = Field(description="`handed_over`: put the call through to a person, if you can.")
    turn_id: TurnId
    end: bool = Field(default=False, description="The caller has said goodbye: hang up after the speech.")
