"""Every command in README and docs exists, with each of its options.

How each is tried is in the tables below; one that is in none of them fails. A program of ours that reads its words
with argparse is called with them up to that point, and no further.
"""

import argparse
import importlib
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from commands_in_docs import ROOT, Told, all_told, lines, words

from deploy.commands import chosen

MAKE_VARIABLES = {"PYTHON", "PROFILE", "PROGRAMME"}
# Programs that take no words: it is enough that they are there.
BARE = {"channels", "channels.fake_bot", "channels.fake_twilio", "actions", "bot", "rasa"} | {
    "benchmarks.redaction", "benchmarks.watching", "benchmarks.understanding.cleaning",
}  # fmt: skip
# Harmless and quick: carried out, on a database of their own.
CARRIED_OUT = {"channels.delivery"}
RASAS = {"run", "train", "data", "shell"}  # words that `python -m bot` hands to Rasa
OF_THE_SYSTEM = {"df"}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
TOLD = all_told()


class Read(BaseException):
    """The words of a command were read, and nothing else was done."""


@pytest.mark.parametrize("told", TOLD, ids=[f"{each.page}: {each.line[:70]}" for each in TOLD])
def test_a_command_of_the_docs_works(told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    attempt(told.words, monkeypatch, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "make everything",
        "make run SPEED=9",
        "python -m channels.nothing",
        "python -m channels --fast",
        "python -m channels.delivery resend out12",
        ".envs/service/bin/python -m knowledge check --all",
        ".envs/service/bin/python -m pytest tests/nowhere",
        ".envs/other/bin/python -m knowledge check",
        "python -m bot fly",
        "rm -rf var",
    ],
)
def test_a_command_that_is_not_there_is_seen(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, SystemExit)):
        attempt(words(line), monkeypatch, tmp_path)


def test_commands_are_found_in_blocks_and_in_lines() -> None:
    page = "Say `make run | test`.\n```\nmake bench  # long\n> hello\n```\n```sh\ndf -h .\n```\n```json\n{}\n```\n`x`"
    assert list(lines(page)) == ["make bench  # long", "df -h .", "make run", "make test"]
    told = words("python -m x new <topic> [--out folder] ... > a.txt # so")
    assert " ".join(told) == "python -m x new topic --out folder --help"


def attempt(given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    program, *rest = (word for word in given if not re.fullmatch(r"[A-Z_]+=\S*", word) or given[0] == "make")
    if program == "make":
        return _make(rest)
    if re.fullmatch(r"(\.envs/(bot|service)/bin/)?python3?", program):
        assert rest[:1] == ["-m"], given
        return _module(rest[1], rest[2:], monkeypatch, folder)
    assert program in OF_THE_SYSTEM, f"{program} is in none of the tables of this test"


def _make(rest: list[str]) -> None:
    for word in rest:
        name, sign, _ = word.partition("=")
        assert name in (MAKE_VARIABLES if sign else TARGETS), f"make has no {word}"


def _module(name: str, rest: list[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    if name == "pytest":
        assert all((ROOT / word).exists() for word in rest if not word.startswith("-")), rest
    elif name == "bot":
        assert set(rest[:1]) <= RASAS, rest
    elif name == "deploy":
        assert chosen(rest), rest
    elif name in BARE:
        assert not rest and (name == "rasa" or find_spec(name)), rest
    else:
        _ours(name, rest, monkeypatch, folder)


def _ours(name: str, rest: list[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = find_spec(name)
    assert found, f"there is no {name}"
    module = importlib.import_module(f"{name}.__main__" if found.submodule_search_locations else name)
    monkeypatch.setattr(sys, "argv", [name, *rest])
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'gateway.db'}")
    main: Callable[..., Any] = module.main
    call = partial(main, rest) if signature(main).parameters else main
    if name in CARRIED_OUT:
        assert call() in (0, 1, None)
        return
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", _reading(argparse.ArgumentParser.parse_args))
    with pytest.raises(Read if "--help" not in rest else SystemExit) as end:
        call()
    assert not getattr(end.value, "code", 0)


def _reading(parse: Callable[..., Any]) -> Callable[..., Any]:
    def read(*given: Any) -> Any:
        parse(*given)
        raise Read

    return read
