"""What the commits of an Open Terms Archive history say: which text of which service, when, and of what kind.

Rules: the author date is the date of the look; service and type come from the path; a commit that names
the same snapshot twice assembled one page twice and is broken. Source of the format: the engine's own
repositories, see https://docs.opentermsarchive.org.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePosixPath

from storage.importers.git import Commit

MEDIA = {".md": "text/markdown", ".html": "text/html", ".pdf": "application/pdf"}
_SNAPSHOT = re.compile(r"/commit/([0-9a-f]{7,64})")
_TRAILER = re.compile(r"^(X-[\w-]+):[ \t]*(.+)$", re.MULTILINE)
_PART = re.compile(r" #(?P<part>.+)$")


class Kind(StrEnum):
    """What a record is: an upgrade is the same page read with other rules, and no change."""

    FIRST = "first"
    CHANGE = "change"
    UPGRADE = "upgrade"


SUBJECTS = (
    ("First record of", Kind.FIRST),
    ("Start tracking", Kind.FIRST),
    ("Record new changes of", Kind.CHANGE),
    ("Update", Kind.CHANGE),
    ("Apply technical or declaration upgrade on", Kind.UPGRADE),
    ("Refilter", Kind.UPGRADE),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One text or page of a history. `part` is empty for a document of one page; `broken` says why to skip it."""

    service: str
    type: str
    at: datetime
    kind: Kind
    blob: str
    media_type: str
    part: str = ""
    address: str = ""
    fetcher: str = ""
    broken: str = ""


def records(commits: Iterable[Commit]) -> tuple[Record, ...]:
    """Return the records of a history, oldest first."""
    return tuple(
        _record(commit, kind, PurePosixPath(path), blob)
        for commit in commits
        if (kind := kind_of(commit.message)) is not None
        for path, blob in commit.files
        if is_record(path)
    )


def kind_of(message: str) -> Kind | None:
    """Return the kind of a commit by how its subject begins, or None for one that records nothing."""
    return next((kind for words, kind in SUBJECTS if message.startswith(words)), None)


def is_record(path: str) -> bool:
    """Tell whether a path is `service/terms type.ext`."""
    parts = PurePosixPath(path).parts
    return len(parts) == 2 and PurePosixPath(path).suffix in MEDIA and not parts[0].startswith(".")


def by_document(some: Sequence[Record]) -> dict[tuple[str, str], list[Record]]:
    """Return records by (service, terms type), oldest first."""
    grouped: dict[tuple[str, str], list[Record]] = {}
    for record in some:
        grouped.setdefault((record.service, record.type), []).append(record)
    return grouped


def broken(message: str) -> str:
    """Return why a commit is not to be believed, or an empty string."""
    named = Counter(_SNAPSHOT.findall(message))
    return "the same page twice" if any(count > 1 for count in named.values()) else ""


def _record(commit: Commit, kind: Kind, path: PurePosixPath, blob: str) -> Record:
    name = path.stem
    part = _PART.search(name)
    trailers = dict(_TRAILER.findall(commit.message))
    return Record(
        path.parts[0],
        name[: part.start()] if part else name,
        commit.at.astimezone(UTC),
        kind,
        blob,
        MEDIA[path.suffix],
        part["part"] if part else "",
        trailers.get("X-source-document-location", ""),
        trailers.get("X-fetcher", ""),
        broken(commit.message),
    )
