"""What the archive keeps of a look, and gives back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.archive import blobs, declarations
from storage.archive.history import Asked
from storage.archive.packing import pack
from tests.storage.world import NOON, World, after, changed, document, finding, first, look, page, platform, touch
from watchers.errors import StoreError
from watchers.model import Link, Outcome, Past, Reading, Significance, Turn, Validators

DOCUMENT = "birdsong/privacy-policy"


@pytest.fixture(autouse=True)
async def catalogue(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)


async def test_a_new_document_is_due_at_once_and_given_to_one_taker_only(world: World) -> None:
    due = await world.archive.claim_due(NOON, 10)
    assert [each.document for each in due] == [document()]
    assert due[0].validators == (Validators(),)
    assert due[0].platform_name == "Birdsong"
    assert await world.archive.claim_due(NOON, 10) == ()
    assert await world.archive.claim_due(after(minutes=11), 10), "what was taken and not recorded comes back"


async def test_what_was_released_is_due_again(world: World) -> None:
    await world.archive.claim_due(NOON, 10)
    await world.archive.release([DOCUMENT])
    assert await world.archive.claim_due(NOON, 10)


async def test_a_first_look_is_a_version_and_no_change(world: World) -> None:
    text = "We keep songs. We train our models on songs."
    links = (Link(0, 2, "https://birdsong.example/a"), Link(8, 13, "https://birdsong.example/b"))
    found = (finding(text, "We train our models"), finding(text, "We keep songs", "retention"))
    read = Reading(text, links, "en", "Privacy", rules="1")
    await world.archive.record(look(Outcome.FIRST, NOON, snapshots=(page("<p>x"),), reading=read, findings=found))
    version = await world.archive.latest(DOCUMENT)
    assert version is not None
    assert (version.text, version.links, version.language, version.rules) == (text, links, "en", "1")
    assert (await world.archive.pages(version.snapshots))[0] == page("<p>x")
    assert set(await world.archive.findings(version.id)) == set(found)
    assert await world.archive.changes() == ()


async def test_a_change_keeps_its_passages_touches_and_both_versions(world: World) -> None:
    await world.archive.record(first("One."))
    seen = changed("One. Two.", after(hours=1), touches=(touch(),))
    await world.archive.record(seen)
    (change,) = await world.archive.changes(platform="birdsong")
    assert (change.difference, change.touches, change.headline) == (seen.difference, seen.touches, seen.headline)
    before, now = await world.archive.version(change.before), await world.archive.version(change.after)
    assert before is not None
    assert now is not None
    assert (before.text, now.text) == ("One.", "One. Two.")
    assert await world.archive.change(change.id) == change


async def test_recording_a_look_twice_changes_nothing(world: World) -> None:
    for seen in (first("One."), changed("One. Two.", after(hours=1))) * 2:
        await world.archive.record(seen)
    assert len(await world.archive.versions(DOCUMENT)) == 2
    assert await world.archive.count_changes(Asked()) == 1
    assert len(await world.archive.looks(DOCUMENT, noisy=False)) == 2


async def test_the_past_holds_all_earlier_words_and_the_latest_pages(world: World) -> None:
    assert await world.archive.past(DOCUMENT) == Past()
    await world.archive.record(first("One."))
    await world.archive.record(changed("One. Two two.", after(hours=1)))
    past = await world.archive.past(DOCUMENT)
    assert past.version is not None
    assert past.version.text == "One. Two two."
    assert past.recent == (Reading("One. Two two.").sha256, Reading("One.").sha256)
    assert len(past.fingerprints) == 2
    assert past.sentences == {0, 3, 8}
    assert [snapshot.body for snapshot in past.snapshots] == [b"<p>One. Two two."]


async def test_the_past_holds_what_was_recognised_and_by_which_rules(world: World) -> None:
    text = "One. We sell what you tell us."
    seen = first(text, findings=(finding(text, "We sell"),), recognised="rules of May")
    await world.archive.record(seen)
    past = await world.archive.past(DOCUMENT)
    assert (past.findings, past.recognised) == (seen.findings, "rules of May")
    assert await world.archive.findings(past.version.id if past.version else "") == seen.findings


async def test_words_held_back_are_remembered_with_the_first_time_they_were_seen(world: World) -> None:
    await world.archive.record(first("One."))
    for hours in (1, 2):
        await world.archive.record(look(Outcome.HELD, after(hours=hours), reading=Reading("Odd.")))
    past = await world.archive.past(DOCUMENT)
    assert (past.held, past.held_since) == (Reading("Odd.").sha256, after(hours=1))
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=3)))
    assert (await world.archive.past(DOCUMENT)).held == ""


async def test_validators_and_hashes_stay_those_of_the_last_good_page(world: World) -> None:
    await world.archive.record(first("One.", validators=(Validators('"good"', "Mon"),)))
    error = look(Outcome.BLIND, after(hours=1), validators=(Validators('"error"'),), snapshots=(page("Oops"),))
    await world.archive.record(error)
    (due,) = await world.archive.due([DOCUMENT])
    assert due.validators == (Validators('"good"', "Mon"),)
    assert due.body_sha256 == (page("<p>One.").sha256,)
    assert due.blind_looks == 1
    assert due.blind_since == after(hours=1)


async def test_every_page_with_the_same_words_is_kept_packed_against_the_first(world: World) -> None:
    body = "<p>One.</p>" + "".join(f"<p>{number * number * 7919}</p>" for number in range(2000))
    await world.archive.record(look(Outcome.FIRST, NOON, snapshots=(page(body),), reading=Reading("One.")))
    for day in (1, 2, 3):
        same = look(Outcome.SAME_WORDS, after(days=day), snapshots=(page(f"{body}<!-- {day} -->", after(days=day)),))
        await world.archive.record(same)
        (due,) = await world.archive.due([DOCUMENT])
        assert due.body_sha256 == (same.snapshots[0].sha256,)
    assert [kept.body for kept in await world.archive.snapshots(DOCUMENT)] == [f"{body}<!-- 3 -->".encode()]
    async with world.database.read() as connection:
        columns = func.count(), func.sum(blobs.BLOB.c.size), func.sum(func.length(blobs.BLOB.c.packed))
        kept_raw = select(*columns).where(blobs.BLOB.c.kind == blobs.RAW)
        count, size, packed = (await connection.execute(kept_raw)).one()
    assert count == 4
    assert packed < size / 4 / 2  # less than half of one page, since three of them are their differences only
    latest = await world.archive.latest(DOCUMENT)
    assert latest is not None
    assert [kept.body for kept in await world.archive.pages(latest.snapshots)] == [body.encode()]


async def test_a_version_points_to_the_very_page_it_was_read_from(world: World) -> None:
    await world.archive.sync_catalogue((platform(document(parts=2)),), NOON)
    both = (page("<p>a", number=0), page("<p>b", number=1))
    await world.archive.record(look(Outcome.FIRST, NOON, snapshots=both, reading=Reading("a\n- - -\nb")))
    other = (page("<p>a", after(hours=1), number=0), page("<p>b<!-- 1 -->", after(hours=1), number=1))
    await world.archive.record(look(Outcome.SAME_WORDS, after(hours=1), snapshots=other))
    came = (page("<p>c", after(hours=2), number=0), page("<p>b<!-- 1 -->", after(hours=2), number=1))
    await world.archive.record(look(Outcome.CHANGED, after(hours=2), snapshots=came, reading=Reading("c\n- - -\nb")))
    assert [kept.body for kept in await world.archive.snapshots(DOCUMENT)] == [b"<p>c", b"<p>b<!-- 1 -->"]


async def test_a_look_compared_with_what_no_longer_stands_is_not_recorded(world: World) -> None:
    await world.archive.record(first("One.", against=""))
    (due,) = await world.archive.due([DOCUMENT])
    await world.archive.record(changed("One. Two.", after(hours=1), against=due.version))
    await world.archive.record(changed("One. Three.", after(hours=2), against=due.version))  # by one that was held up
    assert len(await world.archive.versions(DOCUMENT)) == 2
    (due,) = await world.archive.due([DOCUMENT])
    await world.archive.record(changed("One. Three.", after(hours=3), against=due.version))
    assert len(await world.archive.versions(DOCUMENT)) == 3


async def test_a_technical_upgrade_is_archived_before_the_change_and_told_to_nobody(world: World) -> None:
    await world.archive.record(first("One. Menu"))
    await world.archive.record(changed("One. Two.", after(hours=1), reread=Reading("One.", rules="2")))
    (change,) = await world.archive.changes()
    before = await world.archive.version(change.before)
    assert before is not None
    assert before.text == "One."
    assert [note.source for note in await world.archive.versions(DOCUMENT, upgrades=True)] == ["", "upgrade", ""]
    assert len(await world.archive.versions(DOCUMENT)) == 2


async def test_a_part_that_answered_unchanged_keeps_its_page(world: World) -> None:
    await world.archive.sync_catalogue((platform(document(parts=2)),), NOON)
    both = (page("<p>a", number=0), page("<p>b", number=1))
    await world.archive.record(look(Outcome.FIRST, NOON, snapshots=both, reading=Reading("a\n- - -\nb")))
    half = (page("<p>c", after(hours=1), number=1),)
    more = changed("a\n- - -\nc", after(hours=1))
    await world.archive.record(look(Outcome.CHANGED, more.at, snapshots=half, reading=more.reading))
    assert [kept.body for kept in await world.archive.snapshots(DOCUMENT)] == [b"<p>a", b"<p>c"]


async def test_a_document_that_is_no_longer_declared_is_retired_and_keeps_its_history(world: World) -> None:
    await world.archive.record(first("One."))
    await world.archive.sync_catalogue((platform(document("birdsong/terms")),), after(days=1))
    (birdsong,) = await world.archive.platforms()
    assert [kept.id for kept in birdsong.documents] == ["birdsong/terms"]
    assert await world.archive.latest(DOCUMENT) is not None
    assert [due.document.id for due in await world.archive.claim_due(after(days=9), 9)] == ["birdsong/terms"]


async def test_more_documents_may_be_retired_than_one_statement_can_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declarations, "AT_ONCE", 2)
    many = [document(f"birdsong/terms-{number}") for number in range(5)]
    await world.archive.sync_catalogue((platform(*many),), NOON)
    await world.archive.sync_catalogue((platform(many[3]),), after(days=1))
    (birdsong,) = await world.archive.platforms()
    assert [kept.id for kept in birdsong.documents] == ["birdsong/terms-3"]


async def test_a_retired_document_that_is_declared_again_is_looked_at_again(world: World) -> None:
    await world.archive.sync_catalogue((platform(document("birdsong/terms")),), NOON)
    await world.archive.sync_catalogue((platform(),), after(days=1))
    assert DOCUMENT in [due.document.id for due in await world.archive.claim_due(after(days=1), 9)]


async def test_a_document_that_moved_is_asked_for_in_full_and_at_once(world: World) -> None:
    await world.archive.record(first("One."))
    await world.archive.sync_catalogue((platform(document(parts=2)),), NOON)
    (due,) = await world.archive.claim_due(after(minutes=1), 9)
    assert due.validators == (Validators(),) * 2
    assert due.body_sha256 == ()


async def test_a_workspaces_document_is_seen_by_it_alone(world: World) -> None:
    own = document("birdsong/house-rules", owner="console:home")
    await world.archive.add_document(own)
    await world.archive.record(first("One.", of=own.id))
    await world.archive.record(changed("Two.", after(hours=1), of=own.id))
    assert len(await world.archive.changes(workspace="console:home")) == 1
    assert await world.archive.changes(workspace="console:other") == ()
    assert own in (await world.archive.platforms("console:home"))[0].documents
    assert own not in (await world.archive.platforms("console:other"))[0].documents
    with pytest.raises(StoreError, match="exists already"):
        await world.archive.add_document(document("birdsong/house-rules", owner="console:other"))


async def test_a_look_at_a_document_nobody_declared_is_refused(world: World) -> None:
    with pytest.raises(StoreError, match="no such document"):
        await world.archive.record(first("One.", of="nobody/terms"))


async def test_what_stands_is_found_by_provision_and_keeps_the_date_it_came(world: World) -> None:
    text = "We train our models."
    await world.archive.record(first(text, findings=(finding(text, "We train"),)))
    more = text + " More."
    await world.archive.record(changed(more, after(hours=1), findings=(finding(more, "We train"),)))
    latest = await world.archive.latest(DOCUMENT)
    assert latest is not None
    (place,) = await world.archive.standing("ai_training")
    assert (place.document, place.version, place.since) == (DOCUMENT, latest.id, NOON)
    assert await world.archive.standing("arbitration") == ()


async def test_the_history_of_a_provision_is_the_changes_that_touched_it(world: World) -> None:
    await world.archive.record(first("One."))
    for hour, turn in enumerate((Turn.APPEARED, Turn.STRENGTHENED), start=1):
        await world.archive.record(changed(f"One. {hour}", after(hours=hour), touches=(touch(turn=turn),)))
    await world.archive.record(changed("Other.", after(hours=5), significance=Significance.COSMETIC))
    told = await world.archive.changes("birdsong", provision="ai_training")
    assert [change.touches[0].turn for change in told] == [Turn.STRENGTHENED, Turn.APPEARED]


async def test_many_looks_are_written_down_together(world: World) -> None:
    await world.archive.record(first("One."))
    many = [look(Outcome.UNCHANGED, after(hours=hour)) for hour in range(1, 20)]
    await world.archive.record_many(many)
    seen = (await world.archive.seen([DOCUMENT]))[DOCUMENT]
    assert seen.last_look == after(hours=19)
    assert seen.next_look == after(hours=20)
    assert (await world.archive.due([DOCUMENT]))[0].steady_looks == 19
    assert seen.last_look - NOON == timedelta(hours=19)


async def test_who_keeps_bytes_that_another_process_has_just_kept_gets_them(world: World) -> None:
    body = b"the same page on two hosts"
    async with world.database.write() as connection:
        kept = await blobs.put_raw(connection, body)
    async with world.database.write() as connection:  # it had asked before the other one wrote
        assert await blobs._insert(connection, blobs.RAW, body, None, 0, pack(body)) == kept
