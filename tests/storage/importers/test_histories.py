"""Version histories from a git repository: years of a document on the first day."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from storage.importers.histories import HistoryImporter, Imported, Source
from storage.importers.records import Kind, broken, is_record, kind_of
from storage.importers.replay import Seen
from tests.storage.world import MEMORY, NOON, Place, World, after, changed, document, first, platform
from watchers.errors import StoreError
from watchers.model import Due, Health, Look, Outcome, Past, Verdict

SOURCE = Source("Birdsong archive")
SNAPSHOT = "This version was recorded after extracting from snapshot https://x.example/commit/"


def examine(due: Due, seen: Seen, past: Past, now: datetime) -> Look:
    """Take every new text for a change, hold a huge one back, and an error page for what it is."""
    text = seen if isinstance(seen, str) else "\n- - -\n".join(page.body.decode() for page in seen)
    pages = () if isinstance(seen, str) else seen
    if text == "Error.":
        return Look(due.document.id, now, Outcome.BLIND, verdict=Verdict(Health.ERROR_PAGE))
    if past.version is None:
        return _at(first(text, now, of=due.document.id), pages)
    if text == past.version.text:
        return Look(due.document.id, now, Outcome.SAME_WORDS)
    look = _at(changed(text, now, of=due.document.id), pages)
    held_for = (now - past.held_since).days if past.held_since else 0
    return _with(look, Outcome.HELD) if "huge" in text and not held_for else look


def _at(look: Look, pages: Sequence[object]) -> Look:
    return replace(look, snapshots=tuple(pages))  # type: ignore[arg-type]


def _with(look: Look, outcome: Outcome) -> Look:
    return replace(look, outcome=outcome)


class Repository:
    """A git repository with records at given hours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git("init", "-q")

    def record(
        self, hours: float, text: str, subject: str = "", path: str = "", body: str = SNAPSHOT + "aaaaaaa"
    ) -> None:
        path = path or "Birdsong/Privacy Policy.md"
        file = self.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        self._git("add", "-A")
        message = f"{subject or 'Record new changes of Birdsong Privacy Policy'}\n\n{body}"
        self._git("commit", "-q", "-m", message, f"--date={after(hours=hours).isoformat()}")

    def _git(self, *words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, "-C", str(self.folder), *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    repository.record(0, "One.", "First record of Birdsong Privacy Policy")
    return repository


async def run(world: World, repository: Repository) -> Imported:
    importer = HistoryImporter(world.database, examine, SOURCE, memory=MEMORY, workers=0)
    return await importer.run(repository.folder, after(days=365))


async def test_a_history_becomes_versions_and_changes_told_to_nobody(world: World, repository: Repository) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, now=NOON)
    repository.record(24, "Two.")
    repository.record(48, "Three. Très bien — “quoted”.")
    imported = await run(world, repository)
    assert (imported.records, imported.versions, imported.changes) == (3, 3, 2)
    notes = await world.archive.versions("birdsong/privacy-policy")
    assert [note.seen_at for note in notes] == [after(hours=hours) for hours in (0, 24, 48)]
    assert {note.source for note in notes} == {"Birdsong archive (ODC-By 1.0)"}
    latest = await world.archive.latest("birdsong/privacy-policy")
    assert latest is not None
    assert latest.text == "Three. Très bien — “quoted”."
    assert await world.ledger.claim(after(days=366), 9) == ()
    assert (await world.ledger.digest_now(channel.id, after(days=366))).told == ()


async def test_importing_twice_changes_nothing_and_later_records_are_added(
    world: World, repository: Repository
) -> None:
    repository.record(24, "Two.")
    await run(world, repository)
    again = await run(world, repository)
    assert (again.versions, again.changes, again.known) == (0, 0, 2)
    repository.record(72, "Three.")
    more = await run(world, repository)
    assert (more.versions, more.changes) == (1, 1)
    assert len(await world.archive.versions("birdsong/privacy-policy")) == 3


async def test_broken_records_are_skipped_and_counted(world: World, repository: Repository) -> None:
    repository.record(24, "One.One.", body=f"- {SNAPSHOT}abcdef1\n- {SNAPSHOT}abcdef1")
    repository.record(48, "Error.")
    repository.record(72, "One.")
    imported = await run(world, repository)
    assert imported.versions == 1
    assert imported.passed_over == {"broken": 1, "error_page": 1, "same_words": 1}


async def test_a_technical_upgrade_is_a_version_and_no_change(world: World, repository: Repository) -> None:
    repository.record(24, "# One.", "Apply technical or declaration upgrade on Birdsong Privacy Policy")
    repository.record(48, "# One. Two.")
    imported = await run(world, repository)
    assert (imported.versions, imported.changes) == (3, 1)
    (change,) = await world.archive.changes()
    before = await world.archive.version(change.before)
    assert before is not None
    assert before.text == "# One."


