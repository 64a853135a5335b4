"""Reads an application number, or a one-time code, from what somebody typed or said.

The portals publish no format of their numbers, so the pattern is a setting. Numbers of the demonstration
look like ODOP/MM/26/001234: scheme (MM, TK, MD, CF), year, running number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from actions.applications import mobile
from actions.applications.mobile import Mobile
from actions.applications.number_runs import Run, runs
from actions.applications.settings import Settings
from knowledge.amounts.tokens import latin_digits

PATTERN: str = Settings.model_fields["application_number_pattern"].default
CODE_DIGITS = 6
_WRITTEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9/\-]{4,30})[A-Za-z0-9]", re.ASCII)
_UDYAM = re.compile(r"UDYAM[A-Z]{2}\d{9}", re.ASCII)
_ZEROS = re.compile(r"(?<=[0-9])O+|O{2,}|O+(?=[0-9])")  # letters O that stand for zeros
_ALIKE = str.maketrans("OIL", "011")
_PROGRAMME = "0D0P"
_LEAST_DIGITS = 3

# `incomplete`: digits were there, too few or too many. The last three are other numbers people give by mistake.
Kind = Literal["number", "nothing", "incomplete", "mobile", "aadhaar", "udyam"]
_BEST_FIRST: tuple[Kind, ...] = ("number", "udyam", "aadhaar", "mobile", "incomplete")


@dataclass(frozen=True)
class Reading:
    """`text` is in capitals without signs; empty where no application number was read."""

    kind: Kind
    text: str = ""


def read(text: str, pattern: str = PATTERN) -> Reading:
    """The application number in a message, however it is spaced, typed or spoken."""
    return _best([_reading(run, pattern) for run in runs(text)])


def read_code(text: str) -> str | None:
    """The six digits of a one-time code, if the message holds exactly one such run."""
    found = {said.replace("O", "0") for run in runs(text) for said in (*run.whole, *run.words)}
    codes = [c for c in found if len(c) == CODE_DIGITS and c.isdecimal()]
    return codes[0] if len(codes) == 1 else None


def read_mobile(text: str) -> Mobile | None:
    """The mobile number in a message, typed or spoken; None also where there are several."""
    read = (mobile.read(said.replace("O", "0")) for run in runs(text) for said in (*run.whole, *run.words))
    found = {one.digits: one for one in read if one}
    return next(iter(found.values())) if len(found) == 1 else None


def key(number: str) -> str:
    """The same for every way of writing one number: O is 0, I and L are 1, and ODOP in front may be left out."""
    plain = canonical(number).translate(_ALIKE)
    rest = plain.removeprefix(_PROGRAMME)
    return rest if len(rest) >= 8 else plain


def canonical(number: str) -> str:
    """Capitals and digits only."""
    return "".join(c for c in latin_digits(number).upper() if c.isascii() and c.isalnum())


def is_well_written(number: str, pattern: str = PATTERN) -> bool:
    """Whether a number of a file can be an application number, and would be read as one."""
    return bool(_WRITTEN.fullmatch(number)) and read(number, pattern) == Reading("number", canonical(number))


def read_back(number: str) -> str:
    """Letter by letter, to be confirmed by ear."""
    return " ".join(canonical(number))


def _reading(run: Run, pattern: str) -> Reading:
    """As one; where that makes no sense, the best of its words: a mobile may stand right beside the number."""
    whole = [_one(said, pattern) for said in run.whole]
    sure = [r for r in whole if r.kind not in ("nothing", "incomplete")]
    return sure[0] if sure else _best([*whole, *(_one(said, pattern) for said in run.words)])


def _best(readings: list[Reading]) -> Reading:
    return next((r for kind in _BEST_FIRST for r in readings if r.kind == kind), Reading("nothing"))


def _one(candidate: str, pattern: str) -> Reading:
    for kind, found in _others(candidate):
        if found:
            return Reading(kind)
    if re.fullmatch(pattern, _ZEROS.sub(lambda match: "0" * len(match[0]), candidate), re.ASCII):
        return Reading("number", candidate)
    digits = sum(c.isdecimal() for c in candidate)
    return Reading("incomplete" if digits >= _LEAST_DIGITS else "nothing")


def _others(candidate: str) -> Iterator[tuple[Kind, bool]]:
    digits = candidate.replace("O", "0")
    yield "udyam", bool(_UDYAM.fullmatch(digits))
    yield "mobile", mobile.read(digits) is not None
    yield "aadhaar", len(digits) == 12 and digits.isdecimal() and digits[0] not in "01" and _verhoeff(digits)


_TURN = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_MOVE = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def _verhoeff(digits: str) -> bool:
    """Whether the check digit of an Aadhaar number is right."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_TURN[check][int(_MOVE[place % 8][int(digit)])])
    return check == 0
