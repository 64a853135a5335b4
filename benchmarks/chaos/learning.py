"""In peace: what the answer to each question is on each channel."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.chaos.judging import Judge, channel_of
from benchmarks.chaos.phones import Phones, address
from benchmarks.chaos.questions import Question
from benchmarks.chaos.said import Person, Said
from benchmarks.chaos.visitors import Visitors
from benchmarks.errors import BenchmarkError

_PATIENCE = 60.0
_FIRST = 900  # number of those who only ask for this

Group = tuple[str, str]  # channel, language


async def learn(judge: Judge, phones: Phones, visitors: Visitors, people: Iterable[Person]) -> None:
    """One asks on each channel in each language, one question after the other. Raises BenchmarkError."""
    groups: defaultdict[Group, set[Question]] = defaultdict(set)
    for person in people:
        for question in person.questions:
            groups[channel_of(person), question.language].add(question)
    await asyncio.gather(
        *(
            _all_of(judge, phones, visitors, channel, sorted(asked, key=str), _FIRST + 2 * place)
            for place, ((channel, _), asked) in enumerate(groups.items())
        )
    )
    for group, asked in groups.items():
        _check(judge.answers[group[0], question] for question in asked)


async def _all_of(
    judge: Judge, phones: Phones, visitors: Visitors, channel: str, asked: Sequence[Question], number: int
) -> None:
    name = f"learner{number}" if channel == "web" else address(number + (channel == "whatsapp"))
    for question in asked:
        person, said = Person(name, []), Said(question)
        if channel == "web":
            await visitors.write(person, said)
            judge.answers[channel, question] = judge.visits.pop(name)[0][1]
        else:
            await phones.write(person, said)
            judge.answers[channel, question] = await _heard(person, question)


async def _heard(person: Person, question: Question) -> str:
    end = time.monotonic() + _PATIENCE
    while not person.heard:
        if time.monotonic() > end:
            raise BenchmarkError(f"No answer in peace: {question.text}")
        await asyncio.sleep(0.05)
    return person.heard[0][1]


def _check(answers: Iterable[str]) -> None:
    """Who gets the same text for two questions could not be told which was answered."""
    text, count = Counter(answers).most_common(1)[0]
    if count > 1:
        raise BenchmarkError(f"Two questions have the same answer: {text}")
