"""The dated changes of a platform, from first sight to the latest, oldest first.

A long history shows its ends and counts what lies between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import change_page
from bot.compose.message import Block, Heading, Message, Note, Picture, Quote, Span, Style, Text
from bot.compose.passages import ARCHIVED, Piece, spans_of
from bot.compose.words import counted, day, exposed, graver

SHOWN = 20
OLDEST = 3  # of those shown, taken from the beginning
QUOTED = 5  # the latest steps, told with their words
ROOM = 300


@dataclass(frozen=True, slots=True)
class Step:
    """One dated fact: a first sight, a change, a provision that came or went. `change` is empty for a first sight.

    `before` and `after` are verbatim: what a provision said, and says since.
    """

    at: datetime
    document: str
    what: str
    exposure: str = ""
    change: str = ""
    before: str = ""
    after: str = ""


def timeline(
    title: str, steps: Sequence[Step], now: datetime, base: str = "", pictures: tuple[Picture, ...] = ()
) -> Message:
    """Tell a history. `title` names the platform, and the provision if only one is told."""
    if not steps:
        line = f"Nothing is archived yet about {title}."
        return Message(line, (Text((Span(line),)),))
    ordered = sorted(steps, key=lambda step: step.at)
    changes = sum(bool(step.change) for step in ordered)
    line = f"{title}: {counted(changes, 'change')} since {day(ordered[0].at)}"
    blocks: list[Block] = [Heading(line), *pictures]
    gap = len(ordered) - SHOWN
    first, last = (ordered[:OLDEST], ordered[gap + OLDEST :]) if gap > 0 else (ordered, [])
    blocks += _told(first, base, first[-QUOTED:] if not last else ())
    if last:
        blocks += [Note((Span(f"{counted(gap, 'step')} between, see /changes or the page"),))]
        blocks += _told(last, base, last[-QUOTED:])
    grave = ""
    for step in ordered:
        grave = graver(grave, step.exposure)
    return Message(f"{line}.", tuple(blocks), grave)


def _told(steps: Sequence[Step], base: str, quoted: Sequence[Step]) -> list[Block]:
    """Tell steps a line each; those to be quoted, where they have words, with the words below."""
    blocks: list[Block] = []
    plain: list[Step] = []
    for step in steps:
        plain.append(step)
        if step in quoted and (words := _words(step)):
            blocks += [Text(_lines(plain, base)), *words]
            plain = []
    return [*blocks, *([Text(_lines(plain, base))] if plain else [])]


def _words(step: Step) -> list[Quote]:
    said = (("before", step.before), ("after", step.after)) if step.before != step.after else (("", step.after),)
    return [Quote(spans_of((Piece(words, Style.PLAIN),), ROOM, ARCHIVED), label) for label, words in said if words]


def _lines(steps: Sequence[Step], base: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for step in steps:
        spans += [Span("\n")] * bool(spans) + [Span(day(step.at), Style.BOLD), Span(f"  {step.document}: ")]
        spans.append(Span(step.what, link=change_page(base, step.change) if step.change else ""))
        spans += [Span(f" ({exposed(step.exposure)})")] * bool(step.exposure)
    return tuple(spans)
