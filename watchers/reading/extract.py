"""From snapshots to a reading: the words of a document, with today's rules.

It does not compare, and never asks the network; the same bytes give the same words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from watchers.model import Document, Part, Reading, Snapshot
from watchers.reading import markdown
from watchers.reading.blocks import Block, assemble, join
from watchers.reading.charset import decode
from watchers.reading.choose import choose, find
from watchers.reading.dialect import translated
from watchers.reading.language import language
from watchers.reading.links import unmasked
from watchers.reading.page_chrome import without_banners, without_menus
from watchers.reading.page_health import FEWEST_WORDS, judge
from watchers.reading.pdf import read_pdf
from watchers.reading.plain import read_plain
from watchers.reading.tame import tame
from watchers.reading.volatile import without_noise
from watchers.reading.walk import Walk
from watchers.reading.words import count_words
from watchers.rules.ruleset import ruleset_id

#: A reading that nobody has named the rule set of yet: `read` does, for the document it reads.
RULES = ""
#: Added to `rules` when the declared selectors matched nothing and the main content was read instead.
UNDECLARED = "+main"

_NO_PART = Part("")


def read(document: Document, snapshots: Sequence[Snapshot], *, declared: bool = True) -> Reading:
    """Read a document off its snapshots, one a part in the parts' order.

    Where a part's selectors match nothing the main content is read and `rules` ends in `+main`: the other
    side must then be read with `declared=False` before the two are compared (same ruler). The verdict is what
    can be judged without the last good version; `page_health.judge` says the rest.
    """
    reading = joined([_read_one(part, page, declared) for part, page in zip(document.parts, snapshots, strict=False)])
    rules = rules_of(document) + (UNDECLARED if reading.rules.endswith(UNDECLARED) else "")
    return replace(reading, rules=rules, verdict=judge(reading, snapshots, document=document))


def rules_of(document: Document) -> str:
    """Name today's rules for a document: the rule set, and which selectors were declared, if any.

    When they differ from those a version was read with, its snapshots must be read again before comparing.
    """
    declared = [(part.select, part.remove, part.drop_query) for part in document.parts]
    if not any(any(rows) for rows in declared):
        return ruleset_id()
    return f"{ruleset_id()}:{hashlib.blake2b(repr(declared).encode(), digest_size=4).hexdigest()}"


def joined(readings: Sequence[Reading]) -> Reading:
    """Join the readings of a combined document's parts in order."""
    if len(readings) == 1:
        return readings[0]
    text, links = join((reading.text, reading.links) for reading in readings)
    title = next((reading.title for reading in readings if reading.title), "")
    rules = max((reading.rules for reading in readings), key=len, default=RULES)
    return Reading(text, links, language(text), title, rules=rules)


def read_markdown(text: str) -> Reading:
    """Read Markdown as histories keep it: link targets become links, inline marks are dropped."""
    blocks = without_noise(markdown.blocks_of(text))
    return _reading(blocks, next((block.words for block in blocks if block.mark == "# "), ""))


def read_html(html: str | bytes, part: Part | None = None, *, base: str = "", content_type: str = "") -> Reading:
    """Read a page: by the part's selectors, or its main content. `base` is the address it was served from."""
    part = part or _NO_PART
    source = translated(tame(html if isinstance(html, str) else decode(html, content_type)), content_type)
    tree = LexborHTMLParser(source)
    base = _base(tree, base or part.address)
    reading = _read_tree(tree, source, part, base)
    if "<noscript" in source and count_words(reading.text) < FEWEST_WORDS:
        return _read_tree(tree, source, part, base, without_scripts=True)
    return reading


def _read_tree(tree: LexborHTMLParser, source: str, part: Part, base: str, *, without_scripts: bool = False) -> Reading:
    choice = choose(tree, part.select, part.remove)
    instead = {**_masked(tree, source), **dict.fromkeys(choice.skip, "")}
    walk = Walk(base, instead, part.drop_query, without_scripts=without_scripts)
    for root, gate in choice.roots:
        walk.over(root, gate)
    if choice.declared:
        return _reading(without_noise(walk.blocks), _title(tree))
    blocks = without_menus(without_banners(walk.blocks))
    return _reading(without_noise(blocks), _title(tree), RULES + UNDECLARED if part.select else RULES)


def text_of(page: Snapshot) -> str:
    """Return a page's characters, decoded as its bytes and headers say."""
    return decode(page.body, _content_type(page))


def _content_type(page: Snapshot) -> str:
    return next((value for name, value in page.headers if name.lower() == "content-type"), page.media_type)


def _read_one(part: Part, page: Snapshot, declared: bool) -> Reading:
    """Read one page by its media type."""
    content_type = _content_type(page)
    if page.body.startswith(b"%PDF-") or page.media_type == "application/pdf":
        return _reading(read_pdf(page.body))
    if page.media_type in ("text/markdown", "text/x-markdown"):
        return read_markdown(decode(page.body, content_type))
    if page.media_type == "text/plain" and not _LOOKS_LIKE_HTML.match(page.body[:1024]):
        return _reading(read_plain(decode(page.body, content_type)))
    base = page.final_address or page.address
    if declared or not part.select:
        return read_html(page.body, part, base=base, content_type=content_type)
    reading = read_html(page.body, replace(part, select=()), base=base, content_type=content_type)
    return replace(reading, rules=RULES + UNDECLARED)


_LOOKS_LIKE_HTML = re.compile(rb"(?is)\s*(?:<!doctype html|<html|<head|<body)")


def _reading(blocks: list[Block], title: str = "", rules: str = RULES) -> Reading:
    text, links = assemble(blocks)
    title = title or next((block.words for block in blocks if block.mark.startswith("#")), "")
    return Reading(text, links, language(text), title, rules=rules)


def _title(tree: LexborHTMLParser) -> str:
    """Return the page's own title, white space folded."""
    node = tree.css_first("title")
    return " ".join(node.text_lexbor().split())[:300] if node is not None else ""


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    declared = (node.attributes.get("href") or "") if node is not None else ""
    return declared if declared.startswith(("http://", "https://")) else address


def _masked(tree: LexborHTMLParser, source: str) -> dict[int, str]:
    """Return the e-mail addresses that Cloudflare masks, by the element they stand in."""
    if "data-cfemail" not in source:
        return {}
    return {node.mem_id: unmasked(node.attributes.get("data-cfemail") or "") for node in find(tree, "[data-cfemail]")}
