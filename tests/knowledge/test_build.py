"""`knowledge build` makes what is missing or out of date, and nothing else."""

import shutil
from pathlib import Path

import pytest

from knowledge import build
from knowledge.entries_loader import Library
from knowledge.paths import KNOWLEDGE, LANGUAGE_MODEL
from knowledge.text import train_language
from knowledge.text.language import LanguageDetector

EVERYTHING = ["encoder", "transliteration", "urdu", "language", "index", "training data"]


class Workshop:
    """A copy of the knowledge folder with makers that only note that they were called."""

    def __init__(self, root: Path, library: Library, patch: pytest.MonkeyPatch) -> None:
        self.knowledge, self.made = root / "knowledge", []  # type: Path, list[str]
        shutil.copytree(KNOWLEDGE, self.knowledge, ignore=shutil.ignore_patterns("__pycache__"))
        outputs = {
            "encoder": root / "var" / "encoder" / "model.onnx", "transliteration": root / "var" / "words.json",
            "urdu": root / "var" / "urdu.json", "language": root / "var" / "language.json",
            "index": root / "var" / "index" / "head.npz",
            "training data": root / "var" / "training" / "ask_knowledge.yml",
        }  # fmt: skip
        self.outputs = outputs
        for name, value in {
            "ROOT": root, "KNOWLEDGE": self.knowledge, "PROGRAMME": self.knowledge, "VAR": root / "var",
            "BUILT": root / "var", "ENTRIES": self.knowledge / "entries",
            "OUT_OF_SCOPE": self.knowledge / "out_of_scope.yml", "DISTRICTS": self.knowledge / "districts.yml",
            "word_list": (self.knowledge / "text").joinpath,
            "ENCODER": outputs["encoder"].parent, "TRANSLITERATION": outputs["transliteration"],
            "URDU": outputs["urdu"], "TUNED": root / "var" / "tuned.safetensors",
            "LANGUAGE_MODEL": outputs["language"], "INDEX": outputs["index"].parent,
            "TRAINING": outputs["training data"].parent, "load": lambda: library,
        }.items():  # fmt: skip
            patch.setattr(build, name, value)
        patch.setattr(build.encoder_build, "build", lambda: self.make("encoder"))
        patch.setattr(build.transliterate, "build", lambda: self.make("transliteration"))
        patch.setattr(build.urdu, "build", lambda: self.make("urdu"))
        patch.setattr(build.train_language, "build", lambda *_: self.make("language"))
        patch.setattr(build.train, "train", lambda _: self.make("index"))
        patch.setattr(build.nlu_export, "export", lambda _: self.make("training data"))

    def make(self, name: str) -> None:
        self.made.append(name)
        self.outputs[name].parent.mkdir(parents=True, exist_ok=True)
        self.outputs[name].write_text("made", encoding="utf-8")

    def run(self) -> list[str]:
        self.made.clear()
        build.run()
        return list(self.made)

    def touch(self, place: str) -> None:
        path = self.knowledge / place
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(tmp_path, library, monkeypatch)


def test_everything_is_made_once_and_not_again(workshop: Workshop) -> None:
    assert workshop.run() == EVERYTHING
    assert workshop.run() == []


@pytest.mark.parametrize(
    ("changed", "remade"),
    [
        ("entries/margin-money/mm-what.yml", ["language", "index", "training data"]),
        ("out_of_scope.yml", ["language", "index", "training data"]),
        ("text/skeleton.py", ["transliteration", "urdu", "language", "index"]),
        ("text/urdu.yml", ["transliteration", "urdu", "language", "index"]),
        ("text/glossary.yml", ["transliteration", "urdu", "language", "index", "training data"]),
        ("districts.yml", ["urdu"]),
        ("encoder/graph.py", ["encoder", "index"]),
        ("retrieval/fit.py", ["index"]),
        ("nlu_export.py", ["training data"]),
    ],
)
def test_a_change_remakes_what_depends_on_it(workshop: Workshop, changed: str, remade: list[str]) -> None:
    workshop.run()
    workshop.touch(changed)
    assert workshop.run() == remade
    assert workshop.run() == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_was_deleted_is_made_again(workshop: Workshop, name: str) -> None:
    workshop.run()
    workshop.outputs[name].unlink()
    assert workshop.run() == [name]


def test_a_file_whose_time_changed_but_not_its_content_is_unchanged(workshop: Workshop) -> None:
    workshop.run()
    (workshop.knowledge / "entries" / "margin-money" / "mm-what.yml").touch()
    assert workshop.run() == []


def test_tuned_weights_remake_the_encoder_and_the_index_and_so_does_their_going(workshop: Workshop) -> None:
    workshop.run()
    build.TUNED.write_bytes(b"one")
    assert workshop.run() == ["encoder", "index"]
    build.TUNED.write_bytes(b"another")
    assert workshop.run() == ["encoder", "index"]
    assert workshop.run() == []
    build.TUNED.unlink()
    assert workshop.run() == ["encoder", "index"]


def test_a_build_that_broke_off_is_taken_up_again(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Library) -> None:
        workshop.make("index")  # half written
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(build.train, "train", fail)
        with pytest.raises(OSError, match="no space"):
            workshop.run()
    assert workshop.run() == ["index", "training data"]


def test_the_language_model_is_the_same_each_time_it_is_built(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_language, "_PHRASES", 150)  # quicker
    hinglish = [t for e in library.entries.values() for t in e.questions.hinglish][:150]
    english = [t for e in library.entries.values() for t in e.questions.en][:150]
    for name in ("one", "two"):
        train_language.build(hinglish, english, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert LanguageDetector.load(tmp_path / "one").detect("mujhe loan kaise milega").code == "hi-Latn"


def test_the_language_model_stays_small() -> None:
    assert LANGUAGE_MODEL.stat().st_size < 1_000_000
