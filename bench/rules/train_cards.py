"""Train what chooses a card's sentence and reads its stance and exposure, over all labels that may be read.

    python -m bench.rules.train_cards GOLD --out weights            all labels of the services that may be read
    python -m bench.rules.train_cards GOLD --out weights --folds    also weights/fold0 … fold4, each without that fold

GOLD holds cards.jsonl, split.json and card-documents/; services of the part `unread` are never looked at. Needs numpy
and scipy. A fold is measured by `clausewatch card --jsonl` with CLAUSEWATCH_WEIGHTS set to its folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.rules.card_examples import Gold, Labelled, Line, read_gold
from bench.rules.fit import fit_choice, fit_labels, matrix, write
from watchers.model import Stance
from watchers.provisions.exposure import weigh
from watchers.provisions.frames import Frame, frame_at
from watchers.provisions.ranking.candidates import Candidate
from watchers.provisions.ranking.rank import features
from watchers.provisions.ranking.reading import exposure_features, stance_features
from watchers.provisions.taxonomy import PROVISIONS

PRESENT = 0.65
"""Added to every sum: above zero a rule is shown. Of what the folds leave out, 3 in 100 absent rules are then shown."""
LEAST = 0.03
ABOUT = "made by bench/rules/train_cards.py of {count} sentences of {services} services"
STANCES = ("does", "does_not", "choice", "limited", "third_party")
EXPOSURES = ("low", "medium", "high")
FOLDS = ("", *(f"fold{number}" for number in range(5)))

Matrix = Any


class Choice:
    """All candidates of the labels with the provisions they are right for."""

    def __init__(self, gold: Gold) -> None:
        self.names = sorted(PROVISIONS)
        rows = [features(one, document.kind) for document in gold.documents for one in document.every]
        self.seen, self.columns = matrix(rows)
        self.service = np.array([document.service for document in gold.documents for _ in document.every])
        self.fold = np.array([document.fold for document in gold.documents for _ in document.every])
        self.right = np.zeros((len(rows), len(self.names)), np.float32)
        self.known = np.zeros_like(self.right)
        begun = 0
        for document in gold.documents:
            end = begun + len(document.every)
            for at, name in enumerate(self.names):
                key = document.service, name
                self.known[begun:end, at] = key in gold.lines or key in gold.absent
                for number in document.right.get(name, {}):
                    self.right[begun + number, at] = 1
            begun = end

    def train(self, out: Path, without: str) -> None:
        """Fit and write the model that chooses a card's sentence."""
        kept = self.fold != without
        services = self.service[kept]
        groups = [np.where(services == one)[0] for one in np.unique(services)]
        always = self.columns.index("always")
        weights = fit_choice(self.seen[kept], self.right[kept], self.known[kept], groups, always)
        weights[always] += PRESENT
        about = ABOUT.format(count=int(kept.sum()), services=len(groups))
        write(out / "choice.tsv", about, self.names, self.columns, weights, LEAST)


class Readings:
    """Right sentences with the label that people gave them."""

    def __init__(self, gold: Gold, labels: tuple[str, ...], key: str, see: Callable[..., tuple[str, ...]]) -> None:
        rows, truth, weight, fold, service = [], [], [], [], []
        for document, name, one, hits in _sentences(gold):
            frame = frame_at(name, document.text, one.start, one.end, -1, one.lead)
            for line in hits:
                if line.get(key) in labels:
                    rows.append(see(document, frame, one, line))
                    truth.append(labels.index(line[key]))
                    weight.append(1 / len(hits))
                    fold.append(document.fold)
                    service.append(document.service)
        self.labels = labels
        self.seen, self.columns = matrix(rows, 2)
        self.truth, self.weight = np.eye(len(labels), dtype=np.float32)[truth], np.array(weight, np.float32)
        self.fold, self.service = np.array(fold), np.array(service)

    def train(self, path: Path, without: str, hold: float) -> None:
        """Fit and write the model; say how often it is right on what was left out."""
        kept = self.fold != without
        held = np.array([hold * (OF_WORDS if name.startswith("word:") else 1) for name in self.columns])
        weights = fit_labels(self.seen[kept], self.truth[kept], self.weight[kept], held)
        about = ABOUT.format(count=int(kept.sum()), services=len(np.unique(self.service[kept])))
        write(path, about, self.labels, self.columns, weights, LEAST)
        if without:
            told = np.asarray(self.seen[~kept] @ weights).argmax(1) == self.truth[~kept].argmax(1)
            print(
                path,
                "right on what was left out:",
                round(float((told * self.weight[~kept]).sum() / self.weight[~kept].sum()), 3),
            )


def _sentences(gold: Gold) -> Iterator[tuple[Labelled, str, Candidate, list[Line]]]:
    for document in gold.documents:
        for name, numbers in document.right.items():
            for number, hits in numbers.items():
                yield document, name, document.every[number], hits


def _of_stance(document: Labelled, frame: Frame, one: Candidate, _: Line) -> tuple[str, ...]:
    return stance_features(frame, one.low, one.after, document.kind)


_SAID = {"choice": Stance.OFFERS_CHOICE}


def _of_exposure(_: Labelled, frame: Frame, one: Candidate, line: Line) -> tuple[str, ...]:
    stance = _SAID.get(line["stance"]) or Stance(line["stance"])
    factors = weigh(frame.provision, one.low, one.start, stance)[1]
    return exposure_features(frame, stance, factors, one.low)


def train(folder: Path, out: Path, folds: tuple[str, ...]) -> None:
    """Fit all models, once a fold without its services, and write them."""
    gold = read_gold(folder)
    stances = Readings(gold, STANCES, "stance", _of_stance)
    exposures = Readings(gold, EXPOSURES, "exposure", _of_exposure)
    for without in folds:
        (out / without).mkdir(parents=True, exist_ok=True)
        stances.train(out / without / "stance.tsv", without, HOLD_STANCE)
        exposures.train(out / without / "exposure.tsv", without, HOLD_EXPOSURE)
    choice = Choice(gold)
    for without in folds:
        choice.train(out / without, without)


HOLD_STANCE, HOLD_EXPOSURE, OF_WORDS = 0.005, 0.005, 4
"""How firmly weights are held near zero, those of words more; the best of the folds."""


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true")
    chosen = parser.parse_args()
    train(chosen.gold, chosen.out, FOLDS if chosen.folds else FOLDS[:1])


if __name__ == "__main__":
    main()
