"""Answers to questions: the clauses that match best, word for word, with their place; never a sentence of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import linked, version_page
from bot.compose.message import Block, Heading, Message, Note, Quote, Span, Style, Text
from bot.compose.passages import ARCHIVED, Piece, spans_of
from bot.compose.words import counted, day, listed

SHOWN = 5
ROOM = 700


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause that may answer: `text` is a verbatim slice of the archived version, `focus` the words that answer."""

    title: str
    text: str
    path: tuple[str, ...] = ()
    version: str = ""
    seen_at: datetime | None = None
    focus: tuple[int, int] | None = None


def answers(question: str, found: Sequence[Passage], looked_in: Sequence[str], base: str = "") -> Message:
    """Answer with clauses, or say that nothing was found and where it was looked for."""
    if not found:
        where = listed(list(looked_in), most=6) or "no document yet: nothing is archived for it"
        line = f"Nothing was found about “{question}”. Looked in: {where}."
        return Message(line, (Text((Span(line),)), Note((Span("Other words may find it: /ask and the platform."),))))
    line = f"What the text says about “{question}”"
    blocks: list[Block] = [Heading(line)]
    for one in found[:SHOWN]:
        blocks += _clause(one, base)
    more = [f"{counted(len(found) - SHOWN, 'more clause')} may matter. "] if len(found) > SHOWN else []
    small = "".join((*more, f"Looked in {listed(list(looked_in), most=6)}. These are the documents' own words."))
    return Message(f"{line}: {counted(len(found), 'clause')}.", (*blocks, Note((Span(small),))))


def _clause(one: Passage, base: str) -> tuple[Block, ...]:
    seen = f" · as read on {day(one.seen_at)}" if one.seen_at else ""
    label = f"{' › '.join((one.title, *one.path))}{seen}"
    start, end = one.focus or (0, 0)
    parts = ((one.text[:start], Style.PLAIN), (one.text[start:end], Style.BOLD), (one.text[end:], Style.PLAIN))
    whole = end - start == len(one.text.rstrip())  # where all of it answers, nothing stands out
    pieces = [Piece(text, style) for text, style in parts if text]
    quote = Quote(spans_of([Piece(one.text, Style.PLAIN)] if whole else pieces, ROOM, ARCHIVED), label)
    where = linked((("Archived page", version_page(base, one.version) if one.version else ""),))
    return (quote, *([Note(where)] if where else []))
