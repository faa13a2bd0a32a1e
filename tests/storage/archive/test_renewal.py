"""Findings are renewed where they stand; words, chain and changes stay as they were written."""

from __future__ import annotations

from storage.archive.proofs import Proofs
from tests.storage.world import PRIVACY, World, after, changed, document, finding, first, platform
from watchers.model import Exposure

TEXT = "We train our models. We sell data."
BEFORE = finding(TEXT, "We train")
NOW = (finding(TEXT, "We train", exposure=Exposure.LOW), finding(TEXT, "We sell", "data_sale"))


async def test_the_findings_of_the_version_that_stands_are_replaced_and_nothing_else(world: World) -> None:
    await world.archive.sync_catalogue((platform(),))
    await world.archive.record(first(TEXT, findings=(BEFORE,), recognised="rules of May"))
    latest = await world.archive.latest(PRIVACY)
    assert latest is not None
    assert await world.archive.renew(PRIVACY, latest.id, NOW, "rules of June")

    assert await world.archive.latest(PRIVACY) == latest
    assert await world.archive.recognised(latest.id) == "rules of June"
    assert await world.archive.findings(latest.id) == tuple(sorted(NOW, key=lambda found: found.start))
    standing = {each.provision: each.exposure for each in await world.archive.all_standing()}
    assert standing == {"ai_training": Exposure.LOW, "data_sale": Exposure.HIGH}
    assert await world.archive.changes() == ()
    assert [wrong async for wrong in Proofs(world.database).check()] == []


async def test_where_a_provision_stands_is_another_set_of_findings_afterwards(world: World) -> None:
    await world.archive.sync_catalogue((platform(),))
    await world.archive.record(first(TEXT, findings=(BEFORE,)))
    (place,) = await world.archive.standing("ai_training")
    await world.archive.renew(PRIVACY, place.version, NOW, "rules of June")
    (then,) = await world.archive.standing("ai_training")
    assert (then.version, then.since) == (place.version, place.since)
    assert then.findings != place.findings


async def test_a_version_that_stands_no_more_keeps_its_findings(world: World) -> None:
    await world.archive.sync_catalogue((platform(),))
    await world.archive.record(first(TEXT, findings=(BEFORE,)))
    old = await world.archive.latest(PRIVACY)
    assert old is not None
    await world.archive.record(changed(TEXT + " More.", after(hours=1)))
    assert not await world.archive.renew(PRIVACY, old.id, NOW, "rules of June")
    assert await world.archive.findings(old.id) == (BEFORE,)


async def test_documents_that_were_never_read_or_are_retired_need_no_renewing(world: World) -> None:
    await world.archive.sync_catalogue((platform(document(PRIVACY), document("birdsong/terms")),))
    await world.archive.record(first(TEXT))
    assert [each.id for each in await world.archive.read_documents()] == [PRIVACY]
    await world.archive.sync_catalogue((platform(document("birdsong/terms")),))
    assert await world.archive.read_documents() == ()
