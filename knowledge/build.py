"""Everything `python -m knowledge build` makes, in order; each step is skipped when its inputs are unchanged."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from knowledge import nlu_export, programme_build
from knowledge.encoder import build as encoder_build
from knowledge.entries_loader import Library, load
from knowledge.paths import (
    BUILT,
    DISTRICTS,
    ENCODER,
    ENTRIES,
    INDEX,
    IS_OWN,
    KNOWLEDGE,
    LANGUAGE_MODEL,
    OUT_OF_SCOPE,
    PROGRAMME,
    ROOT,
    TRAINING,
    TRANSLITERATION,
    TUNED,
    URDU,
    VAR,
    word_list,
)
from knowledge.retrieval import train
from knowledge.text import train_language, transliterate, urdu


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(os.path.relpath(path, ROOT).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _step(name: str, inputs: Iterable[Path], output: Path, make: Callable[[], object], variant: str = "") -> None:
    """Run `make` unless `output` exists and the inputs and the variant are those of the last time."""
    state = (BUILT if output.is_relative_to(BUILT) else VAR) / "state"
    stamp, digest = state / f"knowledge-{name}.sha", _digest(inputs) + variant
    if output.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        print(f"  {name}: unchanged", flush=True)
        return
    print(f"  {name}: building", flush=True)
    make()
    state.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")


def _train_language(library: Library) -> None:
    questions = {"hi-Latn": [], "en": []}  # type: dict[str, list[str]]
    for entry in library.entries.values():
        for language, texts in entry.questions.items():
            if language in questions:
                questions[language] += texts
    train_language.build(questions["hi-Latn"], questions["en"])


def _build_encoder(name: str | None) -> None:
    if name is None:
        encoder_build.build()
        return
    from knowledge.encoder import other_model  # needs torch

    other_model.build(name)


def run(encoder: str | None = None) -> None:
    """Build what is missing or out of date; raises KnowledgeError where the entries are wrong.

    `encoder`: a sentence-transformers model to use in place of the built-in one.
    """
    library = load()
    shared = [*(KNOWLEDGE / "text").glob("*.py"), *(KNOWLEDGE / "text").glob("*.yml")]
    text = [*shared, *(PROGRAMME / "words").glob("*.yml")]
    entries = [*ENTRIES.rglob("*.yml"), OUT_OF_SCOPE]
    code = [*(KNOWLEDGE / "retrieval").glob("*.py"), *(KNOWLEDGE / "encoder").glob("*.py")]
    tuned = [TUNED] if TUNED.exists() else []
    own = [*(KNOWLEDGE / "encoder").glob("*.py"), *tuned]
    variant = encoder or ""
    _step("encoder", own, ENCODER / "model.onnx", lambda: _build_encoder(encoder), variant)
    _step("transliteration", shared, TRANSLITERATION, transliterate.build)
    _step("urdu", [*text, DISTRICTS], URDU, urdu.build)
    _step("language", [*text, *entries], LANGUAGE_MODEL, lambda: _train_language(library))
    _step("index", [*text, *entries, *code, *tuned], INDEX / "head.npz", lambda: train.train(library), variant)
    words = [word_list("glossary.yml"), KNOWLEDGE / "nlu_export.py"]
    _step("training data", [*entries, *words], TRAINING / "ask_knowledge.yml", lambda: nlu_export.export(library))
    if not IS_OWN:
        programme_build.build(library)
