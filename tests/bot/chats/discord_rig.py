"""Discord with people at the other end: the real bot inside simcord."""

from __future__ import annotations

from typing import Any

import discord
import simcord

from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.port import Hooks, Place


class DiscordRig:
    """The real adapter in a server of our own, with an owner and somebody else."""

    def __init__(self, hooks: Hooks | None = None) -> None:
        self.hooks = hooks
        self.chat = Discord(DiscordSettings(shards=1), hooks)
        self.results: list[Any] = []

    async def start(self, commands: Any) -> None:
        self.commands = commands
        self.chat.hear(commands.answer, commands.suggest)
        self.env = simcord.Env(self.chat.client, shard_count=1)
        await self.env.start()
        await self.chat.sync()
        self.guild = self.env.create_guild()
        self.channel = self.guild.create_text_channel("rules")
        keeper = self.guild.create_role("Keepers", permissions=discord.Permissions(manage_guild=True))
        self.ada = self.guild.add_member(self.env.create_user("ada"), roles=[keeper])
        self.bob = self.guild.add_member(self.env.create_user("bob"))
        self.place = Place("discord", str(self.guild.id), str(self.channel.id))

    async def restart(self) -> None:
        """Start the program anew, as after a crash: nothing is remembered."""
        self.chat = Discord(DiscordSettings(shards=1), self.hooks)
        self.chat.hear(self.commands.answer, self.commands.suggest)
        await self.env.restart_bot(self.chat.client)

    async def stop(self) -> None:
        await self.env.shutdown()
        self.env.raise_errors()

    async def type(self, line: str) -> None:
        verb, _, words = line.partition(" ")
        given = dict(zip(("platform", "document", "provision"), words.split(), strict=False))
        self.results.append(await self.ada.slash(self.channel, verb, **given))

    async def press(self, label: str) -> None:
        self.results.append(await self.ada.click(self.last(label), label=label))

    def last(self, label: str) -> Any:
        """Return the latest message with a button of that label."""
        for message in reversed(self.channel.history(viewer=self.ada)):
            rows: Any = message.components
            if any(button.label == label for row in rows for button in row.children):
                return message
        raise AssertionError(f"no button {label!r}")

    def messages(self) -> list[discord.Message]:
        return self.channel.history(viewer=self.ada)

    async def shown(self) -> str:
        return " ".join(" ".join(words_of(message).split()) for message in self.messages())

    async def called(self) -> tuple[str, ...]:
        said = [one for message in self.messages() for one in (*message.mentions, *message.role_mentions)]
        return (
            *(str(one.id) for one in said),
            *("everyone" for message in self.messages() if message.mention_everyone),
        )


def answered(result: Any) -> Any:
    """Return the message that a command was answered with; there must be one."""
    assert result.response is not None
    return result.response.message


def words_of(message: discord.Message) -> str:
    """Return a message's words as a person sees them: without the signs of Markdown."""
    said = [message.content]
    for embed in message.embeds:
        said += [embed.title or "", embed.description or ""]
    said += [one.description or one.filename for one in message.attachments]
    return "\n".join(said).replace("\\", "").replace("~~", "").replace("**", "").replace("> ", "")
