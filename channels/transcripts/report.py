"""The report of a replay: a table for the terminal, a page for content officers. Personal numbers are taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from rapidfuzz import fuzz

from channels.privacy import redact
from channels.transcripts.clean import clean
from channels.transcripts.verdicts import Seen, Verdict, table
from channels.transcripts.words import folded

PAGE = "report.html"
_ALIKE = 62  # of 100: about the same thing
_SHOWN = 160  # characters of an answer
_TITLES: dict[Verdict, str] = {
    "missed": "Missed: nothing was answered or offered that helps",
    "wrong": "Would have been wrong: something else was answered",
    "offered": "Offered: the caller had to choose, or was asked back",
}


@dataclass(frozen=True)
class Line:
    """One utterance as the page shows it."""

    number: int
    text: str
    language: str
    expected: str
    got: str
    said: str


def lines(seen: Sequence[Seen]) -> list[Line]:
    return [_line(one) for one in seen]


def groups(some: Sequence[Line]) -> list[list[Line]]:
    """By likeness of their words; the largest first. Each is compared with the first of a group."""
    found: list[tuple[str, list[Line]]] = []
    for line in some:
        key = folded(clean(line.text))
        likeness = [(fuzz.token_set_ratio(key, first), -place) for place, (first, _) in enumerate(found)]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= _ALIKE:
            found[-best[1]][1].append(line)
        else:
            found.append((key, [line]))
    return sorted((group for _, group in found), key=len, reverse=True)


def write(folder: Path, source: str, seen: Sequence[Seen], problems: Sequence[str]) -> Path:
    """Gives the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    sections = []
    for verdict, title in _TITLES.items():
        some = lines([one for one in seen if one.verdict == verdict])
        sections.append({"title": title, "count": len(some), "groups": groups(some)})
    path = folder / PAGE
    page = _template().render(
        source=source,
        when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        table=table(seen),
        sections=sections,
        problems=problems,
    )
    path.write_text(page, "utf-8")
    return path


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """For the terminal."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    first, *rest = widths
    return "\n".join(
        "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], rest, strict=True))])
        for row in rows
    )


def _line(one: Seen) -> Line:
    said = one.prompt.text if one.prompt else ""
    expected = [*one.heard.entry, *one.heard.outcome]
    return Line(
        number=one.heard.line,
        text=redact(one.heard.text),
        language=one.heard.spoken_in,
        expected=" or ".join(map(redact, expected)),
        got=one.prompt.outcome if one.prompt else "the gateway failed",
        said=_short(redact(" ".join(said.split()))),
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " ..."


def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined).get_template(PAGE)
