"""Plays a script: the real application on a real database, lived through at the pace of its beats.

A process that is killed is left as it is, and another is opened on the same database a while later.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.app import App, Edges, open_app
from bot.chats.port import Place, Request
from bot.examining.aside import Aside
from bot.planning import change_plan
from bot.plans import load as load_plans
from bot.process.schedule import Beat
from bot.settings import Settings
from storage.archive.proofs import Proofs
from storage.deliveries.engine import Pump
from storage.deliveries.engines.procrastinate import Procrastinate
from tests.simulation.edges import Killed, Life, Net, Outside, Rates, Web, trouble
from tests.simulation.script import Act, Script
from watchers.errors import ClausewatchError
from watchers.model import Change, Document, Part, Platform

BREATH = timedelta(seconds=1.2)
NETS = ("net0", "net1")
LATER = timedelta(hours=1)
TEST = "This is a test post"


@dataclass(frozen=True, slots=True)
class Beaten:
    """A beat was fired: when, by true time and by our clock, and whether the database and the process held in it."""

    number: int
    at: datetime
    clock: datetime
    name: str
    well: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An act of the script was done; `number` is that of the last beat before it."""

    number: int
    at: datetime
    clock: datetime
    act: Act


@dataclass(slots=True)
class Played:
    """What happened: the log of the outside, of the beats and of the acts, and what the program has in the end."""

    script: Script
    outside: Outside
    beats: list[Beaten] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    changes: tuple[Change, ...] = ()
    told: dict[str, tuple[str, str]] = field(default_factory=dict)  # the kind and the subject of each delivery
    counts: dict[str, int] = field(default_factory=dict)
    lives: int = 0
    failed: int = 0


class Play:
    """Plays one script on one database, by its address."""

    def __init__(self, script: Script, url: str, rates: Rates | None = None) -> None:
        self._script = script
        self._chance = random.Random(script.seed + 1)
        self._outside = Outside(script, rates or Rates(), random.Random(script.seed + 2), script.size.start)
        self._url = url
        self._acts = list(reversed(script.acts))
        self._rests = list(reversed(script.rests))
        self.played = Played(script, self._outside)

    async def run(self) -> Played:
        """Play to the end."""
        while self._outside.now < self._script.size.end:
            life = Life(self._outside)
            try:
                await self._live(life)
            except (Killed, ClausewatchError):
                life.over = True
                await _buried()
                self._outside.now += timedelta(seconds=self._chance.choice((2, 2, 30, 900)))
        return self.played

    async def _live(self, life: Life) -> None:
        """Open the program and let it run until it is stopped, killed, or the story ends."""
        settings = Settings(
            _env_file=None,
            database_url=self._url,
            base_url="https://watch.example",
            workers=1,
        )
        edges = Edges(
            life.clock,
            tuple(Net(life, name) for name in NETS),
            platforms(self._script),
            fetchers=(Web(life),),
            examiner=Aside(),
        )
        self.played.lives += 1
        async with open_app(settings, edges) as app:
            trouble(app.database, life)
            await app.take_up()
            stop = asyncio.Event()
            await forget_workers(app)
            work = asyncio.ensure_future(app.engine.work(app.duties.tasks(), stop))
            due = {beat.name: self._outside.now for beat in app.duties.beats()}
            while self._outside.now < self._script.size.end and not self._rested():
                await self._step(app, life, due)
            if self._outside.now >= self._script.size.end:
                await self._count(app)
            stop.set()
            await work
        life.over = True

    def _rested(self) -> bool:
        """Stop the program for a while, if the script has it so."""
        if not self._rests or self._outside.now < self._rests[-1][0]:
            return False
        self._outside.now += self._rests.pop()[1]
        return True

    async def _step(self, app: App, life: Life, due: dict[str, datetime]) -> None:
        """Let people act, fire the beats whose time has come in any order, then let a while pass."""
        self._set_clock()
        while self._acts and self._acts[-1].at <= self._outside.now:
            await self._act(app, self._acts[-1])
        beats = [beat for beat in app.duties.beats() if due[beat.name] <= self._outside.now]
        self._chance.shuffle(beats)
        told = 0
        for beat in beats:
            due[beat.name] = self._outside.now + timedelta(seconds=beat.seconds)
            told += await self._fire(app, beat, life)
        self._outside.now += BREATH if told else self._script.size.step * (0.5 + self._chance.random())

    def _set_clock(self) -> None:
        wrong = [by for start, end, by in self._script.jumps if start <= self._outside.now < end]
        self._outside.wrong = wrong[0] if wrong else timedelta(0)

    async def _fire(self, app: App, beat: Beat, life: Life) -> int:
        """Fire a beat as the schedule does: what it raises is noted, and the next one tries again."""
        self._outside.beat += 1
        troubles, posts = self._broken(), len(self._outside.posts)
        try:
            self.played.failed += not await _ticked(beat)
            await idle(app, life)
        finally:  # a beat in which the process is killed may have written things down before
            well = troubles == self._broken() and not life.over
            self.played.beats.append(Beaten(self._outside.beat, self._outside.now, life.clock(), beat.name, well))
        if life.over:
            raise Killed
        return len(self._outside.posts) - posts

    def _broken(self) -> int:
        return sum(self._outside.faults[what] for what in ("locked", "full", "commit", "kill"))

    async def _act(self, app: App, act: Act) -> None:
        """Do what somebody does; what fails on our side they try again a little later."""
        rates, self._outside.rates = self._outside.rates, Rates(0, 0, 0, 0)
        full, self._script.full = self._script.full, []
        try:
            done = await _acted(app, self._outside, act)
        finally:
            self._outside.rates, self._script.full = rates, full
        self._acts.pop()
        if not done:
            self._put_off(replace(act, at=self._outside.now + LATER))
            return
        self._outside.beat += 1
        self.played.done.append(Done(self._outside.beat, self._outside.now, app.clock(), act))

    def _put_off(self, act: Act) -> None:
        """Let somebody whose test post did not get through try again, unless the channel is closed by then."""
        closed = [one.at for one in self._acts if one.verb == "close" and one.channel == act.channel]
        if not any(at <= act.at for at in closed):
            self._acts.append(act)
            self._acts.sort(key=lambda one: one.at, reverse=True)

    async def _count(self, app: App) -> None:
        self.played.changes = await app.archive.changes(limit=1_000_000)
        self.played.counts = await app.ledger.counts()
        for channel in self._script.places:
            some = await app.ledger.of_channel("{}:{}/{}".format(*channel))
            self.played.told |= {str(one.id): (str(one.kind), one.subject) for one in some}
        await Proofs(app.database).seal(app.clock())


