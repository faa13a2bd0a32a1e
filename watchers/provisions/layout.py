"""A text laid out for recognising: blocks (paragraphs, list items, rows) under their headings, cut into sentences.

Nothing is recognised here. `plain` has the length of the text, so that every offset holds in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

LONGEST = 1600  # characters of a sentence: longer runs are cut, so that no pattern ever walks far
LEAD = 300  # characters of a lead-in that its items inherit

_QUOTES = tuple(zip("‘’‛´`“”„‟«»–—‑\u00a0\u2002\u2003\u2009\u202f\t", '\'\'\'\'\'""""""---      ', strict=True))
_MARK = re.compile(r"(?P<heading>#{1,6}\s+)|(?P<item>(?:[-*+•·]|\d{1,2}[.)]|\(?[a-z]{1,3}\))\s+)|(?P<row>\|)")
_NUMBERED = re.compile(r"((?:[A-Z]\.)?\d{1,2}(?:\.(?:\d{1,2}|[a-z]{1,4}))*\.)\s")
_STOP = re.compile(r"""[.!?]["”’)\]]*\s+(?=["“‘(\[]*[A-ZÀ-Þ0-9•*\-])|:\s*;\s""")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|inc|ltd|llc|corp|co|no|nos|vs|mr|mrs|ms|dr|st|art|sec|cf|approx|resp|bzw|z\.b|d\.h|abs|nr|ggf)|\b[a-z])\.$"
)


Path = tuple[tuple[int, str], ...]
"""The headings above some words, each with its depth."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item or row: [start:end] of the text, the headings above it, the lead-in it inherits.

    `sentences` are there once the block was `cut`.
    """

    start: int
    end: int
    heading: bool = False
    path: tuple[str, ...] = ()
    lead: str = ""
    sentences: tuple[tuple[int, int], ...] = field(default=())


@cache
def _folded(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter


def plain(text: str) -> str:
    """Return the text in small letters with plain quotes, dashes and spaces; the length stays the same."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(map(_folded, text))
    if not low.isascii() or "\t" in low:
        for odd, usual in _QUOTES:  # twenty times as fast as str.translate
            low = low.replace(odd, usual)
    return low


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip())
        start += len(line)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, mark) of blocks: plain lines that follow each other are one paragraph."""
    held: tuple[int, int, str] | None = None
    for start, end in _lines(text):
        body = start + len(text[start:end]) - len(text[start:end].lstrip())
        found = _MARK.match(text, body, end)
        mark = found.lastgroup or "" if found else ""
        if held and (mark or body >= end or held[2] == "heading"):
            yield held
            held = None
        if body < end:
            opened = found.end() if found and mark in ("heading", "item") else body
            held = (held[0], end, held[2]) if held else (min(opened, end), end, mark)
    if held:
        yield held


def _cut(start: int, end: int, low: str) -> Iterator[tuple[int, int]]:
    """Yield the piece whole, or in runs of at most `LONGEST` characters cut at a semicolon or a space."""
    while end - start > LONGEST:
        stop = start + LONGEST
        at = max(low.rfind("; ", start + LONGEST // 2, stop), low.rfind("\n", start + LONGEST // 2, stop))
        at = at if at > 0 else low.rfind(" ", start + 1, stop)
        at = at if at > start else stop - 1
        yield from _trimmed(start, at + 1, low)
        start = at + 1
    yield from _trimmed(start, end, low)


def _trimmed(start: int, end: int, low: str) -> Iterator[tuple[int, int]]:
    """Yield the piece without the spaces around it, or nothing where nothing is left."""
    words = low[start:end]
    if kept := words.strip():
        begun = start + len(words) - len(words.lstrip())
        yield begun, begun + len(kept)


def _sentences(text: str, low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for stop in _STOP.finditer(text, start, end):
        mark = stop.start() + 1
        if _ABBREVIATED.search(low, max(begun, mark - 8), mark):
            continue
        yield from _cut(begun, stop.start() + len(stop.group().rstrip()), low)
        begun = stop.end()
    yield from _cut(begun, end, low)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text start and end, line by line."""
    low = plain(text)
    return tuple(one for start, end in _lines(text) for one in _sentences(text, low, start, end))


def lay_out(text: str, low: str, path: Path = ()) -> Iterator[Block]:
    """Yield the blocks of a text; `low` is `plain(text)`. Items carry the sentence before them that
    ends in a colon, and so do paragraphs whose number goes on that of its paragraph.

    `path` are the headings above its first line.
    """
    lead = number = ""
    for start, end, mark in _spans(text):
        if mark == "heading":
            depth = text.rfind("#", 0, start) - text.rfind("\n", 0, start)
            path = (*(step for step in path if step[0] < depth), (depth, low[start:end]))
            lead = ""
        heads = tuple(title for _, title in path)
        own = _own_number(text, start, end) if mark == "" else ""
        listed = mark == "item" or bool(lead and number and own.startswith(number) and own != number)
        yield Block(start, end, mark == "heading", heads, lead if listed else "")
        if mark == "" and not listed:
            lead, number = _lead(text, low, start, end) if text[end - 1] == ":" else "", own


def _own_number(text: str, start: int, end: int) -> str:
    """Return the number of several parts a paragraph begins with ("B.3.a."), or nothing."""
    found = _NUMBERED.match(text, start, end)
    return found.group(1) if found else ""


def cut(block: Block, text: str, low: str) -> Block:
    """Return the block with its sentences. Only what is judged needs them, and finding them costs the most."""
    sentences = tuple(_sentences(text, low, block.start, block.end))
    return Block(block.start, block.end, block.heading, block.path, block.lead, sentences)


def _lead(text: str, low: str, start: int, end: int) -> str:
    *_, (begun, _) = _sentences(text, low, start, end)
    return low[begun:end][-LEAD:]
