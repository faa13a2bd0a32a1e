"""Replay: the real archived pages of one service, served on loopback at their historic times.

The pages go through the same fetcher, archive and chats as live ones; only the clock and the platform's
server are stood in for. What is counted is what the archive and the chat hold in the end.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.app import App, Edges, open_app
from bot.chats.console.chat import HERE, PERSON, Console
from bot.chats.port import Answer, Place, Request, Suggest
from bot.clock import SteppedClock
from bot.compose.message import Message
from bot.settings import Settings
from bot.worlds.histories import History, Record, rounds
from bot.worlds.pages import Page, Pages
from storage.deliveries.delivery import Kind, State
from storage.importers.git import Blobs
from watchers.model import Document, Look, Outcome, Part, Platform, Reader, Significance


@dataclass(slots=True)
class Tally:
    """What a replay came to."""

    looks: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    versions: int = 0
    substantive: int = 0
    cosmetic: int = 0
    pings: int = 0
    digests: int = 0
    blind_spells: int = 0
    rounds: int = 0
    first: datetime | None = None
    last: datetime | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0


class Replay:
    """Plays one service's history through an app that was opened with a stepped clock and our own pages."""

    def __init__(self, app: App, clock: SteppedClock, history: History, pages: Pages, service: str) -> None:
        self._app = app
        self._clock = clock
        self._history = history
        self._pages = pages
        self._service = service
        self._known: dict[str, Document] = {}
        self.tally = Tally()

    async def run(self, progress: Callable[[datetime], None] = lambda _: None) -> Tally:
        """Play every round of looks in order, then the digests that are still due."""
        began, spent = time.perf_counter(), time.process_time()
        with self._history.pages() as archived:
            await self._rounds(archived, progress)
        await self._count()
        self.tally.seconds, self.tally.cpu_seconds = time.perf_counter() - began, time.process_time() - spent
        return self.tally

    async def _rounds(self, archived: Blobs, progress: Callable[[datetime], None]) -> None:
        for at, records in rounds(self._history.records(self._service)):
            await self._digests_until(at)
            self._clock.set(at)
            await self._serve(records, archived)
            await self._app.watching.look_at(await self._app.archive.due(self._documents()))
            await self._app.tell()
            self.tally.rounds += 1
            self.tally.first = self.tally.first or at
            self.tally.last = at
            progress(at)

    async def _digests_until(self, at: datetime) -> None:
        """Stop at every digest slot on the way, so that none is told late."""
        channel = await self._app.audience.channel(HERE, self._clock())
        while (slot := await self._app.audience.next_digest(channel.id)) and slot < at:
            self._clock.set(slot)
            await self._app.tell()
            if await self._app.audience.next_digest(channel.id) == slot:
                break

    async def seen(self, look: Look) -> None:
        """Count a look; the app calls this for each."""
        self.tally.looks[look.outcome] += 1
        if look.outcome in (Outcome.BLIND, Outcome.FAILED, Outcome.HELD, Outcome.BLINK):
            self.tally.reasons[f"{look.outcome}: {_kind(look)}"] += 1
        if look.difference is not None and look.outcome is Outcome.CHANGED:
            self._changed(look)

    def _changed(self, look: Look) -> None:
        assert look.difference is not None
        if look.difference.significance is Significance.SUBSTANTIVE:
            self.tally.substantive += 1
        else:
            self.tally.cosmetic += 1
            self.tally.reasons.update(f"cosmetic: {reason}" for reason in look.difference.reasons[:1])

    async def _serve(self, records: tuple[Record, ...], archived: Blobs) -> None:
        for record in records:
            self._pages.put(record.path, Page(archived.get(record.blob), record.at, record.media_type))
        fresh = {record.path for record in records} - self._known.keys()
        if fresh:
            self._known.update({path: self._document(path) for path in fresh})
            await self._app.archive.sync_catalogue((self._platform(),), self._clock())
            if len(fresh) == len(self._known):
                await self._app.commands.answer(Request(HERE, PERSON, "watch", slug(self._service)))

    def _documents(self) -> tuple[str, ...]:
        return tuple(document.id for document in self._known.values())

    def _document(self, path: str) -> Document:
        terms = path.rsplit("/", 1)[1].rsplit(".", 1)[0]
        reader = Reader.PDF if path.endswith(".pdf") else Reader.HTTP
        part = Part(self._pages.address(path), reader=reader)
        return Document(f"{slug(self._service)}/{slug(terms)}", slug(self._service), terms, (part,))

    def _platform(self) -> Platform:
        documents = tuple(self._known.values())
        return Platform(slug(self._service), self._service, group="replay", documents=documents)

    async def _count(self) -> None:
        channel = await self._app.audience.channel(HERE, self._clock())
        for delivery in await self._app.ledger.of_channel(channel.id):
            if delivery.state is State.SENT:
                self.tally.pings += delivery.kind is Kind.PING
                self.tally.digests += delivery.kind is Kind.DIGEST
                self.tally.blind_spells += delivery.kind is Kind.BLIND
        for document in self._known.values():
            self.tally.versions += len(await self._app.archive.versions(document.id))


def slug(name: str) -> str:
    """Return a name as it stands in an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _kind(look: Look) -> str:
    return look.verdict.health if look.outcome is Outcome.BLIND else look.reason.split(";")[0][:60]


class Drawing:
    """The console, which draws only the first few messages and takes the rest without a sound."""

    name = "console"

    def __init__(self, console: Console, few: int) -> None:
        self._console = console
        self._left = few

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Nothing is typed in a replay."""

    async def reach(self) -> None:
        """Be ready at once."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Draw the message, if it is one of the first few."""
        if self._left:
            self._left -= 1
            return await self._console.post(place, message, delivery)
        return f"silent-{delivery}"

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Nothing is edited in a replay."""

    async def find(self, place: Place, delivery: str) -> str | None:
        """Nothing is ever uncertain here."""
        return None


async def play_history(
    history: History, service: str, few: int, file: Path, progress: Callable[[datetime], None] = lambda _: None
) -> Tally:
    """Replay a service into a database file, with a channel that watches all of it and has a weekly digest.

    Draws the first `few` pings and digests on the terminal.
    """
    records = history.records(service)
    clock = SteppedClock(records[0].at)
    pages = Pages()
    await pages.start()
    settings = Settings(_env_file=None, database_url=f"sqlite:///{file}", workers=2)
    replay: list[Replay] = []
    edges = Edges(
        clock, (Drawing(Console(), few),), (), allow=(pages.host,), gap=0, seen=(lambda look: replay[0].seen(look),)
    )
    async with open_app(settings, edges) as app:
        replay.append(Replay(app, clock, history, pages, service))
        tally = await replay[0].run(progress)
    await pages.stop()
    return tally
