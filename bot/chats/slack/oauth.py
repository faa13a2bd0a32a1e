"""Installing into a Slack workspace: the page with the button, the way back, and leaving.

OAuth v2 as Slack documents it; the state is kept once in the database and once in the browser, and used once.
"""

from __future__ import annotations

import hmac
import time
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.chats.port import Hooks
from bot.chats.slack.install import STATE_LIVES, Installs
from bot.chats.slack.manifest import SCOPES

log = structlog.get_logger()
INSTALL, RETURN = "/slack/install", "/slack/oauth_redirect"
COOKIE = "clausewatch_slack_state"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} · Clausewatch</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:17px/1.6 system-ui,sans-serif;max-width:38rem;margin:12vh auto;padding:0 1.5rem;color:#1d1c1d}}
a.button{{display:inline-block;padding:.7rem 1.3rem;border-radius:.5rem;background:#4a154b;color:#fff;
text-decoration:none}}
li{{margin:.3rem 0}}@media(prefers-color-scheme:dark){{body{{background:#1a1d21;color:#e8e8e8}}}}</style>
<main><h1>{title}</h1>{body}</main></html>"""
ASKED = {
    "commands": "answer its commands, such as /watch",
    "chat:write": "post pings and digests where you ask for them",
    "chat:write.public": "post them in public channels without being invited first",
    "app_mentions:read": "hear when it is mentioned, and nothing else of what you write",
    "files:write": "send redlines and pictures",
    "users:read": "see who is an admin, where only admins may configure",
    "channels:read": "see whether a public channel is archived",
    "groups:read": "see whether it was invited to a private channel",
    "channels:history": "find its own message again after a crash, so that nothing is posted twice",
    "groups:history": "the same, in private channels it is in",
    "im:write": "write to you alone when something needs your attention",
}


class Front:
    """The pages of an installation."""

    def __init__(self, installs: Installs, hooks: Hooks, base_url: str) -> None:
        self._installs = installs
        self._hooks = hooks
        self._back = f"{base_url.rstrip('/')}{RETURN}"
        self._secure = self._back.startswith("https://")

    def routes(self) -> list[Route]:
        """Return the routes of the web process."""
        return [Route(INSTALL, self.install, methods=["GET"]), Route(RETURN, self.back, methods=["GET"])]

    async def install(self, request: Request) -> HTMLResponse:
        """Say what will be asked for, and lead to Slack."""
        state = await self._installs.states.async_issue()
        slack = urlsplit(self._installs.api_url)
        asked = {"client_id": self._installs.client_id, "scope": ",".join(SCOPES), "state": state}
        address = (
            f"{slack.scheme}://{slack.netloc}/oauth/v2/authorize?{urlencode(asked | {'redirect_uri': self._back})}"
        )
        rights = "".join(f"<li>{escape(ASKED[scope])}</li>" for scope in SCOPES)
        body = (
            "<p>Clausewatch tells your channels the same day what changed in the terms and policies you watch,"
            f" in the platform's own words.</p><p>It asks to</p><ul>{rights}</ul>"
            f'<p><a class="button" href="{escape(address)}">Add to Slack</a></p>'
        )
        page = _page("Add Clausewatch to Slack", body)
        page.set_cookie(COOKIE, state, STATE_LIVES, path="/slack", secure=self._secure, httponly=True, samesite="lax")
        return page

    async def back(self, request: Request) -> HTMLResponse:
        """Take the way back from Slack: check the state, exchange the code, keep the token."""
        state, kept = request.query_params.get("state", ""), request.cookies.get(COOKIE, "")
        same = bool(state) and hmac.compare_digest(state.encode(), kept.encode())
        if not same or not await self._installs.states.async_consume(state):
            return _page(
                "That link is no longer good", _again("It was opened elsewhere, used before, or is too old."), 400
            )
        if "code" not in request.query_params:
            return _page("Nothing was installed", _again("You can do it whenever you like."), 200)
        try:
            granted = await self._exchanged(request.query_params["code"])
        except (SlackApiError, aiohttp.ClientError, TimeoutError, KeyError) as error:
            log.warning("a Slack installation failed", error=repr(error))
            return _page("Slack did not complete it", _again("The code may be too old."), 400)
        if granted.get("is_enterprise_install") or not granted.get("team"):
            return _page("One workspace, please", _again("Choose a single workspace, not the whole organisation."), 400)
        await self._installs.keep(await self._bot(granted))
        workspace = str(granted["team"]["id"])
        await self._hooks.joined("slack", workspace, str((granted.get("authed_user") or {}).get("id", "")))
        return _page("Clausewatch is in", _begin(workspace, str(granted.get("app_id", ""))))

    async def _exchanged(self, code: str) -> dict[str, Any]:
        answer = await self._installs.client().oauth_v2_access(
            client_id=self._installs.client_id,
            client_secret=self._installs.client_secret,
            code=code,
            redirect_uri=self._back,
        )
        return dict(answer.data)  # type: ignore[arg-type]

    async def _bot(self, granted: dict[str, Any]) -> Bot:
        known = await self._installs.client(granted["access_token"]).auth_test()
        return Bot(
            app_id=granted.get("app_id"),
            team_id=granted["team"]["id"],
            bot_token=granted["access_token"],
            bot_id=known.get("bot_id", ""),
            bot_user_id=granted.get("bot_user_id", ""),
            bot_scopes=granted.get("scope", ""),
            bot_refresh_token=granted.get("refresh_token"),
            bot_token_expires_in=granted.get("expires_in"),
            installed_at=time.time(),
        )


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(PAGE.format(title=escape(title), body=body), status, headers=dict(HEADERS))


def _again(reason: str) -> str:
    return f'<p>{escape(reason)}</p><p><a class="button" href="{INSTALL}">Try again</a></p>'


def _begin(workspace: str, app: str) -> str:
    address = f"slack://app?{urlencode({'team': workspace, 'id': app, 'tab': 'home'})}"
    return (
        "<p>Type <code>/watch x</code> in any channel, or <code>/watch help</code> for examples.</p>"
        f'<p><a class="button" href="{escape(address)}">Open Slack</a></p>'
    )
