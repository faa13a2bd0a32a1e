"""A comparison leaves no platform out, shows what the card shows, and reads a version once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.facts.roster import Known
from bot.facts.sources import Sources
from storage.archive.archive import Archive
from storage.archive.versions import Memory
from storage.database.connection import open_database
from watchers.model import Document, Look, Outcome, Part, Platform, Reading, Validators
from watchers.provisions.choosing import best_source, sayings
from watchers.provisions.recogniser import recognise

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MANY = 70
GUIDELINES = "We also share trusted information on voting with advertisers and other third parties."
POLICY = "We may share your personal data with our service providers."
ACCOUNTS = "You may not sell, rent or share your account with anyone else."


def platform(name: str, *kinds: str) -> Platform:
    """Return a platform with documents of some types."""
    part = (Part(f"https://{name}.example/terms"),)
    documents = tuple(Document(f"{name}/{kind.casefold().replace(' ', '-')}", name, kind, part) for kind in kinds)
    return Platform(name, name.title(), (), "social", documents)


@asynccontextmanager
async def an_archive(*platforms: Platform) -> AsyncIterator[tuple[Archive, Known]]:
    """Open an archive that knows platforms, and say which documents these have."""
    database = await open_database("sqlite://")
    archive = Archive(database, Memory(lambda text: text[:16], lambda text: frozenset()))
    await archive.sync_catalogue(platforms, NOON)
    yield archive, {one.id: (each, one) for each in platforms for one in each.documents}
    await database.close()


async def first(archive: Archive, document: Document, text: str) -> None:
    """Archive what a document says."""
    findings = recognise(text, doc_type=document.type)
    reading = Reading(text)
    await archive.record(
        Look(document.id, NOON, Outcome.FIRST, reading=reading, findings=findings, validators=(Validators(),))
    )


async def test_no_platform_is_left_out_however_many_there_are() -> None:
    platforms = [platform(f"p{number:02}", "Privacy Policy") for number in range(MANY)]
    async with an_archive(*platforms) as (archive, known):
        for each in platforms:
            await first(archive, each.documents[0], POLICY)
        sources = Sources(archive)
        assert len(await sources.rows("data_sharing", known)) == MANY
        named = await sources.rows("data_sharing", known, ["p03", "p69"])
        assert [row.platform for row in named] == ["P03", "P69"]


@pytest.mark.parametrize("turned", [False, True])
async def test_a_platform_is_compared_by_the_sentence_on_its_card(turned: bool) -> None:
    says = {"Community Guidelines": GUIDELINES, "Privacy Policy": POLICY, "Terms of Service": ACCOUNTS}
    tern = platform("tern", *sorted(says, reverse=turned))
    async with an_archive(tern) as (archive, known):
        for document in tern.documents:
            await first(archive, document, says[document.type])
        sources = Sources(archive)
        card = best_source("data_sharing", await sources.of_all(tern, tern.documents))
        (row,) = await sources.rows("data_sharing", known)
        assert card is not None
        assert row.excerpt == sayings("data_sharing", card)[0].excerpt(card.version.text) == POLICY
        assert row.since == NOON


async def test_the_rows_of_a_version_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tern = platform("tern", "Privacy Policy")
    async with an_archive(tern) as (archive, known):
        await first(archive, tern.documents[0], POLICY)
        sources = Sources(archive)
        before = await sources.rows("data_sharing", known)

        async def read(version: str) -> None:
            raise AssertionError(f"{version} was read again")

        monkeypatch.setattr(archive, "version", read)
        assert await sources.rows("data_sharing", known) == before


async def test_what_somebody_may_not_know_of_is_in_no_row() -> None:
    tern, kite = platform("tern", "Privacy Policy"), platform("kite", "Privacy Policy")
    async with an_archive(tern, kite) as (archive, known):
        for each in (tern, kite):
            await first(archive, each.documents[0], POLICY)
        theirs = {identity: place for identity, place in known.items() if place[0] is kite}
        assert [row.platform for row in await Sources(archive).rows("data_sharing", theirs)] == ["Kite"]


async def test_a_document_that_was_never_read_has_no_source() -> None:
    tern = platform("tern", "Privacy Policy", "Terms of Service")
    async with an_archive(tern) as (archive, _):
        await first(archive, tern.documents[0], POLICY)
        assert [one.document.type for one in await Sources(archive).of_all(tern, tern.documents)] == ["Privacy Policy"]
