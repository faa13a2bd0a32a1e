"""Archived histories: the pages of a git repository of snapshots, moment by moment.

The layout is Open Terms Archive's (`<service>/<terms type>[ #<part>].<ext>`, the author date is the fetch
date). Nothing is written to the repository, and nothing is looked at here.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchers.errors import ClausewatchError

ROUND = timedelta(hours=2)
"""Records less than this apart belong to one round of looks of the archive (it makes about two a day)."""

_MEDIA = {".html": "text/html", ".pdf": "application/pdf", ".md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class Record:
    """One page as the archive recorded it. `blob` is the git object with its bytes."""

    at: datetime
    path: str
    blob: str

    @property
    def media_type(self) -> str:
        """The type the page is served with."""
        return _MEDIA.get(Path(self.path).suffix, "text/html")

    @property
    def terms(self) -> str:
        """The terms type with its part, as the path names it."""
        return Path(self.path).stem


class History:
    """The records of one service in a git repository (a bare clone, a checkout or a bundle's clone)."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        if not repository.exists():
            raise ClausewatchError(
                f"{repository}: no such repository; clone one with `git clone --bare X.bundle X.git`"
            )

    def services(self) -> tuple[str, ...]:
        """Return the names of all services that have pages."""
        listed = self._git("ls-tree", "-d", "--name-only", "HEAD")
        return tuple(sorted(line for line in listed.splitlines() if line))

    def records(self, service: str) -> tuple[Record, ...]:
        """Return all records of a service, in the order of their dates; deletions are left out."""
        log = self._git(
            *(
                "log",
                "--format=%x01%at",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                "--no-merges",
                "HEAD",
                "--",
                f"{service}/",
            )
        )
        return tuple(sorted(_records(log), key=lambda record: (record.at, record.path)))

    def page(self, record: Record) -> bytes:
        """Return the bytes of a recorded page."""
        done = subprocess.run(
            ["git", "-C", str(self._repository), "cat-file", "blob", record.blob], capture_output=True, check=True
        )
        return done.stdout

    def _git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self._repository), "-c", "core.quotePath=false", *words], capture_output=True, text=True
        )
        if done.returncode:
            raise ClausewatchError(f"{self._repository}: git cannot read it: {done.stderr.strip().splitlines()[-1]}")
        return done.stdout


def rounds(records: tuple[Record, ...]) -> Iterator[tuple[datetime, tuple[Record, ...]]]:
    """Group records into rounds of looks; a round's time is that of its last record."""
    held: list[Record] = []
    for record in records:
        if held and record.at - held[0].at > ROUND:
            yield held[-1].at, tuple(held)
            held = []
        held.append(record)
    if held:
        yield held[-1].at, tuple(held)


def _records(log: str) -> Iterator[Record]:
    at = datetime.fromtimestamp(0, UTC)
    for line in log.splitlines():
        if line.startswith("\x01"):
            at = datetime.fromtimestamp(int(line[1:]), UTC)
        elif line.startswith(":"):
            marks, path = line.split("\t", 1)
            fields = marks.split()
            if fields[4] != "D":
                yield Record(at, path, fields[3])
