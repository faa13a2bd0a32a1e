"""Reads a repository's history with the `git` command: which file became which blob, when, and the blobs.

It knows nothing of what the files mean. Hooks and configuration of the repository are never run.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from watchers.errors import StoreError

COMMIT, FIELD, FILES = "\x01", "\x02", "\x03"
SAFE = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: when its author wrote it, what it says, and the (path, blob) of files it added or changed."""

    id: str
    at: datetime
    message: str
    files: tuple[tuple[str, str], ...]


def tip(repository: Path) -> str:
    """Return the commit that HEAD names, or else the newest branch; raise StoreError when there is neither.

    The clone of a bundle has a HEAD that names no branch, unless the bundle was made with one.
    """
    for asked in (
        ("rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}"),
        ("for-each-ref", "--sort=-committerdate", "--count=1", "--format=%(objectname)", "refs/heads", "refs/remotes"),
    ):
        told = subprocess.run(_command(repository, *asked), capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.strip():
            return told.stdout.strip()
    _asked(repository, "rev-parse", "--git-dir")
    raise StoreError(f"{repository} is a git repository without a commit; was the bundle cloned whole?")


def commits(repository: Path, folder: str = "") -> tuple[Commit, ...]:
    """Return all commits that are not merges, by author date; of one folder's files, if it is named.

    Raises StoreError when it is no repository, or one without a commit.
    """
    form = f"--format={COMMIT}%H{FIELD}%aI{FIELD}%B{FILES}"
    asked = ("log", "--reverse", "--no-merges", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=AM", form)
    where = ("--", f":(literal){folder}/") if folder else ("--",)
    text = _asked(repository, *asked, tip(repository), *where)
    return tuple(sorted((_commit(one) for one in text.split(COMMIT)[1:]), key=lambda commit: commit.at))


def folders(repository: Path) -> tuple[str, ...]:
    """Return the names of the topmost folders, in their order."""
    return tuple(sorted(_asked(repository, "ls-tree", "-d", "--name-only", tip(repository)).splitlines()))


class Blobs:
    """Brings blobs, one after the other, from one running `git cat-file`."""

    def __init__(self, repository: Path) -> None:
        self._process = subprocess.Popen(
            _command(repository, "cat-file", "--batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def get(self, blob: str) -> bytes:
        """Return a blob; raise StoreError when the repository does not have it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{blob}\n".encode())
        self._process.stdin.flush()
        head = self._process.stdout.readline().split()
        if len(head) != 3:
            raise StoreError(f"The repository does not have {blob}: it was not cloned whole.")
        body = self._process.stdout.read(int(head[2]))
        self._process.stdout.read(1)
        return body


def _asked(repository: Path, *words: str) -> str:
    told = subprocess.run(_command(repository, *words), capture_output=True, check=False)
    if told.returncode:
        reason = told.stderr.decode(errors="replace").strip().splitlines()
        raise StoreError(f"{repository} cannot be read as a git repository: {reason[-1] if reason else 'git failed'}.")
    return told.stdout.decode(errors="replace")


def _command(repository: Path, *words: str) -> list[str]:
    return ["git", "-C", str(repository), *SAFE, *words]


def _commit(text: str) -> Commit:
    facts, _, raw = text.partition(FILES)
    identity, at, message = facts.split(FIELD, 2)
    return Commit(identity, datetime.fromisoformat(at), message.strip(), tuple(_files(raw)))


def _files(raw: str) -> Iterator[tuple[str, str]]:
    for line in raw.splitlines():
        if line.startswith(":"):
            modes, _, path = line.partition("\t")
            yield path, modes.split()[3]
