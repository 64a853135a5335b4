"""The dialogue with a person whose loan was refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from actions.dialogue.cues import Cues
from actions.dialogue.cues import load as load_cues
from actions.dialogue.field import Field
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.rejection.advice import Advice, advise
from actions.rejection.case import Case, case_of
from actions.rejection.corrections import agreed, possible
from actions.rejection.fields import load_fields
from actions.rejection.questions import next_field
from actions.rejection.steps import load_steps, say

SAID = Path(__file__).with_name("said.yml")
_DAYS = ("bank_until", "opens", "closes")
_BRIEF = ("sms", "voice")  # where every further message costs money or patience


class RejectionTask(Task):
    kind = "rejection"
    intent = "guide_rejection"

    def begin(self, state: State, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """ "task:rejection.forwarded", from an application that the bank has refused."""
        return (state.tell("forwarded", True) if state.topic == "forwarded" else state), ()

    def cues(self) -> Mapping[str, Cues]:
        return load_cues(SAID)

    def fields(self) -> Mapping[str, Field]:
        return load_fields()

    def next(self, state: State, today: date) -> str | None:
        return next_field(state, today)

    def told(self, state: State, name: str, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """`name` stands in `state` already."""
        return possible(agreed(state, name), name, occasion.today, occasion.language)

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        case = case_of(state.told, occasion.today)
        advice = advise(case, occasion.today)
        beside = [say(name, {}, occasion.language) for name in _beside(case, advice, occasion)]
        return [say(advice.step, _days(advice), occasion.language), *beside]


def _beside(case: Case, advice: Advice, occasion: Occasion) -> list[str]:
    """Who does not know whether the DIC sent the file asks there; the others hear of the other doors."""
    if case.forwarded is None and not case.complained:
        return ["ask_dic"]
    return ["doors"] if load_steps().steps[advice.step].doors and occasion.channel not in _BRIEF else []


def _days(advice: Advice) -> dict[str, date]:
    return {name: day for name in _DAYS if (day := getattr(advice, name))}
