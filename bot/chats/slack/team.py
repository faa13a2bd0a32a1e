"""Which Slack workspaces are ours, and under which token; how bolt learns it for a request that came in.

Where the tokens of many workspaces are kept is `slack_install`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace we are installed in. Its token is never shown, not even by `repr`."""

    id: str
    token: str = field(repr=False)
    bot: str = ""
    bot_user: str = ""


class Teams(Protocol):
    """The workspaces we are installed in."""

    async def find(self, workspace: str) -> Team | None:
        """Return a workspace, or None when we are not installed there."""

    async def check(self) -> None:
        """Make sure that the tokens can be used. Raises what the Web API raises."""

    async def forget(self, workspace: str) -> None:
        """Delete what is kept of a workspace that left."""


class OneTeam:
    """The one workspace that a bot token belongs to."""

    def __init__(self, token: str, client: Callable[[str], AsyncWebClient]) -> None:
        self._token = token
        self._client = client
        self._team: Team | None = None

    async def find(self, workspace: str) -> Team | None:
        """Return the workspace if it is the token's."""
        if self._team is None:
            await self.check()
        return self._team if self._team and self._team.id == workspace else None

    async def check(self) -> None:
        """Ask Slack whose token it is."""
        known = await self._client(self._token).auth_test()
        self._team = Team(known["team_id"], self._token, known.get("bot_id", ""), known.get("user_id", ""))

    async def forget(self, workspace: str) -> None:
        """Forget whose token it is; the token itself is the operator's setting."""
        self._team = None


class Installed(AsyncAuthorize):
    """Gives bolt the token of the workspace a request comes from; without one the request is turned away."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Authorise a request."""
        team = await self._teams.find(team_id or "")
        if team is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team.id,
            bot_user_id=team.bot_user,
            bot_id=team.bot,
            bot_token=team.token,
            user_id=user_id,
        )
