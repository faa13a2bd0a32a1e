"""Fuzz extraction, comparison, recognition, message drawing, importers and command parsing.

    python bench/fuzz.py --seconds 60                        # every target for a minute of CPU, in slices, with a tally
    python bench/fuzz.py --only addresses,orders --seed 7
    python bench/fuzz.py --guided orders --seconds 60        # coverage-guided, where atheris is installed
    python bench/fuzz.py --again FOLDER/INPUT --only pages   # one kept input once more
    python bench/fuzz.py --tell                              # the table only

Findings are kept in --keep, the tally in --tally; both grow over several runs.
Each target runs in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20, help="of CPU for each target")
    parser.add_argument("--executions", type=int, default=0, help="at most so many for each target")
    parser.add_argument("--only", default="", help="targets, comma separated")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--tally", type=Path, default=Path("fuzz-tally.json"))
    parser.add_argument("--guided", default="", help="one target, guided by coverage (needs atheris)")
    parser.add_argument("--again", type=Path)
    parser.add_argument("--tell", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Run what was asked for and print the table; return 1 when there are findings."""
    given = asked()
    from bench.fuzzing import running

    if given.again:
        from bench.fuzzing.table import TARGETS

        TARGETS[given.only].run(given.again.read_bytes())
        return 0
    if not given.tell:
        for name in [given.guided] if given.guided else _names(given.only):
            child = multiprocessing.get_context("fork").Process(target=_one, args=(name, given))
            child.start()
            child.join()
            if child.exitcode not in (0, None):
                print(f"{name}: the process ended with {child.exitcode}")
    tallies = running.load(given.tally)
    print(running.table(tallies))
    for name, one in tallies.items():
        for finding, file in one.findings.items():
            print(f"{name}: {finding}  [{given.keep / file}]")
    return int(any(one.findings for one in tallies.values()))


def _names(only: str) -> list[str]:
    from bench.fuzzing.table import TARGETS

    return only.split(",") if only else [*TARGETS, "drawing"]


def _one(name: str, given: argparse.Namespace) -> None:
    """Run one target in this process and add what became of it to the tally."""
    from bench.fuzzing import running

    tallies = running.load(given.tally)
    kept = "guided " + name if given.guided else name
    tally = tallies.setdefault(kept, running.Tally())
    if given.guided:
        _guided(name, given, tally)
    elif name == "drawing":
        _drawing(given, tally)
    else:
        from bench.fuzzing.inputs import Inputs
        from bench.fuzzing.table import TARGETS

        target = TARGETS[name]
        inputs = Inputs(given.seed, target.bodies, target.tokens, target.largest)
        running.run(target.run, inputs, given.seconds, given.keep, tally, given.executions)
    running.save(given.tally, {**running.load(given.tally), kept: tally})


def _drawing(given: argparse.Namespace, tally: object) -> None:
    """Draw messages of hypothesis in rounds, each with a seed of its own."""
    from bench.fuzzing import drawing, running

    def rounds(body: bytes) -> None:
        tally.executions += drawing.run(100, int(body)) - 1  # type: ignore[attr-defined]

    running.PATIENCE = 120.0
    numbers = (str(given.seed * 1000 + number).encode() for number in range(1_000_000))
    running.run(rounds, numbers, given.seconds, given.keep, tally, given.executions // 100)  # type: ignore[arg-type]


def _guided(name: str, given: argparse.Namespace, tally: object) -> None:
    """Let atheris choose the inputs by what they reach in our code."""
    import atheris

    with atheris.instrument_imports(
        include=["watchers", "storage.importers", "bot.commands.order", "bot.commands.rhythm"]
    ):
        from bench.fuzzing import running
        from bench.fuzzing.table import TARGETS
    target = TARGETS[name]
    count = given.executions or 1_000_000_000
    corpus = given.keep / f"corpus-{name.replace(' ', '-')}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.bodies):
        (corpus / f"seed-{number}").write_bytes(seed)
    began = time.process_time()

    def each(body: bytes) -> None:
        start = time.process_time()
        try:
            target.run(body)
        except Exception as error:
            running.note(error, body, given.keep, tally)  # type: ignore[arg-type]
        tally.slowest = max(tally.slowest, 1000 * (time.process_time() - start))  # type: ignore[attr-defined]
        tally.executions += 1  # type: ignore[attr-defined]
        if tally.executions % 50 == 0:  # type: ignore[attr-defined]
            tally.seconds += time.process_time() - began - tally.seconds if tally.executions <= count else 0  # type: ignore[attr-defined]
            running.save(given.tally, {**running.load(given.tally), f"guided {name}": tally})  # type: ignore[dict-item]

    options = [
        f"-runs={count}",
        f"-max_total_time={int(given.seconds)}",
        f"-max_len={target.largest}",
        "-timeout=30",
        "-rss_limit_mb=4000",
        f"-seed={given.seed % 2**31}",
    ]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", str(corpus)], each)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
