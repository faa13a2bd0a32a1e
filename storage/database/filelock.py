"""A lock on a file that dies with its process, so that an embedded database has one writer.

It says nothing about PostgreSQL, where any number of processes may work.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from watchers.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks still keep the file whole
    fcntl = None  # type: ignore[assignment]


class InUseError(StoreError):
    """Another process works on the file."""


class FileLock:
    """Holds `<file>.lock` until released; the system releases it when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock, or raise StoreError naming the process that has it."""
        file = self._open()
        if fcntl is not None and not _locked(file):
            holder = file.read().strip() or "another process"
            file.close()
            raise InUseError(
                f"The database {self._path.with_suffix('')} is in use by {holder}. An SQLite file serves one process: "
                "stop the other one, or set DATABASE_URL to PostgreSQL, where any number may work."
            )
        with contextlib.suppress(OSError):  # the name is a courtesy: a full disk must not keep us from opening
            file.truncate(0)
            os.write(file.fileno(), f"process {os.getpid()}".encode())
        self._file = file

    def release(self) -> None:
        """Let the next process in."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> IO[str]:
        try:
            file = open(self._path, "a+", encoding="utf8")  # noqa: SIM115 - held for the life of the process
        except OSError as error:
            raise StoreError(
                f"The folder {self._path.parent} cannot be written to ({error.strerror}). "
                "Make it writable, or set DATABASE_URL to a file elsewhere."
            ) from error
        file.seek(0)
        return file


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
