"""Passages as quotes: verbatim words with what was struck out and what was put in.

Every span is a slice of one of the two versions. A long clause is shown by its changed sentences; what is left
out is counted in words, at sentence or word borders, so no clause ends in the middle unsaid.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.compose.message import Quote, Span, Style
from bot.compose.words import counted
from watchers.comparing.summary import SAID
from watchers.model import Passage, PassageKind

ROOM = 800  # characters of one passage in a message: five of them stay below every chat's limit
ARCHIVED = "the archived page"
LONG = 240  # a sentence longer than this is cut at a word instead
REWRITTEN = 0.6  # above this share of changed words, before and after read better apart
SENTENCE = re.compile(r"(?<=[.!?;:])[\"”’)\]]*\s+|\n+")
WORD = re.compile(r"\S+")
MARKS = re.compile(r"\s*+(?:#{1,6}|[-*+>])\s+")
KINDS = {
    PassageKind.ADDED: "Added",
    PassageKind.REMOVED: "Removed",
    PassageKind.REWORDED: "Reworded",
    PassageKind.MOVED: "Moved",
    PassageKind.SPLIT: "Split up",
    PassageKind.MERGED: "Merged",
    PassageKind.RENUMBERED: "Renumbered",
}


class Piece(NamedTuple):
    """A run of verbatim words and how it is to be drawn."""

    text: str
    style: Style


class Range(NamedTuple):
    """A stretch of a text worth showing."""

    start: int
    end: int


def quotes(passage: Passage, room: int = ROOM) -> tuple[Quote, ...]:
    """Quote a passage: one quote with both wordings woven together, or before and after apart.

    `room` is about how many characters may be shown (0: all of them).
    """
    label = labelled(passage)
    if not passage.before or not passage.after:
        return (Quote(spans_of(_alone(passage), room), label),)
    if passage.before == passage.after:
        return (Quote(spans_of((Piece(passage.after, Style.PLAIN),), room), label),)
    if passage.edits and changed_share(passage) <= REWRITTEN:
        return (Quote(spans_of(tuple(woven(passage)), room), label),)
    half = room // 2
    before = Quote(spans_of(tuple(old_side(passage)), half), f"{label} · before")
    return (before, Quote(spans_of(tuple(new_side(passage)), half), "after"))


def labelled(passage: Passage) -> str:
    """Say what became of a passage, where it stands, and what it does to people if that is clear."""
    said = [KINDS[passage.kind]]
    if passage.direction in SAID:
        said.append(SAID[passage.direction])
    place = " › ".join(step[_marked(step) :].strip() for step in passage.path)
    return " · ".join((*said, place)) if place else " · ".join(said)


def _alone(passage: Passage) -> tuple[Piece, ...]:
    if passage.after:
        return (Piece(passage.after, Style.INSERTED),)
    return (Piece(passage.before, Style.STRUCK),)


def changed_share(passage: Passage) -> float:
    """Return the share of the letters of both wordings that an edit touches."""
    touched = sum(edit.a1 - edit.a0 + edit.b1 - edit.b0 for edit in passage.edits)
    return touched / max(1, len(passage.before) + len(passage.after))


def woven(passage: Passage) -> Iterator[Piece]:
    """Weave both wordings together: kept words once, struck ones before the ones put in their place."""
    at = 0
    for edit in passage.edits:
        yield from _piece(passage.after[at : edit.b0], Style.PLAIN)
        yield from _piece(passage.before[edit.a0 : edit.a1], Style.STRUCK)
        yield from _piece(passage.after[edit.b0 : edit.b1], Style.INSERTED)
        at = edit.b1
    yield from _piece(passage.after[at:], Style.PLAIN)


def old_side(passage: Passage) -> Iterator[Piece]:
    """Show the old wording with what was struck out."""
    yield from _side(passage.before, [(edit.a0, edit.a1) for edit in passage.edits], Style.STRUCK)


def new_side(passage: Passage) -> Iterator[Piece]:
    """Show the new wording with what was put in."""
    yield from _side(passage.after, [(edit.b0, edit.b1) for edit in passage.edits], Style.INSERTED)


def _side(text: str, touched: Sequence[tuple[int, int]], style: Style) -> Iterator[Piece]:
    at = 0
    for start, end in touched or [(0, len(text))]:
        yield from _piece(text[at:start], Style.PLAIN)
        yield from _piece(text[start:end], style)
        at = end
    yield from _piece(text[at:], Style.PLAIN)


def _piece(text: str, style: Style) -> Iterator[Piece]:
    if text:
        yield Piece(text, style)


def _marked(text: str) -> int:
    """Return how many letters the mark of a heading, item or quotation takes at the start of a text."""
    mark = MARKS.match(text)
    return mark.end() if mark else 0


def spans_of(pieces: Sequence[Piece], room: int = ROOM, see: str = "the redline") -> tuple[Span, ...]:
    """Draw pieces as spans within a room, counting the words of what is left out; `see` says where they are."""
    text = "".join(piece.text for piece in pieces)
    skip = _marked(text)
    if not room or len(text) - skip <= room * 1.2:
        return tuple(_cut(pieces, Range(skip, len(text))))
    spans: list[Span] = []
    at = skip
    for kept in within(text, _changed(pieces), room):
        end = kept.start + len(text[kept.start : kept.end].rstrip())
        spans += [*_gap(text[at : kept.start], see, first=at == skip), *_cut(pieces, Range(kept.start, end))]
        at = end
    return (*spans, *_gap(text[at:], see))


def _gap(text: str, see: str, *, first: bool = False) -> Iterator[Span]:
    words = len(WORD.findall(text))
    if words:
        lead = "" if first else " "
        yield Span(f"{lead}[…{counted(words, 'more word')}, see {see}…] ", Style.ITALIC)
    elif text:
        yield Span(text)


def _cut(pieces: Sequence[Piece], kept: Range) -> Iterator[Span]:
    at = 0
    for piece in pieces:
        start, end = max(kept.start, at), min(kept.end, at + len(piece.text))
        if start < end:
            yield Span(piece.text[start - at : end - at], piece.style)
        at += len(piece.text)


def _changed(pieces: Sequence[Piece]) -> list[Range]:
    ranges, at = [], 0
    for piece in pieces:
        if piece.style is not Style.PLAIN:
            ranges.append(Range(at, at + len(piece.text)))
        at += len(piece.text)
    return ranges or [Range(0, at)]


def within(text: str, changed: Sequence[Range], room: int) -> tuple[Range, ...]:
    """Choose what is shown of a long text: the sentences around each change, in order, until the room is used."""
    borders = sentences(text)
    kept: list[Range] = []
    left = room
    for start, end in changed:
        wanted = Range(max(_floor(text, borders, start), kept[-1].end if kept else 0), _ceiling(text, borders, end))
        if wanted.end <= wanted.start:
            continue
        if left < min(wanted.end - wanted.start, LONG) and kept:
            break
        wanted = Range(wanted.start, _fit(text, borders, wanted, left))
        left -= wanted.end - wanted.start
        if kept and kept[-1].end == wanted.start:
            wanted = Range(kept.pop().start, wanted.end)
        kept.append(wanted)
    return tuple(kept)


def sentences(text: str) -> tuple[int, ...]:
    """Return where sentences begin, and the end of the text."""
    return (0, *(match.end() for match in SENTENCE.finditer(text) if 0 < match.end() < len(text)), len(text))


def _floor(text: str, borders: Sequence[int], at: int) -> int:
    """Return the sentence border before a place, or a word border when that is far off."""
    border = borders[bisect_right(borders, at) - 1]
    return border if at - border <= LONG else word_border(text, at - LONG // 2)


def _ceiling(text: str, borders: Sequence[int], at: int) -> int:
    border = borders[bisect_left(borders, at)]
    return border if border - at <= LONG else word_border(text, at + LONG // 2)


def _fit(text: str, borders: Sequence[int], wanted: Range, room: int) -> int:
    """Return where a wanted stretch has to end to fit: the last sentence border inside, else a word border."""
    if wanted.end - wanted.start <= room:
        return wanted.end
    last = wanted.start + room
    inside = [border for border in borders if wanted.start + room // 3 < border <= last]
    return max(inside) if inside else word_border(text, last)


def word_border(text: str, at: int) -> int:
    """Return the start of the word at a place; scripts without spaces are cut where they are."""
    space = max(text.rfind(" ", max(0, at - 60), at), text.rfind("\n", max(0, at - 60), at))
    return space + 1 if space >= 0 else max(0, min(at, len(text)))
