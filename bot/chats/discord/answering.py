"""How an answer gets to people on Discord: alone to the asker, to the channel, or in place of a message.

What is answered is decided elsewhere. An answer that cannot be given is logged, never raised: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import structlog

from bot.chats.discord.embeds import draw
from bot.chats.discord.posting import anew, arguments
from bot.chats.port import Place, Reply, Request
from bot.compose.message import Message
from watchers.errors import DeliveryError

log = structlog.get_logger()
Interaction = discord.Interaction[Any]
Edit = Callable[[Place, str, Message], Awaitable[None]]
FAULTS = (discord.HTTPException, aiohttp.ClientError, TimeoutError, OSError)
FOR_ALL = "For everyone here:"


async def answer_command(interaction: Interaction, reply: Reply) -> None:
    """Answer a command that was acknowledged for the asker alone; an open answer follows for everyone."""
    try:
        if not reply.private:
            await interaction.edit_original_response(content=FOR_ALL)
        await _say(interaction, reply)
    except FAULTS as error:
        log.warning("an answer could not be given on Discord", error=repr(error))


async def answer_press(interaction: Interaction, request: Request, reply: Reply, edit: Edit) -> None:
    """Answer a button that was acknowledged without a word: redraw its message, or say something beside it."""
    try:
        if not reply.replaces:
            await _say(interaction, reply)
        elif interaction.message and interaction.message.flags.ephemeral:
            await _redraw_own(interaction, reply)
        else:
            await _redraw(interaction, request, reply, edit)
    except FAULTS as error:
        log.warning("an answer could not be given on Discord", command=request.command, error=repr(error))


async def _say(interaction: Interaction, reply: Reply) -> None:
    for part in draw(reply.message):
        await interaction.followup.send(**_without_none(arguments(part)), ephemeral=reply.private)


async def _redraw_own(interaction: Interaction, reply: Reply) -> None:
    """Redraw a message that only the asker sees, which can only be done through the press itself."""
    first, *rest = draw(reply.message)
    await interaction.edit_original_response(**anew(first))
    for part in rest:
        await interaction.followup.send(**_without_none(arguments(part)), ephemeral=True)


async def _redraw(interaction: Interaction, request: Request, reply: Reply, edit: Edit) -> None:
    try:
        await edit(request.place, request.receipt, reply.message)
    except DeliveryError as error:
        log.warning("a message could not be redrawn on Discord", command=request.command, error=repr(error))
        await _say(interaction, reply)


def _without_none(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
