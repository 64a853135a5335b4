"""All of understanding, part after part, into one report."""

from benchmarks import report
from benchmarks.understanding import (
    calibration,
    confusions,
    distress,
    languages,
    messages,
    offline,
    out_of_scope,
    quality,
    recorded,
    scores,
    spelling,
    timing,
)
from benchmarks.understanding.offline import Offline
from benchmarks.understanding.scores import judge_all
from benchmarks.understanding.section import Section, join
from benchmarks.understanding.system import asking

PART = "understanding"
_DISTRESS_NEEDS_ALL = "Only the whole system decides who is handed to a person: run without `--offline`."


def run(url: str | None) -> None:
    """`url`: of the system that answers; None asks retrieval and the district rules alone."""
    tell, alone = languages.teller(), Offline.load()
    sections = [*(_through_api(url) if url else _offline(alone)), languages.section(languages.load(), tell)]
    sections += [*_inside(alone), timing.section()]
    report.write(PART, "Understanding", join(sections))
    report.write_figures(PART, {one.title: one.figures for one in sections})


def record() -> None:
    """Keeps today's verdicts for the gate."""
    judged = judge_all(offline.ask_all(messages.load(), Offline.load()))
    recorded.write(recorded.verdicts(judged))


def _through_api(url: str) -> list[Section]:
    with asking(url) as ask:
        asked = quality.ask_all(messages.load(), ask)
        foreign = out_of_scope.ask_all(out_of_scope.load(), ask)
        heard = distress.ask_all(distress.load(), ask)
    answers = scores.section(PART, quality.TITLE, asked)
    return [answers, out_of_scope.section(foreign, asked), distress.section(heard)]


def _offline(alone: Offline) -> list[Section]:
    asked = offline.ask_all(messages.load(), alone)
    foreign = out_of_scope.ask_all(out_of_scope.load(), alone.ask)
    answers = scores.section(PART, offline.TITLE, asked)
    return [answers, out_of_scope.section(foreign, asked), Section("Distress", _DISTRESS_NEEDS_ALL, {})]


def _inside(alone: Offline) -> list[Section]:
    """What is measured on retrieval itself, whoever answers."""
    development = messages.load()
    guesses = calibration.guess_all(development, alone)
    answered = judge_all([(guess.message, alone.ask(guess.message.text)) for guess in guesses])
    return [
        spelling.section(offline.served(development), spelling.predict_with(alone)),
        calibration.section(guesses),
        confusions.section(guesses, answered),
    ]
