"""Where our own pages are: the one place that knows the paths, shared by messages and pages.

An empty base means that no pages are served; then there is no link, never a broken one.
"""

from __future__ import annotations

from urllib.parse import quote

from bot.compose.message import Span


def page(base: str, *parts: str) -> str:
    """Return the address of one of our pages, or nothing when none are served."""
    return "/".join((base.rstrip("/"), *(quote(part, safe="/") for part in parts))) if base else ""


def change_page(base: str, change: str) -> str:
    """Return the address of a change's redline."""
    return page(base, "changes", change)


def version_page(base: str, version: str) -> str:
    """Return the address of an archived version."""
    return page(base, "versions", version)


def document_page(base: str, document: str) -> str:
    """Return the address of a document: its text, its timeline, its health."""
    return page(base, "documents", document)


def between_page(base: str, document: str, since: str = "") -> str:
    """Return the address of what differs between the version of a day and the one that stands, or any two."""
    found = page(base, "between", document)
    return f"{found}?from={quote(since)}" if found and since else found


def card_page(base: str, platform: str, provision: str) -> str:
    """Return the address of a provision's card on one platform."""
    return page(base, "platforms", platform, "provisions", provision)


def comparison_page(base: str, provision: str) -> str:
    """Return the address of a provision compared over platforms."""
    return page(base, "provisions", provision)


def linked(pairs: tuple[tuple[str, str], ...]) -> tuple[Span, ...]:
    """Write links in a row, those without an address left out."""
    spans: list[Span] = []
    for label, address in pairs:
        if address:
            spans += [Span(" · ")] * bool(spans) + [Span(label, link=address)]
    return tuple(spans)
