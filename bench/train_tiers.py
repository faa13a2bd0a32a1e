"""Train the small model that tells a ping from a doubtful change, and say how well it does on services it never saw.

    python -m bench.train_tiers GOLD REPOS [--cache rows.jsonl] [--write watchers/comparing/rules/tiers.toml]

GOLD holds `transitions.jsonl` and `split.json`, REPOS the bare clones it names. The services of the folds train and
are cross-validated, fold by fold; of those marked unread only totals are printed. The weights are those of a logistic
regression with a penalty, found by plain gradient descent. With --cache the clues of each transition are kept.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.importers import git
from watchers.comparing.case import Case
from watchers.comparing.clues import clues
from watchers.comparing.compare import compare
from watchers.comparing.history import fingerprint, sentence_marks
from watchers.model import Difference, Document, Part, Past, Reading, Significance
from watchers.pipeline import ROLLBACK_LASTS
from watchers.reading.extract import read_markdown
from watchers.reading.page_health import judge

Row = dict[str, Any]
PENALTY, ROUNDS, SELDOM = 0.3, 4000, 5
"""How freely weights grow (as in `C` of a penalised regression), how long they are fitted, and how often a clue
must hold to have one."""
RECALLS = (0.85, 0.90, 0.93, 0.95)


def main() -> None:
    """Make or load the rows, cross-validate, print the curves, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("repos", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    rows = rows_of(asked.gold, asked.repos, asked.cache)
    sure = [row for row in rows if not row["ambiguous"]]
    read = [row for row in sure if row["part"] != "unread"]
    unread = [row for row in sure if row["part"] == "unread"]
    curve("cross-validated", read, cross_validated(read))
    start, weights = fitted([row for row in read if row["clues"] is not None])
    curve("unread", unread, [likely(row, start, weights) for row in unread])
    if asked.write:
        write(asked.write, start, weights)


def rows_of(gold: Path, repos: Path, cache: Path | None) -> list[Row]:
    """Return a row for each labelled transition, from the cache if there is one."""
    if cache and cache.exists():
        return [json.loads(line) for line in cache.read_text("utf8").splitlines()]
    rows = list(_rows(gold, repos))
    if cache:
        cache.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    return rows


def _rows(gold: Path, repos: Path) -> Iterator[Row]:
    split = json.loads((gold / "split.json").read_text("utf8"))
    labelled: dict[str, dict[str, dict[datetime, Row]]] = defaultdict(lambda: defaultdict(dict))
    for line in (gold / "transitions.jsonl").read_text("utf8").splitlines():
        one = json.loads(line)
        labelled[one["repo"]][one["path"]][datetime.fromisoformat(one["seen"]).astimezone(UTC)] = one
    for repo, paths in labelled.items():
        clone = repos / f"{repo}.git"
        records: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for commit in git.commits(clone):
            for path, blob in commit.files:
                if path in paths:
                    records[path].append((commit.at.astimezone(UTC), blob))
        with git.Blobs(clone) as blobs:
            for path, wanted in paths.items():
                for at, pair in walked(path, records[path], max(wanted), blobs):
                    if at in wanted:
                        one = wanted[at]
                        yield {
                            "id": one["id"],
                            "part": split[one["service"]],
                            "ambiguous": one["amb"],
                            "substantive": one["v"] == "S",
                            "clues": clues(pair) if pair else None,
                        }


def walked(
    path: str, records: Sequence[tuple[datetime, str]], until: datetime, blobs: git.Blobs
) -> Iterator[tuple[datetime, Case | None]]:
    """Walk over a document's records as looks would; yield each with its case, or None where nothing would be told."""
    versions = [(at, read_markdown(blobs.get(blob).decode(errors="replace"))) for at, blob in records if at <= until]
    language = Counter(reading.language for _, reading in versions).most_common(1)[0][0]
    document = Document("a/b", "a", Path(path).stem.split(" #")[0], (Part("https://a.example/"),), language)
    old, past, ends = None, Past(), [at for at, _ in records[1:]] + [datetime.max.replace(tzinfo=UTC)]
    for (at, reading), end in zip(versions, ends, strict=False):
        verdict = judge(reading, (), old, document)
        new = replace(reading, verdict=verdict)
        difference = None
        stands = verdict.readable and not (new.sha256 in past.recent and end - at < ROLLBACK_LASTS)
        if stands and old is not None:
            difference = _compared(old, new, past, document.type, at, end)
        told = difference is not None and difference.significance is Significance.SUBSTANTIVE
        yield at, Case(old, new, difference, past) if told and old and difference else None
        if stands:
            old, past = new, _remembering(past, new)


def _compared(old: Reading, new: Reading, past: Past, terms: str, at: datetime, end: datetime) -> Difference | None:
    """Return the difference once a second look has confirmed it, or None where it was gone by then."""
    difference = compare(old, new, doc_type=terms, past=past)
    if not difference.suspicious:
        return difference
    if end - at < timedelta(hours=1):
        return None
    return compare(old, new, doc_type=terms, past=replace(past, held=new.sha256, held_since=at))


def _remembering(past: Past, new: Reading) -> Past:
    return replace(
        past,
        fingerprints=past.fingerprints | {fingerprint(new.text)},
        sentences=past.sentences | sentence_marks(new.text),
        recent=(new.sha256, *past.recent[:5]),
    )


def fitted(rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
    """Return where the sum starts and the weight of each clue that holds often enough."""
    counted = Counter(name for row in rows for name in row["clues"])
    names = sorted(name for name, count in counted.items() if count >= SELDOM)
    number = {name: n for n, name in enumerate(names)}
    held = [[(number[name], value) for name, value in row["clues"].items() if name in number] for row in rows]
    wanted = [float(row["substantive"]) for row in rows]
    weights, start = [0.0] * len(names), 0.0
    step = 4.0 / max(1.0, max(sum(v * v for _, v in one) + 1 for one in held) * len(rows)) * 6
    for _ in range(ROUNDS):
        slope, tilt = [w / PENALTY for w in weights], 0.0
        for one, want in zip(held, wanted, strict=True):
            off = _odds(start + sum(weights[n] * v for n, v in one)) - want
            tilt += off
            for n, v in one:
                slope[n] += off * v
        start -= step * tilt
        weights = [w - step * s for w, s in zip(weights, slope, strict=True)]
    return start, dict(zip(names, weights, strict=True))


def _odds(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def likely(row: Row, start: float, weights: dict[str, float]) -> float:
    """Return how likely the platform did something; 0 where nothing would be told."""
    if row["clues"] is None:
        return 0.0
    return _odds(start + sum(weights.get(name, 0.0) * value for name, value in row["clues"].items()))


def cross_validated(rows: Sequence[Row]) -> list[float]:
    """Return each row's likelihood by a model that saw none of its fold's services."""
    by_fold = {}
    for fold in sorted({row["part"] for row in rows}):
        by_fold[fold] = fitted([row for row in rows if row["part"] != fold and row["clues"] is not None])
    return [likely(row, *by_fold[row["part"]]) for row in rows]


def curve(name: str, rows: Sequence[Row], found: Sequence[float]) -> None:
    """Print precision at each recall, with the likelihood it is reached at."""
    wanted = sum(row["substantive"] for row in rows)
    ordered = sorted(zip(found, (row["substantive"] for row in rows), strict=True), reverse=True)
    points, right = [], 0
    for count, (value, substantive) in enumerate(ordered, 1):
        right += substantive
        if value:
            points.append((right / count, right / wanted, value))
    print(f"{name}: {len(rows)} transitions; all that is told P {points[-1][0]:.3f} R {points[-1][1]:.3f}")
    for recall in RECALLS:
        if reached := [point for point in points if point[1] >= recall]:
            print("  P {:.3f} R {:.3f} from {:.2f} on".format(*max(reached)))


def write(file: Path, start: float, weights: dict[str, float]) -> None:
    """Write the weights in place of those in the file; the words kept for people and the threshold stay."""
    head, _, rest = file.read_text("utf8").partition("start = ")
    tail = rest.partition("[weights]")
    kept = tail[0].partition("\n")[2]
    said = tail[2][tail[2].index("[said]") :]
    rows = [f'"{name}" = {weight:.2f}' for name, weight in sorted(weights.items(), key=lambda one: one[1])]
    file.write_text(f"{head}start = {start:.2f}\n{kept}[weights]\n" + "\n".join(rows) + f"\n\n{said}", "utf8")


if __name__ == "__main__":
    main()