async def _acted(app: App, outside: Outside, act: Act) -> bool:
    """Do it, and tell whether it took hold: a test post may not get through."""
    place, workspace = Place(act.chat, act.workspace, act.channel), f"{act.chat}:{act.workspace}"
    match act.verb:
        case "close":
            outside.closed.add(place)
        case "reopen":
            outside.closed.discard(place)
            await app.commands.answer(Request(place, f"U{place.channel}", "testpost"))
            return bool(outside.posts and not outside.posts[-1].refused and outside.posts[-1].said.startswith(TEST))
        case "plan":
            await change_plan(app.audience, load_plans(), workspace, act.words, app.clock())
        case "leave":
            await app.audience.leave(workspace, app.clock())
        case "join":
            await app.audience.workspace(act.chat, act.workspace, joined=True)
        case _:
            await app.commands.answer(Request(place, f"U{place.channel}", act.verb, act.words))
            if act.verb == "watch":  # the oracle knows of pings: doubtful changes are pinged here, too
                await app.commands.answer(Request(place, f"U{place.channel}", "settings", "pings all", admin=True))
    return True


async def _ticked(beat: Beat) -> bool:
    """Fire a beat; tell whether it went through. What it had called for before it failed is done all the same."""
    try:
        await beat.tick()
    except Exception:
        return False
    return True


async def idle(app: App, life: Life) -> None:
    """Let the engine do all that it was called for."""
    await asyncio.sleep(0)
    if isinstance(app.engine, Procrastinate):
        while not life.over and await app.engine.waiting():  # noqa: ASYNC110 - its workers are not ours to watch
            await asyncio.sleep(0.005)
        return
    assert isinstance(app.engine, Pump)
    while app.engine.busy:  # noqa: ASYNC110 - what it waits for is the pump's own affair
        await asyncio.sleep(0)
    await asyncio.sleep(0)


async def forget_workers(app: App) -> None:
    """Let the half minute pass after which a queue takes the workers of a process that was killed for gone."""
    if isinstance(app.engine, Procrastinate):
        async with app.database.write() as connection:
            await connection.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 day'"))
        await app.engine.reap()


async def _buried() -> None:
    """Break off what still runs of a process that is gone."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*rest, return_exceptions=True)


def platforms(script: Script) -> tuple[Platform, ...]:
    """Return what the catalogue declares of the world."""
    found: dict[str, list[Document]] = {}
    names: dict[str, str] = {}
    for site in script.sites.values():
        part = Part(f"https://{site.platform}.example/{site.document}")
        found.setdefault(site.platform, []).append(Document(site.document, site.platform, site.kind, (part,)))
        names[site.platform] = site.name
    return tuple(Platform(key, names[key], documents=tuple(some)) for key, some in found.items())
