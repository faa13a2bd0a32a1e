"""The proof of a memo: each quotation is read back out of the file and held against the archive."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from bot.pages.rendering import clean
from bot.work.word import MISSING, PLACE, QUOTE
from watchers.errors import ClausewatchError
from watchers.model import Version

_PLACE = re.compile(r"version (\S+), characters (\d+) to (\d+), SHA-256 ([0-9a-f]{64})$")
Find = Callable[[str], Awaitable[Version | None]]


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation as it stands in a file, and where it says it was taken from."""

    text: str
    version: str
    start: int
    end: int
    sha256: str


def citations(body: bytes) -> tuple[Cited, ...]:
    """Read the quotations out of a memo. Raises ClausewatchError for a file that is none."""
    try:
        from docx import Document
    except ImportError as error:
        raise ClausewatchError(MISSING) from error
    try:
        made = Document(BytesIO(body))
    except Exception as error:  # whatever the library makes of a file that is no Word file
        raise ClausewatchError("this is no Word file; name a memo written by `clausewatch memo`") from error
    return tuple(_cited([(p.style.name if p.style else "", p.text) for p in made.paragraphs]))


def _cited(paragraphs: list[tuple[str | None, str]]) -> Iterator[Cited]:
    words = ""
    for style, text in paragraphs:
        if style == QUOTE:
            words = text
        elif style == PLACE and (found := _PLACE.search(text)):
            yield Cited(words, found[1], int(found[2]), int(found[3]), found[4])


async def wrong_citations(body: bytes, find: Find) -> tuple[str, ...]:
    """Say of each quotation of a memo that does not stand in the archive what is wrong with it."""
    found = citations(body)
    if not found:
        return ("no quotation with a place is in this file; was it written by `clausewatch memo`?",)
    wrong = []
    for each in found:
        version = await find(each.version)
        if version is None:
            wrong.append(f"version {each.version} is not in this archive")
        elif version.sha256 != each.sha256:
            wrong.append(f"version {each.version} has another hash than the memo says")
        elif _plain(version.text[each.start : each.end]) != _plain(each.text):
            wrong.append(f"“{each.text[:60]}” is not what stands at {each.start} to {each.end} of {each.version}")
    return tuple(wrong)


def _plain(text: str) -> str:
    """Compare words and signs, not how lines were broken on the way through a file."""
    return " ".join(clean(text).split())
