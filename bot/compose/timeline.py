"""The dated changes of a platform, from first sight to the latest, oldest first.

A long history shows its ends and counts what lies between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import change_page
from bot.compose.message import Block, Heading, Message, Note, Picture, Span, Style, Text
from bot.compose.words import counted, day, exposed, graver

SHOWN = 20
OLDEST = 3  # of those shown, taken from the beginning


@dataclass(frozen=True, slots=True)
class Step:
    """One dated fact: a first sight, a change, a provision that came or went. `change` is empty for a first sight."""

    at: datetime
    document: str
    what: str
    exposure: str = ""
    change: str = ""


def timeline(
    title: str, steps: Sequence[Step], now: datetime, base: str = "", pictures: tuple[Picture, ...] = ()
) -> Message:
    """Tell a history. `title` names the platform, and the provision if only one is told."""
    if not steps:
        line = f"{title}: nothing is archived yet."
        return Message(line, (Text((Span(line),)),))
    ordered = sorted(steps, key=lambda step: step.at)
    changes = sum(bool(step.change) for step in ordered)
    line = f"{title}: {counted(changes, 'change')} since {day(ordered[0].at)}"
    blocks: list[Block] = [Heading(line), *pictures]
    gap = len(ordered) - SHOWN
    first, last = (ordered[:OLDEST], ordered[gap + OLDEST :]) if gap > 0 else (ordered, [])
    blocks.append(Text(_lines(first, base)))
    if last:
        blocks += [Note((Span(f"{counted(gap, 'step')} between, see /changes or the page"),)), Text(_lines(last, base))]
    grave = ""
    for step in ordered:
        grave = graver(grave, step.exposure)
    return Message(f"{line}.", tuple(blocks), grave)


def _lines(steps: Sequence[Step], base: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for step in steps:
        spans += [Span("\n")] * bool(spans) + [Span(day(step.at), Style.BOLD), Span(f"  {step.document}: ")]
        spans.append(Span(step.what, link=change_page(base, step.change) if step.change else ""))
        spans += [Span(f" ({exposed(step.exposure)})")] * bool(step.exposure)
    return tuple(spans)
