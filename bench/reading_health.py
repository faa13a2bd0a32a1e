"""What does page health say of every version of a real history? Counts verdicts and lists what it calls bad.

    python -m bench.reading_health VERSIONS.git [--list]

Each Markdown version is judged twice: at first sight, and against the last version judged good. The lists are
for reading by eye: nobody labelled these versions.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path

from watchers.model import Reading
from watchers.reading.extract import read_markdown
from watchers.reading.page_health import judge


def history(repository: Path) -> dict[str, list[tuple[int, str]]]:
    """Return (author time, blob) of each document's versions, oldest first."""
    log = ["log", "--no-merges", "--raw", "--no-abbrev", "--no-renames", "--format=@%at", "HEAD"]
    git = ["git", "-C", str(repository), "-c", "core.quotePath=false"]
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    at = 0
    for line in subprocess.run([*git, *log], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.startswith("@"):
            at = int(line[1:])
        elif line.startswith(":"):
            meta, _, path = line.partition("\t")
            if path.endswith(".md") and "/" in path and meta.split()[4] != "D":
                found[path].append((at, meta.split()[3]))
    return {path: sorted(rows) for path, rows in found.items()}


def text_of(repository: Path, blob: str) -> str:
    """Return a blob as text."""
    command = ["git", "-C", str(repository), "cat-file", "blob", blob]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf8", "replace")


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", type=Path)
    parser.add_argument("--list", action="store_true", help="print every bad or doubtful version")
    asked = parser.parse_args()
    first, later, seconds, looks = Counter[str](), Counter[str](), 0.0, 0
    for path, rows in history(asked.versions).items():
        last: Reading | None = None
        for at, blob in rows:
            reading = read_markdown(text_of(asked.versions, blob))
            began = time.process_time()
            sight, verdict = judge(reading), judge(reading, (), last)
            seconds, looks = seconds + time.process_time() - began, looks + 1
            first[sight.health.value] += 1
            later[verdict.health.value + (" (doubtful)" if verdict.doubtful else "")] += 1
            if asked.list and (verdict.doubtful or not verdict.readable):
                day = time.strftime("%Y-%m-%d", time.gmtime(at))
                print(day, path, verdict.health.value, "|", verdict.reason, "|", " ".join(reading.text[:80].split()))
            last = reading if verdict.readable else last
    print("at first sight:         ", dict(first.most_common()))
    print("against the last good:  ", dict(later.most_common()))
    print(f"{looks} versions, {1000 * seconds / max(1, looks):.1f} ms of CPU for both verdicts")


if __name__ == "__main__":
    main()
