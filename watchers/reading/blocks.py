"""Blocks of words and the one text they make: the canonical form every reader of a page ends in.

It does not know where the blocks came from, be it HTML, Markdown, PDF or plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from watchers.model import Link

#: The line that joins the parts of a combined document (the Open Terms Archive writes the same one).
JOINT = "- - -"

#: What a line of the canonical text starts with: a heading mark, a list mark, or a table row's bar.
MARK = re.compile(
    r"(?P<heading>#{1,6} )|(?P<item> *+(?:[-*+•‣▪·–] |(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)] ))|(?P<row>\| )"
)

#: Unicode's Default_Ignorable_Code_Point but for the joiners, which shape words, and marks of direction and place.
_INVISIBLE = re.compile(
    "[\0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffc\U000e0000-\U000e0fff]+"
)


class Block(NamedTuple):
    """One heading, paragraph, list item or table row: its mark, its words, and the links in its words.

    `links` are (start, end, address) relative to `words`. A row's mark is `| ` and its words end in ` |`.
    """

    mark: str
    words: str
    links: tuple[tuple[int, int, str], ...] = ()


def visible(text: str) -> str:
    """Drop characters that print nothing (soft hyphens, zero-width spaces, direction marks, NULs); compose letters."""
    if text.isascii():
        return text.replace("\0", "")
    shown = _INVISIBLE.sub("", text)
    return shown if is_normalized("NFC", shown) else normalize("NFC", shown)


def kind(line: str) -> str:
    """Return "heading", "item", "row" or "" for a line of the canonical text."""
    found = MARK.match(line) if line != JOINT else None
    return (found.lastgroup or "") if found else ""


_KINDS = {"- ": "item", "| ": "row", "# ": "heading", "## ": "heading", "### ": "heading"}


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[Link, ...]]:
    """Join blocks to the canonical text: items and rows by line, everything else by an empty line."""
    lines = [block.mark + block.words for block in blocks]
    kinds = [_KINDS.get(block.mark) or kind(line) for block, line in zip(blocks, lines, strict=True)]
    pieces: list[str] = []
    links: list[Link] = []
    at = 0
    for block, line, gap in zip(blocks, lines, _gaps(kinds), strict=True):
        at += len(gap)
        start = at + len(block.mark)
        links += [Link(start + s, start + e, address) for s, e, address in block.links]
        pieces += (gap, line)
        at += len(line)
    return "".join(pieces), tuple(links)


def _gaps(kinds: Sequence[str]) -> list[str]:
    """Return what stands before each line: nothing, a line end, or an empty line."""
    near = {"item", "row"}
    return ["", *("\n" if a == b and a in near else "\n\n" for a, b in pairwise(kinds))][: len(kinds)]


def join(parts: Iterable[tuple[str, tuple[Link, ...]]]) -> tuple[str, tuple[Link, ...]]:
    """Join the texts of a combined document's parts in order, moving their links along."""
    pieces: list[str] = []
    links: list[Link] = []
    at = 0
    for text, own in parts:
        if pieces:
            pieces.append(f"\n\n{JOINT}\n\n")
            at += len(pieces[-1])
        links += [Link(link.start + at, link.end + at, link.address) for link in own]
        pieces.append(text)
        at += len(text)
    return "".join(pieces), tuple(links)
