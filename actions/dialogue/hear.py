"""What a message does to a dialogue: it tells, corrects, refuses, asks back or leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from actions.dialogue import cues as volunteered
from actions.dialogue import quantities
from actions.dialogue.answer import UNKNOWN, answer, chosen, options
from actions.dialogue.answers import has, is_mostly
from actions.dialogue.cues import Cues
from actions.dialogue.field import Choice, Field, FreeText, OwnReading, YesNo
from actions.dialogue.message import Message
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.eligibility.kinds import Value

_LONGEST_NAME = 4  # words of a choice: "hindi mein" chooses a language, a question with "hindi" in it does not
_LONGEST_WHY = 8  # words: "naam kyun chahiye"
_LONGEST_RECALL = 12  # words: in a long story short words may mean anything
_LONGEST_PASSING = 6  # words: "pata nahi bhaiya yaad nahi" passes a question; a long story with these words does not


class Move(Enum):
    TOLD = auto()
    PASSED = auto()  # does not know, or will not say
    PUT_RIGHT = auto()  # something told was wrong; it is asked again
    LEFT = auto()
    ASKED_WHY = auto()
    ASKED_AGAIN = auto()
    TOLD_ALL = auto()  # nothing more will be told: the end is asked for
    SUPPOSED = auto()  # "and if it were 30 lakh": the end is reckoned, what was told stays
    ASKED_STEP = auto()  # what is to be done, once it is over
    NOTHING = auto()


@dataclass(frozen=True)
class Heard:
    """`names`: the fields told, in order; `said`: what is to be said before the dialogue goes on."""

    move: Move
    state: State
    names: tuple[str, ...] = ()
    said: tuple[Said, ...] = field(default=())


def hear(
    state: State, task: Task, message: Message, occasion: Occasion, strict: bool = False, recalled: bool = False
) -> Heard:
    """`strict`: only what the words name counts, as in a question; not a bare "35" or "no".

    `recalled`: short words count too for what was told before, as in a correction.
    """
    fields, asked = task.fields(), task.fields().get(state.asked or "")
    if message.tapped:
        return _tapped(state, task, message.tapped, occasion)
    if is_mostly("leave", message) and not message.mentions and not (asked and passes(message)):
        return Heard(Move.LEFT, state)
    aside = _aside(message) if asked else None
    if aside:
        return Heard(aside, state)
    if asked and len(message.words) <= _LONGEST_WHY and has("meaning", message):
        return Heard(Move.NOTHING, state)  # "defaulter kya hota hai": asked about, and not told
    if asked and message.number is not None and _has_list(asked):
        return _numbered(state, task, asked, message.number, occasion)
    if asked and _passes(message, asked):
        return Heard(Move.PASSED, state.refuse(asked.name).heard())
    told = _named(state, fields, task.cues(), message, occasion, strict)
    told |= {} if strict else dict(task.read(state, message))
    told = told or (_recalled(state, task.cues(), message) if recalled else {})
    beside = volunteered.told_alone(message, task.cues()) if asked else {}
    told = told or beside
    is_all = bool(beside) and told == beside  # nothing is left that could answer the question
    if asked and asked.name not in told and not is_all and _may_answer(message, asked, occasion, bool(told), strict):
        direct = answer(message, asked, occasion.today, taken=tuple(told.values()))
        if isinstance(direct, Said):
            return Heard(Move.NOTHING, state, said=(direct,))
        told |= {asked.name: direct} if direct is not None else {}
    again = _named_wrong(state, task.cues(), message) if not told else None
    if again:
        return Heard(Move.PUT_RIGHT, replace(state.forget(again), asked=None), names=(again,))
    heard = take(state, task, told, occasion)
    return replace(heard, move=Move.TOLD_ALL) if asked and has("told_all", message) else heard


def _named_wrong(state: State, cues: Mapping[str, Cues], message: Message) -> str | None:
    """ "Naam galat likh diya": the field that is named and was told, to be asked again."""
    if not has("correction", message):
        return None
    sounds = [word.sound for word in message.words]
    return next((name for name in state.told if name in cues and cues[name].near.spans(sounds)), None)


def _recalled(state: State, cues: Mapping[str, Cues], message: Message) -> dict[str, Value]:
    """The newest of what was told that short words change: "ab likhit mein de diya"."""
    for name in reversed(list(state.told)) if len(message.words) <= _LONGEST_RECALL else ():
        value = volunteered.told(message, {name: cues[name]}, name).get(name) if name in cues else None
        if value is not None and value != state.told[name]:
            return {name: value}
    return {}


def take(state: State, task: Task, told: Mapping[str, Value], occasion: Occasion) -> Heard:
    """The state with these values, after the task has done what follows from each."""
    if not told:
        return Heard(Move.NOTHING, state)
    said: list[Said] = []
    for name, value in told.items():
        state, more = task.told(state.tell(name, value), name, occasion)
        said += more
    return Heard(Move.TOLD, state.heard(), tuple(told), tuple(said))


def passes(message: Message) -> bool:
    """Whether the message does little else than pass over a question."""
    return is_mostly("unknown", message) or is_mostly("refuse", message)


def _may_answer(message: Message, asked: Field, occasion: Occasion, has_told: bool, strict: bool) -> bool:
    """Whether the message as a whole may be the answer, beside what it tells by its words."""
    if isinstance(asked.kind, YesNo) and quantities.denied(message, occasion.today):
        return False  # the "nahi" of "25 nahi 35"
    if has_told and isinstance(asked.kind, Choice | OwnReading):
        return False
    if has_told and isinstance(asked.kind, YesNo) and not _opens_with_yes_or_no(message):
        return False  # "I am not a defaulter", asked for something else
    if has_told and isinstance(asked.kind, FreeText) and quantities.said(message, occasion.today):
        return False
    names_choice = isinstance(asked.kind, Choice) and len(message.words) <= _LONGEST_NAME
    return not strict or names_choice or is_mostly("yes", message) or is_mostly("no", message)


def _opens_with_yes_or_no(message: Message) -> bool:
    first = Message(message.text[: message.words[0].end]) if message.words else message
    return is_mostly("yes", first) or is_mostly("no", first)


def _aside(message: Message) -> Move | None:
    if is_mostly("why", message) or (len(message.words) <= _LONGEST_WHY and has("why", message)):
        return Move.ASKED_WHY
    return Move.ASKED_AGAIN if is_mostly("again", message) else None


def _passes(message: Message, asked: Field) -> bool:
    """A number beside "pata nahi" ("pata nahi, shayad 35") is an answer; a yes or no is part of the phrase."""
    is_name = isinstance(asked.kind, FreeText | OwnReading)
    if is_name and has("not", message) and len(message.words) <= _LONGEST_PASSING and not _has_digits(message):
        return True  # "nahi mila number" is no name
    if not any(has(kind, message) for kind in ("unknown", "refuse")):
        return False
    short = len(message.words) <= _LONGEST_PASSING
    return short if isinstance(asked.kind, YesNo | Choice | FreeText) else short and not _has_digits(message)


def _has_digits(message: Message) -> bool:
    return any(character.isdigit() for character in message.text)


def _has_list(asked: Field) -> bool:
    return isinstance(asked.kind, YesNo | Choice)


def _numbered(state: State, task: Task, asked: Field, number: int, occasion: Occasion) -> Heard:
    """ "2" is the second button."""
    listed = options(asked)
    if not 1 <= number <= len(listed):
        return Heard(Move.NOTHING, state)
    return _tapped(state, task, f"{asked.name}.{listed[number - 1]}", occasion)


def _tapped(state: State, task: Task, tapped: str, occasion: Occasion) -> Heard:
    """A button, of this question or an earlier one, which is a correction."""
    name, _, option = tapped.partition(".")
    button_of = task.fields().get(name)
    if button_of is None:
        return Heard(Move.NOTHING, state)
    if option == UNKNOWN:
        return Heard(Move.PASSED, state.refuse(name).heard())
    value = chosen(button_of, option)
    return take(state, task, {name: value} if value is not None else {}, occasion)


def _named(
    state: State,
    fields: Mapping[str, Field],
    cues: Mapping[str, Cues],
    message: Message,
    occasion: Occasion,
    strict: bool,
) -> dict[str, Value]:
    """What the words themselves name, also beside the question; a number in a question may be anything but an age."""
    kinds = {name: each.kind for name, each in fields.items()}
    told = volunteered.told(message, cues, None if strict else state.asked)
    if not strict:
        choices = {name for name, kind in kinds.items() if isinstance(kind, Choice)}
        told = volunteered.told_by_clauses(message, cues, choices) | told
    near = {} if strict and message.asks else cues
    told |= dict(quantities.told(message, kinds, near, occasion.today))
    if not told and state.told and _takes_back(message, occasion, strict):
        told = quantities.corrected(message, state.told, kinds, occasion.today)
    return {name: value for name, value in told.items() if name in fields and fields[name].kind.fault(value) is None}


def _takes_back(message: Message, occasion: Occasion, strict: bool) -> bool:
    """A "nahi" alone does not in a question: "30 din mein nahi diya to?"."""
    corrects = has("correction", message) or bool(quantities.denied(message, occasion.today))
    return corrects or (not strict and has("not", message))
