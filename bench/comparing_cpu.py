"""What comparing two versions costs: CPU of `compare` alone, over pairs of consecutive versions of long documents.

    python -m bench.comparing_cpu VERSIONS.git [--pairs 40] [--least 60000] [--most 140000] [--profile]

Pairs are drawn with a fixed seed from all consecutive records of a document whose texts differ. Each is compared three
times with nothing remembered from the time before; the quickest counts. Reading the Markdown is not part of it.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from bot.process.collector import collect_seldom
from bot.worlds.histories import History, Record
from watchers.comparing.compare import compare
from watchers.model import Reading
from watchers.reading.extract import read_markdown

Pair = tuple[str, Reading, Reading]


def pairs(repository: Path, least: int, most: int, count: int) -> Iterator[Pair]:
    """Yield up to `count` pairs of readings with their path."""
    history = History(repository)
    candidates: list[tuple[Record, Record]] = []
    for service in history.services():
        by_path: dict[str, list[Record]] = {}
        for record in history.records(service):
            by_path.setdefault(record.path, []).append(record)
        for records in by_path.values():
            candidates += pairwise(records)
    random.Random(7).shuffle(candidates)
    with history.pages() as archived:
        for old, new in candidates:
            before, after = (archived.get(one.blob).decode("utf-8", "replace") for one in (old, new))
            if not least <= len(after) <= most or before == after:
                continue
            a, b = read_markdown(before), read_markdown(after)
            if a.text != b.text:
                yield old.path, a, b
                count -= 1
            if not count:
                return


def caches() -> list[Callable[[], None]]:
    """Return what makes the words that the rules remember forgotten; tables read once a life have no bound and stay."""
    modules = [module for name, module in sys.modules.items() if name.startswith("watchers.")]
    known = {id(one): one for module in modules for one in vars(module).values() if hasattr(one, "cache_parameters")}
    return [one.cache_clear for one in known.values() if one.cache_parameters()["maxsize"] is not None]


def cost(old: Reading, new: Reading, path: str) -> float:
    """Return the CPU milliseconds of the quickest of three comparisons."""
    spent = []
    for _ in range(3):
        for forget in caches():
            forget()
        began = time.thread_time()
        compare(old, new, doc_type=Path(path).stem)
        spent.append(1000 * (time.thread_time() - began))
    return min(spent)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--least", type=int, default=60_000)
    parser.add_argument("--most", type=int, default=140_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    collect_seldom()
    drawn = list(pairs(asked.repository, asked.least, asked.most, asked.pairs))
    compare(*drawn[0][1:], doc_type="")  # the tables of rules are read once in a process's life
    costs = sorted((cost(old, new, path), path, (old, new)) for path, old, new in drawn)
    for spent, path, (old, new) in costs[-5:]:
        print(f"{spent:8.1f} ms  {len(compare(old, new).passages):5} passages  {path}")
    each = [spent for spent, _, _ in costs]
    print(
        f"{len(each)} pairs: median {median(each):.1f} ms, p90 {each[int(0.9 * len(each))]:.1f}, worst {each[-1]:.1f}"
    )
    if asked.profile:
        profile = cProfile.Profile(time.thread_time)
        profile.runcall(compare, *costs[-1][2])
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
