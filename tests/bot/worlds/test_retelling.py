"""A history of Markdown versions is retold through the real path: what is told, when, and of which record."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.worlds.retelling import Line, retell_some

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DRAWERS = (f"Clause {n}: we keep your letters in drawer {n}, and they are unread by others." for n in range(9))
CLAUSES = "\n\n".join(DRAWERS)
VERSION = "# Privacy Policy\n\n{}\n\nWe keep the logs of our servers for {} days and then we delete them.\n"


class Versions:
    """A repository of versions in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git("init", "-q", "-b", "main")

    def record(self, at: datetime, days: int, clauses: str = CLAUSES) -> None:
        file = self.folder / "Birdsong & Co" / "Privacy Policy.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(VERSION.format(clauses, days))
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "Record new changes", f"--date={at.isoformat()}")

    def _git(self, *words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, "-C", str(self.folder), *words], check=True, capture_output=True)

    async def retold(self) -> list[Line]:
        lines: list[Line] = []
        await retell_some(self.folder, ["Birdsong & Co"], lines.append)
        return lines


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path)


async def test_a_change_is_told_once_with_the_moment_of_its_record(versions: Versions) -> None:
    versions.record(NOON, 30)
    versions.record(NOON + timedelta(days=2), 90)
    (line,) = await versions.retold()
    assert (line["path"], line["tier"]) == ("Birdsong & Co/Privacy Policy.md", "ping")
    assert line["seen"] == line["of"] == (NOON + timedelta(days=2)).isoformat()
    assert "90 days" in line["headline"] or "90" in json.dumps(line)


async def test_words_that_come_back_are_told_a_day_later_with_the_moment_they_came(versions: Versions) -> None:
    for day, days in enumerate((30, 90, 30)):
        versions.record(NOON + timedelta(days=2 * day), days)
    first, back = await versions.retold()
    assert first["of"] == (NOON + timedelta(days=2)).isoformat()
    assert (back["of"], back["seen"]) == tuple((NOON + timedelta(days=d)).isoformat() for d in (4, 5))


async def test_a_page_that_blinks_is_not_told(versions: Versions) -> None:
    versions.record(NOON, 30)
    versions.record(NOON + timedelta(days=2), 90)
    versions.record(NOON + timedelta(days=4), 30)
    versions.record(NOON + timedelta(days=4, hours=3), 90)
    assert [line["of"] for line in await versions.retold()] == [(NOON + timedelta(days=2)).isoformat()]
