"""How long Slack waits for an acknowledgement, alone and while pages are looked at in the same process.

    python -m bench.chats_ack [COMMANDS]

Signed requests go through the real adapter, commands and database; only the Web API is a stand-in on loopback.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.clock import SteppedClock
from tests.bot.chats.slack_rig import SlackRig
from tests.bot.chats.test_paths import watching

LINES = ("watches", "watch fernpost", "changes", "mute fernpost 7d", "unmute fernpost", "plan")


async def acknowledged(rig: SlackRig, commands: int) -> list[tuple[float, float]]:
    """Type commands one after the other; return milliseconds of wall time and of this process's CPU until each ack.

    On a machine that is busy with other things the second says what an idle one would take at most.
    """
    times = []
    for number in range(commands):
        body = rig.typed(LINES[number % len(LINES)])
        began, used = time.perf_counter(), time.process_time()
        answer = await rig.knock(body)
        times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)))
        assert answer.status_code == 200
        await asyncio.sleep(0.005)
    return times


async def looking(app: App, clock: SteppedClock) -> None:
    """Look at everything that is due, over and over."""
    while True:
        clock.step(timedelta(days=1))
        await app.turn()


def told(name: str, times: list[tuple[float, float]]) -> None:
    """Print the median, the 99th percentile and the longest."""
    for kind, ordered in zip(("wall", "CPU"), map(sorted, zip(*times, strict=True)), strict=True):
        middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        print(f"{name}, {kind}: median {middle:.1f} ms, p99 {late:.1f} ms, longest {ordered[-1]:.1f} ms")


async def main(commands: int) -> None:
    """Measure alone, then beside looks."""
    rig = SlackRig()
    await rig.prepare()
    with tempfile.TemporaryDirectory() as folder:
        async with watching(Path(folder), rig.chat) as (app, clock, _):
            await rig.chat.start(app.commands.answer, app.commands.suggest)
            await acknowledged(rig, 20)
            told("alone", await acknowledged(rig, commands))
            looks = asyncio.create_task(looking(app, clock))
            told("beside looks", await acknowledged(rig, commands))
            looks.cancel()
    await rig.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
