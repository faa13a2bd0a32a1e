"""The edges of the application in a simulation: a clock, the web, two chats, a database driver. All may fail.

They keep a log of what they saw, which is the evidence that the oracle judges by; they decide nothing else.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.chats.port import Answer, Place, Suggest
from bot.compose.message import Facts, Message, Note, Text
from storage.database.connection import Database
from tests.simulation.script import Script
from watchers.errors import DeliveryError, FetchError
from watchers.model import Fetched, Part, Snapshot, Validators

BLIND, SEEN = " cannot be read", " can be read again"
CHANGES = "https://watch.example/changes/"
FAILURES = ("the server did not answer in time", "the server answered 500", "the server answered 429")
"""Why pages cannot be read."""


class Killed(BaseException):
    """The process is gone, at once; no code of its own may catch this."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often what goes wrong, of one: a fetch, a post, a statement's begin or commit; and the end of the process."""

    fetch: float = 0.02
    post: float = 0.08
    database: float = 0.002
    kill: float = 0.0004


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request the web answered: for what, what the asker said it has, and what came (None: nothing)."""

    beat: int
    at: datetime
    document: str
    known: str
    served: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A message a chat was given, and whether it took it. `refused`: for good, as the channel is closed."""

    beat: int
    at: datetime
    place: Place
    delivery: str
    said: str
    changes: tuple[str, ...]
    repeated: bool
    took: bool
    refused: bool = False
    failed: bool = False  # also where it was taken and the answer lost
    about: tuple[str, str] | None = None  # of what cannot be read: the document's title and since when, as it says
    beside: bool = False  # it is no message of its own: another's words, or an earlier message's that was redrawn


@dataclass(frozen=True, slots=True)
class Edit:
    """A posted message was to be redrawn: by its receipt."""

    beat: int
    at: datetime
    place: Place
    receipt: str


@dataclass(slots=True)
class Outside:
    """The world outside: true time, how wrong our clock is, what was asked and posted, which channels are closed."""

    script: Script
    rates: Rates
    chance: random.Random
    now: datetime
    wrong: timedelta = timedelta(0)
    beat: int = 0
    fetches: list[Fetch] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    closed: set[Place] = field(default_factory=set)
    receipts: dict[tuple[str, str], str] = field(default_factory=lambda: defaultdict(str))
    edits: list[Edit] = field(default_factory=list)
    stated: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)  # what messages say of documents
    silences: list[tuple[int, datetime, Place]] = field(default_factory=list)  # nobody said whether it had arrived
    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    @property
    def calm(self) -> bool:
        """Tell whether nothing goes wrong any more."""
        return self.now >= self.script.calm

    @property
    def troubles(self) -> int:
        """Return how much went wrong."""
        return self.faults.total()

    def strikes(self, what: str, rate: float) -> bool:
        """Tell whether something that happens at a rate happens now."""
        struck = not self.calm and self.chance.random() < rate
        self.faults[what] += struck
        return struck


@dataclass(slots=True)
class Life:
    """One run of the program, from its start to its end; once it is over nothing of it may reach the world."""

    outside: Outside
    over: bool = False

    def clock(self) -> datetime:
        """Return the time as our machine has it."""
        return self.outside.now + self.outside.wrong

    def passes(self) -> None:
        """Die here, if it is time."""
        if self.over or self.outside.strikes("kill", self.outside.rates.kill):
            self.outside.kills += not self.over
            self.over = True
            raise Killed


