"""The jobs that run in a box: the pure core on values, and nothing else.

Each takes and returns values that can be pickled; what was handed in is left out of the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from watchers.model import Change, Document, Due, Look, Part, Past, Reading, Snapshot, Validators, Version
from watchers.pipeline import Seen, examine, examine_coarsely, glance
from watchers.reading.discover import Head, head_of
from watchers.reading.extract import read, text_of
from watchers.spans import span

_PAGE = b"<html><head><title>Privacy Policy</title></head><body><main><h1>Privacy Policy</h1>%s</main></body></html>"
_SENTENCES = (
    b"<p>We may share your personal data with partners for 30 days, unless you opt out by 1 May 2026.</p>"
    b"<p>You agree to binding arbitration, and we never sell what you post.</p>"
)


def warm() -> None:
    """Do once what every first job would have to: load the rules and the words of the language most pages are in."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    address = "https://warm.example/"
    due = Due(Document("warm/privacy", "warm", "Privacy Policy", (Part(address),)), (Validators(),), ())
    page = Snapshot(address, address, 200, (), "text/html", _PAGE % (_SENTENCES * 9), now)
    examine(due, (page,), Past(), now)


def glanced(due: Due, pages: tuple[Snapshot, ...], now: datetime) -> Look | Reading:
    """Glance at pages; a look comes back without them."""
    return _bare(glance(due, pages, now))


def examined(due: Due, pages: Seen, past: Past, now: datetime, reading: Reading | None = None) -> Look:
    """Examine pages; the look comes back without them."""
    look = examine(due, pages, past, now, reading)
    return replace(look, snapshots=())


def examined_coarsely(due: Due, pages: Seen, past: Past, now: datetime, reading: Reading) -> Look:
    """Examine pages that are too much to be compared; the look comes back without them."""
    return replace(examine_coarsely(due, pages, past, now, reading), snapshots=())


def introduced(part: Part, page: Snapshot) -> tuple[Reading, Head]:
    """Read a page that nobody declared, and what it says of itself."""
    reading = read(Document("", "", "", (part,), language=""), (page,))
    return reading, _head(page, reading)


def _bare(seen: Look | Reading) -> Look | Reading:
    return replace(seen, snapshots=()) if isinstance(seen, Look) else seen


def between(document: Document, platform: str, before: Version, after: Version) -> Change:
    """Return what differs between any two versions of a document."""
    return span(document, platform, before, after)


FIRST_LINE = 120  # letters of a line that may be a title


def _head(page: Snapshot, reading: Reading) -> Head:
    """Return what a page says of itself; of a PDF or a plain text its first line stands for the heading."""
    if page.media_type in ("text/html", "application/xhtml+xml"):
        head = head_of(text_of(page))
        return head if head.titles or head.headings else replace(head, headings=tuple(filter(None, [reading.title])))
    first = reading.title or reading.text.partition("\n")[0]
    return Head(headings=(first[:FIRST_LINE],))
