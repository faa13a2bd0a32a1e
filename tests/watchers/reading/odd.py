"""What comes of one page, or of two that follow each other, by the real path from bytes to verdict.

No server and no archive: those are `bench.reading_faults`' and the tests of looks.
"""

from __future__ import annotations

from datetime import UTC, datetime

from watchers.comparing.compare import compare
from watchers.model import Document, Due, Outcome, Part, Past, Reading, Snapshot, Version
from watchers.pipeline import examine
from watchers.reading.extract import read

ADDRESS = "https://site.example/terms"
AT = datetime(2026, 9, 7, 9, tzinfo=UTC)
DOCUMENT = Document("case/doc", "case", "Terms of Service", (Part(ADDRESS),), language="")


def snapshot(body: bytes, content_type: str = "text/html; charset=utf-8", final: str = ADDRESS) -> Snapshot:
    """Return a page as it came."""
    kind = content_type.split(";")[0]
    return Snapshot(ADDRESS, final, 200, (("content-type", content_type),), kind, body, AT)


def reading_of(body: bytes, content_type: str = "text/html; charset=utf-8", final: str = ADDRESS) -> Reading:
    """Return what is read off a page, judged."""
    return read(DOCUMENT, (snapshot(body, content_type, final),))


def words_of(body: bytes, content_type: str = "text/html") -> str:
    """Return a page's verdict and its words."""
    found = reading_of(body, content_type)
    return f"[{found.verdict.health} {found.verdict.reason}]\n{found.text}"


def compared(old: bytes, new: bytes, content_type: str = "text/html; charset=utf-8") -> str:
    """Return what a look comes to that finds a page changed: its outcome, reasons and passages.

    The first page came as UTF-8, the second as the type says.
    """
    pages = snapshot(old), snapshot(new, content_type)
    first = read(DOCUMENT, pages[:1])
    if not first.verdict.readable:
        return f"blind at first: {first.verdict.health} {first.verdict.reason}"
    version = Version("v1", DOCUMENT.id, AT, first.sha256, first.text, first.links, first.language, first.rules)
    due = Due(DOCUMENT, (), ())
    look = examine(due, pages[1:], Past(version, pages[:1], held="", held_since=None), AT)
    if look.outcome is Outcome.SAME_WORDS:
        return "same words"
    if look.difference is None:
        return f"{look.outcome}: {look.reason}"
    shown = [f"  [{p.kind}/{p.significance}] - {p.before} + {p.after}" for p in look.difference.passages]
    return "\n".join([f"{look.difference.significance}: {'; '.join(look.difference.reasons)}", *shown])


def difference(old: Reading, new: Reading) -> str:
    """Return the significance of what differs between two readings."""
    return compare(old, new, doc_type=DOCUMENT.type).significance.value
