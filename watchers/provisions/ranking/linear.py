"""A linear model in a file one can read: a line a feature, with what it weighs for each label, in hundredths.

Scored in plain Python; trained by `bench/rules/train_cards.py`, never here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchers.errors import CatalogueError

FOLDER = Path(__file__).parent.parent / "weights"
UNIT = 100
_ENTRY = re.compile(r"(?<!\d)(\d{1,3})=(-?\d{1,6})")

Row = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature that was seen and what it added for a label."""

    feature: str
    weight: float


class Linear:
    """Labels and the weights of features for them."""

    def __init__(self, labels: tuple[str, ...], rows: Mapping[str, Row]) -> None:
        self.labels, self.rows = labels, rows
        self.at = {label: number for number, label in enumerate(labels)}

    def sums(self, features: Iterable[str]) -> list[float]:
        """Add up the weights of some features, label by label."""
        total = [0.0] * len(self.labels)
        rows = self.rows
        for feature in features:
            for at, weight in rows.get(feature, ()):
                total[at] += weight
        return total

    def weighed(self, label: str, features: Iterable[str]) -> tuple[Weighed, ...]:
        """Return the features that weighed for or against a label, the heaviest first."""
        at = self.at[label]
        found = [Weighed(one, weight) for one in features for number, weight in self.rows.get(one, ()) if number == at]
        return tuple(sorted(found, key=lambda one: (-abs(one.weight), one.feature)))


def read_linear(path: Path) -> Linear:
    """Read a file: comments, the labels, then `feature<TAB>label number=hundredths …`; raises CatalogueError."""
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as wrong:
        raise CatalogueError(path.name, None, f"the weights cannot be read: {wrong}") from wrong
    labels: tuple[str, ...] = ()
    rows: dict[str, Row] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        feature, tab, rest = line.partition("\t")
        if not tab:
            raise CatalogueError(path.name, number, "a line is a feature, a tab, and its weights")
        if not labels:
            labels = tuple(rest.split(" "))
            continue
        entries = [(int(at), int(weight) / UNIT) for at, weight in _ENTRY.findall(rest)]
        if not entries or any(at >= len(labels) for at, _ in entries):
            raise CatalogueError(path.name, number, f"{feature!r} weighs for no label that is named above")
        rows[feature] = tuple(entries)
    return Linear(labels, rows)


@cache
def linear(name: str, folder: Path | None = None) -> Linear:
    """Return the model of that name, read once, from the folder given or chosen; else the project's own."""
    chosen = (folder or _chosen[-1]) / f"{name}.tsv"
    return read_linear(chosen if chosen.is_file() else FOLDER / f"{name}.tsv")


_chosen = [FOLDER]


def choose_folder(folder: Path) -> None:
    """Take weights from another folder from now on, so that those of a fold can be measured."""
    if not folder.is_dir():
        raise CatalogueError(str(folder), None, "there is no such folder of weights")
    _chosen.append(folder)
    linear.cache_clear()
