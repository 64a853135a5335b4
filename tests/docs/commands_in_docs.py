"""Finds the commands that README and docs tell people to type."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "benchmarks" / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_OURS = re.compile(r"(\w+=\S+ )*(make|(\.envs/\w+/bin/)?python3? -m)\b")
_SHELL = ("sh", "bash", "console")


@dataclass(frozen=True)
class Told:
    """`words` as somebody would type them: without brackets, or a file that is written to; help in place of "..."."""

    page: str
    line: str
    words: tuple[str, ...]


def all_told() -> list[Told]:
    found = {
        (path.relative_to(ROOT).as_posix(), line): None for path in PAGES for line in lines(path.read_text("utf-8"))
    }
    return [Told(page, line, words(line)) for page, line in found]


def lines(page: str) -> Iterator[str]:
    for kind, block in _BLOCK.findall(page):
        for line in (each.strip().removeprefix("$ ") for each in block.replace("\\\n", " ").splitlines()):
            if line and not line.startswith("#") and (kind in _SHELL or (not kind and _OURS.match(line))):
                yield line
    for span in _INLINE.findall(_BLOCK.sub("", page)):
        if _OURS.match(span):
            yield from _alternatives(span)


def _alternatives(span: str) -> Iterator[str]:
    """`make run | test` tells of two commands."""
    first, *others = span.split(" | ")
    yield first
    yield from (f"{first.split()[0]} {other}" for other in others)


def words(line: str) -> tuple[str, ...]:
    bare = re.sub(r"[<\[]([^>\]]*)[>\]]", r"\1", line).split(" > ")[0]
    return tuple(shlex.split(re.sub(r" \.\.\.(?= |$)", " --help", bare), comments=True))
