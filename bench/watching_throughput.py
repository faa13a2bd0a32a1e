"""How many "unchanged" answers a second: our fetchers beside a bare httpx loop with a client for each worker.

    python -m bench.watching_throughput [--requests 2000] [--workers 8] [--rounds 5]

Both ask the same loopback server, in turns, in one process; a figure is the median of the rounds. Ours go the whole way
of a fetch: address guard, robots.txt, the host's turn, retries, redirects and cookies. Nothing is recorded here.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from statistics import median
from typing import NamedTuple

import httpx

from bench.watching_pages import GENERATED, PagesProcess
from bot.clock import system_clock
from bot.looking.fetchers import Manners, open_fetchers
from bot.process.collector import collect_seldom
from bot.settings import Settings
from watchers.model import Fetched, Part, Validators

Ask = Callable[[int], Awaitable[None]]
Fetch = Callable[[Part, Validators], Awaitable[Fetched]]


class Speed(NamedTuple):
    """Answers a second of wall time, and CPU milliseconds an answer."""

    a_second: float
    milliseconds: float


async def run(workers: list[Ask], requests: int) -> Speed:
    """Let the workers share the requests, and return how fast they were."""
    waiting = list(range(requests))

    async def work(ask: Ask) -> None:
        while waiting:
            await ask(waiting.pop())

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*map(work, workers))
    return Speed(requests / (time.perf_counter() - wall), 1000 * (time.process_time() - cpu) / requests)


async def bare(port: int, count: int, closing: AsyncExitStack) -> list[Ask]:
    """Return workers that do no more than ask."""
    workers: list[Ask] = []
    for _ in range(count):
        client = await closing.enter_async_context(httpx.AsyncClient())

        async def ask(number: int, client: httpx.AsyncClient = client) -> None:
            answer = await client.get(
                f"http://127.0.0.1:{port}/generated/{number}", headers={"If-None-Match": GENERATED}
            )
            assert answer.status_code == 304

        workers.append(ask)
    return workers


async def ours(port: int, count: int, closing: AsyncExitStack) -> list[Ask]:
    """Return workers that fetch as the application does, without a pause between requests."""
    settings = Settings(_env_file=None)
    manners = Manners.of(settings, allow=(f"127.0.0.1:{port}",), gap=0)
    workers: list[Ask] = []
    for fetcher in await open_fetchers(settings, manners, system_clock, closing, count):

        async def ask(number: int, fetch: Fetch = fetcher.fetch) -> None:
            fetched = await fetch(Part(f"http://127.0.0.1:{port}/generated/{number}"), Validators(GENERATED))
            assert fetched.snapshot is None

        workers.append(ask)
    return workers


async def measure(requests: int, workers: int, rounds: int) -> None:
    """Print both, and their ratio."""
    server = PagesProcess()
    found: dict[str, list[Speed]] = {"bare": [], "ours": []}
    async with AsyncExitStack() as closing:
        sides = {
            "bare": await bare(server.port, workers, closing),
            "ours": await ours(server.port, workers, closing),
        }
        for _ in range(rounds):
            for name, side in sides.items():
                found[name].append(await run(side, requests))
    server.stop()
    for name, speeds in found.items():
        fast, cpu = median(each.a_second for each in speeds), median(each.milliseconds for each in speeds)
        print(f"{name}: {fast:6.0f} answers a second, {cpu:.2f} ms of CPU each")
    pairs = zip(found["ours"], found["bare"], strict=True)
    print(f"ours / bare: {median(one.a_second / other.a_second for one, other in pairs):.2f} of the throughput")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    collect_seldom()
    asyncio.run(measure(asked.requests, asked.workers, asked.rounds))


if __name__ == "__main__":
    main()
