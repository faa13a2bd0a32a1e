"""A memo as a PDF file, by fpdf2 (extra `work`); a font of the system that knows its letters is embedded."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.pages.rendering import clean
from bot.work.memo import Memo
from bot.work.word import MISSING
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 20  # millimetres
FAMILY = "memo"


def pdf_file(memo: Memo) -> bytes:
    """Return the memo as a PDF file of A4 pages. Raises ClausewatchError where the extra or a font is missing."""
    try:
        from fpdf import FPDF

        from bot.pictures.canvas import font
    except ImportError as error:
        raise ClausewatchError(MISSING) from error
    made = FPDF()
    made.set_margin(MARGIN)
    made.set_auto_page_break(True, MARGIN)
    made.set_title(clean(memo.title))
    with TemporaryDirectory() as folder:
        for style in ("", "B"):
            made.add_font(FAMILY, style, _file_of(font(12, bool(style)).path, Path(folder, f"font{style}.ttf")))
    made.add_page()
    _line(made, memo.title, 18, bold=True)
    _line(made, f"Made {memo.made:%d %B %Y, %H:%M} UTC by Clausewatch.", 9)
    for title, said in (("Question", memo.question), ("Short answer", memo.answer)):
        _line(made, title, 13, bold=True)
        _line(made, said, 11)
    for section in memo.sections:
        _line(made, section.title, 13, bold=True)
        for said in section.paragraphs:
            _line(made, said, 11)
        for each in section.quotations:
            _line(made, f"“{each.text}”", 11, indent=6)
            _line(made, each.place, 8, indent=6)
        for point in section.points:
            _line(made, f"• {point}", 10, indent=3)
    _line(made, memo.notice, 9)
    return bytes(made.output())


def _file_of(path: object, place: Path) -> str:
    """Return the file of a font; one that Pillow holds in memory is written to a place first."""
    if isinstance(path, str):
        return path
    assert isinstance(path, BytesIO), "Pillow names a file, or holds the font it brings"
    place.write_bytes(path.getvalue())
    return str(place)


def _line(made: FPDF, text: str, size: float, *, bold: bool = False, indent: float = 0) -> None:
    made.set_font(FAMILY, "B" if bold else "", size)
    made.set_x(MARGIN + indent)
    made.multi_cell(0, size * 0.5, clean(text), align="L", new_x="LMARGIN", new_y="NEXT")
    made.ln(size * 0.12)
