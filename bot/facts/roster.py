"""The platforms each workspace may know of, kept for a minute: every command and every message asks for them.

Reading them anew costs more than the rest of a command. Workspaces that added no page of their own, which are most,
share one page. What one process adds, the others see within the minute.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from bot.clock import Clock
from bot.commands.order import Names
from watchers.model import Document, Platform

KEPT = timedelta(minutes=1)
MOST_KEPT = 200  # workspaces with pages of their own
EVERYBODY = ""

Known = Mapping[str, tuple[Platform, Document]]
"""The documents somebody may know of, with their platforms, by id."""


class Archive(Protocol):
    """What the roster needs of the archive."""

    async def platforms(self, workspace: str) -> tuple[Platform, ...]:
        """Return all platforms with the documents a workspace may know of."""

    async def owners(self) -> frozenset[str]:
        """Return the workspaces that added pages of their own."""


@dataclass(frozen=True)
class Page:
    """The platforms one workspace may know of, by name and by document."""

    platforms: tuple[Platform, ...]
    read_at: datetime

    @cached_property
    def names(self) -> Names:
        """Return the platforms by the names people give them."""
        return Names(self.platforms)

    @cached_property
    def documents(self) -> dict[str, tuple[Platform, Document]]:
        """Return every document with its platform, by id."""
        return {document.id: (platform, document) for platform in self.platforms for document in platform.documents}


class Roster:
    """Keeps pages, the least asked for dropped first."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self._archive, self._clock = archive, clock
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._owners: frozenset[str] = frozenset()
        self._owners_read_at: datetime | None = None

    async def page(self, workspace: str) -> Page:
        """Return what a workspace may know of."""
        now = self._clock()
        if not _fresh(self._owners_read_at, now):
            self._owners, self._owners_read_at = await self._archive.owners(), now
        if workspace not in self._owners:
            workspace = EVERYBODY
        known = self._pages.get(workspace)
        if known is None or not _fresh(known.read_at, now):
            known = Page(await self._archive.platforms(workspace), now)
            self._pages[workspace] = known
        self._pages.move_to_end(workspace)
        if len(self._pages) > MOST_KEPT:
            self._pages.popitem(last=False)
        return known

    def forget(self, workspace: str) -> None:
        """Read a workspace's platforms anew the next time: something was added."""
        self._pages.pop(workspace, None)
        self._owners_read_at = None


def _fresh(read_at: datetime | None, now: datetime) -> bool:
    """Tell whether what was read then still stands; a clock that went back is not trusted."""
    return read_at is not None and read_at <= now < read_at + KEPT
