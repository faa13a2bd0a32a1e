"""The chat that `bench/load.py` posts to: it counts what it takes, and may keep the limits of a real one."""

from __future__ import annotations

import time

from bot.chats.port import Answer, Place, Suggest
from bot.compose.message import Message
from watchers.errors import DeliveryError

A_SECOND, RETRY_AFTER, ONE_IN = 1.0, 2.0, 50
"""A message a second and channel; one post in fifty is answered 429 whatever its channel did."""


class Limited:
    """Takes messages at once. With `limited`, at most one a second and channel, and sometimes none for a while."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.limited = False
        self.posts: list[str] = []
        self.twice = self.too_early = self.told_to_wait = 0
        self.shortest = float("inf")
        self._asked = 0
        self._taken: set[str] = set()
        self._last: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Nobody types."""

    async def reach(self) -> None:
        """Nothing has to be opened."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Take a message, or say when to come again."""
        if self.limited:
            self._keep_limits(place.channel, time.monotonic())
        self.twice += delivery in self._taken
        self._taken.add(delivery)
        self.posts.append(delivery)
        return delivery

    def _keep_limits(self, channel: str, now: float) -> None:
        self._asked += 1
        since = now - self._last.get(channel, float("-inf"))
        if since < A_SECOND or now < self._closed.get(channel, 0):
            self.too_early += 1
            raise DeliveryError("too many requests", retry_after=A_SECOND)
        if self._asked % ONE_IN == 0:
            self.told_to_wait += 1
            self._closed[channel] = now + RETRY_AFTER
            raise DeliveryError("too many requests", retry_after=RETRY_AFTER)
        self.shortest = min(self.shortest, since)
        self._last[channel] = now

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Nothing is edited."""

    async def find(self, place: Place, delivery: str) -> str | None:
        """Look among what was taken."""
        return delivery if delivery in self._taken else None
