"""Which version of a document a day means: the one that stood then. Pure; nothing is looked up here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date

from storage.archive.history import VersionNote


def chosen(notes: Sequence[VersionNote], typed: str, newest: bool = False) -> VersionNote | None:
    """Return the version that is named, or that stood on a day (“2023-05-01”, “2023-05”, “2023”).

    `notes` are oldest first. A day before the first version has none; nothing typed means the first, or the newest.
    """
    if not typed:
        return (notes[-1] if newest else notes[0]) if notes else None
    if named := next((note for note in notes if note.id == typed), None):
        return named
    if (day := day_named(typed)) is None:
        return None
    stood = [note for note in notes if note.seen_at.astimezone(UTC).date() <= day]
    return stood[-1] if stood else None


def day_named(typed: str) -> date | None:
    """Read a day (“2023-05-01”), a month (its first day) or a year (likewise); None for anything else."""
    parts = typed.strip().split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    try:
        return date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return None
