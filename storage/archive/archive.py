"""The archive: what was declared, looked at, read and found changed. The one door to it for the bot.

Each method is one transaction or one consistent read; the rules behind them live in the modules it calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from storage.archive import declarations, health, history, looks, renewal, snapshot_store, uplink, versions
from storage.archive.health import PastLook, Seen
from storage.archive.history import Asked, ChangeNote, Standing, StandsIn, VersionNote
from storage.archive.recording import Recorder
from storage.archive.state import BLIND_AFTER
from storage.archive.uplink import Outage
from storage.archive.versions import MEMORY, Memory
from storage.database.columns import EPOCH
from storage.database.connection import Database
from storage.database.statements import alone
from storage.deliveries.engine import Engine
from storage.deliveries.errands import call_about
from watchers.model import Change, Document, Due, Finding, Look, Past, Platform, Snapshot, Version


class Archive:
    """What is remembered of documents. `operator` is a channel that hears of all blindness.

    With an `engine` the channels that are due something are called in the transaction of its cause.
    """

    def __init__(
        self,
        database: Database,
        memory: Memory = MEMORY,
        *,
        blind_after: int = BLIND_AFTER,
        operator: str = "",
        engine: Engine | None = None,
    ) -> None:
        self._database = database
        self._engine = engine
        self._recorder = Recorder(memory, blind_after, operator)

    # what is declared

    async def sync_catalogue(self, platforms: Sequence[Platform], now: datetime | None = None) -> None:
        """Make the catalogue's declarations the database's; documents no longer declared are retired."""
        async with self._database.write() as connection:
            await alone(connection, "catalogue")
            await declarations.sync(connection, platforms, now or datetime.now(UTC))

    async def add_document(self, document: Document, platform: Platform | None = None) -> None:
        """Declare one document (of a workspace, or imported), with its platform if that may be new."""
        async with self._database.write() as connection:
            if platform is not None:
                await declarations.put_platform(connection, platform, document.owner)
            await declarations.put_document(connection, document)

    async def platforms(self, workspace: str = "") -> tuple[Platform, ...]:
        """Return all platforms with the documents a workspace may know of."""
        async with self._database.read() as connection:
            return await declarations.platforms(connection, workspace)

    async def owners(self) -> frozenset[str]:
        """Return the workspaces that added pages of their own."""
        async with self._database.read() as connection:
            return await declarations.owners(connection)

    async def count_platforms(self) -> int:
        """Return how many platforms everybody may know of."""
        async with self._database.read() as connection:
            return await declarations.count(connection)

    async def document(self, document: str) -> Document | None:
        """Return a document, or None."""
        async with self._database.read() as connection:
            return await declarations.find(connection, document)

    # looking

    async def claim_due(self, now: datetime, limit: int = 50) -> tuple[Due, ...]:
        """Take documents whose look is due; what is taken and not recorded is due again ten minutes later."""
        async with self._database.write() as connection:
            return await looks.claim_due(connection, now, limit)

    async def due_on(self, host: str, now: datetime, limit: int = 50) -> tuple[Due, ...]:
        """Return the documents of a host whose look is due; its caller holds the engine's lock of the host."""
        async with self._database.read() as connection:
            return await looks.due_on(connection, host, now, limit)

    async def due(self, documents: Sequence[str]) -> tuple[Due, ...]:
        """Return documents ready to be looked at now, due or not."""
        async with self._database.read() as connection:
            return await looks.due(connection, documents)

    async def release(self, documents: Sequence[str] | None = None) -> None:
        """Give back documents that were taken and not looked at; None: all, for who works alone."""
        async with self._database.write() as connection:
            await looks.release(connection, documents)

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the longest waiting look is due, or None when none is."""
        async with self._database.read() as connection:
            return await looks.oldest_due(connection, now)

    async def past(self, document: str, rules: str = "") -> Past:
        """Return what is remembered of a document, for a look whose words seem to differ.

        Its pages are left out where its words were read by these `rules`: nobody needs to read them again.
        """
        async with self._database.read() as connection:
            return await looks.past(connection, document, rules)

    async def record(self, look: Look) -> None:
        """Write a look down with all it brings and causes, in one transaction."""
        await self.record_many((look,))

    async def record_many(self, some: Sequence[Look]) -> None:
        """Write looks down in one transaction; what is written down already is left alone."""
        async with self._database.write() as connection:
            caused = await self._recorder.record(connection, some)
            if self._engine is not None and caused:
                await call_about(connection, self._engine, caused)

    # what was seen

    async def snapshots(self, document: str) -> tuple[Snapshot, ...]:
        """Return the latest good page of each part."""
        async with self._database.read() as connection:
            return await looks.latest_pages(connection, document)

    async def pages(self, snapshots: Sequence[str]) -> tuple[Snapshot, ...]:
        """Return pages by id, as a version names them."""
        async with self._database.read() as connection:
            return await snapshot_store.load(connection, snapshots)

    async def seen(self, documents: Sequence[str]) -> dict[str, Seen]:
        """Return last look, last change and health of documents, by id."""
        async with self._database.read() as connection:
            return await health.seen(connection, documents)

    async def blind(self) -> tuple[Seen, ...]:
        """Return the documents that cannot be read, longest first."""
        async with self._database.read() as connection:
            return await health.blind(connection)

    async def unread(self) -> tuple[int, int]:
        """Return how many documents could not be read at their last look, and how many were looked at."""
        async with self._database.read() as connection:
            return await health.unread(connection)

    async def outages(self, since: datetime, until: datetime) -> tuple[Outage, ...]:
        """Return the times within a span in which we could not reach the internet, oldest first."""
        async with self._database.read() as connection:
            return await uplink.outages(connection, since, until)

    async def looks(self, document: str, since: datetime = EPOCH, noisy: bool = True) -> tuple[PastLook, ...]:
        """Return the looks at a document, oldest first; `noisy` only those that brought something."""
        async with self._database.read() as connection:
            return await health.looks(connection, document, since, noisy)

    # what it says

    async def version(self, version: str) -> Version | None:
        """Return a version, its words checked against their hash, or None."""
        async with self._database.read() as connection:
            return await history.version(connection, version)

    async def latest(self, document: str) -> Version | None:
        """Return the version that stands, or None."""
        async with self._database.read() as connection:
            return await history.latest(connection, document)

    async def versions(self, document: str, upgrades: bool = False) -> tuple[VersionNote, ...]:
        """Return a document's versions without their words, oldest first."""
        async with self._database.read() as connection:
            return await history.versions(connection, document, upgrades)

    async def count_versions(self) -> int:
        """Return how many versions there are."""
        async with self._database.read() as connection:
            return await history.count_versions(connection)

    async def findings(self, version: str) -> tuple[Finding, ...]:
        """Return what was recognised in a version."""
        async with self._database.read() as connection:
            return await versions.findings(connection, version)

    async def recognised(self, version: str) -> str:
        """Return by which rules the findings of a version were made; empty where that was not kept."""
        async with self._database.read() as connection:
            return await versions.rules_of_findings(connection, version)

    async def read_documents(self) -> tuple[Document, ...]:
        """Return all documents that were ever read and are still declared."""
        async with self._database.read() as connection:
            return await renewal.read_documents(connection)

    async def renew(self, document: str, version: str, findings: tuple[Finding, ...], recognised: str) -> bool:
        """Replace the findings of the version that stands by those of newer rules; nobody is told."""
        async with self._database.write() as connection:
            return await renewal.renew(connection, document, version, findings, recognised)

    async def standing(
        self, provision: str, platforms: Sequence[str] = (), workspace: str = ""
    ) -> tuple[StandsIn, ...]:
        """Return wherever a provision stands now."""
        async with self._database.read() as connection:
            return await history.standing(connection, provision, platforms, workspace)

    async def all_standing(self, workspace: str = "") -> tuple[Standing, ...]:
        """Return every provision that stands in a document a workspace may know of."""
        async with self._database.read() as connection:
            return await history.all_standing(connection, workspace)

    # what changed

    async def change(self, change: str) -> Change | None:
        """Return a change, or None."""
        async with self._database.read() as connection:
            return await history.change(connection, change)

    async def changes(
        self,
        platform: str = "",
        since: datetime | None = None,
        document: str = "",
        workspace: str = "",
        limit: int = 10,
        offset: int = 0,
        *,
        provision: str = "",
        until: datetime | None = None,
        significance: str = "",
        words: tuple[str, ...] = (),
    ) -> tuple[Change, ...]:
        """Return changes, newest first; `workspace` sees its own documents beside everybody's."""
        asked = Asked(platform, document, provision, since, until, significance, workspace, words)
        async with self._database.read() as connection:
            return await history.changes(connection, asked, limit, offset)

    async def changes_that(self, asked: Asked, limit: int = 10, offset: int = 0) -> tuple[Change, ...]:
        """Return the changes that are wanted, newest first."""
        async with self._database.read() as connection:
            return await history.changes(connection, asked, limit, offset)

    async def change_notes(self, document: str) -> tuple[ChangeNote, ...]:
        """Return all changes of a document without their passages, newest first."""
        async with self._database.read() as connection:
            return await history.notes(connection, document)

    async def count_changes(self, asked: Asked) -> int:
        """Return how many changes there are."""
        async with self._database.read() as connection:
            return await history.count(connection, asked)
