"""Weeks or months of a made-up world with everything going wrong: `python -m bench.simulation --seeds 1-50`.

The application on SQLite, or with `--postgres` on PostgreSQL, with a simulated clock; an oracle apart from it says
what should have been told. `--season` is three months of thousands of documents through the autumn's clock changes.
Of a seed that goes wrong the shortest story that still does is printed, with the command that plays it.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import create_engine, text

from tests.postgres import running
from tests.simulation.edges import Rates
from tests.simulation.evidence import Fault
from tests.simulation.oracle import Oracle
from tests.simulation.play import Play, Played
from tests.simulation.report import report
from tests.simulation.script import Script, Size, write
from tests.simulation.shrinking import Cut, cut, rates, shrink

SIZES = {"documents": 9, "workspaces": 4, "channels": 8, "days": 18, "step": 60, "pause": 4}
SEASON = {"documents": 2000, "workspaces": 200, "channels": 600, "days": 90, "step": 120, "pause": 40}
"""`step` in minutes between two rounds of beats, `pause` in days between two editions of a document."""

SHOWN = 20
"""So many faults of a story are printed in full."""

SELDOM = 0.05
"""In a season that much of the usual rate: a day there has hundreds of times as many fetches, posts and commits."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where and how stories are played."""

    size: Size
    rates: Rates
    url: str = ""

    def play(self, script: Script, left: Cut) -> Played:
        """Play what is left of a story on an empty database."""
        with tempfile.TemporaryDirectory() as folder, _empty(self.url, Path(folder)) as url:
            return asyncio.run(Play(cut(script, left), url, rates(self.rates, left)).run())


@contextmanager
def _empty(server: str, folder: Path) -> Iterator[str]:
    if not server:
        yield f"sqlite:///{folder}/simulation.db"
        return
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    yield server


def main() -> None:
    """Play each seed and print what was wrong."""
    asked = _asked()
    for told_of_kills in ("asyncio", "procrastinate"):
        logging.getLogger(told_of_kills).setLevel(100)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    if not asked.postgres:
        _all(asked, "")
        return
    with running() as url:
        _all(asked, url)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs="+", default=["1", "2", "3"], help="numbers, or ranges like 1-50")
    for name in SIZES:
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--start", default="2026-10-16")
    parser.add_argument("--season", action="store_true", help=f"{SEASON}")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL from a wheel")
    parser.add_argument("--no-shrinking", action="store_true")
    parser.add_argument("--only-documents", nargs="+", default=())
    parser.add_argument("--only-channels", nargs="+", default=())
    parser.add_argument("--until-day", type=int, default=0)
    parser.add_argument("--without", nargs="+", default=())
    return parser.parse_args()


def _all(asked: argparse.Namespace, url: str) -> None:
    usual = SEASON if asked.season else SIZES
    given = {name: getattr(asked, name) or value for name, value in usual.items()}
    step, start = timedelta(minutes=given.pop("step")), datetime.fromisoformat(asked.start).replace(tzinfo=UTC)
    size = Size(**given, start=start, step=step)
    most = Rates()
    scaled = Rates(most.fetch, most.post, most.database * SELDOM, most.kill * SELDOM) if asked.season else most
    stage = Stage(size, scaled, url)
    left = Cut(tuple(asked.only_documents), tuple(asked.only_channels), asked.until_day, tuple(asked.without))
    happened: Counter[str] = Counter()
    for seed in seeds(asked.seeds):
        happened += _one(seed, stage, left, shrinking=not asked.no_shrinking)
    print("all:", ", ".join(f"{count} {name}" for name, count in sorted(happened.items())), flush=True)


def seeds(words: list[str]) -> Iterator[int]:
    """Give the seeds that were typed: numbers, or ranges."""
    for word in words:
        first, _, last = word.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _one(seed: int, stage: Stage, left: Cut, *, shrinking: bool) -> Counter[str]:
    began, script = time.process_time(), write(seed, stage.size)
    played = stage.play(script, left)
    spent, faults, happened = time.process_time() - began, Oracle(played).faults(), report(played)
    vacuous = f"; VACUOUS: {happened.vacuous}" if happened.vacuous else ""
    judged = time.process_time() - began - spent
    print(f"seed {seed}: {spent:.0f} + {judged:.0f} s CPU, {happened}: {len(faults)} faults{vacuous}", flush=True)
    if len(faults) > SHOWN:
        kinds = Counter(str(fault).split(": ", 1)[1].split(" (")[0] for fault in faults)
        print("   of these", ", ".join(f"{count} × {what}" for what, count in kinds.most_common(SHOWN)), flush=True)
    for fault in faults[:SHOWN]:
        print("  ", fault, flush=True)
    if faults and shrinking and left == Cut():
        _shortest(seed, stage, faults[0])
    told = {f"told {kind}": count for kind, count in happened.messages.items()}
    troubles = {f"trouble {kind}": count for kind, count in happened.troubles.items()}
    counts = Counter(faults=len(faults), seeds=1, vacuous=bool(happened.vacuous), steps=happened.steps)
    return counts + Counter(told) + Counter(troubles) + Counter(fetches=happened.fetches, lives=happened.lives)


def _shortest(seed: int, stage: Stage, first: Fault) -> None:
    script = write(seed, stage.size)
    left, fault = shrink(script, first, lambda smaller: Oracle(stage.play(script, smaller)).faults())
    size = stage.size
    sized = f"--documents {size.documents} --workspaces {size.workspaces} --channels {size.channels} --days {size.days}"
    sized += f" --step {int(size.step.total_seconds() // 60)} --pause {int(size.pause)} --start {size.start:%Y-%m-%d}"
    print(f"   the shortest story found: {fault}", flush=True)
    print(f"   python -m bench.simulation --seeds {seed} {sized} {left.words}", flush=True)
    for act in cut(script, left).acts:
        print(f"      {act.at:%Y-%m-%d %H:%M} {act.workspace}/{act.channel} {act.verb} {act.words}", flush=True)


if __name__ == "__main__":
    main()
