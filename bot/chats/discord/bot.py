"""Discord as a chat: posting, redrawing and finding messages, commands, buttons, comings and goings.

Drawing is `discord_embeds`, answering `discord_answering`. Commands are made known to Discord on release only
(`sync`), never on every start. The content of people's messages is neither asked for nor seen.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import discord
import structlog
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.chats.discord.api import delivering, lacking
from bot.chats.discord.client import Client
from bot.chats.discord.listening import Listening
from bot.chats.discord.posting import find_parts, redraw, send
from bot.chats.port import Answer, Hooks, Place, Suggest
from bot.compose.message import Message
from watchers.errors import ClausewatchError, DeliveryError

log = structlog.get_logger(__name__)

TOKEN = (
    "Discord does not take the token: make a new one at https://discord.com/developers/applications, Bot, Reset Token."
)


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """What Discord needs to know. `shards` is their number; none lets Discord say (needed from 2,500 servers).

    `again`: seconds after which a connection that ended is begun anew; `gather`: seconds without a further server after
    which we take it that all have been named.
    """

    token: str = field(default="", repr=False)
    api_url: str = ""
    shards: int | None = None
    again: float = 5.0
    gather: float = 2.0


class Discord:
    """Discord.

    Errors: `post`, `edit`, `find` raise DeliveryError.
    """

    name = "discord"

    def __init__(self, settings: DiscordSettings, hooks: Hooks | None = None) -> None:
        self._settings = settings
        self._ears = Listening(self.edit, self._found, hooks or Hooks())
        self.client = Client(self._ears, settings.shards, settings.gather)
        self._connection: asyncio.Task[None] | None = None
        self._homes: dict[int, str] = {}

    def hear(self, answer: Answer, suggest: Suggest) -> None:
        """Set who answers."""
        self._ears.hear(answer, suggest)

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Log in and connect; return once Discord has said which servers we are in.

        Raises ClausewatchError when the token is refused or Discord cannot be reached.
        """
        self.hear(answer, suggest)
        await self.log_in()
        await self._learn_the_gateway()
        self._connection = asyncio.create_task(self._stay_connected())
        ready = asyncio.create_task(self.client.wait_until_ready())
        done, _ = await asyncio.wait({self._connection, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._connection in done:
            ready.cancel()
            raise ClausewatchError(f"Discord did not let us in: {self._connection.exception()}")

    async def log_in(self) -> None:
        """Show the token, without connecting; enough for `sync`. Raises ClausewatchError when it is refused."""
        if self._settings.api_url:
            Route.BASE = self._settings.api_url.rstrip("/")
        if self.client.is_closed():  # an earlier attempt failed
            self.client.clear()
        try:
            await self.client.login(self._settings.token)
        except discord.LoginFailure as error:
            await self.client.close()
            raise ClausewatchError(TOKEN) from error
        except (discord.HTTPException, OSError) as error:
            await self.client.close()
            raise ClausewatchError(f"Discord did not let us in: {error}") from error

    async def reach(self) -> None:
        """Log in without connecting, so that the one connection stays with the process that hears."""
        await self.log_in()

    async def stop(self) -> None:
        """Disconnect."""
        if self._connection is not None:
            self._connection.cancel()
        await self.client.close()
        if self._connection is not None:
            await asyncio.gather(self._connection, return_exceptions=True)

    async def _stay_connected(self) -> None:
        """Hold the connection. discord.py takes a dropped one up again itself; one it gives up is begun anew.

        Raises what the first connection failed with.
        """
        while True:
            try:
                return await self.client.connect()
            except Exception:  # an event it cannot read ends discord.py's loop, and we would be deaf from then on
                if not self.client.is_ready():
                    raise
                log.exception("the connection to Discord ended; it is begun anew")
            await self._begin_anew()

    async def _begin_anew(self) -> None:
        while True:
            await asyncio.sleep(self._settings.again)
            await self.client.close()
            self.client = Client(self._ears, self._settings.shards, self._settings.gather)
            try:
                return await self.log_in()
            except ClausewatchError as error:
                log.error("Discord cannot be reached", reason=str(error))

    async def _learn_the_gateway(self) -> None:
        """Let a session that is begun anew go where the first went: discord.py knows its own address only."""
        if self._settings.api_url:
            _, address, _ = await self.client.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = URL(address)

    async def sync(self) -> int:
        """Make the commands known to Discord, on release; return how many there are."""
        with delivering():
            return len(await self.client.tree.sync())

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Post a message; when it takes several, the receipt names them all."""
        with delivering():
            channel = await self._channel(place)
        with delivering(self._lacking(channel)):
            return await send(channel, message, delivery)

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Redraw a message in the place of the one (or the several) that the receipt names."""
        with delivering():
            await redraw(await self._channel(place), receipt, message)

    async def find(self, place: Place, delivery: str) -> str | None:
        """Look for a delivery among the channel's last messages; half of one is taken away, to be posted whole.

        Raises DeliveryError with `uncertain` where we may not read the channel's history.
        """
        try:
            with delivering():
                return await self._found(await self._channel(place), delivery)
        except DeliveryError as error:
            if error.permanent:
                raise DeliveryError(f"Whether the message arrived cannot be seen: {error}", uncertain=True) from error
            raise

    async def _found(self, channel: discord.PartialMessageable, delivery: str) -> str | None:
        assert self.client.user is not None
        return await find_parts(channel, delivery, self.client.user.id)

    async def seen_by(self, workspace: str, person: str) -> frozenset[str]:
        """Return the channels of a server that a person may view; none where Discord does not say."""
        guild = self.client.get_guild(int(workspace)) if workspace.isdecimal() else None
        if guild is None or not person.isdecimal():
            return frozenset()
        try:
            member = guild.get_member(int(person)) or await guild.fetch_member(int(person))
        except discord.HTTPException as error:
            log.warning("Discord did not say who a person is", guild=guild.id, error=repr(error))
            return frozenset()
        places = (*guild.channels, *guild.threads)
        return frozenset(str(one.id) for one in places if one.permissions_for(member).view_channel)

    async def lacks(self, place: Place) -> str:
        """Say which right is missing to post in a channel and how to give it, or nothing."""
        if place.person:
            return ""
        try:
            with delivering():
                missing = self._lacking(await self._channel(place))
        except DeliveryError as error:
            return str(error) if error.permanent else ""
        return (
            f"Clausewatch lacks {missing} in this channel. Give it under the channel's settings, Permissions."
            if missing
            else ""
        )

    def _lacking(self, channel: discord.PartialMessageable) -> str:
        known = self.client.get_channel(channel.id)
        if not isinstance(known, discord.abc.GuildChannel | discord.Thread):
            return ""
        return lacking(known.permissions_for(known.guild.me), thread=isinstance(known, discord.Thread))

    async def _channel(self, place: Place) -> discord.PartialMessageable:
        """Return a place as Discord knows it, made sure to belong to the workspace it is said to belong to.

        Raises DeliveryError when it does not.
        """
        if not (place.person or place.channel).isdecimal():
            raise DeliveryError("This is no channel of Discord's.", permanent=True)
        if place.person:
            user = await self.client.fetch_user(int(place.person))
            return self.client.get_partial_messageable((await user.create_dm()).id)
        channel = int(place.channel)
        if self._homes.get(channel) != place.workspace:
            known = self.client.get_channel(channel) or await self.client.fetch_channel(channel)
            guild = getattr(known, "guild", None)
            if guild is None or str(guild.id) != place.workspace:
                raise DeliveryError("The channel does not belong to this server.", permanent=True)
            self._homes[channel] = place.workspace  # no channel ever moves, and without a connection each costs a call
        return self.client.get_partial_messageable(channel, guild_id=int(place.workspace))
