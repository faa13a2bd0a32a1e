"""Writes looks down: in one transaction the look, its pages, version, change and the deliveries it causes.

Quiet looks, which are nearly all of them, go in bulk: one insert and one update for the whole batch. A
look that is already written down, or older than the last one, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from operator import attrgetter

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import search, snapshot_store, uplink, versions
from storage.archive.models import DocumentRow, LookRow, SightRow, table
from storage.archive.state import BLIND, BLIND_AFTER, QUIET, Sight, after
from storage.archive.uplink import Uplink
from storage.archive.versions import UPGRADE, Fresh, Memory
from storage.database import codec
from storage.database.statements import insert_new
from storage.deliveries import outbox, webhooks
from storage.deliveries.outbox import Subject
from watchers.errors import StoreError
from watchers.model import Look, Outcome, Part

SIGHT, DOCUMENT, LOOK = table(SightRow), table(DocumentRow), table(LookRow)
COLUMNS = tuple(each.name for each in fields(Sight))
VALUES = attrgetter(*COLUMNS)
CLOCK_SET_BACK = timedelta(hours=1)
"""A look older than the last one by more than any lease was not written down late: the clock was set back."""

_UPDATE = (
    update(SIGHT)
    .where(SIGHT.c.document == bindparam("key"))
    .values({name: bindparam(name) for name in COLUMNS if name != "document"})
)
_KNOWN = (
    select(*(DOCUMENT.c[name] for name in ("platform", "owner", "parts", "host")), *(SIGHT.c[name] for name in COLUMNS))
    .join(DOCUMENT, DOCUMENT.c.id == SIGHT.c.document)
    .where(SIGHT.c.document.in_(bindparam("documents", expanding=True)))
    .with_for_update(of=SIGHT)  # PostgreSQL; an SQLite writer is alone
)
"""Statements of the path every look takes are built once: building costs more than running them."""


@dataclass(slots=True)
class Known:
    """A document of the batch, its sight as the looks so far have left it, and the subjects they tell of."""

    subject: Subject
    parts: str
    host: str
    sight: Sight
    caused: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses of the document's parts."""
        return tuple(part.address for part in codec.loads_all(Part, self.parts))


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes looks down. `operator` is a channel that hears of all blindness."""

    memory: Memory
    blind_after: int = BLIND_AFTER
    operator: str = ""
    uplink: Uplink = field(default_factory=Uplink)

    async def record(self, connection: AsyncConnection, looks: Sequence[Look]) -> tuple[str, ...]:
        """Write looks down inside the caller's transaction; raise StoreError for a document nobody declared.

        Return the subjects that deliveries were queued about, if anybody is to hear of them.
        """
        known = await _known(connection, {look.document for look in looks})
        in_order = sorted(looks, key=attrgetter("at"))
        ours, caused = await self._weigh(connection, known, in_order)
        fresh = [look for look in in_order if await self._one(connection, known, look, ours=ours)]
        if not fresh:
            return caused
        await connection.execute(insert_new(connection, LOOK), [_row(look) for look in fresh])
        await save(connection, (known[document].sight for document in {look.document for look in fresh}))
        return (*caused, *(subject for each in known.values() for subject in each.caused))

    async def _weigh(
        self, connection: AsyncConnection, known: dict[str, Known], looks: Sequence[Look]
    ) -> tuple[bool, tuple[str, ...]]:
        """Tell whether it is us who cannot reach the internet, and the subjects of what the operator hears of it."""
        for look in looks:
            if look.document in known:
                self.uplink.note(known[look.document].host, look.at, reached=not look.unreached)
        missed = [look for look in looks if look.unreached]
        if not missed and not self.uplink.troubled:
            return False, ()
        before = await uplink.open_outage(connection)
        now, self.uplink.troubled = self.uplink.down(before=before is not None), True
        if now and before is None and missed:
            begun = await uplink.begin(connection, self.uplink.since, missed[-1].reason)
            return True, await outbox.outage(connection, begun, missed[-1].at, self.operator)
        if before is not None and not now:
            await uplink.end(connection, before, looks[-1].at)
            self.uplink.troubled = False
            return False, await outbox.outage(
                connection, replace(before, until=looks[-1].at), looks[-1].at, self.operator
            )
        self.uplink.troubled = before is not None
        return now, ()

    async def _one(
        self, connection: AsyncConnection, all_known: dict[str, Known], look: Look, *, ours: bool = False
    ) -> bool:
        known = all_known.get(look.document)
        if known is None:
            raise StoreError(f"A look at {look.document} cannot be recorded: no such document is declared.")
        last = known.sight.last_look
        if last is not None and last - CLOCK_SET_BACK <= look.at <= last:
            return False
        if look.against not in (None, known.sight.version):
            return False  # another looked meanwhile: this one was compared with what no longer stands
        known.sight, news = after(known.sight, look, self.blind_after, ours=ours and look.unreached)
        if look.snapshots:
            await self._pages(connection, known, look)
        if look.outcome in (Outcome.FIRST, Outcome.CHANGED) and look.reading:
            await self._words(connection, known, look)
        if news:
            await outbox.news(connection, known.subject, news, look.at, self.operator)
            known.caused.append(news.subject)
        return True

    async def _pages(self, connection: AsyncConnection, known: Known, look: Look) -> None:
        if look.outcome in BLIND and known.sight.blind_looks == 1:
            await snapshot_store.keep_blind(connection, look, known.addresses)
        if look.outcome in (Outcome.FIRST, Outcome.CHANGED, Outcome.SAME_WORDS):
            pinned = look.outcome is not Outcome.SAME_WORDS
            known.sight = await snapshot_store.keep(connection, known.sight, look, known.addresses, pinned)

    async def _words(self, connection: AsyncConnection, known: Known, look: Look) -> None:
        assert look.reading is not None
        if look.reread is not None and look.reread.sha256 != known.sight.text_sha256:
            upgrade = Fresh(look.reread, look.at, look.at, source=UPGRADE, stands=False)
            known.sight = await versions.add(connection, known.sight, upgrade, self.memory)
        before = known.sight.version
        if look.reading.sha256 == known.sight.text_sha256:
            return
        fresh = Fresh(look.reading, look.at, look.at, look.findings, look.recognised)
        known.sight = await versions.add(connection, known.sight, fresh, self.memory)
        await search.index(connection, known.sight.document, known.sight.version, look.reading.text)
        if before and look.difference is not None:
            await self._change(connection, known, look, before)

    async def _change(self, connection: AsyncConnection, known: Known, look: Look, before: str) -> None:
        assert look.difference is not None
        change = versions.change_of(
            look.document, before, known.sight.version, look.at, look.difference, look.touches, look.headline
        )
        await versions.add_change(connection, change)
        await outbox.pings(connection, known.subject, change, look.at)
        known.caused.append(change.id)
        await webhooks.queue(connection, known.subject, change, look.at)
        effective = look.difference.effective
        announced = effective if effective and effective > look.at.date() else known.sight.announced
        known.sight = replace(known.sight, last_change=look.at, announced=announced)


async def save(connection: AsyncConnection, sights: Iterable[Sight]) -> None:
    """Write sights back."""
    rows = [dict(zip(COLUMNS, VALUES(sight), strict=True)) for sight in sights]
    for row in rows:
        row["key"] = row.pop("document")
    await connection.execute(_UPDATE, rows)


async def sight_of(connection: AsyncConnection, document: str) -> Known:
    """Return a document with its sight; raise StoreError when nobody declared it."""
    known = await _known(connection, {document})
    if document not in known:
        raise StoreError(f"No document {document} is declared.")
    return known[document]


async def _known(connection: AsyncConnection, documents: Iterable[str]) -> dict[str, Known]:
    found = await connection.execute(_KNOWN, {"documents": list(documents)})
    return {
        sight[0]: Known(Subject(sight[0], platform, owner), parts, host, Sight(*sight))
        for platform, owner, parts, host, *sight in found
    }


def _row(look: Look) -> dict[str, object]:
    return {
        "document": look.document,
        "at": look.at,
        "outcome": str(look.outcome),
        "quiet": look.outcome in QUIET,
        "reason": look.reason,
        "health": str(look.verdict.health),
        "milliseconds": look.milliseconds,
    }
