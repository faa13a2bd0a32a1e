"""Lists people ask for: what is watched, and what changed, ten at a time.

Rows are cut to pages, never silently; the button for the next page says how many are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import change_page
from bot.compose.message import Block, Button, Buttons, Heading, Message, Note, Span, Style, Table, Text
from bot.compose.news import News, provision_title
from bot.compose.ping import dated, gravest
from bot.compose.words import ago, clock, counted, day, exposed, listed

PAGE = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One watch as it stands. `names` are those of its platform and documents; `health` in words, empty when good."""

    watch: int
    platform: str
    documents: str
    provisions: str
    ping: bool
    last_look: datetime | None = None
    last_change: datetime | None = None
    health: str = ""
    muted_until: datetime | None = None
    paused: str = ""


def watches(rows: Sequence[Row], now: datetime, next_digest: str, page: int = 1, paused: str = "") -> Message:
    """List the watches of a channel with their health. `paused` says why nothing is posted there."""
    if not rows:
        line = "Nothing is watched here yet. Try: /watch linkedin privacy"
        return Message(line, (Text((Span(line),)),))
    shown = rows[(page - 1) * PAGE : page * PAGE]
    title = f"{counted(len(rows), 'watch', 'watches')} in this channel"
    header = ("Platform", "Documents", "Provisions", "Last look", "Last change", "Health")
    blocks: list[Block] = [Heading(title), Table(header, tuple(cells(row, now) for row in shown))]
    if paused:
        line = f"Nothing is posted here for now: {paused.rstrip('.')}. Once that is mended: /testpost"
        blocks.insert(1, Text((Span(line, Style.BOLD),)))
    blocks.append(Note((Span(next_digest),)))
    row = Buttons((*_turn(len(rows), page, "watches", ""), Button("Mute…", "mute"), Button("Unwatch…", "unwatch")))
    return Message(f"{title}. {next_digest}", (*blocks, row))


def cells(row: Row, now: datetime) -> tuple[str, ...]:
    """Write a watch as cells of a table."""
    look = "not yet" if row.last_look is None else ago(row.last_look, now)
    change = "none yet" if row.last_change is None else day(row.last_change)
    return (row.platform, row.documents, row.provisions, look, change, state(row, now))


def state(row: Row, now: datetime) -> str:
    """Say how a watch is doing, what matters most first."""
    if row.paused:
        return f"paused: {row.paused}"
    said = [row.health] if row.health else []
    if row.muted_until and row.muted_until > now:
        said.append(f"muted until {day(row.muted_until)}")
    if not row.ping:
        said.append("digest only")
    return "; ".join(said) or ("good" if row.last_look else "first look soon")


def changes(
    news: Sequence[News],
    total: int,
    page: int,
    about: str,
    now: datetime,
    base: str = "",
    again: str = "",
    span: str = "",
    unread: str = "",
) -> Message:
    """List changes, newest first.

    `about` says of what (" of X", or nothing for all), `span` since when (" in the last 30 days"); `again` is what
    to ask for the next page.
    """
    if not news:
        return no_change(about, span, unread=unread) if page == 1 else no_change(about, span, more="more ")
    title = f"{counted(total, 'change')}{about}{span}"
    first = (page - 1) * PAGE + 1
    part = f" ({first} to {first + len(news) - 1})" if total > len(news) else ""
    items = tuple(Text(listing(one, now, base)) for one in news)
    turn = _turn(total, page, "changes", again)
    return Message(
        f"{title}{part}.", (Heading(f"{title}{part}"), *items, *([Buttons(turn)] if turn else [])), gravest(news)
    )


def no_change(about: str, span: str = "", more: str = "", unread: str = "") -> Message:
    """Say that there is no change, when the first one can come, and what was not read: of that nothing is known."""
    line = f"No {more}change{about} has been seen{span or ('' if more else ' yet')}."
    if unread:
        line = f"{line} {unread}"
    if span or more or unread:
        return Message(line, (Text((Span(line),)),))
    how = "A document's first look is only remembered; from the second on, what changed is told."
    return Message(line, (Text((Span(line),)), Note((Span(how),))))


def listing(news: News, now: datetime, base: str) -> tuple[Span, ...]:
    """Write one change as a line or two."""
    facts = [clock(news.change.seen_at, now.tzinfo)]
    facts += [exposed(news.exposure)] if news.exposure else []
    facts += dated(news.change.difference.effective, now)
    return (Span(news.heading, Style.BOLD, change_page(base, news.change.id)), Span(f"\n{' · '.join(facts)}"))


def _turn(total: int, page: int, action: str, again: str) -> tuple[Button, ...]:
    left = total - page * PAGE
    row = [Button("Newer", action, f"{again} page {page - 1}".strip())] * (page > 1)
    row += [Button(f"{left:,} more", action, f"{again} page {page + 1}".strip())] * (left > 0)
    return tuple(row)


def provisions_of(names: Sequence[str]) -> str:
    """Name the provisions of a watch, or say that any change counts."""
    return listed([provision_title(name) for name in names if name], most=3) or "any change"
