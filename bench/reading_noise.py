"""Do two successive looks at the same page read the same? Counts false alarms and missed changes.

    python -m bench.reading_noise NOISE.jsonl SNAPSHOTS.git

NOISE.jsonl holds {"path", "old", "new", "truth"} with blob ids of the bare git repository SNAPSHOTS.git.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from pathlib import Path

from watchers.reading.extract import read_html
from watchers.reading.words import same_links, same_words


def blob(repository: Path, name: str) -> bytes:
    """Return a blob of a git repository."""
    command = ["git", "-C", str(repository), "cat-file", "blob", name]
    return subprocess.run(command, capture_output=True, check=True).stdout


def main() -> None:
    """Print every wrong pair, then the totals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("snapshots", type=Path)
    asked = parser.parse_args()
    pairs = [json.loads(line) for line in asked.pairs.read_text().splitlines()]
    count: Counter[tuple[str, str]] = Counter()
    seconds = 0.0
    for pair in pairs:
        pages = blob(asked.snapshots, pair["old"]), blob(asked.snapshots, pair["new"])
        began = time.process_time()
        old, new = (read_html(page) for page in pages)
        differ, links = not same_words(old, new), not same_links(old, new)
        seconds += time.process_time() - began
        count[pair["truth"], "words" if differ else "links" if links else "none"] += 1
        if differ != (pair["truth"] == "words"):
            print("false alarm" if differ else "missed", pair["truth"], pair["path"], pair["old"], pair["new"])
    for (truth, seen), number in sorted(count.items()):
        print(f"truth {truth:6} seen {seen:6} {number}")
    print(f"{1000 * seconds / len(pairs):.1f} ms of CPU a pair (two pages read and compared)")


if __name__ == "__main__":
    main()
