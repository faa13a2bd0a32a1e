"""Run: start what a process has to do, keep it going until somebody says stop, and finish cleanly."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack

from rich.markup import escape
from starlette.routing import BaseRoute

from bot.app import App, Edges, open_app
from bot.chats.console.chat import Console
from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.port import Chat, Hooks, Place
from bot.chats.slack.chat import Slack, SlackSettings
from bot.chats.slack.install import Installs
from bot.chats.slack.oauth import Front
from bot.cli.terminal import terminal
from bot.looking.fetchers import user_agent
from bot.monitoring.heartbeat import Heartbeat
from bot.pages.access import Access
from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.connect import Connecting
from bot.process.logs import set_up_logs
from bot.process.roles import UP, Role
from bot.process.schedule import GRACE, Beat
from bot.process.serving import Serving
from bot.process.web import vital_routes, web_app
from bot.process.working import Working
from bot.settings import Settings
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from storage.database.connection import Database
from watchers.errors import ClausewatchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.transport import guarded_client

TURN = 0.001
"""Seconds after which the thread that examines pages must let the loop go on: people wait for the loop."""


async def run(settings: Settings, role: Role = UP) -> None:
    """Do what the role says until told to stop.

    Raises ClausewatchError when the settings do not allow it, or when not one chat could be started that
    the process is there for.
    """
    role.check(settings)
    set_up_logs(settings.log_level)
    sys.setswitchinterval(TURN)
    door = Door()
    chats = open_chats(settings, door, role)
    async with open_app(settings, Edges(chats=chats)) as app, AsyncExitStack() as closing:
        door.app = app
        connecting = Connecting(app, chats, role)
        closing.push_async_callback(connecting.stop, GRACE)
        await connect(connecting, role)
        url = ""
        if role.serves:
            url = await serve(app, chats, closing)
        if role.works:
            await app.take_up()
        beats = (*await heartbeats(app, closing, role), Beat("connect", connecting.again, 30))
        working = Working(app, beats, work=role.works)
        working.start()
        closing.push_async_callback(working.stop)
        await greet(app, connecting.up, url)
        await until_told(connecting.up, working)


async def connect(connecting: Connecting, role: Role) -> None:
    """Bring up the chats; one that cannot be is said, and the others go on."""
    for chat, why in await connecting.connect():
        terminal(stderr=True, highlight=False).print(f"[red]{chat}[/]: {escape(why)}")
    if role.needs_a_chat and not connecting.up:
        raise ClausewatchError("no chat could be started; `clausewatch doctor` says what is missing")


async def serve(app: App, chats: Sequence[Chat], closing: AsyncExitStack) -> str:
    """Serve the pages, the health and what Slack sends; return the address."""
    settings = app.settings
    vital, served = vital_routes(app.metrics, app.vitals), [*routes(chats), *pages(app)]
    if settings.vitals_port:
        aside = Serving(web_app(vital), settings.host, settings.vitals_port)
        await aside.start()
        closing.push_async_callback(aside.stop)
    web = Serving(web_app(served if settings.vitals_port else [*vital, *served]), settings.host, settings.port)
    await web.start()
    closing.push_async_callback(web.stop)
    return web.url


class Door:
    """Hears from the chats who comes, who leaves and what is closed to us, once the app is open."""

    app: App | None = None

    @property
    def hooks(self) -> Hooks:
        """Return what a chat calls."""
        return Hooks(self._joined, self._left, self._gone)

    def database(self) -> Database:
        """Return the open database. Raises ClausewatchError before it is."""
        if self.app is None:
            raise ClausewatchError("Clausewatch is still starting")
        return self.app.database

    async def _joined(self, chat: str, workspace: str, person: str) -> None:
        if self.app:
            await self.app.audience.workspace(chat, workspace, installed_by=person, joined=True)
            await self.app.notifier.greet(chat, workspace, person)

    async def _left(self, chat: str, workspace: str, reason: str) -> None:
        if self.app:
            await self.app.audience.leave(f"{chat}:{workspace}", self.app.clock())

    async def _gone(self, place: Place, reason: str) -> None:
        if self.app:
            await self.app.notifier.closed(place, reason)


def open_chats(settings: Settings, door: Door, role: Role = UP) -> tuple[Chat, ...]:
    """Return the chats that are configured and the process needs; for `up` without any, the terminal."""
    chats: list[Chat] = []
    if settings.slack and role.speaks("slack"):
        chats.append(open_slack(settings, door))
    if settings.discord and role.speaks("discord"):
        chats.append(Discord(DiscordSettings(settings.discord_token, settings.discord_api_url), door.hooks))
    return tuple(chats or ([Console()] if role is UP else []))


def open_slack(settings: Settings, door: Door) -> Slack:
    """Return Slack as the settings have it: for the many workspaces of a client id, or for the one of a bot token."""
    told = SlackSettings(
        settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token, settings.slack_api_url
    )
    if not settings.slack_client_id:
        return Slack(told, hooks=door.hooks)
    installs = Installs(
        door.database,
        settings.encryption_keys,
        settings.slack_client_id,
        settings.slack_client_secret,
        settings.slack_api_url,
    )
    return Slack(told, installs, door.hooks, Front(installs, door.hooks, settings.pages_url))


def routes(chats: Sequence[Chat]) -> list[BaseRoute]:
    """Return the routes that chats need in the web process."""
    return [route for chat in chats if isinstance(chat, Slack) for route in chat.routes()]


def pages(app: App) -> list[BaseRoute]:
    """Return the routes of the pages: public ones for everybody, a workspace's own for those with a link from it."""
    url = app.settings.pages_url
    access = Access(app.keys, secure=url.startswith("https://"))
    shelf = Shelf(app.archive, Search(app.database), app.clock, app.commands.desk.sources, app.examiner)
    return site_routes(shelf, url, access, Proofs(app.database))


async def heartbeats(app: App, closing: AsyncExitStack, role: Role) -> tuple[Beat, ...]:
    """Return the heartbeat of a process that works, if an address for it is set."""
    settings = app.settings
    if not settings.heartbeat_url or not role.works:
        return ()
    guard = Guard(allowed=settings.allow_hosts)
    client = await closing.enter_async_context(guarded_client(guard, user_agent=user_agent(settings)))
    return (Beat("heartbeat", Heartbeat(client, settings.heartbeat_url, app.vitals).beat, 60),)


async def greet(app: App, chats: Sequence[Chat], pages_url: str) -> None:
    """Tell the person at the terminal what runs and what to type."""
    platforms = await app.archive.count_platforms()
    for chat in chats:
        if isinstance(chat, Console):
            chat.say(
                f"Clausewatch is running; it knows {platforms} platforms. Type /watch x, /help, or quit to leave.\n"
                f"Pages: {pages_url}"
            )


async def until_told(chats: Sequence[Chat], working: Working) -> None:
    """Wait for SIGTERM or SIGINT, or for the person at the terminal to leave.

    Raises what ended the work, should it ever end by itself.
    """
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    waits: list[asyncio.Future[object]] = [asyncio.ensure_future(told.wait())]
    consoles = [chat for chat in chats if isinstance(chat, Console)]
    waits += [asyncio.ensure_future(chat.left.wait()) for chat in consoles]
    if sys.stdin.isatty():  # elsewhere the end of the input is no wish to stop
        waits += [asyncio.ensure_future(chat.closed.wait()) for chat in consoles]
    done, _ = await asyncio.wait([*waits, working.ended], return_when=asyncio.FIRST_COMPLETED)
    for each in waits:
        each.cancel()
    if working.ended in done:
        await working.ended
