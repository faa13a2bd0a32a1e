"""Introduces a page that somebody wants watched: brings it once, and says what and whose it is.

It keeps nothing; whoever asked decides whether the page is watched.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from bot.commands.desk import Introduced
from bot.examining import jobs
from bot.examining.aside import Examiner, done
from bot.examining.box import BrokeInside, TooMuch
from watchers.errors import FetchError
from watchers.model import Document, Fetched, Health, Part, Platform, Reader, Reading, Snapshot, Validators
from watchers.reading.discover import Head, discover, name_of_host
from watchers.reading.words import count_words

log = structlog.get_logger(__name__)

FEWEST_WORDS = 80
SLUG = re.compile(r"[^a-z0-9]+")


class Fetcher(Protocol):
    """What brings pages."""

    async def fetch(self, part: Part, known: Validators) -> Fetched:
        """Bring one page; raises FetchError."""


class Introducer:
    """Finds out what the page of an address is. `browser`: whether pages that scripts draw can be read."""

    def __init__(
        self,
        fetcher: Fetcher,
        platforms: Callable[[str], Awaitable[tuple[Platform, ...]]],
        examiner: Examiner,
        *,
        browser: bool = False,
    ) -> None:
        self._fetcher = fetcher
        self._platforms = platforms
        self._examiner = examiner
        self._browser = browser

    async def __call__(self, address: str, workspace: str) -> Introduced:
        """Return the page as a document of a workspace's own; raise FetchError when it cannot be watched."""
        part, page, reading, head = await self._best(address)
        if not reading.verdict.readable and reading.verdict.health is not Health.NEARLY_EMPTY:
            raise FetchError(f"this is not the document ({reading.verdict.reason})")
        if (words := count_words(reading.text)) < FEWEST_WORDS:
            raise FetchError(f"only {words} words could be read there; is it the page with the whole text?")
        found = discover(head, page.final_address or address)
        known = platform_at(address, await self._platforms(workspace))
        told = introduced(found.type, found.platform, part, reading.language, workspace, known)
        return replace(told, title=found.title, guessed=found.guessed)

    async def _best(self, address: str) -> tuple[Part, Snapshot, Reading, Head]:
        """Bring the page by plain HTTP, and by a browser where too few words came, as scripts may draw it."""
        part = Part(address, reader=Reader.PDF if urlsplit(address).path.lower().endswith(".pdf") else Reader.HTTP)
        page, reading, head = await self._read(part)
        if not self._browser or part.reader is Reader.PDF or count_words(reading.text) >= FEWEST_WORDS:
            return part, page, reading, head
        drawn = replace(part, reader=Reader.BROWSER)
        return drawn, *await self._read(drawn)

    async def _read(self, part: Part) -> tuple[Snapshot, Reading, Head]:
        fetched = await self._fetcher.fetch(part, Validators())
        if fetched.snapshot is None:
            raise FetchError("the page came empty")
        try:
            (reading, head), _ = await done(self._examiner, jobs.introduced, part, fetched.snapshot)
        except TooMuch as error:
            raise FetchError(f"this page is too large to read: {error}") from error
        except BrokeInside as error:
            log.error("a page could not be introduced", address=part.address, error=str(error), trace=error.trace)
            raise FetchError(f"our own rules could not read this page ({error})") from error
        return fetched.snapshot, reading, head


def introduced(
    type_: str, name: str, part: Part, language: str, workspace: str, known: Platform | None = None
) -> Introduced:
    """Make a document of a workspace's own, of a platform that is known or of one that is its own too."""
    own = blake2b(f"{workspace}\0{part.address}".encode(), digest_size=4).hexdigest()
    host = (urlsplit(part.address).hostname or "").removeprefix("www.")
    named = name if _is_of(name, host) else f"{name} ({host})"  # a page may call itself whatever it likes
    platform = known or Platform(f"{slug(name_of_host(part.address))}-{own}", named, aliases=(host,))
    document = Document(
        f"{platform.id}/{slug(type_)}-{own}", platform.id, type_, (part,), language or "en", owner=workspace
    )
    return Introduced(platform, document)


def _is_of(name: str, host: str) -> bool:
    """Tell whether a name and a host have a word in common; a name in another script can have none."""
    own, said = SLUG.sub("", host.casefold()), SLUG.split(name.casefold())
    return any(word in own for word in said if len(word) > 2) or not any(said)


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
