"""Modifiers of a language: words that say who acts, what is allowed, denied or conditional; data, checked on load.

How far they reach in a sentence is told in `scope.py`, not here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from watchers.errors import CatalogueError

FILE = Path(__file__).parent / "modifiers.toml"
_PSEUDO = re.compile(
    r"\bnot only\b|\bbut not limited to\b|\bnot limited to\b|\bwhether or not\b"
    r"|\bno(?:t)? (?:later|longer|less|more|fewer) than\b"
    r"|\bwithout (?:limitation|limiting|prior notice|notice)\b|\bif not\b|\bnot just\b|\bdo[- ]not[- ]track\b"
    r"|\bdo not (?:sell|share|call)(?: or share)? my\b"
)


class Kind(StrEnum):
    """What a modifier says."""

    SERVICE = "service"
    READER = "reader"
    THIRD_PARTY = "third_party"
    NEGATION = "negation"
    NO_DUTY = "no_duty"
    MAY = "may"
    MUST = "must"
    WILL = "will"
    BAN = "ban"
    CONSENT = "consent"
    WAY_OUT = "way_out"
    CONDITION = "condition"
    EXCEPTION = "exception"
    LIMIT = "limit"


ACTORS = (Kind.SERVICE, Kind.READER, Kind.THIRD_PARTY)
MODALS = (Kind.MAY, Kind.MUST, Kind.WILL, Kind.BAN, Kind.NO_DUTY)


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words that modify, the direction they reach, and the sentence that shows them."""

    kind: Kind
    find: re.Pattern[str]
    reach: str
    says: str
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A modifier found at [start:end] of a sentence."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Modifiers:
    """All modifiers and the borders that end them."""

    every: tuple[Modifier, ...]
    borders: tuple[re.Pattern[str], ...]


def read_modifiers(text: str, file: str = FILE.name) -> Modifiers:
    """Read the modifiers of a TOML text; raises CatalogueError with file and line."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        raise CatalogueError(file, int(line[1]) if line else None, str(wrong)) from wrong
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[modifier]]"]
    every = []
    for entry, at in zip(table.get("modifier", ()), lines, strict=False):
        try:
            pattern = re.compile(entry["find"])
            every.append(Modifier(Kind(entry["kind"]), pattern, entry["reach"], entry["says"], entry.get("not", "")))
        except (KeyError, ValueError, re.error) as wrong:
            raise CatalogueError(file, at, f"a modifier needs kind, find, reach and says: {wrong}") from wrong
    return Modifiers(tuple(every), tuple(re.compile(border) for border in table.get("borders", ())))


@cache
def modifiers() -> Modifiers:
    """Return the project's own modifiers, read once."""
    return read_modifiers(FILE.read_text(encoding="utf8"))


def borders() -> tuple[re.Pattern[str], ...]:
    """Return what ends a clause."""
    return modifiers().borders


@lru_cache(maxsize=256)
def marks(sentence: str) -> tuple[Mark, ...]:
    """Return the modifiers of a sentence in small letters, in order; what only looks like a denial is left out."""
    pseudo = [found.span() for found in _PSEUDO.finditer(sentence)]
    found = []
    for modifier in modifiers().every:
        for match in modifier.find.finditer(sentence):
            start, end = match.span()
            covered = any(a <= start < b for a, b in pseudo)
            if not (covered and modifier.kind in (Kind.NEGATION, Kind.BAN, Kind.NO_DUTY)):
                found.append(Mark(modifier.kind, start, end))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))