@dataclass(slots=True)
class Web:
    """All platforms' servers behind one fetcher. An edition's ETag is its number."""

    life: Life

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Answer a request, or fail."""
        self.life.passes()
        outside, document = self.life.outside, part.address.partition(".example/")[2]
        site = outside.script.sites[document]
        edition = None if outside.strikes("fetch", outside.rates.fetch) else site.at(outside.now)
        log = Fetch(outside.beat, outside.now, document, known.etag, edition.etag if edition else None)
        outside.fetches.append(log)
        self.life.passes()
        if edition is None:
            raise self._failure()
        validators = Validators(edition.etag, "")
        if known.etag == edition.etag:
            return Fetched(None, validators)
        body, moment = edition.page(site.name), self.life.clock()
        page = Snapshot(part.address, part.address, 200, (("content-type", "text/html"),), "text/html", body, moment)
        return Fetched(page, validators)

    def _failure(self) -> FetchError:
        wait = self.life.outside.chance.choice((5, 900, 7200))
        why = self.life.outside.chance.choice(FAILURES)
        return FetchError(why, retry_after=wait if "429" in why else None)


@dataclass(slots=True)
class Net:
    """A chat network that keeps what it takes. Every fourth workspace gives no right to read back what was posted."""

    life: Life
    name: str

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Nobody types here; the play does."""

    async def reach(self) -> None:
        """Nothing has to be opened."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Take a message in place of another."""
        self.life.passes()
        outside = self.life.outside
        outside.edits.append(Edit(outside.beat, outside.now, place, receipt))
        if not (told := sightings(message, outside.stated.get(receipt, {}))):
            if self._down():
                raise DeliveryError("The chat does not answer.")
            return
        failure, took = self._failure(place)
        for said, about in told:
            self._log(place, f"{receipt} {said} {about}", said, failure, took=took, about=about, beside=True)
        if took:
            outside.stated.setdefault(receipt, {}).update({about[0]: (said, about[1]) for said, about in told})
        self.life.passes()
        if failure:
            raise failure

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Take a message, or fail before or after it was taken."""
        self.life.passes()
        outside = self.life.outside
        failure, took = self._failure(place)
        said, changes, repeated = read(message)
        found: list[tuple[str, tuple[str, str] | None]] = list(sightings(message, {}))
        first, *others = found or [(said, None)]
        self._log(place, delivery, first[0], failure, changes, repeated, took=took, about=first[1])
        for number, (words, about) in enumerate(others):
            self._log(
                place, f"{delivery}+{number}", words, failure, changes, repeated, took=took, about=about, beside=True
            )
        if took:
            outside.receipts[self.name, delivery] = receipt = f"r{len(outside.posts)}"
            outside.stated[receipt] = {about[0]: (words, about[1]) for words, about in (first, *others) if about}
        self.life.passes()
        if failure:
            raise failure
        return receipt

    def _log(
        self,
        place: Place,
        delivery: str,
        said: str,
        failure: Exception | None,
        changes: tuple[str, ...] = (),
        repeated: bool = False,
        *,
        took: bool,
        about: tuple[str, str] | None,
        beside: bool = False,
    ) -> None:
        refused = isinstance(failure, DeliveryError) and failure.permanent
        outside, failed = self.life.outside, failure is not None
        came = (outside.beat, outside.now, place, delivery, said, changes, repeated, took, refused, failed)
        outside.posts.append(Post(*came, about, beside))

    async def find(self, place: Place, delivery: str) -> str | None:
        """Return the receipt of what was taken, where it may be read back."""
        self.life.passes()
        outside = self.life.outside
        if self._down() or outside.strikes("find", outside.rates.post):
            outside.silences.append((outside.beat, outside.now, place))
            raise DeliveryError("The chat does not answer.", retry_after=outside.chance.choice((None, 20)))
        if int(place.workspace[1:]) % 4 == 3:
            return None
        return outside.receipts.get((self.name, delivery))

    def _down(self) -> bool:
        now = self.life.outside.now
        return any(name == self.name and start <= now < end for name, start, end in self.life.outside.script.outages)

    def _failure(self, place: Place) -> tuple[Exception | None, bool]:
        outside = self.life.outside
        if place in outside.closed:
            return DeliveryError("The channel was archived.", permanent=True), False
        if self._down():
            down = DeliveryError("The chat does not answer.", uncertain=outside.chance.random() < 0.5)
            return down, down.uncertain and outside.chance.random() < 0.1
        if not outside.strikes("post", outside.rates.post):
            return None, True
        return outside.chance.choice(
            (
                (DeliveryError("Too many messages.", retry_after=outside.chance.choice((1, 30, 300))), False),
                (DeliveryError("The chat answered 500."), False),
                (DeliveryError("No answer came in time.", uncertain=True), False),
                (DeliveryError("No answer came in time.", uncertain=True), True),
                (ConnectionResetError("reset"), True),
            )
        )


def read(message: Message) -> tuple[str, tuple[str, ...], bool]:
    """Return what a message says first, the changes its links lead to, and whether it says it may be a repetition."""
    spans = [span for block in message.blocks if isinstance(block, Text | Note) for span in block.spans]
    links = [span.link.removeprefix(CHANGES) for span in spans if span.link.startswith(CHANGES)]
    return message.text, tuple(dict.fromkeys(links)), any("Possibly repeated" in span.text for span in spans)


def sightings(message: Message, stated: dict[str, tuple[str, str]]) -> list[tuple[str, tuple[str, str]]]:
    """Return what a message says anew of documents that cannot be read, or can again: (sentence, (title, since))."""
    texts = [block for block in message.blocks if isinstance(block, Text)]
    lines = "".join(span.text for span in texts[0].spans).splitlines() if texts else []
    if BLIND in message.text and (facts := [block for block in message.blocks if isinstance(block, Facts)]):
        since = dict(facts[0].pairs)["Since"].partition(" (")[0]
        found = [(message.text, (message.text.partition(BLIND)[0], since))]
    elif SEEN in message.text and not lines[0].startswith("•"):
        title = message.text.partition(SEEN)[0]
        found = [(message.text, (title, stated.get(title, ("", ""))[1]))]
    else:
        named = [f"{message.text.partition(':')[0]} {line.removeprefix('• ')}" for line in lines if line[:1] == "•"]
        found = [(said, _about(said, stated)) for said in named if BLIND in said or SEEN in said]
    return [(said, about) for said, about in found if not _says(stated.get(about[0]), said, about[1])]


def _about(said: str, stated: dict[str, tuple[str, str]]) -> tuple[str, str]:
    title, blind, rest = said.partition(BLIND)
    if blind:
        return title, rest.partition(" since ")[2].partition(": ")[0]
    title = said.partition(SEEN)[0]
    return title, stated.get(title, ("", ""))[1]


def _says(stated: tuple[str, str] | None, said: str, since: str) -> bool:
    return stated is not None and (BLIND in stated[0]) == (BLIND in said) and stated[1] == since


def trouble(database: Database, life: Life) -> None:
    """Let the driver of a database fail: locked at the begin, full at the commit, or silent after it."""
    outside = life.outside

    def full() -> bool:
        return any(start <= outside.now < end for start, end in outside.script.full)

    def refused(what: str, said: str) -> OperationalError:
        return OperationalError(what, None, sqlite3.OperationalError(said))

    def begin(connection: Connection) -> None:
        life.passes()
        if connection.get_execution_options().get("immediate") and outside.strikes("locked", outside.rates.database):
            raise refused("BEGIN IMMEDIATE", "database is locked")

    def commit(connection: Connection) -> None:
        life.passes()
        if outside.strikes("full", 1.0 if full() else outside.rates.database):
            raise refused("COMMIT", "database or disk is full")
        if outside.strikes("commit", outside.rates.database + outside.rates.kill):
            _committed(connection)
            if outside.chance.random() < 0.5:
                life.over = True
                outside.kills += 1
                raise Killed
            raise refused("COMMIT", "the connection broke")

    event.listen(database.engine.sync_engine, "begin", begin)
    event.listen(database.engine.sync_engine, "commit", commit)


def _committed(connection: Connection) -> None:
    driver: Any = connection.connection
    driver.commit()


def places(script: Script) -> Iterator[Place]:
    """Give all channels of a script."""
    return (Place(*place) for place in script.places)


Clock = Callable[[], datetime]
