"""A replay takes a git history of archived pages through the real path, at the times it was archived."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.worlds.histories import History
from bot.worlds.replay import play_history
from storage.importers import git
from watchers.errors import ClausewatchError, StoreError
from watchers.model import Outcome

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE = "<html><title>Privacy Policy</title><body><main><h1>Privacy Policy</h1>{}</main></body></html>"
CLAUSES = "".join(f"<p>Clause {n}: we keep your letters in drawer {n}, unread by others.</p>" for n in range(9))
KEPT = "<p>We keep server logs for {} days.</p>"


class Archive:
    """A repository of snapshots in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git("init", "-q", "-b", "main")

    def record(self, at: datetime, words: str, path: str = "Birdsong & Co/Privacy Policy.html") -> None:
        file = self.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(PAGE.format(words))
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "Record new changes", f"--date={at.isoformat()}")

    def point_head_at(self, branch: str) -> None:
        self._git("symbolic-ref", "HEAD", f"refs/heads/{branch}")

    def _git(self, *words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, "-C", str(self.folder), *words], check=True, capture_output=True)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "pages").mkdir()
    archive = Archive(tmp_path / "pages")
    archive.record(NOON, CLAUSES + KEPT.format(30))
    archive.record(NOON + timedelta(days=1), CLAUSES + KEPT.format(30) + "<!-- served by node 7 -->")
    archive.record(NOON + timedelta(days=2), CLAUSES + KEPT.format(90))
    return archive


async def test_a_replay_looks_at_each_archived_page_and_pings_what_changed(archive: Archive, tmp_path: Path) -> None:
    moments: list[datetime] = []
    tally = await play_history(History(archive.folder), "Birdsong & Co", 0, tmp_path / "kept.db", moments.append)
    assert moments == [NOON, NOON + timedelta(days=1), NOON + timedelta(days=2)]
    assert tally.looks == {Outcome.FIRST: 1, Outcome.SAME_WORDS: 1, Outcome.CHANGED: 1}
    assert (tally.versions, tally.substantive, tally.cosmetic, tally.pings) == (2, 1, 0, 1)


def test_a_clone_whose_head_names_no_branch_is_read_by_its_newest_branch(archive: Archive) -> None:
    archive.point_head_at("nowhere")  # what cloning a bundle leaves behind
    assert History(archive.folder).services() == ("Birdsong & Co",)
    assert len(History(archive.folder).records("Birdsong & Co")) == 3


def test_the_pages_of_one_service_are_not_those_of_another(archive: Archive) -> None:
    archive.record(NOON, CLAUSES, "Birdsong/Terms of Service.html")
    history = History(archive.folder)
    assert history.services() == ("Birdsong", "Birdsong & Co")
    assert [record.path for record in history.records("Birdsong")] == ["Birdsong/Terms of Service.html"]
    with history.pages() as archived:
        assert b"drawer 8" in archived.get(history.records("Birdsong")[0].blob)


def test_what_is_no_repository_or_an_empty_one_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ClausewatchError, match="no such repository"):
        History(tmp_path / "nothing")
    with pytest.raises(StoreError, match="cannot be read as a git repository"):
        History(tmp_path).services()
    (tmp_path / "empty").mkdir()
    Archive(tmp_path / "empty")
    with pytest.raises(StoreError, match="without a commit"):
        git.commits(tmp_path / "empty")
