"""Fit linear models: which sentence of a service states each provision, and which label a sentence has.

Needs numpy and scipy, for training only; what comes out is scored in plain Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

Matrix = Any

STEPS, PACE, HOLD = 60, 0.02, 1.0
"""Steps of descent, how far each goes, and how firmly weights are held near zero; the best of the folds."""
RIGHT = 4.0
"""How much more a right sentence counts than a wrong one."""
UNIT = 100


def matrix(rows: Sequence[Sequence[str]], least: int = 4) -> tuple[Matrix, list[str]]:
    """Return the sparse matrix of what is seen, and the names of its columns: those seen `least` times or more."""
    counted = Counter(name for row in rows for name in row)
    names = sorted(name for name, times in counted.items() if times >= least)
    at = {name: number for number, name in enumerate(names)}
    columns = [sorted(at[name] for name in row if name in at) for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([one for row in columns for one in row], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(rows), len(names))), names


def descend(shape: tuple[int, int], slope: Any, held: Matrix, start: Matrix | None = None) -> Matrix:
    """Return weights after descending a slope (Adam), held near zero by `held` a label."""
    weights = np.zeros(shape, np.float32) if start is None else start
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        down = slope(weights) + held * weights
        mean = 0.9 * mean + 0.1 * down
        spread = 0.99 * spread + 0.01 * down * down
        weights -= PACE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-6)
    return weights


def fit_choice(seen: Matrix, right: Matrix, known: Matrix, groups: Sequence[Matrix], always: int) -> Matrix:
    """Return weights that set right sentences above all others of their group (a service), and above zero.

    The loss adds, for each provision, a logistic regression of all known sentences and a softmax within each group.
    """
    turned = seen.T.tocsr()
    counts = np.maximum(1, (right * known).sum(0))
    weigh = known * (1 + (RIGHT - 1) * right) / counts

    def slope(weights: Matrix) -> Matrix:
        sums = np.asarray(seen @ weights)
        down = weigh * (1 / (1 + np.exp(-sums)) - right)
        for group in groups:
            mine, truth = sums[group], right[group]
            share = np.exp(mine - mine.max(0))
            best = share * truth
            told = best / np.maximum(best.sum(0), 1e-30)
            down[group] += (share / share.sum(0) - told) * (truth.sum(0) > 0) / len(groups)
        return turned @ down

    start = np.zeros((seen.shape[1], right.shape[1]), np.float32)
    start[always] = -4.0
    held = np.full((seen.shape[1], 1), HOLD, np.float32)
    held[always] = 0
    return descend(start.shape, slope, held, start)


def fit_labels(seen: Matrix, truth: Matrix, weight: Matrix, hold: Matrix) -> Matrix:
    """Return weights of a softmax over labels; `truth` holds one label a row, `weight` what a row counts.

    `hold` says for each column how firmly its weights are held near zero.
    """
    turned = seen.T.tocsr()
    counts = weight[:, None] / weight.sum()

    def slope(weights: Matrix) -> Matrix:
        sums = np.asarray(seen @ weights)
        share = np.exp(sums - sums.max(1, keepdims=True))
        return turned @ (counts * (share / share.sum(1, keepdims=True) - truth))

    return descend((seen.shape[1], truth.shape[1]), slope, np.float32(hold)[:, None])


def write(path: Path, about: str, labels: Sequence[str], names: Sequence[str], weights: Matrix, least: float) -> None:
    """Write a model: a line a feature, weights of `least` and more, in hundredths."""
    lines = [f"# {about}", "labels\t" + " ".join(labels)]
    for name, row in zip(names, weights, strict=True):
        kept = [f"{at}={round(UNIT * float(row[at]))}" for at in np.nonzero(np.abs(row) >= least)[0]]
        if kept:
            lines.append(f"{name}\t{' '.join(kept)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
