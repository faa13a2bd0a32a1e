"""Writes versions as a repository in the layout of the Open Terms Archive: one commit a version, one file a document.

Paths, subjects and dates are those of its histories (`<service>/<terms type>.md`, "First record of …", the author
date is when it was seen), so that its tools, and our own import, read it. It needs git on the path.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.archive.archive import Archive
from storage.archive.history import VersionNote
from storage.archive.versions import UPGRADE
from watchers.errors import ClausewatchError
from watchers.model import Platform

WHO = b"Clausewatch <clausewatch@localhost>"


@dataclass(frozen=True, slots=True)
class Record:
    """One commit to be: a version, its file, and its subject."""

    note: VersionNote
    path: str
    subject: str


async def as_repository(archive: Archive, platforms: Sequence[Platform], folder: Path) -> int:
    """Write a bare repository into an empty folder, versions in the order they were seen; return how many.

    Raises ClausewatchError when git is missing or refuses.
    """
    records = sorted(await _records(archive, platforms), key=lambda record: (record.note.seen_at, record.note.ordinal))
    _git(folder, "init", "-q", "--bare", "--initial-branch=main", ".")
    with _importing(folder) as importing:
        assert importing.stdin is not None
        for record in records:
            version = await archive.version(record.note.id)
            if version is not None:
                importing.stdin.write(b"".join(_commit(record, version.text.encode())))
    if importing.returncode:
        raise ClausewatchError(f"git could not write {folder} (fast-import ended with {importing.returncode})")
    return len(records)


async def _records(archive: Archive, platforms: Sequence[Platform]) -> list[Record]:
    found = []
    for platform in platforms:
        for document in platform.documents:
            what = f"{_safe(platform.name)} {_safe(document.type)}"
            path = f"{_safe(platform.name)}/{_safe(document.type)}.md"
            for number, note in enumerate(await archive.versions(document.id, upgrades=True)):
                found.append(Record(note, path, _subject(note, what, first=number == 0)))
    return found


def _subject(note: VersionNote, what: str, *, first: bool) -> str:
    if first:
        return f"First record of {what}"
    if note.source == UPGRADE:
        return f"Apply technical or declaration upgrade on {what}"
    return f"Record new changes of {what}"


def _safe(name: str) -> str:
    """Return a name as part of a path: no slash, no dots in front, nothing unseen."""
    kept = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else " " for letter in name)
    return " ".join(kept.split()).lstrip(".") or "unnamed"


def _commit(record: Record, text: bytes) -> Iterator[bytes]:
    """Write one commit in the language of git fast-import."""
    at = b"%d +0000" % int(record.note.seen_at.timestamp())
    message = f"{record.subject}\n\nClausewatch version {record.note.id}, SHA-256 {record.note.sha256}\n".encode()
    yield b"commit refs/heads/main\nauthor %s %s\ncommitter %s %s\n" % (WHO, at, WHO, at)
    yield b"data %d\n%s\n" % (len(message), message)
    yield b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(record.path), len(text), text)


def _quoted(path: str) -> bytes:
    return b'"%s"' % path.replace("\\", "\\\\").replace('"', '\\"').encode()


def _importing(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)


def _git(folder: Path, *words: str) -> None:
    try:
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    except FileNotFoundError as error:
        raise ClausewatchError("git is not installed; the Open Terms Archive layout is a git repository") from error
    except subprocess.CalledProcessError as error:
        raise ClausewatchError(f"git refused: {error.stderr.decode(errors='replace').strip()}") from error
