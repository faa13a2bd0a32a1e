"""What is known of languages other than English: words that propose provisions, and how a sentence denies or offers.

A pack is a TOML file by the code of its language. A table is a provision: `sure` are patterns enough alone, `hint`
ones that propose and leave it to the model; the table `stance` holds patterns of what a sentence `does_not` and of a
`choice`.
Patterns see small letters, as those of `cues/` do. No cue of English is tried on a text in a language that has a pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchers.model import Stance
from watchers.provisions.cues import Cue, CueFile, Macros, Pattern, TomlFile
from watchers.provisions.evidence import CueSet
from watchers.reading.language import language

FOLDER = Path(__file__).parent
SURE, HINT = "words that say so", "a word that may say so"
"""The names of cues, the same in all packs: what the model learns of one language helps in the others."""

_WEIGHTS = {"sure": (SURE, 1.0), "hint": (HINT, 0.5)}
_THRESHOLD = 0.5
_STANCES = {"does_not": Stance.DOES_NOT, "choice": Stance.OFFERS_CHOICE}
_ENOUGH = 200  # characters of a text whose language may be told


@dataclass(frozen=True)
class Pack:
    """A language: its cues, and the patterns that tell a stance, in the order they are asked."""

    cues: CueSet
    stances: tuple[tuple[Stance, Pattern], ...]

    def stance(self, sentence: str) -> Stance:
        """Judge a sentence in small letters; a plain statement is `DOES`."""
        return next((told for told, pattern in self.stances if pattern.search(sentence)), Stance.DOES)


def read_pack(path: Path) -> Pack:
    """Read one pack; raises CatalogueError with file and line."""
    file = TomlFile(path, Macros({}))
    return Pack(CueSet(_files(file, path.stem)), tuple(_stances(file)))


def _files(file: TomlFile, code: str) -> Iterator[CueFile]:
    for provision, table in file.table.items():
        if provision != "stance":
            line = _line(file, provision)
            if unknown := table.keys() - _WEIGHTS.keys():
                raise file.fail(f"unknown key {sorted(unknown)[0]!r}; known: {', '.join(_WEIGHTS)}", line)
            found = [(*_WEIGHTS[key], file.patterns(table, key, line)) for key in table]
            cues = tuple(Cue(provision, name, find, weight, language=code) for name, weight, find in found)
            yield CueFile(provision, _THRESHOLD, cues)


def _stances(file: TomlFile) -> Iterator[tuple[Stance, Pattern]]:
    line = _line(file, "stance")
    for key in ("choice", "does_not"):
        for pattern in file.patterns(file.table.get("stance", {}), key, line):
            yield _STANCES[key], pattern


def _line(file: TomlFile, table: str) -> int:
    return next((n for n, line in enumerate(file.text.splitlines(), 1) if line.strip() == f"[{table}]"), 1)


@cache
def pack(code: str) -> Pack | None:
    """Return the pack of a language, "fr" or "fr-CA"; None for English and where there is none."""
    path = FOLDER / f"{code[:2]}.toml"
    return read_pack(path) if code[:2].isalpha() and path.is_file() else None


def codes() -> tuple[str, ...]:
    """Return the languages that have a pack."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def spoken(text: str, code: str) -> str:
    """Return the language a text is to be read in: the one given, or else the one it seems to be in."""
    return code or (language(text) if len(text) >= _ENOUGH else "")
