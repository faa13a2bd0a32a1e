"""Which provisions are present in a sentence: rules propose, a small linear model disposes.

Its weights lie in `weights/presence.tsv` (how they were made is told in `weights/README.md`); each feature adds its
weight, and a provision is present where the sum is above zero. Nothing is trained here, nothing remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchers.errors import CatalogueError
from watchers.provisions.features import Grades

FOLDER = Path(__file__).parent / "weights"
FILE = "presence.tsv"
UNIT = 100  # weights are written in hundredths
NOTHING, DOUBT = -3.0, -2.5  # what a provision starts from without a cue, and where a gate shut on its cues
_LEAST, _MOST = 1.0, 1.5
_ENTRY = re.compile(r"(?<!\d)(\d{1,3})=(-?\d{1,6})")

Row = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature that was seen and what it added to the sum of a provision."""

    feature: str
    weight: float


def start(excess: float, reached: bool) -> float:
    """Return what the cues alone say of a provision, before the model: below zero where they do not suffice.

    `excess` is by how much they exceed the threshold, `reached` whether the rules alone would find the provision.
    """
    if reached:
        return min(_MOST, 0.3 + excess)
    return DOUBT if excess >= 0 else max(NOTHING, min(_LEAST, 2 * excess - 1))


class Presence:
    """The weights, ready to be summed."""

    def __init__(self, provisions: tuple[str, ...], rows: Mapping[str, Row]) -> None:
        self.provisions, self.rows = provisions, rows
        self._at = {provision: number for number, provision in enumerate(provisions)}

    def sums(self, features: Iterable[str]) -> list[float]:
        """Add up the weights of some features, provision by provision."""
        total = [0.0] * len(self.provisions)
        rows = self.rows
        for feature in features:
            if row := rows.get(feature):
                for at, weight in row:
                    total[at] += weight
        return total

    def present(
        self, shared: list[float], own: list[float], grades: Grades, reached: frozenset[str]
    ) -> dict[str, float]:
        """Return the provisions present in a sentence with their sums; `shared` are the sums of its clause."""
        found: dict[str, float] = {}
        for provision, a, b in zip(self.provisions, shared, own, strict=True):
            total = a + b + (start(grades[provision], provision in reached) if provision in grades else NOTHING)
            if total > 0:
                found[provision] = total
        return found

    def weighed(self, provision: str, features: Iterable[str]) -> tuple[Weighed, ...]:
        """Return the features that weighed for or against a provision, the heaviest first."""
        at = self._at[provision]
        found = [Weighed(f, w) for f in features for number, w in self.rows.get(f, ()) if number == at]
        return tuple(sorted(found, key=lambda one: (-abs(one.weight), one.feature)))


def read_weights(path: Path) -> Presence:
    """Read a file of weights; raises CatalogueError with file and line.

    A line is a feature and, after a tab, `number=weight` for provisions by their number in the line `provisions`.
    """
    provisions: tuple[str, ...] = ()
    rows: dict[str, Row] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.startswith("#"):
            continue
        feature, _, rest = line.partition("\t")
        if feature == "provisions":
            provisions = tuple(rest.split())
            continue
        entries = tuple((int(at), int(weight) / UNIT) for at, weight in _ENTRY.findall(rest))
        if not entries or any(at >= len(provisions) for at, _ in entries):
            raise CatalogueError(path.name, number, "expected a feature, a tab, and number=weight of known provisions")
        rows[feature] = entries
    return Presence(provisions, rows)


@cache
def by_folder(folder: Path = FOLDER) -> Presence:
    """Return the weights of a folder, read once; raises CatalogueError for a folder without them."""
    path = folder / FILE
    if not path.is_file():
        raise CatalogueError(str(path), None, "there are no weights here; name a folder that holds presence.tsv")
    return read_weights(path)
