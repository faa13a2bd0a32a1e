"""The little world: hand-written stand-ins that keep what they were given and fail when they are told to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chats.port import Answer, Place, Reply, Request, Suggest
from bot.compose.message import Message
from watchers.errors import DeliveryError


class FakeClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass
class FakeChat:
    """A chat that keeps what it is given.

    `refusals` are raised by the next posts, one each; with `took` True the message is kept all the same,
    as when the connection breaks after it arrived. `deaf` are raised by the next askings for a receipt.
    """

    name: str = "fake"
    refusals: list[tuple[Exception, bool]] = field(default_factory=list)
    deaf: list[DeliveryError] = field(default_factory=list)
    posted: dict[Place, dict[str, Message]] = field(default_factory=lambda: defaultdict(dict))
    deliveries: dict[str, str] = field(default_factory=dict)
    posts: int = 0
    answer: Answer | None = None
    suggest: Suggest | None = None

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Keep whom to ask."""
        self.answer, self.suggest = answer, suggest

    async def reach(self) -> None:
        """Be ready at once."""

    async def stop(self) -> None:
        """Forget whom to ask."""
        self.answer = None

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Keep a message, or fail as told."""
        refusal, took = self.refusals.pop(0) if self.refusals else (None, True)
        receipt = ""
        if took:
            self.posts += 1
            receipt = f"r{self.posts}"
            self.posted[place][receipt] = message
            self.deliveries[delivery] = receipt
        if refusal:
            raise refusal
        return receipt

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Redraw a message."""
        if receipt not in self.posted[place]:
            raise DeliveryError("There is no such message to edit.", permanent=True)
        self.posted[place][receipt] = message

    async def find(self, place: Place, delivery: str) -> str | None:
        """Return the receipt of a delivery."""
        if self.deaf:
            raise self.deaf.pop(0)
        return self.deliveries.get(delivery)

    async def type(self, request: Request) -> Reply:
        """Let a person type a command, or press a button."""
        assert self.answer, "the chat was not started"
        return await self.answer(request)

    def in_place(self, place: Place) -> tuple[Message, ...]:
        """Return what stands in a channel."""
        return tuple(self.posted[place].values())

    def everywhere(self) -> Mapping[Place, tuple[Message, ...]]:
        """Return what stands anywhere."""
        return {place: tuple(messages.values()) for place, messages in self.posted.items() if messages}
