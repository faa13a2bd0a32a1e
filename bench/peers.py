"""Run what people would use instead beside us, on the same pages on loopback: CPU per page, false alarms and misses.

    python bench/peers.py --scratch FOLDER [--pages 100] [--pairs NOISE.jsonl SNAPSHOTS.git] [--write]
    python bench/peers.py --scratch FOLDER --pages 0 --pairs NOISE.jsonl SNAPSHOTS.git    (no times)

changedetection.io, webchanges and urlwatch are installed from the package index into FOLDER, outside the repository.
Passes: first sight, unchanged without validators, unchanged answered with 304, one sentence changed. With --write the
section “Peers” of bench/RESULTS.md is written anew. A change counts as told when a person hears of it, by a ping or in
the digest; of ours it is also printed what became of every changed pair. Where one of the two pages shows no document
(an error, an empty page) we say so instead of telling a change: these pairs are counted apart.
"""

from __future__ import annotations

import argparse
import json
import os
import platform as machine
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.peering.ours import BLIND  # noqa: E402
from bench.peering.pages import CHANGED, FIRST, Pages, Pair, own_pairs  # noqa: E402
from bench.peering.runners import CommandLine, Daemon, Missing, Ours, Runner  # noqa: E402

PASSES = ("first sight", "unchanged", "304", "one sentence changed")
TIMES = 3
"""So often a quiet pass is run, the cheapest counting: it costs less than a start may vary by."""

Figures = dict[str, float]


def noise_pairs(pairs: Path, snapshots: Path) -> tuple[Pair, ...]:
    """Return the pairs of a list of blobs in a bare repository."""
    from bench.reading_noise import blob

    said = [json.loads(line) for line in pairs.read_text().splitlines()]
    return tuple(
        Pair(
            one["path"],
            blob(snapshots, one["old"]),
            blob(snapshots, one["new"]),
            one["truth"] == "words",
            Path(one["path"]).stem,
        )
        for one in said
    )


def cost(runner: Runner, pages: Pages, base: str, count: int) -> Figures:
    """Return milliseconds of CPU a page for each pass, what a pass over one page costs taken off."""
    found: dict[tuple[str, int], float] = {}
    for number in (1, count):
        pages.turn.value = FIRST
        runner.begin([f"{base}/plain/{n}" for n in range(number)])
        found["first sight", number], _ = runner.once()
        found["unchanged", number] = min(runner.once()[0] for _ in range(TIMES))
        pages.turn.value = CHANGED
        found["one sentence changed", number], told = runner.once()
        if len(told) != number:
            print(f"{runner.name}: told of {len(told)} of {number} changed pages", flush=True)
        pages.turn.value = FIRST
        runner.begin([f"{base}/etag/{n}" for n in range(number)])
        runner.once()
        found["304", number] = min(runner.once()[0] for _ in range(TIMES))
    runner.end()
    return {name: 1000 * max(found[name, count] - found[name, 1], 0) / (count - 1) for name in PASSES}


def quality(runner: Runner, pages: Pages, base: str, pairs: Sequence[Pair]) -> str:
    """Return how often it told of a page whose words were the same, and how often it was silent though they changed."""
    addresses = {f"{base}/pair/{n}": pair for n, pair in enumerate(pairs)}
    pages.turn.value = FIRST
    runner.begin(list(addresses))
    runner.once()
    first = runner.got if isinstance(runner, Ours) else {}
    pages.turn.value = CHANGED
    _, told = runner.once()
    runner.end()
    false = sum(1 for address, pair in addresses.items() if address in told and not pair.real)
    silent = {address for address, pair in addresses.items() if pair.real and address not in told}
    if not isinstance(runner, Ours):
        return f"{false}, {len(silent)}"
    blind = {one for one in silent if BLIND in (first[one][0], runner.got[one][0])}
    _became(runner, {one: pair for one, pair in addresses.items() if pair.real or one in told}, blind)
    return f"{false}, {len(silent - blind)}" + (f" (and {len(blind)} said to show no document)" if blind else "")


def _became(runner: Ours, addresses: dict[str, Pair], blind: set[str]) -> None:
    """Print what a person got of each pair, and in all."""
    counts = Counter(BLIND if one in blind else runner.got[one][0] for one in addresses)
    for one, pair in addresses.items():
        said, why = runner.got[one]
        print(f"{'changed' if pair.real else 'FALSE ALARM'}: {pair.name}: {said} ({why})", flush=True)
    print(", ".join(f"{number} {said}" for said, number in counts.most_common()), flush=True)


