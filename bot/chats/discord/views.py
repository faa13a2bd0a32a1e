"""Buttons on Discord: what they are about is in their id, so they go on working after a restart.

What a press does is decided by the commands.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.chats.discord.embeds import custom_id
from bot.compose.message import Button

Pressed = Callable[[discord.Interaction[Any], str, str], Awaitable[None]]
PRIMARY = frozenset({"ack"})


class Press(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"cw:(?P<action>[a-z_-]+):(?P<value>.*)"
):
    """A button that carries its verb and value."""

    def __init__(self, button: discord.ui.Button[discord.ui.View], action: str, value: str) -> None:
        super().__init__(button)
        self.action = action
        self.value = value

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Press:
        """Make the button again that was pressed."""
        assert isinstance(item, discord.ui.Button)
        return cls(item, match["action"], match["value"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the chat that the client belongs to."""
        await interaction.client.pressed(interaction, self.action, self.value)


def view_of(buttons: Sequence[Button]) -> discord.ui.View | None:
    """Draw buttons, five to a row."""
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for place, button in enumerate(buttons):
        view.add_item(_item(button, place // 5))
    return view


def _item(button: Button, row: int) -> discord.ui.Item[Any]:
    if button.link:
        return discord.ui.Button(label=button.label, url=button.link[:512], row=row)
    named = custom_id(button)
    style = discord.ButtonStyle.secondary
    if button.danger or button.action in PRIMARY:
        style = discord.ButtonStyle.danger if button.danger else discord.ButtonStyle.primary
    drawn: discord.ui.Button[discord.ui.View] = discord.ui.Button(
        label=button.label, custom_id=named, style=style, row=row
    )
    return Press(drawn, button.action, button.value)
