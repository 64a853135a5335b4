"""The letter on A4, for old eyes and for a pen."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from fpdf import FPDF
from fpdf.enums import Align, TextDirection, XPos, YPos

from actions.letters.fonts import BOLD, REGULAR, characters, font_file
from actions.letters.letter import Block, Letter, Style

_FONT, _BOLD = "noto", "B"
_MARGIN, _TOP = 20.0, 14.0  # millimetres
_SIZE, _SMALL = 12.0, 10.5  # points
_LINE = 0.5  # millimetres of line for each point of letter
_AFTER = 2.3
_SIGNATURE = 4.0
_INDENT = 6.0
_PEN_GAP = "______"


def pdf_of(letter: Letter) -> bytes:
    paper = _paper(letter)
    for block in letter.blocks:
        _DRAW[block.style](paper, block)
        paper.ln(_AFTER)
    return bytes(paper.output())


def _paper(letter: Letter) -> FPDF:
    paper = FPDF(format="A4")
    paper.add_font(_FONT, "", font_file(REGULAR))
    paper.add_font(_FONT, _BOLD, font_file(BOLD))
    paper.alias_nb_pages("")  # nothing in a letter is a sign for the number of pages
    # Named for all: guessed from a line's first letters, Hindi after an English word would not be shaped.
    paper.set_text_shaping(True, direction=TextDirection.LTR, script="deva", language="hi")
    paper.set_lang(letter.language)
    paper.set_title("Letter")
    paper.set_margins(_MARGIN, _TOP)
    paper.set_auto_page_break(True, _TOP)
    paper.add_page()
    return paper


def writable(text: str) -> str:
    """What the font cannot write is left open for a pen; pictures just go."""
    runs = ((known, "".join(run)) for known, run in groupby(text, lambda c: ord(c) in characters()))
    return "".join(run if known else _open(run) for known, run in runs)


def _open(run: str) -> str:
    return _PEN_GAP if any(character.isalnum() for character in run) else ""


def _write(paper: FPDF, lines: Iterable[str], size: float = _SIZE, style: str = "", in_by: float = 0) -> None:
    paper.set_font(_FONT, style, size)
    paper.set_left_margin(_MARGIN + in_by)
    paper.set_x(_MARGIN + in_by)
    for line in lines:
        paper.multi_cell(0, size * _LINE, writable(line), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_left_margin(_MARGIN)


def _date(paper: FPDF, block: Block) -> None:
    paper.set_font(_FONT, "", _SIZE)
    paper.multi_cell(0, _SIZE * _LINE, block.lines[0], align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _text(paper: FPDF, block: Block) -> None:
    _write(paper, block.lines)


def _subject(paper: FPDF, block: Block) -> None:
    _write(paper, block.lines, style=_BOLD)


def _list(paper: FPDF, block: Block) -> None:
    _write(paper, block.lines[:1], style=_BOLD)
    _write(paper, block.lines[1:], in_by=_INDENT)


def _sign(paper: FPDF, block: Block) -> None:
    """Kept together, with room for the signature."""
    height = len(block.lines) * _SIZE * _LINE + _SIGNATURE
    if paper.will_page_break(height):
        paper.add_page()
    _write(paper, block.lines[:1])
    paper.ln(_SIGNATURE)
    _write(paper, block.lines[1:])


def _small(paper: FPDF, block: Block) -> None:
    _write(paper, block.lines, _SMALL)


_DRAW: Mapping[Style, Callable[[FPDF, Block], None]] = {
    "date": _date,
    "to": _text,
    "subject": _subject,
    "text": _text,
    "list": _list,
    "sign": _sign,
    "small": _small,
}
