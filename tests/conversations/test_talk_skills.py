"""The scripted dialogues of the skills (docs/conversations/skills_*.yml), held with the running system."""

from pathlib import Path

import httpx
import pytest
from three_processes import ROOT, ThreeProcesses

from benchmarks.skills import SkillDialogue, load_skills

DIALOGUES = load_skills(ROOT / "docs" / "conversations")
SKILLS = {"eligibility", "status", "rejection", "letter", "person"}


@pytest.fixture(scope="session")
def outbox(sahayak: ThreeProcesses) -> Path:
    """The made-up applications are in the store; codes lie in this file."""
    sahayak.import_demo()
    return sahayak.outbox


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: f"{one.language}: {one.title}")
def test_every_turn_is_answered_as_scripted(http: httpx.Client, outbox: Path, dialogue: SkillDialogue) -> None:
    for number, (turn, said, answer) in enumerate(dialogue.hold(http, outbox), 1):
        faults = [] if turn.missed else turn.faults(answer, dialogue.language)
        assert not faults, (number, said, faults, [reply["text"] for reply in answer["replies"]])


def test_each_skill_has_its_dialogues_in_each_language() -> None:
    for language in ("hi", "hi-Latn", "en"):
        assert {one.skill for one in DIALOGUES if one.language == language} == SKILLS
        assert sum(one.language == language for one in DIALOGUES) >= 20


def test_what_is_not_yet_answered_as_it_should_be_stays_rare_and_says_why() -> None:
    turns = [turn for one in DIALOGUES for turn in one.turns]
    missed = [turn for turn in turns if turn.missed is not None]
    assert all(turn.missed for turn in missed)
    assert len(missed) <= len(turns) / 60
