"""The dialogue that ends in a letter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from actions import days
from actions.applications.errors import ApplicationsUnavailable
from actions.dialogue.cues import Cues
from actions.dialogue.cues import load as load_cues
from actions.dialogue.field import Field
from actions.dialogue.message import Message, Phrases
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.letters.compose import BANK_DAYS, OMBUDSMAN_DAYS, compose
from actions.letters.desk import Desk, open_desk
from actions.letters.fields import ASKED, NOT_REFUSED, load_fields
from actions.letters.letter import TOPICS, Language, Letter, Topic
from actions.letters.words import templates, words

LINK: Mapping[Topic, str] = {
    "reasons": "utter_letter_reasons",
    "bank": "utter_letter_bank",
    "ombudsman": "utter_letter_ombudsman",
}
SPOKEN: Mapping[Topic, str] = {
    "reasons": "utter_letter_reasons_spoken",
    "bank": "utter_letter_bank_spoken",
    "ombudsman": "utter_letter_ombudsman_spoken",
}
SAID = Path(__file__).with_name("said.yml")
_NAMED: Mapping[Topic, Phrases] = {
    "ombudsman": Phrases(("lokpal", "ombudsman", "ombadsman", "rbi", "आरबीआई", "reserve bank", "रिज़र्व बैंक")),
    "reasons": Phrases(
        ("karan", "kaaran", "कारण", "wajah", "vajah", "वजह", "reason", "reasons", "why", "kyun", "kyon", "क्यों")
    ),
    "bank": Phrases(("bank", "बैंक", "shakha", "branch", "ब्रांच", "manager", "मैनेजर", "nodal")),
}
DAYS = ("refused_on", "complained_on")
_INDIA = timezone(timedelta(hours=5, minutes=30))


class LetterTask(Task):
    """`topic` of the state is the letter: reasons, bank or ombudsman; empty, it is asked first."""

    kind = "letter"
    intent = "write_letter"

    def __init__(self, desk: Callable[[], Desk] = open_desk) -> None:
        self.desk = desk

    def topic(self, text: str, scheme: str) -> str:
        """Which letter the words name; empty where they name none."""
        heard = Message(text)
        named = [topic for topic, phrases in _NAMED.items() if phrases.are_in(heard)]
        return named[0] if named else ""

    def begin(self, state: State, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """ "Letter" again, with no other named, is the same letter."""
        return replace(state, topic=state.topic or str(state.told.get("letter", ""))), ()

    def cues(self) -> Mapping[str, Cues]:
        return load_cues(SAID)

    def fields(self) -> Mapping[str, Field]:
        return load_fields()

    def next(self, state: State, today: date) -> str | None:
        topic = _topic(state)
        if topic is None and "letter" not in state.refused:
            return "letter"
        open_fields = (n for n in ASKED[topic or "reasons"] if n not in state.told and n not in state.refused)
        return next((name for name in open_fields if not _pointless(name, state)), None)

    def told(self, state: State, name: str, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """A letter that was chosen is the topic; a day to come is asked for again."""
        value = state.told.get(name)
        if name == "letter":
            return replace(state, topic=str(value)), ()
        if name in DAYS and isinstance(value, date) and value > occasion.today:
            return state.forget(name), [Said("utter_letter_day_to_come")]
        return state, ()

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """The link, what to mind, and the letter's words to copy."""
        topic = _topic(state) or "reasons"
        letter = compose(topic, _language(state, occasion), state.told, occasion.today)
        if occasion.channel == "voice":
            return [_sourced(SPOKEN[topic], topic), *_mind(topic, state, occasion), self._spoken_link(letter, occasion)]
        said = [self._link(letter, occasion), *_mind(topic, state, occasion)]
        text = Said("utter_letter_text", {"letter": letter.text()})
        return said if occasion.channel == "sms" else [*said, text]

    def _spoken_link(self, letter: Letter, occasion: Occasion) -> Said:
        """Last, so that the telephone's offer of an SMS follows it."""
        try:
            return Said("utter_letter_spoken_link", self._stored(letter, occasion))
        except ApplicationsUnavailable:
            return Said("utter_letter_spoken_no_link")

    def _link(self, letter: Letter, occasion: Occasion) -> Said:
        """Where no link can be made, the words can still be copied."""
        try:
            values = self._stored(letter, occasion)
        except ApplicationsUnavailable:
            return Said("utter_letter_no_link")
        hours = self.desk().settings.letter_hours
        short = words().short[occasion.language].format(hours=hours, link=values["link"])
        return replace(_sourced(LINK[letter.topic], letter.topic), values=values, short=short)

    def _stored(self, letter: Letter, occasion: Occasion) -> Mapping[str, str]:
        """Where it is read, and for how long. Raises ApplicationsUnavailable."""
        desk = self.desk()
        now = desk.now()
        link = desk.settings.link(desk.store.put(letter, now))
        return {"link": link, "until": _until(now + desk.store.kept, occasion.language)}


def _topic(state: State) -> Topic | None:
    return next((topic for topic in TOPICS if topic == state.topic), None)


def _pointless(name: str, state: State) -> bool:
    """Before the bank has decided there is no day of refusal."""
    return name == "refused_on" and state.told.get("wrong") in NOT_REFUSED


def _language(state: State, occasion: Occasion) -> Language:
    chosen = state.told.get("letter_language") or occasion.language
    return "en" if chosen == "en" else "hi"


def _sourced(response: str, topic: Topic) -> Said:
    return Said(response, sources=templates()[topic].sources)


def _mind(topic: Topic, state: State, occasion: Occasion) -> list[Said]:
    """The Ombudsman takes a complaint neither before the bank's 30 days are over nor 90 days after."""
    complained_on = state.told.get("complained_on")
    if topic != "ombudsman" or not isinstance(complained_on, date) or state.told.get("bank_reply") == "not_satisfied":
        return []
    due = complained_on + timedelta(days=BANK_DAYS)
    last = due + timedelta(days=OMBUDSMAN_DAYS)
    if occasion.today <= due:
        return [Said("utter_letter_too_early", {"day": _day(due, occasion.language)})]
    if occasion.today > last:
        return [Said("utter_letter_too_late", {"day": _day(last, occasion.language)})]
    return []


def _day(day: date, language: str) -> str:
    return days.written(day, "hi" if language == "hi" else "en")


def _until(moment: datetime, language: str) -> str:
    local = moment.astimezone(_INDIA)
    return f"{_day(local.date(), language)}, {local:%H:%M}"
