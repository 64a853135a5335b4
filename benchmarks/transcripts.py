"""Writes what was asked and answered as Markdown, as a reader of the chat would see it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.founding import Dialogue, Point
from benchmarks.tables import table
from benchmarks.understanding.judge import Verdict, judge
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.recognise import Recogniser

Answer = Mapping[str, Any]  # the body of an answer of the message API
Asked = Sequence[tuple[Point, Mapping[str, Answer]]]
Verdicts = Mapping[str, Verdict | None]  # by language; None where nothing in particular was expected
Held = Sequence[tuple[Dialogue, Sequence[Answer]]]

NAMES = {"hi": "हिंदी", "hi-Latn": "Hinglish", "en": "English"}
_LINE_BREAK = "\\\n> "  # Markdown's, inside a quotation
_ANSWERED = {"answered", "verdict_given", "status_given"}
_CHOICES = {"choices_offered", "question_asked"}
_HEAD = [
    "language",
    "points",
    "answered",
    "choices or a question back",
    "not answered",
    "as expected",
    "expected among choices",
    "reply in its language",
]
_SEEN = {
    Verdict.RIGHT: "as expected",
    Verdict.OFFERED: "expected one among the choices",
    Verdict.NO_ANSWER: "not as expected: no answer",
    Verdict.WRONG: "not as expected: another answer",
}


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def document(title: str, asked: Asked, recogniser: Recogniser) -> str:
    """One founding document: the counts, then every point."""
    verdicts = [_verdicts(*one, recogniser) for one in asked]
    points = [_point(*one, seen) for one, seen in zip(asked, verdicts, strict=True)]
    intro = f"Every point of this document that answers something, asked in each language. {_when()}"
    return "\n\n".join([f"# {title}", intro, _summary(asked, verdicts), *points]) + "\n"


def dialogues(language: str, held: Held) -> str:
    """The dialogues in one language: the counts, then every turn."""
    rows = [[dialogue.title, str(len(answers)), _outcomes(answers)] for dialogue, answers in held]
    summary = table(["dialogue", "turns", "outcomes"], rows)
    parts = [_dialogue(*one) for one in held]
    return "\n\n".join([f"# Dialogues: {NAMES.get(language, language)}", _when(), summary, *parts]) + "\n"


def _when() -> str:
    return f"Recorded from the running system on {datetime.now(UTC):%Y-%m-%d}."


def _verdicts(point: Point, answers: Mapping[str, Answer], recogniser: Recogniser) -> Verdicts:
    asked = {code: point.message(code) for code in LANGUAGES}
    return {
        code: judge(message, recogniser.read(answers[code])) if message else None for code, message in asked.items()
    }


def _summary(asked: Asked, verdicts: Sequence[Verdicts]) -> str:
    rows = []
    for code in LANGUAGES:
        given = [answers[code] for _, answers in asked]
        judged = Counter(seen[code] for seen in verdicts if seen[code])
        same = sum(reply["language"] == code for answer in given for reply in answer["replies"][-1:])
        rows.append([NAMES[code], str(len(given)), *_counts(given), *_expected(judged), str(same)])
    return table(_HEAD, rows)


def _counts(given: Sequence[Answer]) -> list[str]:
    answered, choices = (sum(answer["outcome"] in some for answer in given) for some in (_ANSWERED, _CHOICES))
    return [str(answered), str(choices), str(len(given) - answered - choices)]


def _expected(judged: Counter[Verdict | None]) -> list[str]:
    return [f"{judged[verdict]} of {judged.total()}" for verdict in (Verdict.RIGHT, Verdict.OFFERED)]


def _point(point: Point, answers: Mapping[str, Answer], seen: Verdicts) -> str:
    turns = [_turn(NAMES[code], point.questions[code], answers[code], _note(seen[code])) for code in LANGUAGES]
    return "\n\n".join([f"## {_plain(point.name)}", *turns])


def _note(verdict: Verdict | None) -> str:
    return _SEEN[verdict] if verdict else "nothing particular expected"


def _dialogue(dialogue: Dialogue, answers: Sequence[Answer]) -> str:
    turns = (_turn(str(n), *one) for n, one in enumerate(zip(dialogue.turns, answers, strict=True), 1))
    return "\n\n".join([f"## {_plain(dialogue.title)}", *turns])


def _outcomes(answers: Sequence[Answer]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(str(a["outcome"]) for a in answers).most_common())


def _turn(label: str, question: str, answer: Answer, note: str = "") -> str:
    replies = [paragraph for reply in answer["replies"] for paragraph in _paragraphs(reply)]
    languages = ", ".join(dict.fromkeys(str(reply["language"]) for reply in answer["replies"]))
    about = " · ".join(filter(None, [languages, str(answer["outcome"]), note]))
    quoted = "\n>\n".join(f"> {paragraph}" for paragraph in [*replies, f"*({about})*"])
    return f"**{label}:** {_plain(question)}\n\n{quoted}"


def _paragraphs(reply: Mapping[str, Any]) -> Iterator[str]:
    """Text, then buttons in brackets, then sources with their dates."""
    yield _LINE_BREAK.join(_plain(line) for line in str(reply["text"]).splitlines() if line.strip())
    if reply["buttons"]:
        yield " ".join(rf"\[{_plain(str(button['title']))}\]" for button in reply["buttons"])
    if reply["sources"]:
        yield _LINE_BREAK.join(_source(source) for source in reply["sources"])


def _source(source: Mapping[str, Any]) -> str:
    title, url, as_of = _plain(str(source["title"])), source.get("url"), source.get("as_of")
    return f"— {f'[{title}]({url})' if url else title}{f', {as_of}' if as_of else ''}"


def _plain(text: str) -> str:
    """Signs that Markdown would take for its own are escaped."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
