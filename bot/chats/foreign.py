"""Words that are not ours, made fit to be shown: cleaned, fenced in, measured and cut at their own borders.

No chat's markup is known here. Lengths are UTF-16 units, the largest count any of the chats may use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from bot.compose.message import Quote, Span, Style, Table

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDI", "PDF"})
OPENING, CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
BORDERS = (
    re.compile(r"\n{2,}"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?;。！？؟])[\"”’)\]]*\s+"),
    re.compile(r"[。！？]"),
    re.compile(r"\s+"),
)
JOINED = frozenset("\u200d\ufe0f\u20e3")
WIDE = 64  # columns of fixed letters that a phone held sideways can show
THIN = "\u2009"
KEPT_IN_LINKS = "/:?#@!$&'*+,;=%~-._"


def clean(text: str) -> str:
    """Return a text without control characters and lone surrogates, its line ends as one kind."""
    return CONTROLS.sub("\ufffd", BREAKS.sub("\n", text))


def fenced(text: str) -> str:
    """Fence each line that has letters or marks of another direction, so that it cannot turn our words around.

    Source: Unicode Standard Annex 9, isolates; a stray end mark of the text itself would open the fence.
    """
    if not any(unicodedata.bidirectional(letter) in TURNING for letter in text):
        return text
    return "\n".join(f"\u2068{_balanced(line)}\u2069" if line else line for line in text.split("\n"))


def _balanced(line: str) -> str:
    depth, kept = 0, []
    for letter in line:
        depth += letter in OPENING
        if letter == CLOSING:
            if not depth:
                continue
            depth -= 1
        kept.append(letter)
    return "".join(kept) + CLOSING * depth


def fenced_lines(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Fence each line of verbatim words as a whole, across its spans, so that they stay in reading order."""
    text = "".join(span.text for span in spans)
    if fenced(text) == text:
        return spans
    drawn, depth, opened = [], 0, False
    for span in spans:
        kept: list[str] = []
        for letter in span.text:
            if letter == "\n":
                kept.append(CLOSING * (depth + opened))
                depth, opened = 0, False
            elif not opened:
                kept.append("\u2068")
                opened = True
            if letter == CLOSING and not depth:
                continue
            depth += (letter in OPENING) - (letter == CLOSING)
            kept.append(letter)
        drawn.append(Span("".join(kept), span.style, span.link))
    drawn.append(Span(CLOSING * (depth + opened)))
    return tuple(span for span in drawn if span.text)


def size(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def shorten(text: str, room: int) -> str:
    """Return a label that fits, with an ellipsis where words were left out."""
    flat = " ".join(clean(text).split())
    return flat if size(flat) <= room else f"{head(flat, room - 1).rstrip()}…"


def head(text: str, room: int) -> str:
    """Return as much of the beginning of a text as fits, never half of a letter or of an emoji."""
    end = min(len(text), room)
    while size(text[:end]) > room:
        end -= max(1, (size(text[:end]) - room) // 2)
    while 0 < end < len(text) and _inside(text, end):
        end -= 1
    return text[:end] or text[: room // 2]


def _inside(text: str, at: int) -> bool:
    return text[at] in JOINED or text[at - 1] == "\u200d" or bool(unicodedata.combining(text[at]))


def cut(text: str, room: int) -> Iterator[str]:
    """Cut a text into pieces that fit, at the best border each has: paragraph, line, sentence, word, letter.

    Nothing is lost: the pieces joined are the text.
    """
    while len(text) > room or size(text) > room:
        end = _border(head(text, room))
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _border(text: str) -> int:
    for border in BORDERS:
        ends = [match.end() for match in border.finditer(text)]
        if ends and ends[-1] > len(text) // 3:
            return ends[-1]
    return len(text)


def pieces(spans: tuple[Span, ...], room: int) -> Iterator[tuple[Span, ...]]:
    """Cut a run of spans into runs that fit, fenced too, at the borders of the text as a whole."""
    rest = [Span(clean(span.text), span.style, span.link) for span in spans if span.text]
    text = "".join(span.text for span in rest)
    for piece in cut(text, room if fenced(text) == text else room // 2):
        taken, left = [], len(piece)
        while left:
            span = rest.pop(0)
            taken.append(Span(span.text[:left], span.style, span.link))
            if len(span.text) > left:
                rest.insert(0, Span(span.text[left:], span.style, span.link))
            left -= len(taken[-1].text)
        yield tuple(taken)


def safe_link(address: str) -> str:
    """Return an http(s) address in which nothing is left that a chat's markup could trip over, or nothing."""
    try:
        parts = urlsplit(clean(address))
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return ""
    return quote(address.encode("utf8", "replace"), safe=KEPT_IN_LINKS)


def columns(table: Table, wide: int = WIDE) -> tuple[str, ...]:
    """Return a table's lines in fixed letters, or none when it would be too wide to read."""
    rows = [tuple(" ".join(clean(cell).split()) for cell in row) for row in (table.header, *table.rows)]
    count = max(map(len, rows))
    widths = [max((columns_of(row[place]) for row in rows if place < len(row)), default=0) for place in range(count)]
    if sum(widths) + 2 * (count - 1) > wide:
        return ()
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows]
    return (lines[0], "  ".join("─" * width for width in widths), *lines[1:])


def columns_of(text: str) -> int:
    """Return how many columns of fixed letters a text takes."""
    return sum(
        0 if unicodedata.combining(letter) or letter in JOINED else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def cards(table: Table) -> Iterator[tuple[Span, ...]]:
    """Draw the rows that are too wide for a line: the first cell bold, the others under their names."""
    for row in table.rows:
        spans = [Span(row[0] if row else "", Style.BOLD)]
        for name, cell in zip(table.header[1:], row[1:], strict=False):
            spans += [Span(f"\n{name}: ", Style.ITALIC), Span(cell)] if cell else []
        yield tuple(spans)


def uniform(quote: Quote) -> tuple[Span, ...]:
    """Take the marks off a quote that is struck or inserted as a whole: its label says so, and it reads better."""
    styles = {span.style for span in quote.spans if span.text.strip()} - {Style.ITALIC}
    if not quote.label or styles not in ({Style.STRUCK}, {Style.INSERTED}):
        return tuple(parted(quote.spans))
    return tuple(
        Span(span.text, Style.PLAIN if span.style in styles else span.style, span.link) for span in quote.spans
    )


def parted(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Set a thin space between struck and inserted words that touch, so that "30" and "90" do not read as "3090"."""
    before = Span("")
    for span in spans:
        touching = {before.style, span.style} == {Style.STRUCK, Style.INSERTED}
        if touching and not (before.text[-1:].isspace() or span.text[:1].isspace()):
            yield Span(THIN)
        yield span
        before = span
