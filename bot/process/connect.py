"""Connecting: brings the chats of a process up, and tries again with those that could not be reached.

A chat that is down at the start costs neither the other chats nor the looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.app import App
from bot.chats.port import Chat, Reply, Request
from bot.process.roles import Role
from watchers.errors import ClausewatchError

log = structlog.get_logger(__name__)

LAST_WORDS = 0.5
"""Seconds an answer that is ready is given to get through to its chat before we disconnect."""


class Connecting:
    """The chats of a process: those that are up, and those that are not yet."""

    def __init__(self, app: App, chats: Sequence[Chat], role: Role) -> None:
        self._app = app
        self._role = role
        self._down = list(chats)
        self._answering = 0
        self._silent = asyncio.Event()
        self.up: list[Chat] = []

    async def connect(self) -> tuple[tuple[str, str], ...]:
        """Bring up what is down; return (chat, why) of those that could not be."""
        failed = []
        for chat in tuple(self._down):
            try:
                await self._bring_up(chat)
            except ClausewatchError as error:
                self._app.notifier.drop(chat.name)
                failed.append((chat.name, str(error)))
            else:
                self._app.notifier.take(chat)
                self._down.remove(chat)
                self.up.append(chat)
        return tuple(failed)

    async def again(self) -> None:
        """Try again with what is down; this is a tick."""
        for chat, why in await self.connect():
            log.error("a chat cannot be reached", chat=chat, reason=why)

    async def stop(self, grace: float) -> None:
        """Let the answers that are being made get through, then disconnect."""
        if self._answering:
            self._silent.clear()
            try:
                await asyncio.wait_for(self._silent.wait(), grace)
                await asyncio.sleep(LAST_WORDS)
            except TimeoutError:
                log.warning("answers were broken off", answers=self._answering)
        for chat in self.up:
            await chat.stop()

    async def _bring_up(self, chat: Chat) -> None:
        if chat.name in self._role.hears:
            await chat.start(self._answer, self._app.commands.suggest)
        else:
            await chat.reach()

    async def _answer(self, request: Request) -> Reply:
        self._answering += 1
        try:
            return await self._app.commands.answer(request)
        finally:
            self._answering -= 1
            if not self._answering:
                self._silent.set()
