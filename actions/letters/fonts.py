"""Noto Sans Devanagari, which also has Latin letters, digits and ₹, in the two weights a letter needs."""

import os
import tempfile
from functools import cache
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from knowledge.paths import VAR

FAMILY = "Noto Sans Devanagari"
REGULAR, BOLD = 400, 600


@cache
def font_file(weight: int) -> Path:
    """One weight of the variable font as a file of its own, made once: it takes seconds, a letter should not."""
    version = fontpkg.family(FAMILY).version
    path = VAR / "fonts" / f"noto-sans-devanagari-{version}-{weight}.ttf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(weight, path)
    return path


@cache
def characters() -> frozenset[int]:
    """All that the font can write."""
    with TTFont(font_file(REGULAR), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _make(weight: int, path: Path) -> None:
    """Written aside and put in place: another process may be making it too."""
    with TTFont(fontpkg.path(FAMILY)) as font:
        instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        number, aside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(number, "wb") as file:
            font.save(file)
    Path(aside).replace(path)
