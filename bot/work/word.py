"""A memo as a Word file, by python-docx (extra `work`)."""

from __future__ import annotations

from io import BytesIO

from bot.pages.rendering import clean
from bot.work.memo import Memo, Section
from watchers.errors import ClausewatchError

MISSING = "memos and tables need the extra `work`: pip install 'clausewatch[work]' where Clausewatch is installed from"
QUOTE, PLACE = "Intense Quote", "Caption"
"""Styles of a quotation and of the line that says where it stands; `proof` reads them back."""


def word_file(memo: Memo) -> bytes:
    """Return the memo as a .docx file. Raises ClausewatchError where the extra is not installed."""
    try:
        from docx import Document
    except ImportError as error:
        raise ClausewatchError(MISSING) from error
    made = Document()
    made.core_properties.title, made.core_properties.author = clean(memo.title), "Clausewatch"
    made.add_heading(clean(memo.title), 0)
    made.add_paragraph(f"Made {memo.made:%d %B %Y, %H:%M} UTC by Clausewatch.")
    for title, said in (("Question", memo.question), ("Short answer", memo.answer)):
        made.add_heading(title, 1)
        made.add_paragraph(clean(said))
    for section in memo.sections:
        _section(made, section)
    made.add_paragraph(memo.notice)
    body = BytesIO()
    made.save(body)
    return body.getvalue()


def _section(made: object, section: Section) -> None:
    from docx.document import Document

    assert isinstance(made, Document)
    made.add_heading(clean(section.title), 1)
    for said in section.paragraphs:
        made.add_paragraph(clean(said))
    for each in section.quotations:
        made.add_paragraph(clean(each.text), QUOTE)
        made.add_paragraph(clean(each.place), PLACE)
    for point in section.points:
        made.add_paragraph(clean(point), "List Bullet")
