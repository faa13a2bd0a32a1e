"""Atom feeds of changes, with the redline in them. Composed of archived words only; nothing is looked up here.

RFC 4287: every entry has an id that stays, a title, a time, an author (the feed's) and content as escaped HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from bot.compose.news import TURNS, provision_title
from bot.pages.rendering import Run, clean, day, inline_runs, spoken
from bot.pages.shelf import Place
from watchers.model import Change, Passage

ATOM = "http://www.w3.org/2005/Atom"
MOST_PASSAGES = 12
LONGEST_PASSAGE = 4_000
ElementTree.register_namespace("", ATOM)

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, however it is escaped."""

Entry = tuple[Change, Place]


def feed(title: str, address: str, site: str, changes: Sequence[Entry]) -> bytes:
    """Return an Atom feed, newest first. `site` is the address of the pages, without a slash at its end."""
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", _moment(changes[0][0].seen_at if changes else datetime(2026, 1, 1, tzinfo=UTC)))
    _add(root, "link", rel="self", href=address, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=address.removesuffix("/feed.atom") or site, type="text/html")
    _add(_add(root, "author"), "name", "Clausewatch")
    for change, place in changes:
        _entry(root, site, change, place)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, site: str, change: Change, place: Place) -> None:
    name, address = f"{place.platform.name} {place.document.type}", f"{site}/changes/{change.id}"
    entry = _add(root, "entry")
    _add(entry, "id", address)
    _add(entry, "title", change.headline or f"{name} changed")
    _add(entry, "updated", _moment(change.seen_at))
    _add(entry, "link", rel="alternate", href=address, type="text/html")
    for provision in dict.fromkeys(touch.provision for touch in change.touches):
        _add(entry, "category", term=provision, label=provision_title(provision))
    _add(entry, "content", _redline(change, name, address), type="html")


def _redline(change: Change, name: str, address: str) -> str:
    """Write the passages as escaped HTML; what is left out is counted."""
    passages = change.difference.passages
    facts = [name, f"seen {day(change.seen_at)}"]
    if change.difference.effective:
        facts.append(f"effective {day(change.difference.effective)}")
    facts += [f"{provision_title(touch.provision)} {TURNS[touch.turn]}" for touch in change.touches]
    parts = [f"<p>{_escaped(' · '.join(facts))}</p>", *map(_passage, passages[:MOST_PASSAGES])]
    if (left := len(passages) - MOST_PASSAGES) > 0:
        parts.append(f'<p><a href="{_escaped(address)}">{left} more passages on the page.</a></p>')
    return "".join(parts)


def _passage(passage: Passage) -> str:
    where = " › ".join((spoken(passage.kind), *passage.path))
    shown, room = [], LONGEST_PASSAGE
    for run in inline_runs(passage):
        shown.append(_marked(Run(run.text[:room], run.mark)))
        room -= len(run.text)
        if room <= 0:
            shown.append(" [… goes on on the page]")
            break
    return f"<h4>{_escaped(where)}</h4><p>{''.join(shown)}</p>"


def _marked(run: Run) -> str:
    words = _escaped(run.text).replace("\n", "<br>")
    return f"<{run.mark}>{words}</{run.mark}>" if run.mark else words


def _escaped(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = _NO_XML.sub("", clean(text)) or None
    return element


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
