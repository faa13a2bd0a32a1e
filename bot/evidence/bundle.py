"""Composes the bundle of a change: raw pages, texts, redline, card, metadata, chain, and a README for people.

Values in, files out; the archive is read elsewhere (`gather`), and the check is `verify`'s.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from bot.pages.changes import passages_of
from bot.pages.rendering import render
from bot.pages.shelf import Told
from storage.archive.chain import Link
from watchers.model import Snapshot, Version
from watchers.provisions.card import Card

FORMAT = "clausewatch-evidence/1"
STAMP = (1980, 1, 1, 0, 0, 0)
"""The time inside the archive: the same change always gives the same bytes."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """All that a bundle shows."""

    told: Told
    before_pages: tuple[Snapshot, ...]
    after_pages: tuple[Snapshot, ...]
    chain: tuple[tuple[Link, str], ...]
    cards: tuple[Card, ...]
    roots: tuple[tuple[date, str], ...] = ()


def files_of(exhibit: Exhibit) -> Mapping[str, bytes]:
    """Return the files of a bundle by name, the manifest among them."""
    told = exhibit.told
    contents: dict[str, bytes] = {
        "texts/before.md": told.before.text.encode(),
        "texts/after.md": told.after.text.encode(),
        "redline.html": _redline(exhibit).encode(),
        "cards.json": _json([_card(card) for card in exhibit.cards]),
        "README.txt": _readme(exhibit).encode(),
    }
    for side, pages in (("before", exhibit.before_pages), ("after", exhibit.after_pages)):
        contents |= {_page_name(side, number): page.body for number, page in enumerate(pages, 1)}
    manifest = _manifest(exhibit, contents)
    return {**contents, "manifest.json": _json({**manifest, "seals": seals(manifest)})}


def seals(manifest: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the SHA-256 of each entry of a manifest but the seals, as JSON with sorted keys and no blanks."""

    def sealed(value: object) -> str:
        line = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(line.encode()).hexdigest()

    return {name: sealed(value) for name, value in sorted(manifest.items()) if name != "seals"}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, STAMP), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _page_name(side: str, number: int) -> str:
    return f"pages/{side}-{number}.page"


def _manifest(exhibit: Exhibit, contents: Mapping[str, bytes]) -> Json:
    told = exhibit.told
    return {
        "format": FORMAT,
        "change": told.change.id,
        "document": told.place.document.id,
        "platform": told.place.platform.name,
        "type": told.place.document.type,
        "seen_at": told.change.seen_at.isoformat(),
        "headline": told.change.headline,
        "significance": told.change.difference.significance,
        "reasons": list(told.change.difference.reasons),
        "effective": told.change.difference.effective.isoformat() if told.change.difference.effective else None,
        "before": _version(told.before, "before", exhibit.before_pages),
        "after": _version(told.after, "after", exhibit.after_pages),
        "passages": [
            {"kind": p.kind, "before": [p.before_start, p.before], "after": [p.after_start, p.after]}
            for p in told.change.difference.passages
        ],
        "chain": [_link(link, head) for link, head in exhibit.chain],
        "roots": [{"day": day.isoformat(), "root": root} for day, root in exhibit.roots],
        "files": {name: hashlib.sha256(body).hexdigest() for name, body in sorted(contents.items())},
    }


def _version(version: Version, side: str, pages: Sequence[Snapshot]) -> Json:
    return {
        "id": version.id,
        "seen_at": version.seen_at.isoformat(),
        "sha256": version.sha256,
        "rules": version.rules,
        "language": version.language,
        "text": f"texts/{side}.md",
        "pages": [_page(page, _page_name(side, number)) for number, page in enumerate(pages, 1)],
    }


def _page(page: Snapshot, name: str) -> Json:
    return {
        "file": name,
        "sha256": page.sha256,
        "taken_at": page.taken_at.isoformat(),
        "address": page.address,
        "final_address": page.final_address,
        "status": page.status,
        "headers": [list(pair) for pair in page.headers],
        "media_type": page.media_type,
        "fetcher": page.fetcher,
    }


def _link(link: Link, head: str) -> Json:
    return {
        "ordinal": link.ordinal,
        "version": link.version,
        "seen_at": link.seen_at.isoformat(),
        "text_sha256": link.text_sha256,
        "rules": link.rules,
        "pages": list(link.pages),
        "head": head,
    }


def _card(card: Card) -> Json:
    cited = card.citation
    return {
        "provision": card.provision,
        "title": card.title,
        "statement": card.statement,
        "excerpt": card.excerpt,
        "version": cited.version if cited else None,
        "start": cited.start if cited else None,
        "end": cited.end if cited else None,
        "stance": card.stance,
        "exposure": card.exposure,
        "open_points": [point.says for point in card.open_points],
        "landscape": [
            {
                "instrument": hook.instrument.citation,
                "title": hook.instrument.title,
                "locator": hook.locator,
                "why": hook.why,
            }
            for hook in card.landscape.hooks
        ],
        "compiled": card.compiled,
        "notice": card.notice,
        "disclaimer": card.disclaimer,
    }


def _redline(exhibit: Exhibit) -> str:
    style = resources.files("bot.pages").joinpath("static", "style.css").read_text(encoding="utf8")
    return render("evidence.html", told=exhibit.told, passages=passages_of(exhibit.told), style=style)


def _readme(exhibit: Exhibit) -> str:
    told = exhibit.told
    return f"""Evidence of a change: {told.place.platform.name}, {told.place.document.type}
Change {told.change.id}, seen {told.change.seen_at.isoformat()}

What is here
  redline.html      what was struck out and what was put in, to read or to print
  texts/            the words of both versions, as they were read from the pages
  pages/            the pages exactly as served; open them in a text editor, they are other people's HTML
  cards.json        the provisions that the change touches, each excerpt with its place
  manifest.json     when and where each page was taken, all hashes, and the document's chain of versions

How to check it
  clausewatch verify THIS-FILE.zip
needs no database. By hand: the SHA-256 of each file is in manifest.json under "files"; the SHA-256 of
texts/after.md is that of the version; each link of the chain is the SHA-256 of one line of JSON
  [head before, document, ordinal, version, seen_at, text_sha256, rules, [pages]]
without spaces, so no version can be altered, dropped or slipped in without changing every head after it.
Each entry of manifest.json has its SHA-256 under "seals" (of the entry as JSON, keys sorted, no blanks).
Who keeps a copy of a later head, or of a day's root, can tell whether this chain is the one that stood then.

This describes what was served and read. It is no legal determination.
"""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode() + b"\n"
