"""The words of a PDF, page by page, as paragraphs.

A scanned PDF has no words: the text is empty then, and it is page health that says so.
"""

from __future__ import annotations

import re

import pypdfium2

from watchers.reading.blocks import Block, visible

_LARGEST_PAGES = 500
_LONGEST = 4_000_000
_ITEM = re.compile(r"[•●▪■◦‣]\s*")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+\S")
_PAGE_NUMBER = re.compile(r"(?:page\s++)?[-–]?\s*+\d{1,4}\s*+(?:[-–]\s*+)?(?:(?:of|/)\s*+\d{1,4})?", re.I)
_ENDS = (".", ":", ";", "!", "?", "”", '."')


def read_pdf(body: bytes) -> list[Block]:
    """Return the blocks of a PDF; none when it is broken, locked, or only pictures."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return []
    try:
        pages = [_page(document, n) for n in range(min(len(document), _LARGEST_PAGES))]
    finally:
        document.close()
    return _paragraphs(_without_furniture(pages))


def trouble(body: bytes) -> str:
    """Say why no words could be read off a PDF."""
    try:
        pypdfium2.PdfDocument(body).close()
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        return "the PDF is locked with a password" if locked else "the PDF is broken and cannot be opened"
    return "the PDF holds no text, only pictures (scanned)"


def _page(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        text = document[number].get_textpage().get_text_bounded()[:_LONGEST]
    except pypdfium2.PdfiumError:
        return []
    return [" ".join(visible(line).split()) for line in text.replace("\ufffe", "-").splitlines()]


def _without_furniture(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and first or last lines that most pages of a longer document share."""
    edges = [line for page in pages for line in {*page[:1], *page[-1:]}]
    shared = {line for line in set(edges) if len(pages) > 3 and edges.count(line) > len(pages) / 2}
    return [line for page in pages for line in page if line not in shared and not _PAGE_NUMBER.fullmatch(line)]


def _paragraphs(lines: list[str]) -> list[Block]:
    """Put wrapped lines together; an empty line, a list mark, or a short line before a sentence's start parts."""
    longest = max(map(len, lines), default=0)
    blocks: list[Block] = []
    words: list[str] = []

    def end() -> None:
        if words:
            text = " ".join(words)
            item = _ITEM.match(text)
            blocks.append(Block("- ", text[item.end() :]) if item else Block("", text))
            words.clear()

    for line in lines:
        if not line or _ITEM.match(line) or _NUMBERED.match(line) or (words and _parts(words[-1], line, longest)):
            end()
        if line:
            words.append(line)
    end()
    return [block for block in blocks if block.words]


def _parts(last: str, line: str, longest: int) -> bool:
    """Tell whether a short last line and a capital after it make a paragraph's end."""
    short = len(last) < 0.75 * longest
    return short and line[:1].isupper() and (last.endswith(_ENDS) or len(last) < 0.5 * longest)
