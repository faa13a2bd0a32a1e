"""One provision over several platforms: what each says, verbatim, whether it offers a choice, since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import comparison_page, linked, version_page
from bot.compose.message import Block, Heading, Message, Note, Picture, Quote, Span, Style, Text
from bot.compose.news import provision_title
from bot.compose.passages import ARCHIVED, Piece, spans_of
from bot.compose.words import ORDER, counted, day, exposed, graver, listed

SHOWN = 8
ROOM = 420
STANCES = {
    "does": "does it",
    "may": "may do it",
    "does_not": "says it does not",
    "asks_consent": "asks for consent",
    "offers_choice": "offers a choice",
    "limited": "with limits",
    "prohibits_reader": "forbids it to the reader",
    "third_party": "speaks of others doing it",
}
DISCLAIMER = "A description of what documents say, not a legal determination. Not affiliated with any platform."


@dataclass(frozen=True, slots=True)
class Standing:
    """What one document says about a provision: `excerpt` is a verbatim slice of the archived version."""

    platform: str
    document: str
    excerpt: str
    stance: str
    exposure: str
    choice: str = ""
    since: datetime | None = None
    version: str = ""
    path: tuple[str, ...] = ()


def comparison(
    provision: str,
    rows: Sequence[Standing],
    silent: Sequence[str] = (),
    base: str = "",
    pictures: tuple[Picture, ...] = (),
    unread: Sequence[str] = (),
) -> Message:
    """Compare platforms on one provision, the highest exposure first.

    `silent` are those where nothing was found, `unread` those of which no document was read yet.
    """
    title = provision_title(provision)
    if not rows:
        line = f"Nothing about {title} was found in the documents read so far."
        return Message(line, (Text((Span(line),)), *_silent(silent, unread)))
    ordered = sorted(rows, key=lambda row: (ORDER[row.exposure], row.platform.casefold()))
    line = f"{title} at {counted(len({row.platform for row in rows}), 'platform')}"
    blocks: list[Block] = [Heading(line), *pictures]
    blocks += [block for row in ordered[:SHOWN] for block in told(row, base)]
    if left := len(ordered) - SHOWN:
        blocks += [Text((Span(f"{counted(left, 'more platform')} on the page."),))] * (left > 0)
    where = linked((("The whole comparison", comparison_page(base, provision)),))
    small = (*where, Span(" · ")) if where else ()
    grave = ""
    for row in rows:
        grave = graver(grave, row.exposure)
    return Message(f"{line}.", (*blocks, *_silent(silent, unread), Note((*small, Span(DISCLAIMER)))), grave)


def told(row: Standing, base: str) -> tuple[Block, ...]:
    """Tell what one document says."""
    facts = [STANCES.get(row.stance, row.stance), exposed(row.exposure)]
    facts.append(f"choice: {row.choice}" if row.choice else "no choice named here")
    facts += [f"since {day(row.since)}"] if row.since else []
    head = (
        Span(row.platform, Style.BOLD),
        Span(f" · {' · '.join(facts)}"),
    )
    label = " › ".join((row.document, *row.path))
    quote = Quote(spans_of((Piece(row.excerpt, Style.PLAIN),), ROOM, ARCHIVED), label)
    where = linked((("Archived page", version_page(base, row.version) if row.version else ""),))
    return (Text(head), quote, *([Note(where)] if where else []))


def _silent(platforms: Sequence[str], unread: Sequence[str]) -> tuple[Block, ...]:
    said = [f"Nothing found at {listed(list(platforms), most=8)}."] if platforms else []
    said += [f"Not read yet: {listed(list(unread), most=8)}."] if unread else []
    return (Note((Span(" ".join(said)),)),) if said else ()
