"""What is watched: platforms, their documents, and how a part is read off its page.

The catalogue reads them from files; nothing here knows what was seen there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """How a part is fetched and read off its page."""

    HTTP = "http"
    BROWSER = "browser"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Selector:
    """A CSS selector, or a range between two of them.

    `css` alone selects elements. A range runs from `start` to `end`, each itself inside the range or not.
    """

    css: str = ""
    start: str = ""
    start_inside: bool = True
    end: str = ""
    end_inside: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a document: where it is and how its words are read off it."""

    address: str
    select: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    reader: Reader = Reader.HTTP
    drop_query: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One legal text of a platform. `id` is `platform/terms-type`, both as slugs.

    `owner` is the workspace that added it, or empty for the catalogue's own; `source` and `licence`
    name where an imported description came from.
    """

    id: str
    platform: str
    type: str
    parts: tuple[Part, ...]
    language: str = "en"
    owner: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """A company whose rules are watched."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    documents: tuple[Document, ...] = ()
