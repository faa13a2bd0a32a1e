"""Score what is said about labelled changes beyond "it matters": what it does to people, and from when.

    python -m bench.comparing_labelled FOLDER [--file changes.jsonl] [--show]

FOLDER holds `changes.jsonl` and the pairs it names. A label for which there is no direction of ours (a rule changed, a
contact changed) counts as right when no direction of another kind is claimed for the weightiest passage.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from watchers.comparing.compare import compare
from watchers.comparing.summary import top_passages
from watchers.model import Difference, Direction, Significance
from watchers.reading.extract import read_markdown

#: Which of our directions a label of the readers stands for.
MEANT = {
    "new_data_use": {Direction.NEW_DATA_USE, Direction.WIDER},
    "new_right": {Direction.NEW_RIGHT, Direction.CHOICE_ADDED},
    "new_obligation": {Direction.NEW_OBLIGATION},
    "protection_removed": {Direction.PROTECTION_REMOVED},
    "choice_removed": {Direction.CHOICE_REMOVED, Direction.PROTECTION_REMOVED},
    "rule_change": {Direction.NEW_OBLIGATION, Direction.NARROWER, Direction.WIDER, Direction.UNCLEAR},
    "entity_contact": {Direction.UNCLEAR, Direction.PROTECTION_REMOVED},
    "other": {Direction.UNCLEAR, Direction.NARROWER, Direction.WIDER},
}


def main() -> None:
    """Compare every labelled pair of substance; print how often the directions and dates agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--file", default="changes.jsonl")
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    lines = (chosen.folder / chosen.file).read_text("utf8").splitlines()
    count: Counter[str] = Counter()
    for label in filter(lambda g: g["substantive"] and g.get("direction"), map(json.loads, lines)):
        old, new = (read_markdown((chosen.folder / label[side]).read_text("utf8")) for side in ("old", "new"))
        found = compare(old, new)
        count.update(_scored(label, found))
        if chosen.show:
            told = Counter(p.direction.value for p in found.passages if p.significance is Significance.SUBSTANTIVE)
            first = [(p.direction.value, *p.cues) for p in top_passages(found)]
            print(label["id"], label["path"], label["direction"], first, dict(told), found.effective, sep=" | ")
    print(
        f"weightiest passage right {count['first']} of {count['labels']}, unclear {count['unclear']}; among the five "
        f"shown {count['shown']} of {count['labels']}; dates right {count['date']} of {count['dates']}, "
        f"invented {count['invented']}"
    )


def _scored(label: dict[str, Any], found: Difference) -> Counter[str]:
    shown = [p.direction for p in top_passages(found)]
    meant, date = MEANT[label["direction"]], label.get("effective_date")
    said = found.effective.isoformat() if found.effective else None
    return Counter(
        labels=1,
        first=shown[:1] != [] and shown[0] in meant,
        unclear=shown[:1] == [Direction.UNCLEAR],
        shown=bool(meant & set(shown)),
        dates=bool(date),
        date=bool(date) and date == said,
        invented=bool(said) and not date,
    )


if __name__ == "__main__":
    main()
