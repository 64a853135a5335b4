"""A process is killed (-9) at every point of a turn: one answer to each message, in order, and nothing is forgotten.

People write on WhatsApp, one message upon the other. What they get is held against what somebody gets in peace.
"""

import itertools
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from mortals import Mortals, Phone
from three_processes import missing

HINGLISH = (
    "mere zile ka product kya hai", "Agra", "kya main margin money ke liye patra hu",
    "main 40 saal ki mahila hun, firozabad se", "kaanch ki chudiyan banati hun", "haan", "haan",
)  # fmt: skip
HINDI = ("मेरे जिले का उत्पाद क्या है", "बांदा", "मार्जिन मनी क्या है")
DIALOGUES = (HINGLISH, HINDI)
IN_HALVES = (HINGLISH[2], "namaste")
CALLS_IN_HALVES = (2, 3, 5, 6)  # of the action server, three in each turn
BOT = (
    "received", "understanding", "understood", "action_called", "action_answered", "saving", "half_saved", "saved",
    "answered",
)  # fmt: skip
KILLS = [
    *(("bot", point, 3 + number % 5) for number, point in enumerate(BOT)),
    *(("actions", point, times) for point, times in (("called", 6), ("read", 7), ("run", 6), ("run", 7))),
    *(("gateway", point, 5) for point in ("turn_begun", "turn_run", "turn_written")),
]
PEOPLE, AWAY_SECONDS = 10, 20
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def mortals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortals]:
    if missing():
        pytest.fail(f"Not built: {', '.join(missing())}. `make train` builds them.", pytrace=False)
    patient = {"TURN_AGAIN_SECONDS": json.dumps([1] * 90)}  # a busy machine takes its time to start the bot
    patient |= {"LATE_AFTER_SECONDS": "3600"}  # and nobody is told that it does
    processes = Mortals(tmp_path_factory.mktemp("mortals"), settings=patient)
    processes.start()
    try:
        processes.wait_until_ready()
        yield processes
    finally:
        processes.stop()


@pytest.fixture(scope="module")
def in_peace(mortals: Mortals) -> list[list[str]]:
    """What is said in each dialogue while nothing dies."""
    return talk(mortals, DIALOGUES)


def talk(mortals: Mortals, dialogues: Sequence[Sequence[str]]) -> list[list[str]]:
    """All write at the same time; what each has heard in the end."""
    people = [Phone(mortals.twilio, f"+9198{next(_numbers):08}") for _ in dialogues]
    for texts in itertools.zip_longest(*dialogues):
        for person, text in zip(people, texts, strict=True):
            if text:
                person.write(text)
    mortals.wait_until_all_is_answered()
    return [person.heard() for person in people]


def test_in_peace_the_dialogue_comes_to_its_verdict(in_peace: list[list[str]]) -> None:
    hinglish, hindi = in_peace
    assert "kis zile" in hinglish[0] and "chamda" in hinglish[1]
    assert "umar" in hinglish[3] and "kya banate" in hinglish[4] and "defaulter" in hinglish[6]
    assert "patra nahi" in hinglish[7]
    assert len(hindi) == len(HINDI)


@pytest.mark.parametrize(("name", "point", "times"), KILLS)
def test_killed_at_this_point_it_answers_everybody_as_if_nothing_had_been(
    mortals: Mortals, in_peace: list[list[str]], name: str, point: str, times: int
) -> None:
    mortals.dies_at(name, point, times)
    assert talk(mortals, DIALOGUES) == in_peace
    assert mortals.has_died
    assert mortals.given_up() == []


def test_killed_between_the_two_halves_of_an_answer_it_says_both(mortals: Mortals) -> None:
    """Beginning a dialogue, and small talk within it: one action says the one half, the next asks the question."""
    (in_peace,) = talk(mortals, [IN_HALVES])
    assert len(in_peace) > len(IN_HALVES) and "umar" in in_peace[-1]
    for times in CALLS_IN_HALVES:
        mortals.dies_at("actions", "called", times)
        assert talk(mortals, [IN_HALVES]) == [in_peace], times
        assert mortals.has_died


def test_who_writes_while_the_bot_is_away_is_answered_when_it_is_back(
    mortals: Mortals, in_peace: list[list[str]]
) -> None:
    begun = time.monotonic()
    with ThreadPoolExecutor() as pool:
        with mortals.down("bot"):
            everybody = pool.submit(talk, mortals, [HINDI] * PEOPLE)
            time.sleep(AWAY_SECONDS)  # as long as it is away
            assert not everybody.done()
        assert everybody.result() == [in_peace[1]] * PEOPLE
    assert mortals.given_up() == []
    took = time.monotonic() - begun
    print(
        f"\nbot away for {AWAY_SECONDS} s: {PEOPLE * len(HINDI)} messages of {PEOPLE} people answered in {took:.0f} s"
    )
    print(f"killed at {len(KILLS) + len(CALLS_IN_HALVES)} points of a turn: every dialogue as in peace")
