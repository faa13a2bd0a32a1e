"""What recognising a whole document costs: CPU for 60,000 characters, over the latest long policies of a history.

    python -m bench.provisions_documents VERSIONS.git [--documents 20]

The first time counts what is compiled on demand; the quickest of seven is what a running process pays.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import mean

from bench.comparing_cpu import pairs
from bot.process.collector import collect_seldom
from watchers.model import Reading
from watchers.provisions.recogniser import recognise

LENGTH = 60_000


def costs(doc_type: str, reading: Reading) -> list[float]:
    """Return the milliseconds for 60,000 characters, of seven times."""
    spent = []
    for _ in range(7):
        began = time.thread_time()
        recognise(reading.text, doc_type=doc_type, language=reading.language)
        spent.append(1000 * (time.thread_time() - began) * LENGTH / len(reading.text))
    return spent


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--documents", type=int, default=20)
    asked = parser.parse_args()
    collect_seldom()
    began = time.thread_time()
    recognise("We may share your information with our partners.")
    print(f"ready after {time.thread_time() - began:.2f} s")
    drawn = {path: reading for path, _, reading in pairs(asked.repository, 45_000, 80_000, asked.documents)}
    each = [costs(Path(path).stem, reading) for path, reading in drawn.items()]
    best = [min(spent) for spent in each]
    print(f"{len(each)} documents, CPU for {LENGTH} characters: mean {mean(best):.0f} ms, highest {max(best):.0f} ms;")
    print(f"the first time in a process, compiling on demand: mean {mean(spent[0] for spent in each):.0f} ms")


if __name__ == "__main__":
    main()
