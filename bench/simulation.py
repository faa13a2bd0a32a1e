"""Weeks of a made-up world with everything going wrong: `python -m bench.simulation --seeds 1 2 3`.

The application on SQLite with a simulated clock; an oracle apart from it says what should have been told.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog

from tests.simulation.oracle import Oracle
from tests.simulation.play import Play
from tests.simulation.script import Size, write


def main() -> None:
    """Play each seed and print what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    for name, default in (("documents", 18), ("workspaces", 5), ("channels", 10), ("days", 18)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--start", default="2026-03-20")
    asked = parser.parse_args()
    logging.getLogger("asyncio").setLevel(100)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    start = datetime.fromisoformat(asked.start).replace(tzinfo=UTC)
    size = Size(asked.documents, asked.workspaces, asked.channels, asked.days, start)
    for seed in asked.seeds:
        play(seed, size)


def play(seed: int, size: Size) -> None:
    """Play one seed."""
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(Play(write(seed, size), Path(folder) / "simulation.db").run())
    faults, outside = Oracle(played).faults(), played.outside
    print(
        f"seed {seed}: {time.process_time() - began:.0f} s CPU, {len(outside.fetches)} fetches, {len(outside.posts)} "
        f"posts, {outside.troubles} troubles, {outside.kills} kills, {played.lives} lives: {len(faults)} faults",
        flush=True,
    )
    for fault in faults:
        print("  ", fault, flush=True)


if __name__ == "__main__":
    main()
