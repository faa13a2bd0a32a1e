"""A fetcher with manners: robots.txt first, then a turn with the host, then a few patient attempts.

It fetches nothing itself; `Source` is what it wraps. Where a redirect leads is the site's own word, so
robots.txt is asked for the address we were given only.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from watchers.errors import BotCheck, FetchError
from watchers.fetchers.addresses import target
from watchers.fetchers.answers import Answer
from watchers.fetchers.politeness import Politeness
from watchers.fetchers.robots import Get, Robots
from watchers.model import Fetched, Part, Validators


class Source(Protocol):
    """Whatever brings pages."""

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring one page, or learn that it is still the known one; raises `FetchError`."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often one look asks, and the seconds of the first and of the longest pause between."""

    attempts: int = 3
    first: float = 2.0
    longest: float = 30.0

    def pause(self, attempt: int, error: FetchError, chance: float) -> float | None:
        """Return the seconds to wait after the failed attempt (counted from 0), or None to give up.

        The pause doubles each time; `chance` (0 to 1) takes off up to half, so that many do not return as one.
        A site that checks for robots is not pressed, and one that asks for a longer wait is left to the next look.
        """
        if error.permanent or isinstance(error, BotCheck) or attempt + 1 >= self.attempts:
            return None
        pause = min(self.first * 2**attempt, self.longest) * (1 - chance / 2)
        if error.retry_after is not None:
            pause = max(pause, error.retry_after)
        return pause if pause <= self.longest else None


class PoliteFetcher:
    """Wraps a source of pages with robots.txt, per-host pace and retries; `get` fetches the robots.txt."""

    def __init__(
        self,
        source: Source,
        get: Get,
        politeness: Politeness,
        robots: Robots,
        *,
        retry: Retry = Retry(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._source = source
        self._get = get
        self._politeness = politeness
        self._robots = robots
        self._retry = retry
        self._sleep = sleep
        self._chance = chance

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring one page politely; raises the last attempt's `FetchError`."""
        host = target(part.address).host
        if gap := await self._robots.gap(part.address, self._get_politely):
            self._politeness.slow_down(host, gap)
        attempt = 0
        while True:
            try:
                return await self._once(host, part, known, language)
            except FetchError as error:
                pause = self._retry.pause(attempt, error, self._chance())
                if pause is None:
                    raise
            attempt += 1
            await self._sleep(pause)

    async def _once(self, host: str, part: Part, known: Validators, language: str) -> Fetched:
        async with self._politeness.turn(host):
            try:
                return await self._source.fetch(part, known, language=language)
            except FetchError as error:
                if error.retry_after:
                    self._politeness.hold(host, error.retry_after)
                raise

    async def _get_politely(self, address: str) -> Answer:
        async with self._politeness.turn(target(address).host):
            return await self._get(address)
