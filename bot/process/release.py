"""Releasing: what is done once for a new version, before its processes start.

A migration that fails is told in the operator's channel as far as that can be reached, and ends the release.
"""

from __future__ import annotations

import structlog

from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.port import Chat
from bot.compose.replies import line
from bot.settings import Settings, operator_of
from storage.database.connection import open_database
from storage.deliveries.engines import open_engine
from watchers.errors import ClausewatchError, StoreError

log = structlog.get_logger(__name__)


async def release(settings: Settings) -> tuple[str, ...]:
    """Migrate, and make the commands known to Discord if there is a token; return what was done.

    Raises StoreError when the database cannot be brought to the schema, after telling the operator.
    """
    try:
        done = [await migrate(settings.database_url)]
    except StoreError as error:
        await tell_operator(settings, f"The release was stopped, the old version goes on. {error}")
        raise
    if settings.discord:
        done.append(f"Discord knows {await sync_commands(settings)} commands.")
    return tuple(done)


async def migrate(url: str) -> str:
    """Bring the database and its queue to this program's schema, and say so."""
    database = await open_database(url)
    try:
        await (await open_engine(database)).close()
    finally:
        await database.close()
    return f"{database} is up to date."


async def sync_commands(settings: Settings) -> int:
    """Make the commands known to Discord; return how many there are."""
    discord = Discord(DiscordSettings(settings.discord_token, settings.discord_api_url))
    try:
        await discord.log_in()
        return await discord.sync()
    finally:
        await discord.stop()


async def tell_operator(settings: Settings, words: str) -> bool:
    """Post a line in the operator's channel past the ledger, which may be what is broken; tell whether it arrived."""
    place = operator_of(settings)
    chat = _chat(settings, place.chat) if place else None
    if place is None or chat is None:
        return False
    try:
        await chat.reach()
        await chat.post(place, line(words), "")
    except ClausewatchError as error:
        log.error("the operator could not be told", reason=str(error))
        return False
    finally:
        await chat.stop()
    return True


def _chat(settings: Settings, name: str) -> Chat | None:
    from bot.process.run import Door, open_chats  # whoever is told needs the chats, not the app

    return next((chat for chat in open_chats(settings, Door()) if chat.name == name), None)
