"""Builds the knowledge (models, index, training data) and trains the bot, each only after a change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from knowledge.paths import BUILT, IS_OWN, OWN_SETTINGS, PROGRAMME, TRAINING

from deploy import changes, processes
from deploy.places import BOT, CONSTRAINTS, MODEL, ROOT, SERVICE, VAR, python
from deploy.progress import Progress

DATA = ["--domain", "domain.yml", "--data", "bot", str(TRAINING)]
# Of another programme (docs/another-programme.md).
OTHER = [] if IS_OWN else [PROGRAMME, ROOT / "bot" / "responses"]
_OF = "" if IS_OWN else f"-{PROGRAMME.name}"


@dataclass(frozen=True)
class Step:
    """Work that is skipped while the hash of its inputs is that of the last time and its results are there."""

    name: str
    title: str
    hash: str
    made: Sequence[Path]


def knowledge(progress: Progress) -> None:
    """Models, index and the training data that come from the knowledge entries."""
    _once(progress, knowledge_step(), [python(SERVICE), "-m", "knowledge", "build"])


def knowledge_step() -> Step:
    hash_ = changes.digest(files=[ROOT / "knowledge", *OTHER, CONSTRAINTS / "service.txt"])
    made = [VAR / "models", BUILT / "models", BUILT / "index", TRAINING / "ask_knowledge.yml"]
    made += [] if IS_OWN else [OWN_SETTINGS]
    return Step(f"knowledge{_OF}", "Knowledge: models and index", hash_, made)


def training(progress: Progress) -> None:
    """Rasa's model. The knowledge's text handling is part of its pipeline; its entries are not."""
    command = [python(BOT), "-m", "bot", "train", "--config", "config.yml", *DATA]
    command += ["--out", str(MODEL.parent), "--fixed-model-name", MODEL.name[: -len(".tar.gz")]]
    _once(progress, training_step(), command)


def training_step() -> Step:
    code = [ROOT / name for name in ("config.yml", "domain.yml", "bot")]
    text = [ROOT / "knowledge" / "text", *(ROOT / "knowledge").glob("*.*")]
    hash_ = changes.digest(files=[*code, *text, *OTHER, TRAINING, CONSTRAINTS / "bot.txt"])
    return Step(f"train{_OF}", "Train the bot", hash_, [MODEL])


def _once(progress: Progress, step: Step, command: Sequence[str]) -> None:
    if changes.is_done(step.name, step.hash) and all(path.exists() for path in step.made):
        progress.skip(step.title)
        return
    progress.step(step.title)
    changes.need_space(0.5)
    changes.forget(step.name)
    try:
        processes.watch(progress, step.name, command)
    except processes.Failed as failed:
        raise failed.problem() from None
    changes.set_done(step.name, step.hash)
    progress.done()
