"""What differs since a day: a line a document, with the page that compares the two versions word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import between_page
from bot.compose.message import Block, Heading, Message, Note, Span, Style, Text
from bot.compose.words import counted, day, title_of
from storage.archive.history import ChangeNote
from watchers.model import Document, Significance

MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceRow:
    """A document with the version that stood on the day and the one that stands; `late`: it was first read after it."""

    document: Document
    first: datetime
    last: datetime
    same: bool = False
    late: bool = False
    changes: tuple[ChangeNote, ...] = ()


def since(platform: str, rows: Sequence[SinceRow], asked: str, base: str = "") -> Message:
    """Compose what differs since a day, the documents with most substantive changes first."""
    title = f"{platform} since {asked}"
    if not rows:
        return Message(title, (Heading(title), Text((Span("No document of it has been read yet."),))))
    blocks: list[Block] = [Heading(title)]
    for row in sorted(rows, key=lambda one: -len(_grave(one))):
        blocks.append(Text(tuple(_line(row, asked, base))))
    blocks.append(Note((Span("Compared directly: what came and went again in between is not in it."),)))
    return Message(title, tuple(blocks))


def _grave(row: SinceRow) -> list[ChangeNote]:
    return [change for change in row.changes if change.significance is Significance.SUBSTANTIVE]


def _line(row: SinceRow, asked: str, base: str) -> list[Span]:
    name = Span(title_of(row.document), Style.BOLD)
    if row.late:
        said = f": it was first read on {day(row.first)}, after that day."
        return [name, Span(said), *_link(row, f"{row.first:%Y-%m-%d}", base, "What differs since then")]
    if row.same:
        return [name, Span(f": the version of {day(row.first)} still stands.")]
    grave = _grave(row)
    stood = f"the version of {day(row.first)} and that of {day(row.last)}"
    said = f": {counted(len(grave), 'substantive change')} between {stood}."
    lines = [Span(f"\n• {day(one.seen_at)}: {one.headline}") for one in grave[:MOST_LINES]]
    left = [Span(f"\n• and {len(grave) - MOST_LINES} more")] * (len(grave) > MOST_LINES)
    return [name, Span(said), *lines, *left, *_link(row, asked, base, "The redline of the two")]


def _link(row: SinceRow, asked: str, base: str, label: str) -> list[Span]:
    address = between_page(base, row.document.id, asked)
    return [Span("\n"), Span(label, link=address)] if address else []
