"""Retelling: a history of Markdown versions through the real path, and what would have been told of it.

All documents of a service run together in the order of time. A document's last version is served between its
records; after each the clock is stepped on for second looks. Nothing is posted, and pages are not served over HTTP.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.app import App, Edges, open_app
from bot.clock import SteppedClock
from bot.process.logs import set_up_logs
from bot.settings import Settings
from bot.worlds.histories import History, Record
from bot.worlds.replay import slug
from storage.importers.git import Blobs
from watchers.comparing.bearing import of_change
from watchers.model import (
    Document,
    Fetched,
    Look,
    Outcome,
    Part,
    Platform,
    Snapshot,
    Validators,
)
from watchers.reading.language import language

SECOND_LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How long after a record its document is looked at again while something about it is held back."""

_WAITING = frozenset({Outcome.HELD, Outcome.BLINK})
SAMPLED = 5
"""So many versions of a document, spread over its history, are asked for their language."""

Line = dict[str, Any]
Tell = Callable[[Line], None]


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment at which documents are looked at; `record` is the version put up then, if any."""

    at: datetime
    path: str
    record: Record | None = None


class Shelf:
    """Stands in for the web: hands out the version of each document that was put up last."""

    def __init__(self, clock: SteppedClock, archived: Blobs) -> None:
        self._clock = clock
        self._archived = archived
        self._standing: dict[str, Record] = {}

    def put(self, record: Record) -> None:
        """Put a version up in place of the one before."""
        self._standing[address(record.path)] = record

    def standing(self, path: str) -> Record:
        """Return the record that a document is served from now."""
        return self._standing[address(path)]

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring the version that stands at an address."""
        record = self._standing[part.address]
        body = self._archived.get(record.blob)
        page = Snapshot(part.address, part.address, 200, (), record.media_type, body, self._clock())
        return Fetched(page)


class Retelling:
    """Plays versions through an app and notes down what is told. `paths`: the document of each id."""

    def __init__(self, app: App, clock: SteppedClock, shelf: Shelf, paths: Mapping[str, str], tell: Tell) -> None:
        self._app = app
        self._clock = clock
        self._shelf = shelf
        self._paths = paths
        self._tell = tell
        self._open: set[str] = set()

    async def run(self, records: Sequence[Record]) -> None:
        """Look at each document whenever it has a record or something about it is held back."""
        for stop in stops(records):
            self._clock.set(stop.at)
            if stop.record is not None:
                self._shelf.put(stop.record)
            await self._look(stop)

    async def _look(self, stop: Stop) -> None:
        own = document_id(stop.path)
        service = own.partition("/")[0]
        waiting = {document for document in self._open if document.startswith(f"{service}/")}
        if looked_at := sorted(waiting | {own} if stop.record is not None else waiting):
            await self._app.watching.look_at(await self._app.archive.due(looked_at))

    async def seen(self, look: Look) -> None:
        """Hear of a look; the app calls this for each."""
        (self._open.add if look.outcome in _WAITING else self._open.discard)(look.document)
        if look.outcome is Outcome.CHANGED:
            path = self._paths[look.document]
            self._tell(telling(path, look, self._shelf.standing(path).at))


def telling(path: str, look: Look, of: datetime) -> Line:
    """Return what a change is told as, as one line of JSON. `of` is when the words told were recorded."""
    difference = look.difference
    assert difference is not None
    return {
        "path": path,
        "seen": look.at.isoformat(),
        "of": of.isoformat(),
        "outcome": str(look.outcome),
        "tier": str(difference.tier),
        "headline": look.headline,
        "direction": of_change(difference, look.touches),
        "effective": difference.effective.isoformat() if difference.effective else None,
        "reasons": list(difference.reasons),
        "provisions": list(dict.fromkeys(touch.provision for touch in look.touches)),
    }


def stops(records: Sequence[Record]) -> Iterator[Stop]:
    """Yield the moments of the records and of the second looks after each, in the order of time."""
    found = [Stop(record.at, record.path, record) for record in records]
    found += [Stop(record.at + later, record.path) for record in records for later in SECOND_LOOKS]
    yield from sorted(found, key=lambda stop: (stop.at, stop.record is None, stop.path))


def document_id(path: str) -> str:
    """Return the id a document of a history is declared under."""
    service, name = path.rsplit("/", 1)
    mark = blake2b(path.encode(), digest_size=2).hexdigest()  # two names may be the same as slugs
    return f"{slug(service)}/{slug(name.rsplit('.', 1)[0])}-{mark}"


def address(path: str) -> str:
    """Return the address a version is served at; nobody asks it over a network."""
    return f"https://replay.invalid/{path}"


def platforms(records: Sequence[Record], archived: Blobs) -> tuple[Platform, ...]:
    """Return the services of some records with their documents, declared in the language most versions are in."""
    versions: dict[str, list[Record]] = {}
    for record in records:
        versions.setdefault(record.path, []).append(record)
    services: dict[str, list[Document]] = {}
    for path, some in versions.items():
        service, name = path.split("/")[0], Path(path).stem.split(" #")[0]
        language = _language([archived.get(record.blob) for record in some[:: max(1, len(some) // SAMPLED)]])
        document = Document(document_id(path), slug(service), name, (Part(address(path)),), language)
        services.setdefault(service, []).append(document)
    return tuple(Platform(slug(name), name, group="replay", documents=tuple(all)) for name, all in services.items())


def _language(versions: Sequence[bytes]) -> str:
    found = Counter(language(body.decode(errors="replace")) for body in versions)
    return found.most_common(1)[0][0]


async def retell_some(repository: Path, services: Sequence[str], tell: Tell) -> None:
    """Retell some services of a repository of versions together, with one archive in memory."""
    history = History(repository)
    found = (record for service in services for record in history.records(service) if record.path.endswith(".md"))
    records = sorted(found, key=lambda record: (record.at, record.path))
    if not records:
        return
    clock = SteppedClock(records[0].at)
    settings = Settings(_env_file=None, database_url="sqlite://", workers=1)
    playing: list[Retelling] = []
    with history.pages() as archived:
        shelf, known = Shelf(clock, archived), platforms(records, archived)
        paths = {document_id(record.path): record.path for record in records}
        edges = Edges(clock, platforms=known, fetchers=(shelf,), seen=(lambda look: playing[0].seen(look),))
        async with open_app(settings, edges) as app:
            playing.append(Retelling(app, clock, shelf, paths, tell))
            await playing[0].run(records)


def retold(repository: Path, services: Sequence[str]) -> list[Line]:
    """Return all that is told of some services; for a process of its own."""
    set_up_logs("error")
    lines: list[Line] = []
    asyncio.run(retell_some(repository, services, lines.append))
    return lines


def retell(repository: Path, processes: int = 2) -> Iterator[Line]:
    """Yield all that is told of a repository's services, in groups that are replayed side by side."""
    services = History(repository).services()
    groups = [services[n::processes] for n in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        for lines in pool.map(retold, [repository] * processes, groups):
            yield from lines
