"""How long Slack waits for an acknowledgement, alone and while pages are looked at in the same process.

    python -m bench.chats_ack SNAPSHOTS.git [--commands 300] [--documents 60]

Signed requests go through the real adapter, commands and database; only the Web API is a stand-in on loopback.
The pages are real ones, served by a process of their own; a paragraph changes in every one of them in every pass,
so that each look is read, compared, recognised, recorded and told.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import structlog

from bench.watching import ALL_DUE, MIDNIGHT, documents
from bench.watching_pages import Mode, PagesProcess
from bot.app import App, Edges, open_app
from bot.clock import SteppedClock
from bot.process.run import TURN
from bot.settings import Settings
from tests.bot.chats.slack_rig import SlackRig

LINES = ("watches", "watch platform-00000", "changes", "mute platform-00000 7d", "unmute platform-00000", "plan")
ROUNDS = 12  # paragraphs of a page that can change, one a pass
Times = list[tuple[float, float]]


async def acknowledged(rig: SlackRig, commands: int) -> Times:
    """Type commands one after the other; return milliseconds until each ack: wall, and CPU of the loop's own thread."""
    times = []
    for number in range(commands):
        body = rig.typed(LINES[number % len(LINES)])
        began, used = time.perf_counter(), time.thread_time()
        answer = await rig.knock(body)
        times.append((1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - used)))
        assert answer.status_code == 200
        await asyncio.sleep(0.02)
    return times


async def looking(app: App, clock: SteppedClock, server: PagesProcess, passes: list[int]) -> None:
    """Look at everything over and over, and tell what changed."""
    while True:
        turn = len(passes) + 1
        server.serve(Mode(min(turn, ROUNDS), turn, validators=False))
        clock.step(ALL_DUE)
        outcomes = await app.watching.tick()
        await app.tell()
        passes.append(outcomes.total())


def told(name: str, times: Times) -> None:
    """Print the median, the 99th percentile and the longest."""
    for kind, ordered in zip(("wall", "CPU of the loop"), map(sorted, zip(*times, strict=True)), strict=True):
        middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        print(f"{name}, {kind}: median {middle:.1f} ms, p99 {late:.1f} ms, longest {ordered[-1]:.1f} ms", flush=True)


async def main() -> None:
    """Measure alone, then beside first looks, then beside changes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshots", type=Path)
    parser.add_argument("--commands", type=int, default=300)
    parser.add_argument("--documents", type=int, default=60)
    asked = parser.parse_args()
    sys.setswitchinterval(TURN)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    server, rig, clock, passes = PagesProcess(asked.snapshots, asked.documents, ROUNDS), SlackRig(), None, list[int]()
    await rig.prepare()
    platforms, clock = documents(server.port, "", 0, server.pages, ("Privacy Policy",)), SteppedClock(MIDNIGHT)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/ack.db")
        edges = Edges(clock, (rig.chat,), platforms, allow=(f"127.0.0.1:{server.port}",), gap=0)
        async with open_app(settings, edges) as app:
            await rig.chat.start(app.commands.answer, app.commands.suggest)
            await acknowledged(rig, 20)
            told("alone", await acknowledged(rig, asked.commands))
            clock.step(timedelta(minutes=5))
            looks = asyncio.create_task(looking(app, clock, server, passes))
            times: Times = []
            while not passes:  # the first pass: every page for the first time, everything recognised
                times += await acknowledged(rig, 1)
            told(f"beside {passes[0]} first looks ({len(times)} commands)", times)
            told("beside changes", await acknowledged(rig, asked.commands))
            print(f"{sum(passes[1:])} further looks in {len(passes) - 1} whole passes")
            looks.cancel()
    await rig.stop()
    server.stop()


if __name__ == "__main__":
    asyncio.run(main())
