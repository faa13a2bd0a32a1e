"""The archive proves itself, and names what was altered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from storage.archive.chain import Link, broken, head, root
from storage.archive.proofs import Proofs
from tests.storage.world import NOON, World, after, changed, first, platform

DOCUMENT = "birdsong/privacy-policy"


@pytest.fixture
async def proofs(world: World) -> Proofs:
    await world.archive.sync_catalogue((platform(),), NOON)
    await world.archive.record(first("One."))
    for hour in (1, 2):
        await world.archive.record(changed(f"One. {hour}", after(hours=hour)))
    await Proofs(world.database).seal(after(days=1))
    return Proofs(world.database)


async def faults(proofs: Proofs) -> list[str]:
    return [fault async for fault in proofs.check()]


async def test_an_untouched_archive_is_proven(proofs: Proofs) -> None:
    assert await faults(proofs) == []
    assert [link.ordinal for link, _ in await proofs.links(DOCUMENT)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        ("UPDATE version SET seen_at = seen_at + 1 WHERE ordinal = 2", "breaks at version 2"),
        ("UPDATE version SET rules = 'other' WHERE ordinal = 3", "breaks at version 3"),
        ("UPDATE version SET sha256 = 'x' WHERE ordinal = 1", "breaks at version 1"),
        ("UPDATE snapshot SET sha256 = 'x'", "breaks at version 1"),
        ("UPDATE blob SET size = size - 1 WHERE kind = 'raw'", "damaged"),
        ("UPDATE root SET root = 'x'", "root of 2026-03-02"),
    ],
)
async def test_what_was_altered_is_named(world: World, proofs: Proofs, alter: str, what: str) -> None:
    async with world.database.write() as connection:
        await connection.execute(text(alter))
    assert any(what in fault for fault in await faults(proofs))


async def test_a_day_is_sealed_once(world: World, proofs: Proofs) -> None:
    await world.archive.record(changed("Later.", after(days=3)))
    assert await proofs.seal(after(days=3)) == 0, "a day is sealed when it is over"
    assert await proofs.seal(after(days=4)) == 1
    assert await proofs.seal(after(days=4)) == 0
    assert [day.day for day, _ in await proofs.roots()] == [2, 5]


def test_a_chain_is_broken_where_a_link_was_dropped_swapped_or_slipped_in() -> None:
    links, before = [], ""
    for ordinal in range(1, 5):
        link = Link("a/b", ordinal, f"v{ordinal}", NOON, "hash", "rules")
        before = head(before, link)
        links.append((link, before))
    assert broken(links) is None
    assert broken([*links[:1], *links[2:]]) == 2
    assert broken([links[1], links[0], *links[2:]]) == 1
    assert broken([*links[:2], (links[1][0], "made up"), *links[2:]]) == 3


def test_a_root_stands_on_the_root_before_and_not_on_the_order_of_documents() -> None:
    day, heads = date(2026, 3, 2), [("a/b", "1"), ("c/d", "2")]
    assert root("", day, heads) == root("", day, heads[::-1])
    assert root("before", day, heads) != root("", day, heads)
    assert root("", day, [("a/b", "1"), ("c/d", "3")]) != root("", day, heads)
