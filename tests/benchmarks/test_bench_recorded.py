"""What the gate lets through and what it stops."""

from pathlib import Path

import pytest

from benchmarks.errors import NotPreparedError
from benchmarks.understanding import recorded

TEXTS = [f"message {n}" for n in range(100)]
CODES = ("hi", "hi-Latn", "en")


def verdicts(wrong: int, missed: int = 0) -> dict[str, dict[str, str]]:
    """The first are wrong, the next are not answered, the others right; the same in each language."""
    told = ["wrong"] * wrong + ["no answer"] * missed
    return {code: dict(zip(TEXTS, told + ["right"] * (100 - len(told)), strict=True)) for code in CODES}


def turned(by: int, become: str) -> dict[str, dict[str, str]]:
    """As `verdicts(5)`, but so many of the last, which were right, have become something else."""
    return {code: some | dict.fromkeys(TEXTS[100 - by :], become) for code, some in verdicts(5).items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    recorded.write(verdicts(5), tmp_path / "recorded.yml")
    return tmp_path / "recorded.yml"


def test_the_same_answers_pass(path: Path) -> None:
    assert recorded.worse(recorded.load(path), verdicts(5)) == []


def test_better_answers_pass(path: Path) -> None:
    assert recorded.worse(recorded.load(path), verdicts(0)) == []


@pytest.mark.parametrize(("lost", "stopped"), [(6, False), (7, True)])
def test_seven_right_answers_lost_and_none_gained_are_too_many(path: Path, lost: int, stopped: bool) -> None:
    told = recorded.worse(recorded.load(path), turned(lost, "offered"))
    assert len(told) == (3 if stopped else 0)
    assert all("right answers lost: 7, 0 the other way. message 93 |" in sentence for sentence in told)


def test_wrong_answers_are_counted_on_their_own(path: Path) -> None:
    told = recorded.worse(recorded.load(path), turned(7, "wrong"))
    assert len(told) == 6
    assert any("hi: more wrong answers: 7" in sentence for sentence in told)


def test_answers_that_only_became_wrong_from_not_given_are_seen(tmp_path: Path) -> None:
    recorded.write(verdicts(0, missed=8), tmp_path / "recorded.yml")
    told = recorded.worse(recorded.load(tmp_path / "recorded.yml"), verdicts(8))
    assert [sentence.split(":")[1] for sentence in told] == [" more wrong answers"] * 3


def test_losses_that_are_made_up_for_are_noise() -> None:
    assert recorded.chance(7, 0) < recorded.LEVEL < recorded.chance(6, 0)
    assert recorded.chance(10, 1) < recorded.LEVEL < recorded.chance(9, 2)
    assert recorded.chance(0, 0) == 1.0


def test_other_messages_must_be_recorded_anew(path: Path) -> None:
    fewer = {code: dict(list(some.items())[:-1]) for code, some in verdicts(5).items()}
    renamed = {code: {text + "?": verdict for text, verdict in some.items()} for code, some in verdicts(5).items()}
    for now in (fewer, renamed):
        assert all("python -m benchmarks record" in sentence for sentence in recorded.worse(recorded.load(path), now))
        assert len(recorded.worse(recorded.load(path), now)) == 3


def test_nothing_recorded_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPreparedError, match="python -m benchmarks record"):
        recorded.load(tmp_path / "recorded.yml")