def table(
    rows: dict[str, tuple[str, Figures | None, list[str]]], count: int, clauses: int, heads: Sequence[str]
) -> str:
    """Return the section."""
    ours = rows[Ours.name][1] or {}
    lines = [
        "## Peers",
        "",
        f"`python bench/peers.py --scratch FOLDER --pages {count} --clauses {clauses} "
        "--pairs NOISE.jsonl SNAPSHOTS.git --write`, "
        f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, Python {machine.python_version()}, load "
        f"{os.getloadavg()[0]:.1f}. Milliseconds of CPU a page of {0.3 * clauses:.0f} KB on "
        "loopback, its start taken off; "
        "in brackets how many times ours.",
        "",
        "| program | " + " | ".join((*PASSES, *heads)) + " |",
        "|---" * (1 + len(PASSES) + len(heads)) + "|",
    ]
    for name, (version, figures, told) in rows.items():
        cells = (
            [
                f"{figures[one]:.2f}" + ("" if name == Ours.name else f" ({figures[one] / max(ours[one], 0.01):.1f}×)")
                for one in PASSES
            ]
            if figures
            else ["–"] * len(PASSES)
        )
        lines.append(f"| {name} {version} | " + " | ".join((*cells, *told)) + " |")
    return "\n".join(lines)


def written(section: str, file: Path = ROOT / "bench" / "RESULTS.md") -> None:
    """Put the section into the results, in place of an older one; what stands below its table is kept."""
    text = file.read_text(encoding="utf8")
    old = re.search(r"(?ms)^## Peers\n.*?\n\|.*?(?=\n(?!\|))", text)
    file.write_text(text.replace(old[0], section) if old else f"{text.rstrip()}\n\n{section}\n", encoding="utf8")


def main() -> None:
    """Run everything and print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument(
        "--clauses", type=int, default=200, help="of a page; fewer, to watch more pages that answer 304"
    )
    parser.add_argument("--pairs", type=Path, nargs=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = [("our own pairs", own_pairs())] + ([("noise pairs", noise_pairs(*given.pairs))] if given.pairs else [])
    scratch = given.scratch.resolve()
    makers: dict[str, Callable[[], Runner]] = {
        Ours.name: lambda: Ours(scratch / "ours-work"),
        "urlwatch": lambda: CommandLine("urlwatch", scratch, ("--urls", "--config", "--hooks", "--cache")),
        "webchanges": lambda: CommandLine("webchanges", scratch, ("--jobs", "--config", "--hooks", "--database")),
        Daemon.name: lambda: Daemon(scratch),
    }
    rows: dict[str, tuple[str, Figures | None, list[str]]] = {}
    heads = [
        f"{name}: false alarms of {sum(not p.real for p in pairs)}, misses of {sum(p.real for p in pairs)}"
        for name, pairs in sets
    ]
    for name, make in makers.items():
        if not given.only or name in given.only.split(","):
            rows[name] = measured(name, make, given.pages, given.clauses, [pairs for _, pairs in sets])
            print(name, rows[name], flush=True)
    section = table(rows, given.pages, given.clauses, heads)
    print(section)
    if given.write:
        written(section)


def measured(
    name: str, make: Callable[[], Runner], count: int, clauses: int, sets: Sequence[Sequence[Pair]]
) -> tuple[str, Figures | None, list[str]]:
    """Return version, costs and quality of one program, or why there are none."""
    told: list[str] = []
    version, figures = "", None
    try:
        runner = make()
        version = runner.version()
        for pairs in sets:
            pages = Pages(count, pairs, clauses)
            base = pages.start()
            if isinstance(runner, Ours):
                runner = Ours(runner._folder, {f"{base}/pair/{n}": pair.type for n, pair in enumerate(pairs)})
            figures = figures or (cost(runner, pages, base, count) if count > 1 else None)
            told.append(quality(runner, pages, base, pairs))
            pages.stop()
    except Missing as missing:
        print(f"{name}: {missing}", flush=True)
        told += ["–"] * (len(sets) - len(told))
    return version, figures, told


if __name__ == "__main__":
    main()