async def test_what_would_be_held_back_is_believed_when_it_stayed(world: World, repository: Repository) -> None:
    repository.record(24, "Something huge.")
    repository.record(24.1, "Something huge and short-lived.")
    repository.record(24.2, "Three.")
    imported = await run(world, repository)
    assert imported.passed_over == {"held": 2}
    assert imported.versions == 2


async def test_only_what_is_older_than_our_own_first_look_is_taken(world: World, repository: Repository) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    await world.archive.record(first("Ours.", after(hours=30)))
    repository.record(24, "Two.")
    repository.record(48, "Three.")
    imported = await run(world, repository)
    assert (imported.versions, imported.known) == (2, 1)
    latest = await world.archive.latest("birdsong/privacy-policy")
    assert latest is not None
    assert latest.text == "Ours."
    await world.archive.record(changed("Ours, changed.", after(hours=60)))
    assert [note.ordinal for note in await world.archive.versions("birdsong/privacy-policy")] == [2, 3, 1, 4]


async def test_a_service_we_know_by_another_name_is_found(world: World, tmp_path: Path) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    repository = Repository(tmp_path)
    repository.record(0, "One.", path="Birdsong App/Privacy Policy.md")
    await run(world, repository)
    assert await world.archive.latest("birdsong/privacy-policy") is not None


async def test_a_document_nobody_declared_is_kept_and_not_looked_at(world: World, repository: Repository) -> None:
    await run(world, repository)
    assert await world.archive.document("birdsong/privacy-policy") is not None
    assert await world.archive.claim_due(after(days=999), 9) == ()


async def test_the_language_of_a_history_nobody_declared_is_the_one_most_of_it_is_in(
    world: World, tmp_path: Path
) -> None:
    repository = Repository(tmp_path)
    german = "Wir bewahren Ihre Lieder dreißig Tage auf. Sie können der Nutzung Ihrer Lieder jederzeit widersprechen. "
    english = "We keep your songs for thirty days. You may object to the use of your songs at any time. "
    for hours, text in ((0, english), (1, german), (2, german + "Neu."), (3, german + "Noch etwas Neues.")):
        repository.record(hours, text)
    await run(world, repository)
    document = await world.archive.document("birdsong/privacy-policy")
    assert document is not None
    assert document.language == "de"


async def test_raw_pages_are_joined_from_their_parts(world: World, tmp_path: Path) -> None:
    await world.archive.sync_catalogue((platform(document(parts=2)),), NOON)
    repository = Repository(tmp_path)
    body = "X-source-document-location: https://birdsong.example/privacy-policy/{}\nX-fetcher: http"
    for hours, part, text in ((0, 0, "a"), (0.1, 1, "b"), (24, 1, "c")):
        path = f"Birdsong/Privacy Policy #{part}.html"
        repository.record(hours, text, path=path, body=body.format(part))
    imported = await run(world, repository)
    assert (imported.versions, imported.changes) == (2, 1)
    assert [page.body for page in await world.archive.snapshots("birdsong/privacy-policy")] == [b"a", b"c"]
    notes = await world.archive.versions("birdsong/privacy-policy")
    version = await world.archive.version(notes[0].id)
    assert version is not None
    assert [page.body for page in await world.archive.pages(version.snapshots)] == [b"a", b"b"]


async def test_a_folder_that_is_no_repository_is_refused(world: World, tmp_path: Path) -> None:
    importer = HistoryImporter(world.database, examine, SOURCE, memory=MEMORY, workers=0)
    with pytest.raises(StoreError, match="git repository"):
        await importer.run(tmp_path / "nowhere", NOON)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("First record of A B", Kind.FIRST),
        ("Start tracking A B", Kind.FIRST),
        ("Record new changes of A B", Kind.CHANGE),
        ("Update A B", Kind.CHANGE),
        ("Apply technical or declaration upgrade on A B", Kind.UPGRADE),
        ("Refilter A B", Kind.UPGRADE),
        ("Initial commit", None),
    ],
)
def test_the_subject_tells_the_kind(message: str, kind: Kind | None) -> None:
    assert kind_of(message) is kind


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("Birdsong/Privacy Policy.md", True),
        ("Birdsong/Privacy Policy #1.html", True),
        ("Birdsong/Imprint.pdf", True),
        ("README.md", False),
        ("LICENSE", False),
        (".github/x.md", False),
        ("a/b/c.md", False),
    ],
)
def test_a_record_is_a_text_in_a_service_folder(path: str, is_one: bool) -> None:
    assert is_record(path) is is_one


def test_two_different_snapshots_are_not_broken() -> None:
    assert broken("- x/commit/aaaaaaa1\n- x/commit/bbbbbbb2") == ""
