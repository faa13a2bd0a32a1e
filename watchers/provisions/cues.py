"""The cues of every provision: TOML files, one a provision, read and checked; the format is told in `cues/README.md`.

Nothing is matched here against a text, apart from what a pattern does for itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from watchers.errors import CatalogueError
from watchers.model import Stance
from watchers.provisions.sieve import Sieve

FOLDER = Path(__file__).parent / "cues"
_MACRO = re.compile(r"\{([a-z_]+)\}")
_KEYS = frozenset(("name", "find", "weight", "scope", "with", "unless", "near", "far", "kinds", "language", "stance"))


class Scope(StrEnum):
    """Where a cue looks: in a sentence, in a whole clause, or in the headings above it."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    HEADING = "heading"


class Macros:
    """The named pieces of `_macros.toml`, written out on demand."""

    def __init__(self, pieces: Mapping[str, str], file: str = "_macros.toml") -> None:
        self.file, self.written = file, dict[str, str]()
        for name, piece in pieces.items():
            self.written[name] = f"(?:{self.expand(piece)})"

    def expand(self, pattern: str) -> str:
        """Write out the macros of a pattern; raises KeyError for a name that is not (yet) known."""
        return _MACRO.sub(lambda found: self.written[found[1]], pattern)


@dataclass(frozen=True)
class Pattern:
    """A pattern as written, with the macros it may use; compiled when first tried."""

    source: str
    macros: Macros = field(repr=False)
    file: str = ""
    line: int | None = None

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern; raises CatalogueError with the place of the mistake."""
        try:
            return re.compile(self.written)
        except re.error as wrong:
            raise CatalogueError(self.file, self.line, f"pattern {self.source!r}: {wrong}") from wrong

    @property
    def written(self) -> str:
        """Return the pattern with its macros written out; raises CatalogueError for one that nobody named."""
        try:
            return self.macros.expand(self.source)
        except KeyError as wrong:
            raise CatalogueError(self.file, self.line, f"pattern {self.source!r}: {wrong}") from wrong

    @cached_property
    def sieve(self) -> Sieve:
        """Return the sieve that says in linear time where the pattern may match."""
        return Sieve((self.written,))

    def search(self, words: str) -> re.Match[str] | None:
        """Find the first match; words in which there can be none are never walked through step by step."""
        return self.compiled.search(words) if self.sieve.through(words) else None


@dataclass(frozen=True)
class Cue:
    """One reason to believe that a sentence is about a provision (or is not: a negative weight)."""

    provision: str
    name: str
    find: tuple[Pattern, ...]
    weight: float = 1.0
    scope: Scope = Scope.SENTENCE
    also: tuple[Pattern, ...] = ()  # `with`: all of them, in the sentence (scope clause: in the clause)
    unless: tuple[Pattern, ...] = ()
    near: tuple[Pattern, ...] = ()  # as `with`, in the clause, its lead-in and its headings
    far: tuple[Pattern, ...] = ()  # as `unless`, there
    kinds: frozenset[str] = frozenset()
    language: str = ""  # empty: tried on every text
    stance: Stance | None = None


@dataclass(frozen=True)
class CueFile:
    """All cues of one provision; a sentence counts when the weights found reach `threshold`.

    Where the provision neither opens its clause nor fills half of it, they must reach `passing` more. In terms and
    rules of conduct all of `elsewhere` must be found in the sentence, its lead-in or the headings above: what is about
    personal data in a privacy policy may be about anything there.
    """

    provision: str
    threshold: float
    cues: tuple[Cue, ...]
    passing: float = 0.0
    elsewhere: tuple[Pattern, ...] = ()


class TomlFile:
    """One TOML file being read: knows its name and where each entry begins."""

    def __init__(self, path: Path, macros: Macros) -> None:
        self.name, self.macros = path.name, macros
        self.text = path.read_text(encoding="utf8")
        try:
            self.table: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as wrong:
            found = re.search(r"line (\d+)", str(wrong))
            raise CatalogueError(self.name, int(found[1]) if found else None, str(wrong)) from wrong

    def fail(self, message: str, line: int | None = None) -> CatalogueError:
        return CatalogueError(self.name, line, message)

    def entries(self, key: str) -> list[tuple[dict[str, Any], int]]:
        """Return the tables of an array with the lines they begin at."""
        lines = [n for n, line in enumerate(self.text.splitlines(), 1) if line.strip() == f"[[{key}]]"]
        found = self.table.get(key, [])
        if not isinstance(found, list) or len(found) != len(lines):
            raise self.fail(f"every entry begins with a line that holds [[{key}]] and nothing else")
        return list(zip(found, lines, strict=True))

    def patterns(self, entry: Mapping[str, Any], key: str, line: int) -> tuple[Pattern, ...]:
        value = entry.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
            raise self.fail(f"`{key}` must be a pattern or a list of patterns", line)
        return tuple(Pattern(one, self.macros, self.name, line) for one in listed)

    def cue(self, provision: str, entry: Mapping[str, Any], line: int) -> Cue:
        if unknown := entry.keys() - _KEYS:
            raise self.fail(f"unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(_KEYS))}", line)
        if not isinstance(entry.get("name"), str) or not self.patterns(entry, "find", line):
            raise self.fail("a cue needs a `name` and something to `find`", line)
        try:
            scope = Scope(entry.get("scope", "sentence"))
            stance = Stance(entry["stance"]) if "stance" in entry else None
            weight = float(entry.get("weight", 1.0))
        except (ValueError, TypeError) as wrong:
            raise self.fail(str(wrong), line) from wrong
        several = {key: self.patterns(entry, key, line) for key in ("find", "unless", "near", "far")}
        also = self.patterns(entry, "with", line)
        kinds = frozenset(entry.get("kinds", ()))
        language = entry.get("language", "")
        return Cue(
            provision, entry["name"], weight=weight, scope=scope, also=also, kinds=kinds, language=language,
            stance=stance, **several,
        )  # fmt: skip

    def read(self, provision: str) -> CueFile:
        if unknown := self.table.keys() - {"provision", "threshold", "passing", "elsewhere", "cue"}:
            raise self.fail(f"unknown key {sorted(unknown)[0]!r}")
        if self.table.get("provision") != provision:
            raise self.fail(f"`provision` must be {provision!r}, as the file is called")
        cues = tuple(self.cue(provision, entry, line) for entry, line in self.entries("cue"))
        threshold, passing = self.table.get("threshold", 1.0), self.table.get("passing", 0.0)
        elsewhere = self.patterns(self.table, "elsewhere", 1)
        return CueFile(provision, float(threshold), cues, float(passing), elsewhere)


def read_macros(path: Path) -> Macros:
    """Read the named pieces; a piece may use those above it."""
    table = TomlFile(path, Macros({})).table
    try:
        return Macros(table, path.name)
    except KeyError as wrong:
        raise CatalogueError(path.name, None, f"macro {wrong} is used above the line that names it") from wrong


def read_folder(folder: Path) -> Iterator[CueFile]:
    """Yield the cue files of a folder by name; raises CatalogueError with file and line."""
    macros = read_macros(folder / "_macros.toml")
    for path in sorted(folder.glob("[a-z]*.toml")):
        yield TomlFile(path, macros).read(path.stem)


def check(files: tuple[CueFile, ...]) -> None:
    """Compile every pattern; raises CatalogueError with file and line."""
    for pattern in (pattern for file in files for pattern in file.elsewhere):
        assert pattern.compiled
    for cue in (cue for file in files for cue in file.cues):
        for pattern in (*cue.find, *cue.also, *cue.unless, *cue.near, *cue.far):
            assert pattern.compiled


@cache
def load() -> tuple[CueFile, ...]:
    """Return the project's own cues, read once."""
    return tuple(read_folder(FOLDER))
