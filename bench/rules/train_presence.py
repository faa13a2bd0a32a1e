"""Train the model of presence, over all labels or with a fold of services left out.

    python -m bench.rules.train_presence GOLD --repos REPOS --out weights           all labels that may be read
    python -m bench.rules.train_presence GOLD --repos REPOS --out weights --folds   and fold0 … fold4, each without it

GOLD holds clauses.jsonl, cards.jsonl, provisions.jsonl, split.json and the documents; services of the part `unread` are
never looked at. Needs numpy and scipy (the extra `train`).
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from bench.rules.presence_examples import (
    Example,
    begin,
    of_cards,
    of_claudette,
    of_clauses,
    of_labels,
    of_own_sentences,
)
from watchers.provisions.presence import FILE, NOTHING, UNIT
from watchers.provisions.taxonomy import PROVISIONS

STRENGTH = 0.3  # the smaller, the closer the weights stay to zero
ROUNDS = 40
SEEN_AT_LEAST = 2  # sentences that must have a feature for it to get a weight
LEAST = 0.06  # smaller weights are left out of the file
SHIFT = 0.6  # added to every sum: fewer misses at the price of a few more false ones, best of the folds
TRUST = {"reached": 2.0, "grade": 2.0, "cue": 1.5, "titled": 1.5, "near": 0.4, "above": 0.7, "head": 0.7}
TRUST |= {"lead": 0.5, "length": 0.5, "place": 0.5}
"""How cheap it is to give weight to a kind of feature; 1 for those not named."""

Matrix = Any


def fit(seen: Matrix, true: Matrix, known: Matrix, begun: Matrix) -> Matrix:
    """Return weights, features by provisions: logistic regressions of all provisions at once, what is unknown aside."""
    shape = seen.shape[1], true.shape[1]
    turned = seen.T.tocsr()

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(shape)
        total = np.asarray(seen @ weights.astype(np.float32)) + begun
        missed = (known * np.logaddexp(0, np.where(true > 0, -total, total))).sum()
        slope = turned @ (known * (1 / (1 + np.exp(-total)) - true)).astype(np.float32) + weights / STRENGTH
        return missed + flat @ flat / (2 * STRENGTH), slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": ROUNDS, "maxcor": 5})  # fmt: skip
    return found.x.reshape(shape)


def train(examples: list[Example]) -> dict[str, dict[str, float]]:
    """Return the weights by feature and provision."""
    names = sorted(PROVISIONS)
    counted = Counter(feature for example in examples for feature in set(example.features))
    vocabulary = {f: n for n, f in enumerate(sorted(f for f, times in counted.items() if times >= SEEN_AT_LEAST))}
    trust = np.array([TRUST.get(feature.partition(":")[0], 1.0) for feature in vocabulary])
    columns = [sorted({vocabulary[f] for f in example.features if f in vocabulary}) for example in examples]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([at for row in columns for at in row])
    seen = sparse.csr_matrix((trust[flat], flat, ends), shape=(len(examples), len(vocabulary)), dtype=np.float32)
    true = np.array([[float(name in example.true) for name in names] for example in examples])
    known = np.array([[example.known.get(name, example.rest) for name in names] for example in examples])
    begun = np.array([[begin(example, name) for name in names] for example in examples])
    weights = fit(seen, true, known, begun) * trust[:, None]
    return {
        feature: {names[at]: float(row[at]) for at in np.nonzero(np.abs(row) >= LEAST)[0]}
        for feature, row in zip(vocabulary, weights, strict=True)
    }


def write(weights: dict[str, dict[str, float]], folder: Path, about: str) -> None:
    """Write the file of weights, in hundredths."""
    names = sorted(PROVISIONS)
    weights["always"] = {name: weights.get("always", {}).get(name, 0.0) + SHIFT for name in names}
    lines = [f"# {about}", "provisions\t" + " ".join(names)]
    for feature, row in sorted(weights.items()):
        entries = [f"{names.index(name)}={round(weight * UNIT)}" for name, weight in sorted(row.items())]
        if entries:
            lines.append(f"{feature}\t{' '.join(entries)}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf8")


def examples_of(gold: Path, repos: Path, kept: Path | None) -> list[Example]:
    """Return all examples, those of `kept` where there are some."""
    if kept and kept.exists():
        read: list[Example] = pickle.loads(kept.read_bytes())
        return read
    every = [*of_clauses(gold), *of_cards(gold), *of_claudette(gold), *of_labels(repos), *of_own_sentences()]
    if kept:
        kept.write_bytes(pickle.dumps(every))
    return every


def main() -> None:
    """Train and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument(
        "--repos", type=Path, required=True, help="the folder of histories that presence_labels.jsonl names"
    )
    asked.add_argument("--folds", action="store_true")
    asked.add_argument("--kept", type=Path, help="a file that keeps the examples from one run to the next")
    chosen = asked.parse_args()
    gold = chosen.gold
    part = json.loads((gold / "split.json").read_text(encoding="utf8"))
    every = examples_of(gold, chosen.repos, chosen.kept)
    examples = [example for example in every if part.get(example.service) != "unread"]
    print(len(examples), "sentences,", NOTHING, "to begin with")
    parts = [("", chosen.out), *((f"fold{n}", chosen.out / f"fold{n}") for n in range(5) if chosen.folds)]
    for fold, folder in parts:
        some = [example for example in examples if not fold or part.get(example.service) != fold]
        about = f"made by bench/rules/train_presence.py of {len(some)} labelled sentences"
        write(train(some), folder, about)
        print(fold or "all", (folder / FILE).stat().st_size, "bytes", flush=True)


if __name__ == "__main__":
    main()
