"""The words of a PDF, page by page, as paragraphs.

A scanned PDF has no words: the text is empty then, and it is page health that says so.
"""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

from watchers.reading.blocks import Block, visible
from watchers.reading.pdf_layout import HYPHEN, text_in_order

_LARGEST_PAGES = 500
_LONGEST = 4_000_000
_ITEM = re.compile(r"[•●▪■◦‣]\s*")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+\S")
_PAGE_NUMBER = re.compile(r"(?:page\s++)?[-–]?\s*+\d{1,4}\s*+(?:[-–]\s*+)?(?:(?:of|/)\s*+\d{1,4})?", re.I)
#: Lines at the top and at the bottom of a page that may be its running header or footer.
_EDGE = 2
_DIGITS = re.compile(r"\d+")
_PAGED = re.compile(r"\b(?:page|seite|página|pagina|strona|sida|side)\W{0,3}\d|(?<!\d)\d++ ?/ ?\d++\W*+$", re.I)
_CUT = re.compile(rf"(?<![^\W\d_])([^\W\d_]++){HYPHEN}([^\W\d_]++)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: First parts of words that are written with their hyphen, where the document itself does not tell.
_KEEP_HYPHEN = frozenset(
    "third first second opt self non long short real cross end on off pre co ex well high low full part time one two "
    "user e up log sign in out built peer company state site".split()
)
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
    return _paragraphs(_rejoined(_without_furniture(pages)))


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
        text = text_in_order(document[number])[:_LONGEST]
    except pypdfium2.PdfiumError:
        return []
    return [" ".join(visible(line).split()) for line in text.replace("\ufffe", HYPHEN).splitlines()]


def _without_furniture(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and first or last lines that most pages share; of two or three pages all must share one.

    The first page keeps its first line, which may be the title that later pages repeat.
    """
    pages = [[line for line in page if not _PAGE_NUMBER.fullmatch(line)] for page in pages]
    edges = [_edge_of(page) for page in pages]
    counted = Counter(_unnumbered(page[at]) for page, edge in zip(pages, edges, strict=True) for at in edge)
    most = len(pages) / 2 if len(pages) > 3 else max(1, len(pages) - 1)
    shared = {line for line, count in counted.items() if count > most}
    kept: list[str] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        title = edge[:1] if number == 0 and not _PAGED.search(page[edge[0]] if edge else "") else []
        drop = {at for at in edge if at not in title and _unnumbered(page[at]) in shared}
        own = [line for at, line in enumerate(page) if at not in drop]
        if title and _unnumbered(page[title[0]]) in shared:
            own.insert(title[0] + 1, "")  # what is repeated is a line of its own
        kept += own
    return kept


def _edge_of(page: list[str]) -> list[int]:
    """Return the numbers of the lines at the top and at the bottom of a page."""
    said = [at for at, line in enumerate(page) if line]
    return sorted({*said[:_EDGE], *said[-_EDGE:]})


def _unnumbered(line: str) -> str:
    """Return a line without its numbers, where it names its page."""
    return _DIGITS.sub("0", line) if _PAGED.search(line) else line


def _rejoined(lines: list[str]) -> list[str]:
    """Put words together that a line's end cut: with their hyphen where the document writes them with it elsewhere."""
    if not any(HYPHEN in line for line in lines):
        return lines
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(line))

    def put(found: re.Match[str]) -> str:
        first, rest = found[1], found[2]
        joined, parted = (first + rest).casefold(), f"{first}-{rest}".casefold()
        own = known[parted] > known[joined] or (not known[joined] and first.casefold() in _KEEP_HYPHEN)
        return f"{first}-{rest}" if own else first + rest

    return [_CUT.sub(put, line).replace(HYPHEN, "-") for line in lines]


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
