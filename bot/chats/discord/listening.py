"""What Discord tells us, turned into requests: commands, buttons, what people type, comings and goings.

Everything is acknowledged before it is answered. How an answer gets to people is `discord_answering`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import structlog

from bot.chats.asking import NO_ADDRESS, asked, nobody_yet, nothing_yet, sentence, suggested
from bot.chats.discord.answering import answer_command, answer_press
from bot.chats.discord.commands import NO_LINK, Interaction
from bot.chats.discord.posting import mark_of, receipt_of
from bot.chats.discord.rights import Rights
from bot.chats.port import Answer, Hooks, Place, Reply, Request, Suggest
from bot.chats.verbs import CONFIGURING
from bot.compose.message import Message

log = structlog.get_logger()
CLOSED = "The channel was deleted."
REMOVED = "removed from the server"
Edit = Callable[[Place, str, Message], Awaitable[None]]
Find = Callable[[discord.PartialMessageable, str], Awaitable[str | None]]


class Listening:
    """Listens to a client and asks the commands."""

    def __init__(self, edit: Edit, find: Find, hooks: Hooks) -> None:
        self._edit = edit
        self._find = find
        self._hooks = hooks
        self._rights = Rights()
        self._answer: Answer = nobody_yet
        self._suggest: Suggest = nothing_yet

    def hear(self, answer: Answer, suggest: Suggest) -> None:
        """Set who answers."""
        self._answer, self._suggest = answer, suggest

    async def command(self, interaction: Interaction, verb: str, given: dict[str, Any]) -> None:
        """Answer a command, seen by the asker alone unless the answer says otherwise."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await answer_command(interaction, await self._answered(interaction, verb, given))

    async def _answered(self, interaction: Interaction, verb: str, given: dict[str, Any]) -> Reply:
        if verb == NO_LINK:
            return Reply(sentence(NO_ADDRESS))
        channel = given.get("channel")
        if channel is not None and not channel.permissions_for(interaction.user).send_messages:
            return Reply(sentence(f"You may not write in #{channel.name}, so nothing can be set up there for you."))
        return await asked(self._answer, await self._request(interaction, verb, given))

    async def _request(self, interaction: Interaction, verb: str, given: dict[str, Any]) -> Request:
        """Make a request of a command. Discord let in whoever used one that configures, unless it was typed under
        the command that holds them all, which everybody sees."""
        channel, role = given.pop("channel", None), given.pop("role", None)
        options = {name: str(value) for name, value in given.items()}
        let_in = verb in CONFIGURING and getattr(interaction.command, "parent", None) is None
        return Request(
            _place(interaction, channel.id if channel else None),
            str(interaction.user.id),
            verb,
            " ".join(options.values()),
            may_configure=let_in or verb not in CONFIGURING or await self._rights.may_configure(interaction),
            admin=interaction.permissions.manage_guild,
            options=options | ({"role": str(role.id)} if role else {}),
        )

    async def pressed(self, interaction: Interaction, action: str, value: str) -> None:
        """Answer a button; rights are checked anew."""
        await interaction.response.defer()
        request = Request(
            _place(interaction),
            str(interaction.user.id),
            action,
            value,
            may_configure=await self._rights.may_configure(interaction),
            admin=interaction.permissions.manage_guild,
            pressed=True,
            receipt=await self._receipt(interaction),
        )
        await answer_press(interaction, request, await asked(self._answer, request), self._edit)

    async def _receipt(self, interaction: Interaction) -> str:
        """Name the message that was pressed, with those before it that belong to it."""
        assert interaction.message is not None
        delivery, _, parts = mark_of(interaction.message)
        alone = receipt_of([str(interaction.message.id)], delivery)
        if parts == 1 or interaction.channel is None:
            return alone
        channel = interaction.client.get_partial_messageable(interaction.channel.id, guild_id=interaction.guild_id)
        try:
            return await self._find(channel, delivery) or alone
        except discord.HTTPException:
            return alone

    async def suggestions(self, interaction: Interaction, verb: str, option: str, typed: str) -> tuple[str, ...]:
        """Suggest values of an option, knowing those that are filled in already."""
        filled = {name: str(value) for name, value in vars(interaction.namespace).items() if value and name != option}
        request = Request(_place(interaction), str(interaction.user.id), verb, options=filled)
        return await suggested(self._suggest, request, option, typed)

    async def joined(self, guild: discord.Guild) -> None:
        """Pass on that a server let us in, and who did."""
        await self._hooks.joined("discord", str(guild.id), str(await _installer(guild)))

    async def left(self, guild: discord.Guild) -> None:
        """Pass on that a server put us out."""
        await self._hooks.left("discord", str(guild.id), REMOVED)

    async def closed(self, channel: discord.abc.GuildChannel | discord.Thread) -> None:
        """Pass on that a channel is gone."""
        await self._hooks.gone(Place("discord", str(channel.guild.id), str(channel.id)), CLOSED)


def _place(interaction: Interaction, channel: int | None = None) -> Place:
    return Place("discord", str(interaction.guild_id or ""), str(channel or interaction.channel_id))


async def _installer(guild: discord.Guild) -> int | None:
    """Return who added us: by the audit log where we may read it, else the server's owner."""
    me = guild.me
    if me is not None and me.guild_permissions.view_audit_log:
        try:
            async for entry in guild.audit_logs(action=discord.AuditLogAction.bot_add, limit=5):
                if entry.target is not None and entry.target.id == me.id and entry.user_id:
                    return entry.user_id
        except discord.HTTPException:
            log.info("the audit log could not be read", guild=guild.id)
    return guild.owner_id
