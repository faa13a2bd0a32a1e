"""A trial: does a linear scorer that learned from our own sentences alone add anything to the cues?

    python bench/ngram_trial.py FOLDER        FOLDER holds provisions.jsonl (read for measuring, never for learning)

One-against-the-rest log odds of words and word pairs with additive smoothing; a segment counts by its best sentence.
Prints micro and macro F1 of the scorer, of the cues, and of both together. Nothing of it is shipped.
"""

from __future__ import annotations

import collections
import itertools
import json
import math
import pathlib
import re
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent), str(pathlib.Path(__file__).resolve().parent)]
from own_sentences import TEMPLATES, sentences  # noqa: E402

from watchers.provisions.layout import lay_out, plain  # noqa: E402
from watchers.provisions.recogniser import recognise  # noqa: E402

LABELS = tuple(label for label in TEMPLATES if label)
SMOOTHING = 0.5
Weights = dict[str, dict[str, float]]


def features(sentence: str) -> set[str]:
    words = re.findall(r"[a-z']+", sentence.lower())
    return {*words, *map(" ".join, itertools.pairwise(words))}


def learn() -> Weights:
    """Return the log odds of each feature for each label."""
    mine: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    size: collections.Counter[str] = collections.Counter()
    for label, sentence in sentences():
        mine[label].update(features(sentence))
        size[label] += 1
    every = sum(mine.values(), collections.Counter())
    count = sum(size.values())
    return {
        label: {
            feature: math.log((mine[label][feature] + SMOOTHING) / (size[label] + 1))
            - math.log((every[feature] - mine[label][feature] + SMOOTHING) / (count - size[label] + 1))
            for feature in every
        }
        for label in LABELS
    }


def score(weights: dict[str, float], sentence: set[str]) -> float:
    known = [weights[feature] for feature in sentence if feature in weights]
    return sum(known) / math.sqrt(len(known)) if known else -9.0


def scores(weights: Weights, text: str) -> dict[str, float]:
    """Return for each label the score of the sentence that speaks loudest."""
    blocks = lay_out(text, plain(text))
    cut = [features(text[a:b]) for block in blocks for a, b in block.sentences]
    return {label: max((score(weights[label], one) for one in cut), default=-9.0) for label in LABELS}


def f1(gold: list[dict[str, object]], told: list[set[str]]) -> tuple[float, float]:
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    for g, have in zip(gold, told, strict=True):
        for label in (set(g["scope"]) - set(g["ambiguous"] or ())) & set(LABELS):  # type: ignore[arg-type, call-overload]
            want = label in g["labels"]  # type: ignore[operator]
            counts[label][0 if want and label in have else 1 if label in have else 2] += want or label in have
    scored = [c for c in counts.values() if c[0] + c[2] >= 5]
    each = [2 * c[0] / (2 * c[0] + c[1] + c[2]) for c in scored]
    tp, fp, fn = map(sum, zip(*scored, strict=True))
    return 2 * tp / (2 * tp + fp + fn), sum(each) / len(each)


def main() -> None:
    path = pathlib.Path(sys.argv[1]) / "provisions.jsonl"
    gold = [g for g in map(json.loads, path.read_text("utf8").splitlines()) if set(g["scope"]) & set(LABELS)]
    gold = [g for g in gold if g["source"] != "claudette"]
    weights = learn()
    scored = [scores(weights, g["text"]) for g in gold]
    cues = [{f.provision for f in recognise(g["text"], doc_type=g["doc_type"])} for g in gold]
    print(f"{sum(1 for _ in sentences())} sentences of our own, {len(gold)} segments")
    for least in (3.0, 5.0, 7.0, 9.0, 11.0):
        alone = [{label for label, value in one.items() if value >= least} for one in scored]
        print("scorer from {:.0f}: micro {:.3f} macro {:.3f}".format(least, *f1(gold, alone)))
    print("cues: micro {:.3f} macro {:.3f}".format(*f1(gold, cues)))
    for least in (6.0, 8.0, 10.0, 12.0):
        both = [c | {label for label, v in one.items() if v >= least} for c, one in zip(cues, scored, strict=True)]
        print("cues or scorer from {:.0f}: micro {:.3f} macro {:.3f}".format(least, *f1(gold, both)))
    for least in (-5.0, -3.0, -1.0):
        both = [
            {label for label in c & set(LABELS) if one[label] >= least} for c, one in zip(cues, scored, strict=True)
        ]
        print("cues and scorer from {:.0f}: micro {:.3f} macro {:.3f}".format(least, *f1(gold, both)))


if __name__ == "__main__":
    main()
