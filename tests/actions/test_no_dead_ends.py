"""Walks every question of every dialogue and finds in each a way out, a question answered, a correction, a person."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from form_talk import FormTalk
from rasa_calls import Bot

from actions import tasks
from actions.dialogue.answer import UNKNOWN, options
from actions.dialogue.field import Choice, Day, FreeText, Named, OwnReading, Rupees, Whole, YesNo
from actions.eligibility import load as schemes

QUESTION = "margin money mein kitni subsidy milti hai?"
SAMPLES = {Whole: ("35", "2"), Rupees: ("10 lakh", "3 crore"),
           Day: ("5 November 2026", "20 September 2026", "10 January 2020"),
           FreeText: ("Ram Prasad",), Named: ("Agra",)}  # fmt: skip
TOPICS = [
    "eligibility", *(f"eligibility.{scheme}" for scheme in schemes()),
    "rejection", "letter", "letter.reasons", "letter.bank", "letter.ombudsman", "status", "callback",
]  # fmt: skip

# Only of a verified sender with several applications; told, and then minded, but no verdict hangs on it.
NEVER_ASKED = {"status": {"which"}, "eligibility": {"woman", "disabled"}}
# Deep in a dialogue: what was told on the way there.
FURTHER: dict[str, list[dict[str, object]]] = {
    "eligibility.mda": [
        {"applicant": "person", "up_resident": True, "district_product": True, "udyam": True, "similar_help": False,
         "mda_claims": 0, "mda_purpose": purpose} for purpose in ("fair_up", "fair_india")
    ],
    "rejection": [{"complained": True, "complained_on": "2026-09-20", "bank_replied": False, "ombudsman": False}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def somebody_at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", "mon-sun 00:00-23:59")


def asked(talk: FormTalk) -> str:
    return str(talk.task["asked"])


def answers(talk: FormTalk) -> Iterator[tuple[str, str]]:
    """Every kind of answer to the question that is asked: ("tap", value) or ("say", text)."""
    field = tasks.TASKS[talk.task["kind"]].fields()[asked(talk)]
    yield "tap", f"{field.name}.{UNKNOWN}"
    if isinstance(field.kind, YesNo | Choice):
        yield from (("tap", f"{field.name}.{option}") for option in options(field)[:-1])
    elif not isinstance(field.kind, OwnReading):
        yield from (("say", text) for text in SAMPLES[type(field.kind)])
    elif field.name != "code":
        yield "say", "9812345678" if field.name == "mobile" else "ODOP/MM/26/001234"


def walk(talk: FormTalk) -> Iterator[FormTalk]:
    """A dialogue at each of its questions, reached once; every answer to each is tried."""
    seen, waiting = set(), [talk]
    while waiting:
        here = waiting.pop()
        if here.over or here.task["over"] or asked(here) in seen:
            continue
        seen.add(asked(here))
        yield here
        for way, answer in answers(here):
            there = here.copy()
            waiting.append(there.tap(answer) if way == "tap" else there.say(answer))


def keys(talk: FormTalk) -> list[str]:
    return [str(message.get("response") or "entry") for message in talk.said]


def beginnings(bot: Bot, topic: str) -> Iterator[FormTalk]:
    yield FormTalk(bot).begin(topic)
    for told in FURTHER.get(topic, []):
        task = {"kind": topic.partition(".")[0], "told": told, "at": datetime.now(UTC).isoformat()}
        yield FormTalk(bot, {"task": task}).begin(topic)


def check_ways_out(here: FormTalk) -> None:
    assert here.copy().say("bas", "stop").over, "one word leaves it"
    person = here.copy().say("kisi se baat karni hai", "talk_to_person")
    assert person.over
    assert person.said[0]["custom"]["handover"]["reason"] == "asked"
    assert here.copy().say("jeene ka man nahi karta", "distress").over


def check_asked_again(here: FormTalk, talk: FormTalk, first: str) -> None:
    assert keys(talk)[0] == first
    assert keys(talk)[-1] == "utter_task_question"
    assert asked(talk) == asked(here)
    assert talk.task["told"] == here.task["told"]


def check_question(here: FormTalk) -> None:
    aside = here.copy().say(QUESTION, "ask_knowledge")
    check_asked_again(here, aside, "entry")
    assert aside.said[0]["custom"]["outcome"] == "answered"
    check_asked_again(here, here.copy().say("kyun puch rahe ho"), "utter_task_why")


def check_correction(here: FormTalk) -> None:
    """Every answer given so far can still be changed by its button."""
    fields = tasks.TASKS[here.task["kind"]].fields()
    for name, value in here.task["told"].items():
        if isinstance(fields[name].kind, YesNo):
            there = here.copy().tap(f"{name}.{'no' if value else 'yes'}")
            assert there.task["told"].get(name) is not value, name


def check_help(here: FormTalk) -> None:
    """What is not understood is said, then other ways are named, then a person is called."""
    field = tasks.TASKS[here.task["kind"]].fields()[asked(here)]
    if isinstance(field.kind, FreeText):
        return  # any words are an answer
    there = here.copy().say("qwx zzv")
    assert keys(there)[0] == "utter_task_missed"
    assert keys(there.say("qwx zzv"))[0] == "utter_task_stuck"
    last = there.say("qwx zzv")
    assert last.said[0]["custom"]["handover"]["reason"] == "failures"
    assert last.over


def check_everything(here: FormTalk) -> None:
    check_ways_out(here)
    check_question(here)
    check_correction(here)
    check_help(here)


@pytest.mark.parametrize("kind", tasks.TASKS)
def test_every_question_of_a_dialogue_leaves_all_ways_open(bot: Bot, kind: str) -> None:
    seen: set[str] = set()
    for topic in (topic for topic in TOPICS if topic.partition(".")[0] == kind):
        for here in (here for start in beginnings(bot, topic) for here in walk(start)):
            if asked(here) not in seen:  # the same question of another scheme
                check_everything(here)
            seen.add(asked(here))
    never = tasks.TASKS[kind].fields().keys() - seen
    assert never == NEVER_ASKED.get(kind, set()), "a question that is never asked"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_person_who_knows_nothing_comes_to_an_end_with_a_next_step(bot: Bot, topic: str) -> None:
    talk = FormTalk(bot).begin(topic)
    for _ in range(40):
        if talk.over or talk.task["over"]:
            break
        talk.tap(f"{asked(talk)}.{UNKNOWN}")
    assert talk.task["over"]
    assert talk.said
