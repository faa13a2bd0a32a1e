"""What cannot be read: of a platform, one message a channel that is redrawn as it grows and ends; or we ourselves.

Who is told, and whether a message is new or redrawn, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import document_page, linked
from bot.compose.message import Block, Facts, Heading, Message, Note, Span, Style, Text
from bot.compose.news import full_title
from bot.compose.words import ago, clock, counted, day, title_of
from watchers.model import Document, Platform

MOST = 12
"""Documents of a platform that are written out; the others are counted."""

NO_CHANGE = "This is not a change of the document."
STANDS = (
    "The last version that was read stands; the page is looked at again by itself, and this message says so when it "
    "can be read."
)
NEVER = "It has never been read, so nothing can be said of what it says; the page is looked at again by itself."
MEANWHILE = "What changed meanwhile, if anything, is told as a change of its own."


@dataclass(frozen=True, slots=True)
class Unseen:
    """A document that cannot be read, or could not `until` a moment. `read`: an earlier version of it is archived."""

    document: Document
    since: datetime
    reason: str
    until: datetime | None = None
    read: bool = True


def unseen(platform: Platform, documents: Sequence[Unseen], now: datetime, base: str = "") -> Message:
    """Tell which documents of a platform cannot be read, since when and why, and which can again."""
    if len(documents) == 1:
        return _one(platform, documents[0], now, base)
    blind, over = [one for one in documents if not one.until], [one for one in documents if one.until]
    if blind:
        heading = f"{platform.name}: {counted(len(blind), 'document')} cannot be read"
    else:
        heading = f"{platform.name}: {counted(len(over), 'document')} can be read again"
    shown = (*blind, *over)[:MOST]
    lines = [line for one in shown for line in _line(platform, one, base)]
    if len(documents) > MOST:
        lines.append(Span(f"\n• and {counted(len(documents) - MOST, 'more document')}"))
    lines[0] = Span(lines[0].text.lstrip("\n"))
    small = NO_CHANGE.replace("the document", "a document") if blind else MEANWHILE
    return Message(f"{heading}.", (Heading(heading), Text(tuple(lines)), Note((Span(small),))))


def _one(platform: Platform, one: Unseen, now: datetime, base: str) -> Message:
    title = full_title(platform, one.document)
    if one.until:
        line = f"{title} can be read again, after {span(one.since, one.until)}."
        return Message(line, (Text((Span(line), Span(" "), Span(MEANWHILE))), *_where(one, base)))
    reason = one.reason.rstrip(".")
    facts = Facts((("Reason", reason), ("Since", f"{clock(one.since)} ({ago(one.since, now)})")))
    stands = f"{NO_CHANGE} {STANDS if one.read else NEVER}"
    blocks = (Heading(f"{title} cannot be read"), facts, Text((Span(stands),)), *_where(one, base))
    return Message(f"{title} cannot be read since {day(one.since)}: {reason}.", blocks)


def _line(platform: Platform, one: Unseen, base: str) -> tuple[Span, ...]:
    title = title_of(one.document)
    named = Span(title, Style.BOLD, document_page(base, one.document.id) if one.read else "")
    if one.until:
        return (Span("\n• "), named, Span(f" can be read again, after {span(one.since, one.until)}."))
    never = " It has never been read." * (not one.read)
    return (
        Span("\n• "),
        named,
        Span(f" cannot be read since {clock(one.since)}: {one.reason.rstrip('.')}.{never}"),
    )


def _where(one: Unseen, base: str) -> tuple[Block, ...]:
    source = one.document.parts[0].address if one.document.parts else ""
    last = document_page(base, one.document.id) if one.read else ""
    where = linked((("Last version read", last), ("Source", source)))
    return (Note(where),) if where else ()


def span(since: datetime, now: datetime) -> str:
    """Say how long something lasted."""
    return ago(since, now).removesuffix(" ago").replace("just now", "a moment")


def offline(since: datetime, reason: str) -> Message:
    """Tell the operator that it is we who cannot reach the internet, and what to do."""
    line = f"Clausewatch cannot reach the internet since {clock(since)}."
    facts = Facts((("The last site tried", reason.rstrip(".")),))
    rest = (
        "Nearly all sites at once did not answer, so this is our own network, not theirs. No channel is told; what was "
        "archived stands, and all that was missed is looked at when sites answer again."
    )
    todo = "What to do: see whether this machine resolves names and opens pages at all; behind a proxy, set PROXY."
    return Message(line, (Heading(line.rstrip(".")), facts, Text((Span(rest),)), Note((Span(todo),))))


def online(since: datetime, until: datetime) -> Message:
    """Tell the operator that we reach the internet again."""
    line = f"Clausewatch reaches the internet again since {clock(until)}, after {span(since, until)}."
    return Message(line, (Text((Span(f"{line} What was missed is looked at now; no channel was told."),)),))
