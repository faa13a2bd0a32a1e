"""Discord on loopback: its gateway, as a websocket that can drop us, and the REST calls the bot makes.

It keeps what was posted, by nonce as Discord does, and knows one server with as many channels as are asked for.
"""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

TOKEN = "MTAwMA.stand-in.token"  # the shape discord.py wants
BOT, APP, GUILD, OWNER, FIRST_CHANNEL = "1000", "1000", "2000", "3000", 4000
ME = {"id": BOT, "username": "clausewatch", "discriminator": "0", "avatar": None, "bot": True, "flags": 0}
ADA = {"id": OWNER, "username": "ada", "discriminator": "0", "avatar": None, "global_name": None}

GUILD_LISTS = (
    *("emojis", "stickers", "features", "threads", "presences", "voice_states"),
    *("stage_instances", "guild_scheduled_events", "soundboard_sounds"),
)
GUILD_LEVELS = (
    *("verification_level", "explicit_content_filter", "mfa_level", "nsfw_level", "afk_timeout"),
    *("default_message_notifications", "premium_tier", "system_channel_flags"),
)


class DiscordStandIn:
    """A Discord with one server. `identified` and `resumed` count how sessions began, `posted` is by nonce."""

    def __init__(self, channels: int = 1) -> None:
        self.channels = [str(FIRST_CHANNEL + n) for n in range(channels)]
        self.identified = self.resumed = self.repeated = 0
        self.posted: dict[str, dict[str, Any]] = {}
        self.answers: list[Any] = []
        self.delay = 0.0
        self._sockets: set[web.WebSocketResponse] = set()
        self._said = self._ids = 0
        self._changed = asyncio.Condition()

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/{rest:.*}", self._api)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Listen no more."""
        await self.drop()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """Return where the REST calls go."""
        return f"http://127.0.0.1:{self.port}/api"

    async def until(self, true: Any, patience: float = 60) -> None:
        """Wait until something is true of what has happened here."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(true)

    async def drop(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Cut the connections to the gateway."""
        for socket in tuple(self._sockets):
            await socket.close(code=code)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Say that the session is no longer valid."""
        await self._say({"op": 9, "d": resumable})

    async def type(self, verb: str, channel: str = "", **given: str) -> None:
        """Let Ada type a slash command."""
        self._ids += 1
        channel = channel or self.channels[0]
        options = [{"name": name, "type": 3, "value": value} for name, value in given.items()]
        member = {"user": ADA, "roles": [], "joined_at": _now(), "permissions": str(1 << 40), "flags": 0}
        await self.tell(
            "INTERACTION_CREATE",
            {
                "id": str(8000 + self._ids),
                "application_id": APP,
                "type": 2,
                "token": f"interaction-{self._ids}",
                "version": 1,
                "guild_id": GUILD,
                "channel_id": channel,
                "channel": self._channel(channel),
                "member": {**member, "deaf": False, "mute": False, "avatar": None},
                "data": {"id": "7000", "name": verb, "type": 1, "options": options},
                "entitlements": [],
                "attachment_size_limit": 10 << 20,
                "locale": "en-GB",
                "guild_locale": "en-GB",
                "authorizing_integration_owners": {"0": GUILD},
            },
        )

    async def garble(self) -> None:
        """Send an event that discord.py cannot read."""
        await self.tell("INTERACTION_CREATE", {})

    async def tell(self, event: str, given: dict[str, Any]) -> None:
        """Send an event to who is connected."""
        self._said += 1
        await self._say({"op": 0, "t": event, "s": self._said, "d": given})

    async def _say(self, message: dict[str, Any]) -> None:
        for socket in tuple(self._sockets):
            await socket.send_str(json.dumps(message))

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=True)
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._heard(socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
        return socket

    async def _heard(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        if said["op"] == 1:
            await socket.send_str(json.dumps({"op": 11}))
        if said["op"] == 2:
            self.identified += 1
            self._sockets.add(socket)
            await self.tell("READY", self._ready())
            await self.tell("GUILD_CREATE", self._guild())
            await self._note()
        if said["op"] == 6:
            self.resumed += 1
            self._sockets.add(socket)
            await self.tell("RESUMED", {})
            await self._note()

    async def _api(self, request: web.Request) -> web.Response:
        rest, method = request.match_info["rest"], request.method
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        given = await _given(request) if method in {"POST", "PUT", "PATCH"} else None
        if method == "POST" and (found := re.fullmatch(r"channels/(\d+)/messages", rest)):
            return await self._post(found[1], given)
        if rest.startswith("webhooks/"):
            self.answers.append(given)
            await self._note()
        if rest.startswith("interactions/"):
            return _json(
                {"interaction": {"id": rest.split("/")[1], "type": 2}, "resource": {"type": (given or {})["type"]}}
            )
        return _json(self._answer(rest, given))

    async def _post(self, channel: str, given: Any) -> web.Response:
        nonce = str(given.get("nonce", ""))
        if nonce in self.posted:
            self.repeated += 1
        else:
            self._ids += 1
            self.posted[nonce] = self._message(channel, str(90000 + self._ids), given)
        await asyncio.sleep(self.delay)
        await self._note()
        return _json(self.posted[nonce])

    def _answer(self, rest: str, given: Any) -> Any:
        if rest == "gateway/bot":
            limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
            return {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": 1, "session_start_limit": limit}
        if rest == "users/@me":
            return ME
        if rest == "oauth2/applications/@me":
            return {"id": APP, "name": "clausewatch", "description": "", "owner": ADA, "verify_key": "", "flags": 0} | {
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
            }
        if rest.endswith("/commands"):
            own = {"application_id": APP, "version": "1", "guild_id": None}
            return [{"description": "", **command, "id": str(7000 + n), **own} for n, command in enumerate(given)]
        if found := re.fullmatch(r"channels/(\d+)", rest):
            return self._channel(found[1])
        if found := re.fullmatch(r"channels/(\d+)/messages", rest):
            return [one for one in reversed(self.posted.values()) if one["channel_id"] == found[1]][:50]
        return self._message(self.channels[0], "1", {})

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": ME,
            "guilds": [{"id": GUILD, "unavailable": True}],
            "session_id": f"session-{self.identified}",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": APP, "flags": 0},
            "shard": [0, 1],
        }

    def _guild(self) -> dict[str, Any]:
        everyone = {"id": GUILD, "name": "@everyone", "permissions": str((1 << 50) - 1), "position": 0, "color": 0}
        return {
            "id": GUILD,
            "name": "Fernpost",
            "owner_id": OWNER,
            "roles": [{**everyone, "hoist": False, "managed": False, "mentionable": False, "flags": 0}],
            "channels": [self._channel(each) for each in self.channels],
            "members": [{"user": ME, "roles": [], "joined_at": _now(), "deaf": False, "mute": False, "flags": 0}],
            "member_count": 2,
            "large": False,
            "unavailable": False,
            "joined_at": _now(),
            **{key: [] for key in GUILD_LISTS},
            **dict.fromkeys(GUILD_LEVELS, 0),
            "preferred_locale": "en-GB",
        }

    def _channel(self, channel: str) -> dict[str, Any]:
        named = {"id": channel, "type": 0, "guild_id": GUILD, "name": f"rules-{channel}", "position": 0}
        return {**named, "permission_overwrites": [], "nsfw": False, "topic": None, "parent_id": None}

    def _message(self, channel: str, message: str, given: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": message,
            "channel_id": channel,
            "author": ME,
            "content": given.get("content") or "",
            "embeds": given.get("embeds") or [],
            "nonce": given.get("nonce"),
            "timestamp": _now(),
            "edited_timestamp": None,
            "type": 0,
            "flags": 0,
            **dict.fromkeys(("tts", "mention_everyone", "pinned"), False),
            **{key: [] for key in ("mentions", "mention_roles", "attachments", "components", "reactions")},
        }


def _json(answer: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON under this very type only, without a charset
    return web.Response(body=json.dumps(answer).encode(), status=status, headers={"Content-Type": "application/json"})


async def _given(request: web.Request) -> Any:
    """Return what was sent: JSON, or the JSON part of a form with files."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return json.loads(str(form.get("payload_json", "{}")))
    body = await request.read()
    return json.loads(body) if body else None


def _now() -> str:
    return datetime.now(UTC).isoformat()
