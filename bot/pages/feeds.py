"""Atom feeds of changes, with the redline in them. Composed of archived words only; nothing is looked up here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from bot.pages.rendering import Run, clean, inline_runs
from watchers.model import Change, Document, Platform

ATOM = "http://www.w3.org/2005/Atom"
MOST_PASSAGES = 12
ElementTree.register_namespace("", ATOM)


def feed(title: str, address: str, site: str, changes: Sequence[tuple[Change, Platform, Document]]) -> bytes:
    """Return an Atom feed, newest first. `site` is the address of the pages, without a slash at its end."""
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", _moment(changes[0][0].seen_at if changes else datetime(2026, 1, 1, tzinfo=UTC)))
    _add(root, "link", rel="self", href=address, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=site, type="text/html")
    _add(_add(root, "author"), "name", "Clausewatch")
    for change, platform, document in changes:
        _entry(root, site, change, platform, document)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, site: str, change: Change, platform: Platform, document: Document) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", f"{site}/changes/{change.id}")
    _add(entry, "title", clean(change.headline) or f"{platform.name} {document.type}")
    _add(entry, "updated", _moment(change.seen_at))
    _add(entry, "link", rel="alternate", href=f"{site}/changes/{change.id}", type="text/html")
    for touch in change.touches:
        _add(entry, "category", term=touch.provision)
    _add(entry, "content", _redline(change), type="html")


def _redline(change: Change) -> str:
    """Write the passages as escaped HTML; what is left out is counted."""
    shown = change.difference.passages[:MOST_PASSAGES]
    parts = ["<p>" + "".join(_marked(run) for run in inline_runs(passage)) + "</p>" for passage in shown]
    left = len(change.difference.passages) - len(shown)
    return "".join(parts) + (f"<p>{left} more passages on the page.</p>" if left else "")


def _marked(run: Run) -> str:
    words = clean(run.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<{run.mark}>{words}</{run.mark}>" if run.mark else words


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
