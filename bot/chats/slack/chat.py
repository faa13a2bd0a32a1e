"""Slack as a chat: posting, redrawing and finding messages, over signed HTTP or in Socket Mode.

Drawing is `slack_blocks`, listening `slack_listening`, installing `slack_install`; no command is known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from bot.chats.port import Answer, Hooks, Place, Suggest
from bot.chats.slack.answering import Answering
from bot.chats.slack.api import code, delivering, web_client
from bot.chats.slack.blocks import MESSAGE, Drawn, draw
from bot.chats.slack.files import send_files, uploaded
from bot.chats.slack.listening import Ears
from bot.chats.slack.oauth import Front
from bot.chats.slack.posting import found, named, post_all
from bot.chats.slack.rights import Rights
from bot.chats.slack.team import Installed, OneTeam, Teams
from bot.chats.slack.web import Door
from bot.compose.message import Message
from watchers.errors import ClausewatchError, DeliveryError

log = structlog.get_logger()
BOTH = "public_channel,private_channel"
MOST_PAGES = 20
"""Of two hundred channels that one person is in."""
DIRECT = "Clausewatch is not part of this conversation between people. Type the command in a channel instead."


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What Slack needs to know. `app_token` turns Socket Mode on; without `signing_secret` there is no HTTP.

    `waits` are the seconds Slack is given to take in an uploaded picture before a message with it is sent again;
    `patience` the seconds a form may take of the three that Slack waits.
    """

    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    timeout: float = 10.0
    waits: tuple[float, ...] = (1.0, 2.0)
    patience: float = 1.5


