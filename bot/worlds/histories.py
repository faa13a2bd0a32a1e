"""Archived histories: the pages of a git repository of snapshots, moment by moment.

The layout is Open Terms Archive's (`<service>/<terms type>[ #<part>].<ext>`, the author date is the fetch
date). Nothing is written to the repository, and nothing is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.importers import git
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
        return git.folders(self._repository)

    def records(self, service: str) -> tuple[Record, ...]:
        """Return all records of a service, in the order of their dates; deletions are left out."""
        found = git.commits(self._repository, service)
        return tuple(
            sorted(
                (Record(commit.at.astimezone(UTC), path, blob) for commit in found for path, blob in commit.files),
                key=lambda record: (record.at, record.path),
            )
        )

    def pages(self) -> git.Blobs:
        """Return what brings the bytes of recorded pages, open until its `with` ends."""
        return git.Blobs(self._repository)


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
