"""Slack with a person at the other end: signed requests in, the stand-in's memory to look at."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette

from bot.chats.port import Hooks, Place
from bot.chats.slack.chat import Slack, SlackSettings
from tests.bot.chats.limits import Json, slack_calls, texts
from tests.bot.chats.slack_stand_in import SlackStandIn, Team

SECRET = "a signing secret of our own"
PERSON = "U0ADA"


class SlackRig:
    """The real adapter before the stand-in."""

    def __init__(self, *teams: Team, app_token: str = "", patience: float = 60, **given: Any) -> None:
        self.team = (teams or (Team(),))[0]
        self.slack = SlackStandIn(*(teams or (self.team,)))
        self.place = Place("slack", self.team.id, "C0RULES")
        self.given, self.app_token, self.patience = given, app_token, patience
        self.chat: Slack
        self._asked = 0

    async def start(self, commands: Any) -> None:
        await self.prepare()
        await self.chat.start(commands.answer, commands.suggest)

    async def prepare(self) -> None:
        """Put everything up, with nobody to answer yet."""
        if not self.slack.server.started:
            await self.slack.server.start_server()
        token = "" if "teams" in self.given else self.team.token
        settings = SlackSettings(
            token, SECRET, self.app_token, self.slack.api_url, timeout=60, waits=(0, 0), patience=self.patience
        )
        self.chat = Slack(settings, **self.given)
        self.web = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=self.chat.routes())), base_url="http://127.0.0.1"
        )

    async def stop(self) -> None:
        await self.chat.stop()
        await self.slack.server.close()

    async def knock(
        self, body: str, *, secret: str = SECRET, at: float = 0, kind: str = "x-www-form-urlencoded"
    ) -> httpx.Response:
        """Send a request as Slack signs it, and return what it is acknowledged with."""
        stamp = str(int(at or time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        headers["Content-Type"] = f"application/{kind}"
        return await self.web.post("/slack/events", content=body, headers=headers)

    async def send(self, body: str, **how: Any) -> httpx.Response:
        """Send a signed request, and wait until all it set off has been done."""
        before = asyncio.all_tasks()
        answer = await self.knock(body, **how)
        running = [task for task in asyncio.all_tasks() - before if "run_ack_function" in str(task.get_coro())]
        await asyncio.gather(*running)
        return answer

    def typed(self, line: str, *, person: str = PERSON, team: str = "", channel: str = "") -> str:
        """Make the body of a slash command."""
        verb, _, words = line.partition(" ")
        self._asked += 1
        said = {"command": f"/{verb}", "text": words, "team_id": team or self.team.id, "user_id": person}
        said |= {"channel_id": channel or self.place.channel, "trigger_id": "1.2.3"}
        return urlencode(said | {"response_url": self.slack.response_url(f"r{self._asked}")})

    async def command(self, line: str, *, person: str = PERSON, team: str = "", channel: str = "") -> httpx.Response:
        """Type a slash command."""
        return await self.send(self.typed(line, person=person, team=team, channel=channel))

    async def interact(self, payload: Json, *, person: str = PERSON, team: str = "") -> httpx.Response:
        """Press, submit, type into a form: whatever Slack sends as a payload."""
        self._asked += 1
        whole = {
            "team": {"id": team or self.team.id},
            "user": {"id": person, "team_id": team or self.team.id},
            "trigger_id": "1.2.3",
            "response_url": self.slack.response_url(f"r{self._asked}"),
        }
        return await self.send(urlencode({"payload": json.dumps(whole | payload)}))

    async def event(self, event: Json, *, team: str = "", id: str = "") -> httpx.Response:
        """Let something happen; with the `id` of an earlier event, let Slack say it again."""
        self._asked += 1
        named = {"event_id": id or f"Ev{self._asked}"}
        body = {"type": "event_callback", "team_id": team or self.team.id, "event": event, **named}
        return await self.send(json.dumps(body), kind="json")

    async def type(self, line: str) -> None:
        assert (await self.command(line)).status_code == 200

    def button(self, label: str) -> tuple[Json, Json, Json]:
        """Find the latest button of a label: the message, the row and the button."""
        for post in reversed(self.team.channels[self.place.channel].posts):
            for row in post["blocks"]:
                for one in row["elements"] if row["type"] == "actions" else ():
                    if one["text"]["text"] == label:
                        return post, row, one
        raise AssertionError(f"no button {label!r}")

    async def press(self, label: str, *, person: str = PERSON, home: str = "") -> None:
        post, row, button = self.button(label)
        payload = {
            "type": "block_actions",
            "container": {"type": "message", "message_ts": post["ts"], "is_ephemeral": False},
            "channel": {"id": self.place.channel},
            "message": {"ts": post["ts"]},
            "actions": [button | {"block_id": row.get("block_id", "b1"), "type": "button"}],
        }
        if home:
            payload["user"] = {"id": person, "team_id": home}
        assert (await self.interact(payload, person=person)).status_code == 200

    def said(self) -> list[Json]:
        """Return everything a person sees: the channel's messages, then the answers to them alone."""
        posts = self.team.channels[self.place.channel].posts
        return [*posts, *(said for used in self.slack.responses.values() for said in used), *self.slack.alone]

    async def shown(self) -> str:
        alts = [one["alt_text"] for said in self.said() for one in said["blocks"] if one["type"] == "image"]
        return " ".join((*(" ".join("".join(texts(one["blocks"])).split()) for one in self.said()), *alts))

    async def called(self) -> tuple[str, ...]:
        return tuple(call for said in self.said() for call in slack_calls(said["blocks"], said["text"]))


def noted() -> tuple[Hooks, list[tuple[Any, ...]]]:
    """Make hooks that note what they were told."""
    told: list[tuple[Any, ...]] = []

    async def joined(*said: str) -> None:
        told.append(("joined", *said))

    async def left(*said: str) -> None:
        told.append(("left", *said))

    async def gone(*said: Any) -> None:
        told.append(("gone", *said))

    return Hooks(joined, left, gone), told
