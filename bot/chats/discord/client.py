"""The connection to Discord: a client that sees servers and channels only, and passes on what happens there.

It knows neither commands nor messages; `discord_bot` listens to it.
"""

from __future__ import annotations

from typing import Any, Protocol

import discord
from discord import app_commands

from bot.chats.discord.commands import Interaction, build
from bot.chats.discord.views import Press

WAIT = 5.0  # seconds a rate limit is waited out; what takes longer is put off


class Ears(Protocol):
    """Who listens to the client."""

    async def command(self, interaction: Interaction, verb: str, given: dict[str, Any]) -> None:
        """Hear a command."""

    async def pressed(self, interaction: Interaction, action: str, value: str) -> None:
        """Hear a button."""

    async def suggestions(self, interaction: Interaction, verb: str, option: str, typed: str) -> tuple[str, ...]:
        """Suggest values of an option."""

    async def joined(self, guild: discord.Guild) -> None:
        """Hear that a server let us in."""

    async def left(self, guild: discord.Guild) -> None:
        """Hear that a server put us out."""

    async def closed(self, channel: discord.abc.GuildChannel | discord.Thread) -> None:
        """Hear that a channel is gone."""


class Client(discord.AutoShardedClient):
    """Our client: intents for servers alone, no mention ever by default, the command tree, buttons for good."""

    def __init__(self, ears: Ears, shards: int | None = None, gather: float = 2.0) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            intents=intents,
            shard_count=shards,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=gather,
        )
        self.http.max_ratelimit_timeout = WAIT  # discord.py's own least is 30 s, and would hold a worker as long
        self._ears = ears
        self.tree = app_commands.CommandTree(self)
        for command in build(ears.command, ears.suggestions):
            self.tree.add_command(command)
        self.add_dynamic_items(Press)

    async def pressed(self, interaction: Interaction, action: str, value: str) -> None:
        """Pass on a button."""
        await self._ears.pressed(interaction, action, value)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Pass on that a server let us in."""
        await self._ears.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pass on that a server put us out."""
        await self._ears.left(guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pass on that a channel is gone."""
        await self._ears.closed(channel)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Pass on that a thread is gone."""
        if payload.thread is not None:
            await self._ears.closed(payload.thread)
