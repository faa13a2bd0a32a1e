"""Introduces a page that somebody wants watched: brings it once, and says what and whose it is.

It keeps nothing; whoever asked decides whether the page is watched.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from hashlib import blake2b
from typing import Protocol
from urllib.parse import urlsplit

from bot.commands.desk import Introduced
from watchers.errors import FetchError
from watchers.model import Document, Fetched, Part, Platform, Reader, Validators
from watchers.reading.discover import discover, name_of_host
from watchers.reading.extract import read

FEWEST_WORDS = 80
SLUG = re.compile(r"[^a-z0-9]+")


class Fetcher(Protocol):
    """What brings pages."""

    async def fetch(self, part: Part, known: Validators) -> Fetched:
        """Bring one page; raises FetchError."""


class Introducer:
    """Finds out what the page of an address is."""

    def __init__(self, fetcher: Fetcher, platforms: Callable[[str], Awaitable[tuple[Platform, ...]]]) -> None:
        self._fetcher = fetcher
        self._platforms = platforms

    async def __call__(self, address: str, workspace: str) -> Introduced:
        """Return the page as a document of a workspace's own; raise FetchError when it cannot be watched."""
        part = Part(address, reader=Reader.PDF if urlsplit(address).path.lower().endswith(".pdf") else Reader.HTTP)
        fetched = await self._fetcher.fetch(part, Validators())
        if fetched.snapshot is None:
            raise FetchError("the page came empty")
        reading = read(Document("", "", "", (part,)), (fetched.snapshot,))
        if (words := len(reading.text.split())) < FEWEST_WORDS:
            raise FetchError(f"only {words} words could be read there; is it the page with the whole text?")
        found = discover(reading.title, fetched.snapshot.final_address or address)
        known = platform_at(address, await self._platforms(workspace))
        return introduced(found.type, found.platform, part, reading.language, workspace, known)


def introduced(
    type_: str, name: str, part: Part, language: str, workspace: str, known: Platform | None = None
) -> Introduced:
    """Make a document of a workspace's own, of a platform that is known or of one that is its own too."""
    own = blake2b(f"{workspace}\0{part.address}".encode(), digest_size=4).hexdigest()
    host = (urlsplit(part.address).hostname or "").removeprefix("www.")
    platform = known or Platform(f"{slug(name_of_host(part.address))}-{own}", name, aliases=(host,))
    document = Document(
        f"{platform.id}/{slug(type_)}-{own}", platform.id, type_, (part,), language or "en", owner=workspace
    )
    return Introduced(platform, document)


def platform_at(address: str, platforms: tuple[Platform, ...]) -> Platform | None:
    """Return the platform that has a document at the same host, or None."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return next((platform for platform in platforms if host in set(hosts(platform))), None)


def hosts(platform: Platform) -> Iterator[str]:
    """Give the hosts a platform's documents are at."""
    for document in platform.documents:
        for part in document.parts:
            yield (urlsplit(part.address).hostname or "").removeprefix("www.")


def slug(name: str) -> str:
    """Make a slug of a name."""
    return SLUG.sub("-", name.casefold()).strip("-")[:40].strip("-") or "page"
