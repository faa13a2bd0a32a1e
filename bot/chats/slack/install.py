"""The Slack workspaces we are installed in: their tokens, sealed at rest, renewed in time, deleted when they leave.

Kept in slack_sdk's own tables beside ours. No names and no people's tokens are kept. The pages people go
through to install are `slack_oauth`.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import MetaData, delete, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.slack.api import web_client
from bot.chats.slack.team import Team
from bot.sealing import CannotOpen, Sealer
from storage.database.connection import Database
from watchers.errors import ClausewatchError

log = structlog.get_logger()
FRESH = 60.0  # seconds a token is remembered, so that another process's deletion is noticed soon
STATE_LIVES = 600  # seconds between the install page and coming back from Slack
RENEW_AHEAD = 120  # minutes before a token expires
Store = AsyncSQLAlchemyInstallationStore
TABLES = (
    Store.build_bots_table(MetaData(), Store.default_bots_table_name),
    Store.build_installations_table(MetaData(), Store.default_installations_table_name),
)
"""slack_sdk's tables of installed workspaces. The states of installations under way live for minutes only."""


class Vault:
    """Seals the tokens of workspaces, and opens them."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ClausewatchError(
                "Installing into many Slack workspaces needs ENCRYPTION_KEYS, since tokens are kept sealed;"
                " make one with `clausewatch key`."
            )
        self._sealer = Sealer(keys)

    def seal(self, secret: str | None) -> str | None:
        """Seal a token, if there is one."""
        return self._sealer.seal(secret.encode()).decode() if secret else None

    def open(self, sealed: str | None) -> str | None:
        """Open a token, if there is one. Raises CannotOpen when none of the keys fits."""
        return self._sealer.open(sealed.encode()).decode() if sealed else None

    def old(self, sealed: str | None) -> bool:
        """Tell whether a token was sealed with a key that is not the newest."""
        return bool(sealed) and not self._sealer.newest(str(sealed).encode())


@dataclass(frozen=True, slots=True)
class _Engine:
    """The two doors of an engine that slack_sdk's stores use, leading through our own transactions."""

    begin: Callable[[], AbstractAsyncContextManager[AsyncConnection]]
    connect: Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class Installs:
    """Workspaces and their tokens (`slack_team.Teams`), and the states of installations under way.

    `database` is asked for when it is needed, since chats are made before it is open.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        keys: Sequence[str],
        client_id: str,
        client_secret: str,
        api_url: str = "https://slack.com/api/",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client_id, self.client_secret, self.api_url = client_id, client_secret, api_url
        self._keys = tuple(keys)
        self._vault: Vault
        engine = _Engine(lambda: database().write(), lambda: database().read())
        self._bots = AsyncSQLAlchemyInstallationStore(client_id, engine)  # type: ignore[arg-type]
        self.states = AsyncSQLAlchemyOAuthStateStore(expiration_seconds=STATE_LIVES, engine=engine)  # type: ignore[arg-type]
        self._clock = clock
        self._known: dict[str, tuple[float, Team]] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self) -> None:
        """Make the tables where they are missing, and seal anew what an older key sealed.

        Raises ClausewatchError when there is no key to seal with.
        """
        self._vault = Vault(self._keys)
        await self._bots.create_tables()  # type: ignore[no-untyped-call]
        await self.states.create_tables()  # type: ignore[no-untyped-call]
        await self._reseal()

    async def find(self, workspace: str) -> Team | None:
        """Return a workspace with a token that is good, or None."""
        known = self._known.get(workspace)
        if known and self._clock() - known[0] < FRESH:
            return known[1]
        async with self._turns[workspace]:
            bot = await self._renewed(await self._bot(workspace))
        if bot is None:
            self._known.pop(workspace, None)
            return None
        team = Team(workspace, bot.bot_token, bot.bot_id, bot.bot_user_id)
        self._known[workspace] = (self._clock(), team)
        return team

    async def keep(self, bot: Bot) -> None:
        """Keep a workspace's token, sealed; an earlier one goes."""
        workspace = str(bot.team_id)
        sealed = Bot(
            app_id=bot.app_id or "",
            team_id=workspace,
            bot_token=str(self._vault.seal(bot.bot_token)),
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_scopes=bot.bot_scopes,
            bot_refresh_token=self._vault.seal(bot.bot_refresh_token),
            bot_token_expires_at=bot.bot_token_expires_at,
            installed_at=bot.installed_at,
        )
        await self.forget(workspace)
        await self._bots.async_save_bot(sealed)

    async def forget(self, workspace: str) -> None:
        """Delete a workspace's token."""
        self._known.pop(workspace, None)
        await self._bots.async_delete_bot(enterprise_id=None, team_id=workspace)

    async def _bot(self, workspace: str) -> Bot | None:
        bot = await self._bots.async_find_bot(enterprise_id=None, team_id=workspace)
        if bot is None:
            return None
        try:
            bot.bot_token = str(self._vault.open(bot.bot_token))
            bot.bot_refresh_token = self._vault.open(bot.bot_refresh_token)
        except CannotOpen:
            log.error("none of the ENCRYPTION_KEYS opens the token of a Slack workspace", workspace=workspace)
            return None
        return bot

    async def _renewed(self, bot: Bot | None) -> Bot | None:
        """Renew a token that expires soon; when another process was quicker, take what it got."""
        if bot is None or bot.bot_token_expires_at is None:
            return bot
        rotator = AsyncTokenRotator(client_id=self.client_id, client_secret=self.client_secret, client=self.client())
        try:
            fresh = await rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=RENEW_AHEAD)
        except SlackTokenRotationError as error:
            log.warning("a Slack token could not be renewed", workspace=bot.team_id, error=repr(error))
            return await self._bot(str(bot.team_id))
        if fresh is not None:
            await self.keep(fresh)
        return fresh or bot

    async def _reseal(self) -> None:
        table = self._bots.bots
        async with self._bots.engine.connect() as connection:
            rows = (await connection.execute(table.select())).mappings().all()
        for row in rows:
            bot = await self._bot(row["team_id"]) if self._vault.old(row["bot_token"]) else None
            if bot is not None:
                await self.keep(bot)

    def client(self, token: str = "") -> AsyncWebClient:
        """Return a client for the calls that installing takes."""
        return web_client(token, self.api_url, None)


async def forget_tokens(database: Database, workspace: str) -> int:
    """Delete the tokens of a workspace given as "slack:T0123"; return how many rows went, 0 for other chats."""
    chat, _, team = workspace.partition(":")
    if chat != "slack":
        return 0
    gone = 0
    async with database.write() as connection:
        kept = await connection.run_sync(lambda plain: set(inspect(plain).get_table_names()))
        for table in TABLES:
            if table.name in kept:
                gone += (await connection.execute(delete(table).where(table.c.team_id == team))).rowcount
    return gone
