"""Score what is said of labelled changes in recorded histories: for the reader worse or better, and from when.

    python -m bench.comparing_direction LABELS.jsonl REPOS [--split split.json] [--part read] [--seed 7 --sample 120]

LABELS has one transition a line (`repo`, `path`, `seen`, `seen_old`, `v`, `d`, `e`, `h`); REPOS holds bare clones of
histories of Markdown versions. Both versions are compared as a look does; nothing is replayed. Figures only, unless
`--sample` asks for headlines beside the labels' (never for the part that is to stay unread).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from watchers.comparing.bearing import of_change
from watchers.comparing.compare import compare
from watchers.model import Bearing
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed
from watchers.reading.extract import read_markdown

Label = dict[str, Any]


def main() -> None:
    """Compare every labelled transition of substance of a part and print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("repos", type=Path)
    parser.add_argument("--split", type=Path)
    parser.add_argument("--part", default="read", choices=("read", "unread"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sample", type=int, default=0)
    chosen = parser.parse_args()
    labels = list(_of_part(chosen.labels, chosen.split, chosen.part))
    if chosen.sample and chosen.part == "read":
        for label in random.Random(chosen.seed).sample(labels, chosen.sample):
            print(f"{told(label, chosen.repos)[2]}\n    {label['d']}, {label['e']}: {label['h']}")
        return
    counts: Counter[str] = Counter()
    table: Counter[tuple[str, str]] = Counter()
    for label in labels:
        direction, day, _ = told(label, chosen.repos)
        table[label["d"], direction] += 1
        counts.update(_scored(label, direction, day))
    print(dict(counts))
    for row in Bearing:
        print(f"{row:8}", [table[row, column] for column in (*Bearing, "")])


def _of_part(path: Path, split: Path | None, part: str) -> Iterator[Label]:
    parts = json.loads(split.read_text("utf8")) if split else {}
    for label in map(json.loads, path.read_text("utf8").splitlines()):
        unread = parts.get(label["service"]) == "unread"
        if label["v"] == "S" and unread is (part == "unread"):
            yield label


def told(label: Label, repos: Path) -> tuple[str, str, str]:
    """Return the direction, the day of effect and the headline of a transition, as a look would tell them."""
    name, kind = label["path"].removesuffix(".md").split("/")
    old, new = (read_markdown(_version(repos, label, side)) for side in ("seen_old", "seen"))
    difference = compare(old, new, doc_type=kind)
    found = [recognise(side.text, doc_type=kind, language=side.language) for side in (old, new)]
    touches = touched(old.text, found[0], new.text, found[1], difference)
    difference = weighed(difference, touches)
    day = difference.effective.isoformat() if difference.effective else ""
    direction = of_change(difference, touches) or ""
    return direction, day, headline(name, kind, difference, touches, old.text, new.text)


def _scored(label: Label, direction: str, day: str) -> Counter[str]:
    opposite = {direction, label["d"]} == {"worse", "better"}
    stated = label["e"] or ""
    return Counter(
        changes=1,
        agrees=direction == label["d"],
        opposite=opposite,
        dates=bool(stated),
        dates_right=bool(stated) and day == stated,
        dates_wrong=bool(stated) and bool(day) and day != stated,
        dates_beside=bool(day) and not stated,
    )


def _version(repos: Path, label: Label, side: str) -> str:
    commit = _commits(repos / f"{label['repo']}.git", label["path"]).get(_moment(label[side]))
    return _git(repos / f"{label['repo']}.git", "show", f"{commit}:{label['path']}") if commit else ""


@cache
def _commits(repo: Path, path: str) -> dict[int, str]:
    lines = _git(repo, "log", "--all", "--format=%H %aI", "--", path).splitlines()
    return {_moment(line.split()[1]): line.split()[0] for line in lines}


def _git(repo: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(repo), *words], capture_output=True, check=True)
    return done.stdout.decode("utf8", errors="replace")


def _moment(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp())


if __name__ == "__main__":
    main()
