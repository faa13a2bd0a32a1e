"""The calendar: what takes effect when, of documents and of laws; as a list for the page and as an iCalendar file.

Pure: dates and names come in, what falls into a span goes out. Only dates that a text or a law states are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.pages.rendering import clean
from bot.pages.shelf import Place
from watchers.model import Change
from watchers.provisions.law import law
from watchers.provisions.regions import coming_dates

AHEAD = timedelta(days=90)
LINE = 73
"""Octets of a line before it is folded: 75 with the line's end and the blank that goes on (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One day on which something takes effect: a document's change, or a law. `link` is a path of ours, or empty."""

    day: date
    title: str
    says: str
    link: str = ""
    document: bool = True


def coming(changes: Iterable[tuple[Change, Place]], today: date, regions: Sequence[str] = ()) -> tuple[Dated, ...]:
    """Return what takes effect from today on within ninety days, by day, documents before laws."""
    last = today + AHEAD
    found = [*_of_changes(changes), *_of_laws(regions)]
    return tuple(sorted((each for each in found if today <= each.day <= last), key=lambda d: (d.day, not d.document)))


def _of_changes(changes: Iterable[tuple[Change, Place]]) -> Iterator[Dated]:
    for change, place in changes:
        if when := change.difference.effective:
            name = f"{place.platform.name} {place.document.type}"
            yield Dated(when, name, change.headline or f"{name} changes", f"/changes/{change.id}")


def _of_laws(regions: Sequence[str]) -> Iterator[Dated]:
    for each in coming_dates(law(), regions):
        if each.coming.day:
            yield Dated(each.coming.day, each.instrument.title, each.coming.what, document=False)


def icalendar(dates: Iterable[Dated], base: str, now: datetime) -> bytes:
    """Return the dates as an iCalendar file of whole days (RFC 5545); `base` makes links whole.

    Written here and not by a library: it is one kind of event, and the usual library is as large as our own program.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clausewatch//Calendar//EN", "X-WR-CALNAME:Clausewatch"]
    for each in dates:
        lines += _event(each, base, now)
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line)).encode()


def _event(dated: Dated, base: str, now: datetime) -> Iterator[str]:
    identity = f"{dated.link.strip('/').replace('/', '-')}" or f"law-{_slug(dated.title)}-{dated.day:%Y%m%d}"
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@clausewatch"
    yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{dated.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{dated.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{dated.title}: takes effect' if dated.document else dated.title)}"
    yield f"DESCRIPTION:{_escaped(dated.says)}"
    if dated.link and base:
        yield f"URL:{base.rstrip('/')}{dated.link}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _slug(title: str) -> str:
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in title.casefold())


def _escaped(text: str) -> str:
    bare = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return bare.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 octets, never within a letter; all but the first begin with a blank."""
    piece, room = "", LINE
    for letter in line:
        if len((piece + letter).encode()) > room:
            yield piece
            piece = " "
        piece += letter
    yield piece
