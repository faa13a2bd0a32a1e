"""How an answer gets to people in Slack: alone to the asker, to the channel, in place of a message, in a window.

What is answered is decided elsewhere. An answer that cannot be given is logged, never raised: nobody waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.port import Place, Reply, Request
from bot.chats.slack import home
from bot.chats.slack.blocks import Drawn, draw
from bot.chats.slack.files import FAULTS, send_files, uploaded
from bot.chats.slack.words import Json
from bot.compose.message import Message
from watchers.errors import DeliveryError

log = structlog.get_logger()
QUIET: Json = {"unfurl_links": False, "unfurl_media": False}
Edit = Callable[[Place, str, Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with Slack's means of answering it."""

    request: Request
    context: AsyncBoltContext
    respond: AsyncRespond | None = None
    body: Json = field(default_factory=dict)

    @property
    def client(self) -> AsyncWebClient:
        """The client of the workspace that asked."""
        client: AsyncWebClient = self.context.client
        return client


class Answering:
    """Gives answers."""

    def __init__(self, edit: Edit, waits: Sequence[float] = ()) -> None:
        self._edit = edit
        self._waits = waits

    async def to_command(self, asked: Asked, reply: Reply) -> None:
        """Answer a command through its response address, which works in every channel."""
        await self._respond(asked, reply)

    async def to_press(self, asked: Asked, reply: Reply) -> None:
        """Answer a button: in place of its message, beside it, or in a window when it was pressed in one."""
        if asked.body.get("view"):
            await self._in_window(asked, reply)
        elif reply.replaces and (asked.body.get("container") or {}).get("is_ephemeral"):
            await self._respond(asked, reply, replace=True)
        elif reply.replaces:
            await self._redraw(asked, reply)
        else:
            await self._respond(asked, reply)

    async def to_mention(self, asked: Asked, reply: Reply) -> None:
        """Answer a mention, which has no response address."""
        request = asked.request
        try:
            for part in draw(reply.message, await uploaded(asked.client, reply.message)):
                said: Json = {"text": part.text, "blocks": list(part.blocks), "channel": request.place.channel}
                if reply.private:
                    await asked.client.chat_postEphemeral(user=request.person, **said)
                else:
                    await asked.client.chat_postMessage(**said, **QUIET)
            await self._files(asked, reply)
        except FAULTS as error:
            log.warning("an answer could not be given in Slack", command=request.command, error=repr(error))

    async def publish(self, asked: Asked, view: Json) -> None:
        """Set somebody's Home."""
        try:
            await asked.client.views_publish(user_id=asked.request.person, view=view)
        except FAULTS as error:
            log.warning("the Home could not be drawn in Slack", error=repr(error))

    async def in_its_window(self, asked: Asked, window: str, reply: Reply) -> None:
        """Put an answer into a window that is open already."""
        try:
            shown = home.answer(reply.message, asked.request.place.channel)
            await asked.client.views_update(view_id=window, view=shown)
        except FAULTS as error:
            log.warning("an answer could not be shown in Slack", command=asked.request.command, error=repr(error))

    async def _in_window(self, asked: Asked, reply: Reply) -> None:
        view, shown = asked.body["view"], home.answer(reply.message, asked.request.place.channel)
        try:
            if view.get("type") == "modal":
                await asked.client.views_update(view_id=view["id"], view=shown)
            elif not reply.replaces:
                await asked.client.views_open(trigger_id=asked.body["trigger_id"], view=shown)
        except FAULTS as error:
            log.warning("an answer could not be shown in Slack", command=asked.request.command, error=repr(error))

    async def _redraw(self, asked: Asked, reply: Reply) -> None:
        try:
            await self._edit(asked.request.place, asked.request.receipt, reply.message)
        except DeliveryError as error:
            log.warning("a message could not be redrawn in Slack", command=asked.request.command, error=repr(error))
            await self._respond(asked, reply)

    async def _respond(self, asked: Asked, reply: Reply, *, replace: bool = False) -> None:
        pictures = await uploaded(asked.client, reply.message)
        try:
            for place, part in enumerate(draw(reply.message, pictures)):
                how = {"private": reply.private, "replaces": replace and not place}
                if not await _responded(asked, part, **how) and pictures:
                    await self._once_more(asked, part, draw(reply.message)[place], how)
            await self._files(asked, reply)
        except FAULTS as error:
            log.warning("an answer could not be given in Slack", command=asked.request.command, error=repr(error))

    async def _once_more(self, asked: Asked, part: Drawn, words: Drawn, how: dict[str, bool]) -> None:
        """Wait for a picture that Slack may still be taking in; in the end its words stand alone."""
        for wait in self._waits:
            await asyncio.sleep(wait)
            if await _responded(asked, part, **how):
                return
        await _responded(asked, words, **how)

    async def _files(self, asked: Asked, reply: Reply) -> None:
        person = asked.request.person if reply.private else ""
        await send_files(asked.client, reply.message, asked.request.place.channel, person)


async def _responded(asked: Asked, part: Drawn, *, private: bool, replaces: bool) -> bool:
    if asked.respond is None:
        return False
    sent: Any = await asked.respond(
        text=part.text,
        blocks=list(part.blocks),
        response_type="ephemeral" if private else "in_channel",
        replace_original=replaces,
        **QUIET,
    )
    if sent.status_code != 200:
        log.warning("Slack did not take an answer", status=sent.status_code, said=str(sent.body)[:200])
    return bool(sent.status_code == 200)
