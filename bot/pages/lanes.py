"""Lanes: what a document's timeline shows in its rows, from what the archive knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from bot.compose.news import TURNS, provision_title
from bot.pages.rendering import day
from bot.pages.timelines import Dot, Lane, Spell
from storage.archive.health import PastLook
from storage.archive.history import ChangeNote, VersionNote
from watchers.model import Outcome, Significance, Turn

MOST_PROVISIONS = 9
LONGEST = 60
_BLIND = (Outcome.BLIND, Outcome.FAILED)
_KINDS = {Turn.APPEARED: "appeared", Turn.LEFT: "left", Turn.STRENGTHENED: "strengthened", Turn.WEAKENED: "weakened"}


def lanes(
    versions: Sequence[VersionNote], changes: Sequence[ChangeNote], looks: Sequence[PastLook]
) -> tuple[Lane, ...]:
    """Return versions, changes, blind spells, and the provisions that changes touched most often."""
    dots = tuple(Dot(version.seen_at, "version", f"version of {day(version.seen_at)}") for version in versions)
    return (
        Lane("versions", dots),
        Lane("substantive", tuple(_changes(changes, Significance.SUBSTANTIVE))),
        Lane("cosmetic", tuple(_changes(changes, Significance.COSMETIC))),
        Lane("not readable", spells=tuple(spells(looks))),
        *_provisions(changes),
    )


def spells(looks: Sequence[PastLook]) -> Iterator[Spell]:
    """Yield the times between a look that saw nothing and the next one that saw something."""
    since: tuple[datetime, str] | None = None
    for look in sorted(looks, key=lambda look: look.at):
        if look.outcome in _BLIND:
            since = since or (look.at, look.reason)
        elif since:
            yield Spell(since[0], look.at, f"not readable from {day(since[0])} to {day(look.at)}: {since[1]}")
            since = None
    if since and looks:
        yield Spell(since[0], looks[-1].at, f"not readable since {day(since[0])}: {since[1]}")


def shortened(words: str) -> str:
    """Return words cut at a blank, since a tip at the pointer is no place for a paragraph."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _changes(changes: Sequence[ChangeNote], significance: Significance) -> Iterator[Dot]:
    for change in changes:
        if change.significance is significance:
            label = f"{day(change.seen_at)}: {shortened(change.headline) or f'{significance} change'}"
            yield Dot(change.seen_at, str(significance), label, f"/changes/{quote(change.id)}")


def _provisions(changes: Sequence[ChangeNote]) -> tuple[Lane, ...]:
    """Return a lane for each of the provisions touched most often."""
    touched: dict[str, list[Dot]] = {}
    for change in changes:
        for provision, turn in change.touches:
            label = f"{day(change.seen_at)}: {provision_title(provision)} {TURNS[turn]}"
            dot = Dot(change.seen_at, _KINDS.get(turn, "changed"), label, f"/changes/{quote(change.id)}")
            touched.setdefault(provision, []).append(dot)
    ordered = sorted(touched.items(), key=lambda item: -len(item[1]))[:MOST_PROVISIONS]
    return tuple(Lane(provision_title(name), tuple(dots)) for name, dots in ordered)
