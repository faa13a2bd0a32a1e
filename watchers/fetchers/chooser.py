"""Chooses who brings a page: plain HTTP, or a browser where the catalogue says so or a bot check answered.

Without a browser it does what it can by plain HTTP, and says what is missing where that is not enough.
"""

from __future__ import annotations

from watchers.errors import BotCheck
from watchers.fetchers.polite import Source
from watchers.model import Fetched, Part, Reader, Validators

NO_BROWSER = "no browser is set up: install the extra “browser” and Chromium, then set where it is"


class Chooser:
    """Sends each part to the fetcher that can read it. `why_not` is said where a browser would be needed."""

    def __init__(self, http: Source, browser: Source | None = None, *, why_not: str = NO_BROWSER) -> None:
        self._http = http
        self._browser = browser
        self._why_not = why_not

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring one page; raises `FetchError`."""
        if part.reader is Reader.BROWSER and self._browser:
            return await self._browser.fetch(part, known, language=language)
        try:
            return await self._http.fetch(part, known, language=language)
        except BotCheck as check:
            if self._browser and part.reader is not Reader.PDF:
                return await self._browser.fetch(part, known, language=language)
            raise BotCheck(f"{check}; {self._why_not}", retry_after=check.retry_after) from check