class Slack:
    """Slack. `teams` knows the tokens of many workspaces; without it, there is the one of the bot token.

    Errors: `post`, `edit`, `find` raise DeliveryError.
    """

    name = "slack"

    def __init__(
        self,
        settings: SlackSettings,
        teams: Teams | None = None,
        hooks: Hooks | None = None,
        front: Front | None = None,
    ) -> None:
        self._settings = settings
        self._front = front
        self._session: aiohttp.ClientSession | None = None
        self._teams: Teams = teams or OneTeam(settings.bot_token, self._client)
        self._socket: AsyncSocketModeHandler | None = None
        self.app = AsyncApp(
            name="clausewatch",
            signing_secret=settings.signing_secret,
            client=web_client("", settings.api_url, None, settings.timeout),
            authorize=Installed(self._teams),  # type: ignore[arg-type] # an AsyncAuthorize is taken as it is
            request_verification_enabled=bool(settings.signing_secret),
        )
        self._ears = Ears(
            Answering(self.edit, settings.waits), Rights(), self._leaving(hooks or Hooks()), settings.patience
        )
        self._ears.listen(self.app)

    def routes(self) -> list[Route]:
        """Return the web process's routes: where Slack's signed requests come in, and the pages of an installation."""
        door = Door(self.app, self._settings.signing_secret).routes() if self._settings.signing_secret else []
        return [*door, *(self._front.routes() if self._front else ())]

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Check the token, and connect where Socket Mode is on.

        Raises ClausewatchError when the token is refused, naming it and where a new one is to be had.
        """
        self._ears.hear(answer, suggest)
        await self._enter(self._connect)

    async def reach(self) -> None:
        """Check the token, and hear nobody; raises as `start` does."""
        await self._enter()

    async def _enter(self, *steps: Callable[[], Awaitable[None]]) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._settings.timeout))
        try:
            with delivering():
                await self._teams.check()
                for step in steps:
                    await step()
        except ClausewatchError as error:
            await self.stop()
            raise ClausewatchError(f"Slack did not let us in: {error}") from error

    async def _connect(self) -> None:
        if not self._settings.app_token:
            return
        client = web_client("", self._settings.api_url, None, self._settings.timeout)
        self._socket = AsyncSocketModeHandler(self.app, self._settings.app_token, web_client=client)
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
            self._socket = None
        if self._session is not None:
            await self._session.close()

    async def client(self, workspace: str) -> AsyncWebClient:
        """Return the client of a workspace. Raises DeliveryError when it is not ours (any more)."""
        team = await self._teams.find(workspace)
        if team is None:
            raise DeliveryError("Clausewatch is not installed in this Slack workspace (any more).", permanent=True)
        return self._client(team.token)

    def _client(self, token: str) -> AsyncWebClient:
        return web_client(token, self._settings.api_url, self._session, self._settings.timeout)

    def _leaving(self, hooks: Hooks) -> Hooks:
        """Delete a token as soon as its workspace left, then tell the others."""

        async def left(chat: str, workspace: str, why: str) -> None:
            await self._teams.forget(workspace)
            await hooks.left(chat, workspace, why)

        return replace(hooks, left=left)

    async def leave(self, workspace: str) -> None:
        """Give a workspace's token back to Slack and delete it."""
        with delivering():
            try:
                await (await self.client(workspace)).auth_revoke()
            finally:
                await self._teams.forget(workspace)

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Post a message; when it takes several, the receipt names them all."""
        with delivering():
            client = await self.client(place.workspace)
            parts = draw(message, await uploaded(client, message))
            channel = await _channel(client, place)
            receipt = await self._posted(client, channel, message, parts, delivery)
            await send_files(client, message, channel)
        return receipt

    async def _posted(
        self, client: AsyncWebClient, channel: str, message: Message, parts: Sequence[Drawn], delivery: str
    ) -> str:
        words = draw(message)
        for wait in self._settings.waits if words != tuple(parts) else ():
            try:
                return await post_all(client, channel, parts, delivery)
            except SlackApiError as error:
                if code(error) != "invalid_blocks":
                    raise
            await asyncio.sleep(wait)
        try:
            return await post_all(client, channel, parts, delivery)
        except SlackApiError as error:
            if code(error) != "invalid_blocks" or words == tuple(parts):
                raise
            log.warning("Slack did not take a picture; its words stand alone", delivery=delivery)
            return await post_all(client, channel, words, delivery)

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Redraw a message in the place of the one (or the several) that the receipt names."""
        stamps = receipt.split(",")
        with delivering():
            client = await self.client(place.workspace)
            room = replace(MESSAGE, messages=len(stamps))
            parts = named(draw(message, await uploaded(client, message), room), stamps)
            channel = await _channel(client, place)
            for stamp, part in zip(stamps, parts, strict=False):
                await client.chat_update(channel=channel, ts=stamp, text=part.text, blocks=list(part.blocks))
            for stamp in stamps[len(parts) :]:
                await client.chat_delete(channel=channel, ts=stamp)

    async def find(self, place: Place, delivery: str) -> str | None:
        """Look for a delivery among the channel's last messages, by the metadata it was posted with.

        Half of a delivery is taken away, so that it can be posted again whole. Raises DeliveryError with
        `uncertain` where Slack does not let us read the channel.
        """
        try:
            with delivering():
                client = await self.client(place.workspace)
                return await found(client, await _channel(client, place), delivery)
        except DeliveryError as error:
            if error.retry_after is None and error.permanent:
                raise DeliveryError(f"Whether the message arrived cannot be seen: {error}", uncertain=True) from error
            raise

    async def seen_by(self, workspace: str, person: str) -> frozenset[str]:
        """Return the channels a person is in, as far as we share them; none where Slack does not say."""
        found: set[str] = set()
        cursor = ""
        try:
            with delivering():
                client = await self.client(workspace)
                for _ in range(MOST_PAGES):
                    page = await client.users_conversations(user=person, types=BOTH, limit=200, cursor=cursor)
                    found |= {str(one["id"]) for one in page["channels"]}
                    if not (cursor := str((page.get("response_metadata") or {}).get("next_cursor") or "")):
                        break
        except DeliveryError as error:
            log.warning("Slack did not say which channels a person is in", workspace=workspace, reason=str(error))
        return frozenset(found)

    async def lacks(self, place: Place) -> str:
        """Say which right is missing to post in a channel and how to give it, or nothing."""
        if place.person:
            return ""
        try:
            with delivering():
                client = await self.client(place.workspace)
                channel: dict[str, Any] = (await client.conversations_info(channel=place.channel))["channel"]
        except DeliveryError as error:
            return (DIRECT if place.channel.startswith("D") else str(error)) if error.permanent else ""
        if channel.get("is_archived"):
            return "The channel is archived. Unarchive it, or watch from another channel."
        if channel.get("is_private") and not channel.get("is_member"):
            return "Clausewatch is not in this private channel. Type `/invite @Clausewatch` in it."
        return ""


async def _channel(client: AsyncWebClient, place: Place) -> str:
    """Return the channel of a place; for a person alone, the conversation between them and the app."""
    if not place.person:
        return place.channel
    return str((await client.conversations_open(users=place.person))["channel"]["id"])
