"""Did the whole page come, with its words filled in? What half pages and unfinished ones give away.

Each rule returns its reason or nothing; what follows from one is `page_health`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from watchers.model import Snapshot
from watchers.reading.blocks import kind

#: Sections that came without their text, though their headings stay: from so many on no editor did it (our choice).
EMPTY_SECTIONS = 2
#: Placeholders at first sight from which on a page counts as not filled in; one alone may be the site's lasting slip.
PLACEHOLDERS_AT_FIRST = 3
#: The share of blocks that are keys of a translation.
_KEYS = 0.5
_FEWEST_KEYS = 4
#: Letters written as UTF-8 and read as Windows-1252: so many, and three times as many as last time.
_GARBLED = 4

_END_TAG = re.compile(rb"</(?:html|body)\s*>", re.I)
_HTML = re.compile(rb"<(?:!doctype|html|head|body)\b", re.I)
_TAIL = 4_096
_ENDED = re.compile(r"[.!?:;)\]”\"»。！？|]\W*$")
_KEY = re.compile(r"[A-Za-z][\w-]{0,40}(?:[.:][A-Za-z0-9_-]{1,40}){1,8}|[A-Z]{2,20}(?:_[A-Z0-9]{1,20}){1,8}")
_PLACEHOLDER = re.compile(
    r"\{\{\s*[\w.$|()' -]{1,60}\}\}|\$\{\s*[\w.]{1,40}\s*\}|%\{\w{1,40}\}|\{[a-z]{2,20}(?:[._]\w{1,30}){1,4}\}"
    r"|<%=?\s*[\w.@]{1,40}\s*%>|\{\d\}|\[object Object\]|%[A-Z]{3,20}(?:_[A-Z]{2,20}){0,3}%"
)
_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf\u0192\u2018-\u2030\u0152-\u017e]|â€[\u0080-\u2122]|Â[\u00a0-\u00bf]|[ÐÑ][\u0080-\u00bf]"
)
_FRONT = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:home|index|default|welcome|start)(?:\.\w{3,5})?/?)?", re.I
)


def is_closed(page: Snapshot) -> bool:
    """Tell whether a page ended as HTML does, with the tag that ends it."""
    return _END_TAG.search(page.body, max(0, len(page.body) - _TAIL)) is not None


def breaks_off(page: Snapshot, text: str) -> str:
    """Return that a page of HTML ended in the midst of its words, with no tag after them."""
    if is_closed(page) or not _HTML.search(page.body, 0, _TAIL) or page.body.rstrip().endswith(b">"):
        return ""
    last = text.rpartition("\n")[2]
    return "" if not last or _ENDED.search(last) else "the page breaks off in the midst of a sentence"


def lost_its_end(pages: Sequence[Snapshot], before: Sequence[Snapshot]) -> bool:
    """Tell whether a page came without the end it had last time."""
    pairs = zip(pages, before, strict=False)
    return any(is_closed(old) and not is_closed(new) and _HTML.search(new.body, 0, _TAIL) for new, old in pairs)


def emptied(text: str, last: str) -> str:
    """Return that headings stay whose text is gone: panels that were served shut and empty."""
    bare = _bare_headings(text) if last else frozenset()
    gone = bare & _led_headings(last) if bare else frozenset()
    return f"{len(gone)} headings stand there without the text under them" if len(gone) >= EMPTY_SECTIONS else ""


def _sections(text: str) -> list[tuple[str, bool]]:
    """Return each heading, and whether any words stand under it (a deeper heading counts)."""
    lines = [line for line in text.split("\n") if line]
    found = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if kind(line) == "heading":
            level = len(line) - len(line.lstrip("#"))
            deeper = len(after) - len(after.lstrip("#")) > level if kind(after) == "heading" else bool(after)
            found.append((line.lstrip("# "), deeper))
    return found


def _led_headings(text: str) -> frozenset[str]:
    return frozenset(heading for heading, led in _sections(text) if led)


def _bare_headings(text: str) -> frozenset[str]:
    """Return the headings that have no words under them, wherever they stand."""
    return frozenset(heading for heading, led in _sections(text) if not led) - _led_headings(text)


def unfilled(text: str, last: str) -> str:
    """Return that keys or placeholders stand where words belong."""
    lines = [line.lstrip("#-| ").rstrip(" |") for line in text.split("\n") if line]
    keys = [line for line in lines if "." in line + "_" and " " not in line and _KEY.fullmatch(line)]
    if len(keys) >= _FEWEST_KEYS and len(keys) >= _KEYS * len(lines):
        return f"keys of a translation stand where its words belong (“{keys[0][:60]}”)"
    came = _PLACEHOLDER.findall(text) if "{" in text or "%" in text or "[object" in text else []
    known = len(_PLACEHOLDER.findall(last)) if came else 0
    if len(came) > known and (last or len(came) >= PLACEHOLDERS_AT_FIRST):
        return f"a placeholder was not filled in (“{came[-1][:60]}”)"
    return ""


def garbled(text: str, last: str) -> str:
    """Return that letters were decoded twice, where they were not last time."""
    if text.isascii():
        return ""
    came = _MOJIBAKE.findall(text)
    if (
        len(came) < _GARBLED
        or len(came) < 3 * len(_MOJIBAKE.findall(last))
        or (not last and len(came) * 200 < len(text))
    ):
        return ""
    return f"its letters came in another encoding (“{came[0]}”)"


def led_to_the_front(page: Snapshot) -> str:
    """Return that an address of a document led to the front page of its site."""
    asked, came = urlsplit(page.address), urlsplit(page.final_address or page.address)
    if _site(asked.netloc) != _site(came.netloc) or _FRONT.fullmatch(asked.path) or asked.path == came.path:
        return ""
    return "its address leads to the front page of the site" if _FRONT.fullmatch(came.path) and not came.query else ""


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")
