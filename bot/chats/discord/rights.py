"""Who may configure on Discord: Manage Server, and those whom the server gave `/watch` under Integrations.

Discord checks this itself for a command; for a button, and under the command that holds them all, we must ask.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import discord
import structlog

log = structlog.get_logger()
Interaction = discord.Interaction[Any]
FRESH = 300.0  # seconds an answer of Discord's is trusted
STANDARD = "watch"  # who may use this one may configure
MOST = 10_000

Given = dict[int, bool]


class Rights:
    """Knows whom a server gave the right; what Discord said is kept for a few minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[int, tuple[float, Given]] = {}

    async def may_configure(self, interaction: Interaction) -> bool:
        """Tell whether who pressed or typed may configure."""
        if interaction.permissions.manage_guild:
            return True
        if interaction.guild is None or not isinstance(interaction.user, discord.Member):
            return False
        given = await self._given(interaction.client, interaction.guild)
        if interaction.user.id in given:
            return given[interaction.user.id]
        return any(given.get(role.id, False) for role in interaction.user.roles)

    async def _given(self, client: discord.Client, guild: discord.Guild) -> Given:
        known = self._known.get(guild.id)
        if known and self._clock() - known[0] < FRESH:
            return known[1]
        try:
            given = await _asked(client, guild)
        except discord.HTTPException as error:
            log.warning("Discord did not say who may use a command", guild=guild.id, error=repr(error))
            return {}
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[guild.id] = (self._clock(), given)
        return given


async def _asked(client: Any, guild: discord.Guild) -> Given:
    command = discord.utils.get(await client.tree.fetch_commands(), name=STANDARD)
    if command is None:
        return {}
    try:
        granted = await command.fetch_permissions(guild)
    except discord.NotFound:  # nobody changed the defaults
        return {}
    return {
        one.id: one.permission for one in granted.permissions if not isinstance(one.target, discord.abc.GuildChannel)
    }
