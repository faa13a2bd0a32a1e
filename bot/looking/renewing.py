"""Renews the findings of archived versions after our rules moved, a few at a time. Tells nobody, fetches nothing.

Rules do not move while a process runs: once all documents were gone through there is nothing to do until it ends.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import structlog

from bot.examining.aside import Examiner, done
from bot.examining.box import TooMuch
from watchers.model import Document, Finding, Version
from watchers.provisions.again import stamp
from watchers.rules.upgrade import findings_by_today

log = structlog.get_logger(__name__)

AT_ONCE = 20
"""Documents gone through at one call: about a second of CPU where all of them must be renewed."""


class Archive(Protocol):
    """What renewing needs of the archive."""

    async def read_documents(self) -> tuple[Document, ...]:
        """Return all documents that were ever read and are still declared."""

    async def latest(self, document: str) -> Version | None:
        """Return the version that stands."""

    async def recognised(self, version: str) -> str:
        """Return by which rules the findings of a version were made."""

    async def renew(self, document: str, version: str, findings: tuple[Finding, ...], recognised: str) -> bool:
        """Replace the findings of the version that stands."""


class Renewing:
    """Goes once through all documents that were read; those whose findings other rules made are renewed."""

    def __init__(self, archive: Archive, examiner: Examiner) -> None:
        self._archive = archive
        self._examiner = examiner
        self._left: deque[Document] | None = None

    @property
    def done(self) -> bool:
        """Whether all documents were gone through."""
        return self._left is not None and not self._left

    async def go_on(self) -> None:
        """Go through the next few documents."""
        if self._left is None:
            self._left = deque(await self._archive.read_documents())
        some = [self._left.popleft() for _ in range(min(AT_ONCE, len(self._left)))]
        renewed = [document.id for document in some if await self._renewed(document)]
        if renewed:
            log.info("findings renewed by the rules of today", documents=renewed)

    async def _renewed(self, document: Document) -> bool:
        version = await self._archive.latest(document.id)
        if version is None:
            return False
        if await self._archive.recognised(version.id) == stamp(document.type, version.language):
            return False
        try:
            given = document, version.text, version.language
            (findings, rules), _ = await done(self._examiner, findings_by_today, *given)
        except TooMuch as error:
            log.warning("a version is too much to be read again", document=document.id, reason=str(error))
            return False
        return await self._archive.renew(document.id, version.id, findings, rules)
