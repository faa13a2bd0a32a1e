"""A stand-in of Slack's Web API on loopback: it keeps what it was sent and refuses what Slack would refuse.

Only what Slack documents is answered; an unknown method is an error of the test. Sources: Slack's Web API reference.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.bot.chats.limits import Json, check_slack


@dataclass
class Channel:
    """A channel of a workspace, and what stands in it."""

    private: bool = False
    member: bool = True
    archived: bool = False
    posts: list[Json] = field(default_factory=list)


@dataclass
class Team:
    """A workspace with its channels and people."""

    id: str = "T0TERN"
    token: str = "xoxb-tern"
    channels: dict[str, Channel] = field(
        default_factory=lambda: {"C0RULES": Channel(), "C0SECRET": Channel(True, False), "D0APP": Channel()}
    )
    admins: tuple[str, ...] = ("U0ADA",)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    installed: bool = True


@dataclass(frozen=True)
class Fault:
    """How the next call of a method goes wrong: an error name, a status, a header, a cut line after it was done."""

    error: str = "internal_error"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    extra: tuple[tuple[str, str], ...] = ()


class SlackStandIn:
    """Slack, as far as the Web API, response addresses, uploads and Socket Mode go."""

    def __init__(self, *teams: Team) -> None:
        self.teams = {team.token: team for team in teams or (Team(),)}
        self.calls: list[tuple[str, Json]] = []
        self.responses: dict[str, list[Json]] = {}
        self.views: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.files: dict[str, bytes] = {}
        self.alone: list[Json] = []
        self.faults: dict[str, list[Fault]] = {}
        self.codes: dict[str, Team] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.acks: list[Json] = []
        self._stamp = 1_700_000_000
        self._arrived = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_post("/upload/{name}", self._upload)
        app.router.add_get("/socket", self._socket)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def api_url(self) -> str:
        """The address that SLACK_API_URL takes."""
        return str(self.server.make_url("/api/"))

    def response_url(self, name: str) -> str:
        """Return a response address, which may be used five times."""
        self.responses.setdefault(name, [])
        return str(self.server.make_url(f"/respond/{name}"))

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail."""
        self.faults.setdefault(method, []).extend(faults)

    def sent(self, method: str) -> list[Json]:
        """Return what a method was called with."""
        return [said for name, said in self.calls if name == method]

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is seen here."""
        async with asyncio.timeout(60):
            while not seen():
                self._arrived.clear()
                await self._arrived.wait()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, said = request.match_info["method"], await _said(request)
        self.calls.append((method, said))
        fault = self.faults.get(method, [None]).pop(0) if self.faults.get(method) else None
        if fault and not fault.cut:
            refusal = {"ok": False, "error": fault.error, **dict(fault.extra)}
            return web.json_response(refusal, status=fault.status, headers=dict(fault.headers))
        token = str(said.pop("token", "")) or request.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self._answer(method, said, self.teams.get(token))
        self._arrived.set()
        if fault and request.transport:
            request.transport.abort()
        return web.json_response(answer)

    def _answer(self, method: str, said: Json, team: Team | None) -> Json:
        if method in ("oauth.v2.access", "apps.connections.open"):
            return getattr(self, f"_{method.replace('.', '_')}")(said)  # type: ignore[no-any-return]
        if team is None or not team.installed:
            return {"ok": False, "error": "invalid_auth"}
        try:
            told: Json = getattr(self, f"_{method.replace('.', '_')}")(team, said)
            return {"ok": True} | told
        except KeyError:
            return {"ok": False, "error": "channel_not_found"}

    def _auth_test(self, team: Team, said: Json) -> Json:
        return {"team_id": team.id, "user_id": "U0CLAUSE", "bot_id": "B0CLAUSE", "url": "https://tern.slack.example/"}

    def _auth_revoke(self, team: Team, said: Json) -> Json:
        team.installed = False
        return {"revoked": True}

    def _chat_postMessage(self, team: Team, said: Json) -> Json:
        check_slack(said["blocks"], said["text"])
        assert said["unfurl_links"] in (False, "0", "false", 0)
        channel = team.channels[said["channel"]]
        if refusal := _closed(channel):
            return refusal
        channel.posts.append(said | {"ts": self._next()})
        return {"ts": channel.posts[-1]["ts"], "channel": said["channel"]}

    def _chat_postEphemeral(self, team: Team, said: Json) -> Json:
        check_slack(said["blocks"], said["text"])
        team.channels[said["channel"]]
        self.alone.append(said)
        return {"message_ts": self._next()}

    def _chat_update(self, team: Team, said: Json) -> Json:
        check_slack(said["blocks"], said["text"])
        posts = team.channels[said["channel"]].posts
        for place, post in enumerate(posts):
            if post["ts"] == said["ts"]:
                posts[place] = post | said
                return {"ts": said["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _chat_delete(self, team: Team, said: Json) -> Json:
        channel = team.channels[said["channel"]]
        channel.posts = [post for post in channel.posts if post["ts"] != said["ts"]]
        return {}

    def _conversations_history(self, team: Team, said: Json) -> Json:
        channel = team.channels[said["channel"]]
        if not channel.member:
            return {"ok": False, "error": "not_in_channel"}
        return {"messages": list(reversed(channel.posts))}

    def _conversations_info(self, team: Team, said: Json) -> Json:
        channel = team.channels[said["channel"]]
        if channel.private and not channel.member:
            raise KeyError
        known = {"is_private": channel.private, "is_member": channel.member, "is_archived": channel.archived}
        return {"channel": {"id": said["channel"], **known}}

    def _conversations_open(self, team: Team, said: Json) -> Json:
        return {"channel": {"id": "D0APP"}}

    def _users_conversations(self, team: Team, said: Json) -> Json:
        channels = [{"id": one} for one in team.members.get(said["user"], ())]
        first = int(said.get("cursor") or 0)
        more = str(first + 1) if first + 1 < len(channels) else ""
        return {"ok": True, "channels": channels[first : first + 1], "response_metadata": {"next_cursor": more}}

    def _users_info(self, team: Team, said: Json) -> Json:
        return {"user": {"id": said["user"], "is_admin": said["user"] in team.admins}}

    def _views_open(self, team: Team, said: Json) -> Json:
        check_slack(said["view"]["blocks"], most=100)
        assert len(said["view"]["title"]["text"]) <= 24
        self.views.append(said["view"])
        return {"view": {"id": f"V{len(self.views)}"}}

    _views_update = _views_open

    def _views_publish(self, team: Team, said: Json) -> Json:
        check_slack(said["view"]["blocks"], most=100)
        self.homes[said["user_id"]] = said["view"]
        return {"view": {"id": "V0HOME"}}

    def _files_getUploadURLExternal(self, team: Team, said: Json) -> Json:
        name = f"F{len(self.files) + 1:03}"
        self.files[name] = b""
        return {"upload_url": str(self.server.make_url(f"/upload/{name}")), "file_id": name}

    def _files_completeUploadExternal(self, team: Team, said: Json) -> Json:
        files = said["files"] if isinstance(said["files"], list) else json.loads(said["files"])
        return {"files": [{"id": one["id"], "title": one.get("title", "")} for one in files]}

    def _oauth_v2_access(self, said: Json) -> Json:
        if said.get("grant_type") == "refresh_token":
            fresh = {"access_token": "xoxe.xoxb-new", "refresh_token": "xoxe-2", "expires_in": 43_200}
            return {
                "ok": True,
                "token_type": "bot",
                **fresh,
                "bot_user_id": "U0CLAUSE",
                "team": {"id": "T0TERN"},
                "scope": "commands",
            }
        team = self.codes.pop(str(said.get("code", "")), None)
        if team is None:
            return {"ok": False, "error": "invalid_code"}
        self.teams[team.token] = team
        team.installed = True
        return {
            "ok": True,
            "access_token": team.token,
            "token_type": "bot",
            "scope": "commands,chat:write",
            "bot_user_id": "U0CLAUSE",
            "app_id": "A0CLAUSE",
            "team": {"id": team.id, "name": "Tern"},
            "enterprise": None,
            "authed_user": {"id": "U0ADA"},
            "is_enterprise_install": False,
        }

    def _apps_connections_open(self, said: Json) -> Json:
        return {"ok": True, "url": str(self.server.make_url("/socket")).replace("http", "ws", 1)}

    async def _respond(self, request: web.Request) -> web.Response:
        said, used = await request.json(), self.responses[request.match_info["name"]]
        if len(used) >= 5:
            return web.Response(text="used_url", status=404)
        check_slack(said["blocks"], said["text"])
        used.append(said)
        self._arrived.set()
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post() if request.content_type.startswith("multipart") else None
        part: Any = next(iter(form.values())) if form else None
        self.files[request.match_info["name"]] = part.file.read() if part is not None else await request.read()
        return web.Response(text="OK")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self._arrived.set()
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.acks.append(json.loads(message.data))
                self._arrived.set()
        return socket

    def _next(self) -> str:
        self._stamp += 1
        return f"{self._stamp}.000100"


def _closed(channel: Channel) -> Json | None:
    if channel.archived:
        return {"ok": False, "error": "is_archived"}
    if channel.private and not channel.member:
        return {"ok": False, "error": "channel_not_found"}
    return None


async def _said(request: web.Request) -> Json:
    """Read arguments however the client sent them; values that are JSON inside a form are opened."""
    if request.content_type == "application/json":
        return dict(await request.json())
    said: Json = dict(parse_qsl((await request.text()) or request.query_string))
    return {key: json.loads(value) if value[:1] in "[{" else value for key, value in said.items()}
