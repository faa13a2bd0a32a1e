"""The bot's world for tests: real stores in memory, the cast's platforms, a clock that stands, people who type."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot import plans
from bot.chats.port import Place, Reply, Request
from bot.commands.commands import Commands
from bot.commands.desk import Desk
from bot.pictures.painting import Painter
from bot.telling.notify import Notifier
from storage.archive.archive import Archive
from storage.archive.versions import Memory
from storage.audience.store import Audience
from storage.database.connection import Database, open_database
from storage.deliveries.ledger import Ledger
from tests.bot.cast import ADDED, BASE, KITE, PRIVACY, TERN, change
from tests.bot.reading import buttons, whole
from tests.fakes import FakeChat, FakeClock
from watchers.model import Change, Document, Health, Look, Outcome, Reading, Validators, Verdict

HERE = Place("fake", "T1", "C1")
FIRST = "# Privacy\n\nWe keep your posts for 30 days. You can delete them at any time.\n\nWe never sell your data.\n"
THEN = f"# Privacy\n\nWe keep your posts for 90 days. You can delete them at any time.\n\n{ADDED.after}\n"


@dataclass
class World:
    """Everything the bot works with, and ways to type, to press and to let pages change."""

    database: Database
    archive: Archive
    audience: Audience
    ledger: Ledger
    clock: FakeClock = field(default_factory=FakeClock)
    chat: FakeChat = field(default_factory=FakeChat)
    painter: Painter | None = None

    @property
    def notifier(self) -> Notifier:
        """Return who tells; every time a new one, as after a restart."""
        return Notifier(self.archive, self.audience, self.ledger, {"fake": self.chat}, self.clock, BASE)

    @property
    def desk(self) -> Desk:
        """Return the desk of the commands."""
        notifier = self.notifier
        return Desk(
            *(self.archive, self.audience, self.ledger, plans.load(), self.clock, BASE),
            post=notifier.test_post,
            painter=self.painter,
            lacks=notifier.lacks,
            redraw=notifier.redraw,
        )

    async def tell(self, **later: float) -> tuple[str, ...]:
        """Let time pass, tell what is due, and read what stands in the channel."""
        self.clock.pass_by(**later or {"seconds": 2})
        await self.ledger.plan_recalls(self.clock())
        await self.ledger.plan_digests(self.clock())
        await self.notifier.tick()
        return tuple(map(whole, self.chat.in_place(HERE)))

    async def ask(self, line: str, place: Place = HERE, **more: object) -> Reply:
        """Type a command."""
        command, _, words = line.partition(" ")
        return await self.answer(Request(place, "U1", command, words, **more))  # type: ignore[arg-type]

    async def answer(self, request: Request) -> Reply:
        """Answer a request."""
        return await Commands(self.desk).answer(request)

    async def say(self, line: str, place: Place = HERE, **more: object) -> str:
        """Type a command and read the answer."""
        return whole((await self.ask(line, place, **more)).message)

    async def press(
        self, reply: Reply, label: str, receipt: str = "", place: Place = HERE, person: str = "U2"
    ) -> Reply:
        """Press a button of an answer."""
        button = buttons(reply.message)[label]
        return await self.answer(Request(place, person, button.action, button.value, pressed=True, receipt=receipt))

    async def look(self, document: Document = PRIVACY, text: str = FIRST, told: Change | None = None) -> None:
        """Record a look: a first sight, or a change when there is one."""
        self.clock.pass_by(minutes=1)
        outcome = Outcome.CHANGED if told else Outcome.FIRST
        look = Look(document.id, self.clock(), outcome, reading=Reading(text), validators=(Validators(),))
        look = replace(look, next_look=self.clock() + timedelta(hours=6))
        if told:
            findings = tuple(touch.after for touch in told.touches if touch.after)
            look = replace(look, difference=told.difference, touches=told.touches, findings=findings)
        await self.archive.record(look)

    async def blind(self, times: int = 3) -> None:
        """Record looks, an hour apart, that met a login wall."""
        for _ in range(times):
            self.clock.pass_by(hours=1)
            at, why = self.clock(), "the site asks for a login"
            look = Look(PRIVACY.id, at, Outcome.BLIND, why, Verdict(Health.LOGIN_WALL, why))
            await self.archive.record(replace(look, next_look=at + timedelta(hours=1)))

    async def change(self, document: Document = PRIVACY, text: str = THEN, **more: object) -> Change:
        """Let a document change, and return the change as archived."""
        if not await self.archive.latest(document.id):
            await self.look(document)
        await self.look(document, text, change(1, document, **more))
        (newest,) = await self.archive.changes(document=document.id, workspace="fake:T1", limit=1)
        return newest


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """Open a world of its own."""
    database = await open_database("sqlite://")
    archive = Archive(database, Memory(lambda text: text[:16], lambda text: frozenset()))
    made = World(database, archive, Audience(database), Ledger(database))
    await archive.sync_catalogue((TERN, KITE), made.clock())
    yield made
    await database.close()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as made:
        yield made


@pytest.fixture
async def watched(world: World) -> World:
    await world.say("watch tern")
    return world
