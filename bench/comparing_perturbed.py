"""Make edits of known meaning to real policies and count which are told: recall and false alarms without labels.

    python -m bench.comparing_perturbed --history VERSIONS.git [--history …] [--places 2] [--show]

Expects bare clones in the format of Open Terms Archive. Of each document its latest version is taken, every edit of
`perturbations` is made at random places of it, and old and new are compared without any history.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.perturbations import perturbations
from bench.perturbing import Perturbation
from watchers.comparing.compare import compare
from watchers.model import Difference, Passage, Significance
from watchers.reading.extract import read_markdown

#: Longer documents are cut here so that a run stays within minutes.
LONGEST = 60_000


def documents(history: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of the latest version of every document of a history."""
    git = ["git", "-C", str(history)]
    listed = subprocess.run([*git, "ls-tree", "-rz", "--name-only", "HEAD"], capture_output=True, text=True, check=True)
    for path in filter(lambda p: p.endswith(".md") and "/" in p, listed.stdout.split("\0")):
        shown = subprocess.run([*git, "show", f"HEAD:{path}"], capture_output=True, text=True, check=True).stdout
        yield path, shown[: shown.rfind("\n\n", 0, LONGEST)] if len(shown) > LONGEST else shown


def shown(path: str, edit: Perturbation, found: Difference) -> str:
    """Return a wrong answer as lines to read."""
    lines = [f"{'MISSED' if edit.told else 'FALSE'} {edit.name} | {path} | {', '.join(found.reasons)}"]
    asked = [p for p in found.passages if edit.told or p.significance is Significance.SUBSTANTIVE]
    return "\n".join([*lines, *(f"    {_line(p)}" for p in asked[:3])])


def _line(p: Passage) -> str:
    edits = " ¦ ".join(f"[-{p.before[e.a0 : e.a1]}-]{{+{p.after[e.b0 : e.b1]}+}}" for e in p.edits[:4])
    return f"{p.kind.value} {list(p.reasons)}: {(edits or p.after or p.before)[:240]!r}"


def main() -> None:
    """Apply every edit to every document; print recall and false alarms by edit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--history", type=Path, action="append", required=True)
    parser.add_argument("--places", type=int, default=2, help="random places an edit is made at in a document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edit", default="", help="only edits whose name contains this")
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    made: Counter[Perturbation] = Counter()
    right: Counter[Perturbation] = Counter()
    for path, text in (pair for history in chosen.history for pair in documents(history)):
        old = read_markdown(text)
        for edit in filter(lambda e: chosen.edit in e.name, perturbations()):
            for new in dict.fromkeys(edit.make(text, dice) for _ in range(chosen.places)):
                reading = read_markdown(new) if new else old
                if not new or (edit.told and reading.text == old.text):
                    continue
                found = compare(old, reading)
                made[edit] += 1
                right[edit] += (found.significance is Significance.SUBSTANTIVE) == edit.told
                if chosen.show and (found.significance is Significance.SUBSTANTIVE) != edit.told:
                    print(shown(path, edit, found))
    for edit in filter(made.__getitem__, perturbations()):
        print(f"{right[edit]:5} of {made[edit]:5}  {'told  ' if edit.told else 'silent'}  {edit.name}")
    for told, name in ((True, "told of those to be told"), (False, "silent of those that say the same")):
        count, good = (sum(c[e] for e in c if e.told is told) for c in (made, right))
        print(f"{name}: {good} of {count} ({good / max(1, count):.1%})")


if __name__ == "__main__":
    main()
