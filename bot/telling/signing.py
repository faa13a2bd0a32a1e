"""Signing: the installation's secret, opened; and links of messages that lead to pages only one workspace may see.

What a key opens is said in `pages.access`; where links come from, in `compose.links`.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import unquote

from bot.clock import Clock
from bot.compose.message import Block, Buttons, Message, Note, Quote, Text
from bot.pages.access import LINK_LIVES, Keys, signed
from bot.sealing import CannotOpen, Sealer
from storage.archive.archive import Archive
from storage.database.connection import Database
from storage.upkeep.secret import kept_secret, replace_secret
from watchers.errors import ClausewatchError

BARE, SEALED = b"bare:", b"seal:"


async def open_secret(database: Database, keys: Sequence[str], clock: Clock) -> bytes:
    """Return the installation's secret, made the first time; sealed at rest where there are ENCRYPTION_KEYS.

    Raises ClausewatchError when it was sealed with a key that is no longer among them.
    """
    fresh = secrets.token_bytes(32)
    kept = await kept_secret(database, _seal(fresh, keys), clock())
    opened = _open(kept, keys)
    if keys and not _newest(kept, keys):
        await replace_secret(database, _seal(opened, keys), clock())
    return opened


def _seal(secret: bytes, keys: Sequence[str]) -> bytes:
    return SEALED + Sealer(keys).seal(secret) if keys else BARE + secret


def _open(kept: bytes, keys: Sequence[str]) -> bytes:
    if kept.startswith(BARE):
        return kept.removeprefix(BARE)
    try:
        if not keys:
            raise CannotOpen("There are no ENCRYPTION_KEYS.")
        return Sealer(keys).open(kept.removeprefix(SEALED))
    except CannotOpen as error:
        raise ClausewatchError(
            "The secret that links and webhooks are signed with was sealed with a key that is not in ENCRYPTION_KEYS "
            "any more; put that key back, behind the others."
        ) from error


def _newest(kept: bytes, keys: Sequence[str]) -> bool:
    """Tell whether a secret is sealed with the newest key."""
    return kept.startswith(SEALED) and Sealer(keys).newest(kept.removeprefix(SEALED))


Lives = Callable[[str], Awaitable[timedelta]]
"""Say how long a workspace wants its links to open."""


async def as_usual(workspace: str) -> timedelta:
    """Return how long links open where nothing else is set."""
    return LINK_LIVES


@dataclass(frozen=True, slots=True)
class Signer:
    """Gives links to a workspace's own pages their key. `base` is where our pages are served, if they are."""

    archive: Archive
    keys: Keys
    base: str = ""
    lives: Lives = as_usual

    @property
    def _root(self) -> str:
        return f"{self.base.rstrip('/')}/"

    async def sign(self, message: Message, workspace: str) -> Message:
        """Return a message whose links to the workspace's own pages open; links to public pages stay as they are."""
        links = {link for link in _links(message.blocks) if self.base and link.startswith(self._root)}
        if not links:
            return message
        own = await self._own(workspace)
        mine = {link for link in links if own and await self._document(link) in own}
        if not mine:
            return message
        key = self.keys.make(workspace, await self.lives(workspace))

        def opening(link: str) -> str:
            return signed(link, key) if link in mine else link

        return replace(message, blocks=tuple(_relinked(block, opening) for block in message.blocks))

    async def _own(self, workspace: str) -> set[str]:
        """Return the documents, and the platforms, that only this workspace may see."""
        platforms = await self.archive.platforms(workspace)
        own = {d.id: p.id for p in platforms for d in p.documents if d.owner}
        return {*own, *(f"{platform}/" for platform in own.values())}

    async def _document(self, link: str) -> str:
        """Return the document a link to one of our pages is about; `platform/` for a platform's pages."""
        kind, _, rest = unquote(link.removeprefix(self._root)).partition("/")
        if kind == "changes" and (change := await self.archive.change(rest)):
            return change.document
        if kind == "versions" and (version := await self.archive.version(rest)):
            return version.document
        if kind == "platforms":
            return f"{rest.partition('/')[0]}/"
        return rest.partition("?")[0] if kind in ("documents", "between") else ""


def _links(blocks: Sequence[Block]) -> set[str]:
    links: set[str] = set()
    for block in blocks:
        if isinstance(block, Text | Quote | Note):
            links |= {span.link for span in block.spans if span.link}
        elif isinstance(block, Buttons):
            links |= {button.link for button in block.buttons if button.link}
    return links


def _relinked(block: Block, opening: Callable[[str], str]) -> Block:
    if isinstance(block, Text | Quote | Note):
        return replace(block, spans=tuple(replace(span, link=opening(span.link)) for span in block.spans))
    if isinstance(block, Buttons):
        return Buttons(tuple(replace(button, link=opening(button.link)) for button in block.buttons))
    return block
