"""The lines of the Procfile started together on PostgreSQL, and a change going through all of them.

    python -m bench.processes

`web` hears a signed slash command of a Slack stand-in, `worker` (two of them) looks at a page on loopback that then
changes, and posts to Slack; `web` shows the metrics that the workers counted; SIGTERM ends each. Only the networks are
stand-ins, and HOST is 127.0.0.1 instead of all interfaces. `discord` needs a gateway: it is started without a token to
show that it refuses. Prints what happened with the seconds since the start.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text, update

from bot.worlds.pages import Page, Pages
from storage.archive.models import SightRow, table
from storage.database.columns import EPOCH
from storage.database.connection import open_database
from tests import postgres
from tests.bot.chats.slack_stand_in import SlackStandIn, Team

SECRET, PORT = "signing secret", 8971
BEGAN = time.monotonic()
WORDS = "Fernpost runs a place to share postcards, and these terms say what you may expect of it and it of you. " * 12


def say(words: str) -> None:
    """Print a line with the time."""
    print(f"{time.monotonic() - BEGAN:6.1f} s  {words}", flush=True)


def put(pages: Pages, days: int) -> None:
    """Put the page up."""
    keep = f"We keep your photographs for {days} days."
    body = f"<main><h1>Terms of Service</h1><p>{WORDS}</p><p>{keep}</p></main>"
    pages.put("terms", Page(body.encode(), datetime.now(UTC)))


def procfile(folder: Path) -> dict[str, str]:
    """Return the lines of the Procfile, and put a `clausewatch` into the folder for them to find."""
    command = folder / "clausewatch"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m bot "$@"\n')
    command.chmod(0o755)
    lines = Path("Procfile").read_text().splitlines()
    return {
        name: line.strip().replace("0.0.0.0", "127.0.0.1") for name, _, line in (one.partition(":") for one in lines)
    }


async def start(line: str, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Start a line as a host would."""
    return await asyncio.create_subprocess_shell(f"exec env {line}", env=environment)


async def until(what: str, seen: object, patience: float = 240) -> None:
    """Wait until something is seen."""
    end = time.monotonic() + patience
    while not await seen():  # type: ignore[operator]
        if time.monotonic() > end:
            raise SystemExit(f"{what}: not within {patience:.0f} s")
        await asyncio.sleep(0.3)
    say(what)


async def type_command(client: httpx.AsyncClient, team: Team, words: str) -> int:
    """Send a signed slash command."""
    body = f"command=%2Fwatch&text={words}&team_id={team.id}&channel_id=C0RULES&user_id=U0ADA&user_name=ada"
    body += "&trigger_id=1.2&response_url="
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return (await client.post("/slack/events", content=body, headers=headers)).status_code


async def main() -> None:
    """Start everything, let a page change, watch it arrive, end everything."""
    pages, team = Pages(), Team()
    await pages.start()
    put(pages, 30)
    slack = SlackStandIn(team)
    await slack.server.start_server()
    with tempfile.TemporaryDirectory() as name, postgres.running() as url:
        lines = procfile(Path(name))
        environment = {
            **os.environ,
            "PATH": f"{name}:{os.environ['PATH']}",
            "DATABASE_URL": url,
            "PORT": str(PORT),
            "SLACK_BOT_TOKEN": team.token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack.api_url,
            "ALLOW_HOSTS": pages.host,
            "LOG_LEVEL": "info",
        }
        say(f"release ended with {await (await start(lines['release'], environment)).wait()}")
        say(f"discord without a token ended with {await (await start(lines['discord'], environment)).wait()}")
        running = {"web": await start(lines["web"], environment)}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
            await until("web serves", lambda: healthy(client))
            await rest_the_catalogue(url)
            running |= {f"worker {n}": await start(lines["worker"], environment) for n in (1, 2)}
            await show(client, pages, slack, team, url)
        for each, process in running.items():
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            say(f"{each} ended with {await process.wait()}, {time.monotonic() - began:.1f} s after SIGTERM")
    await slack.server.close()
    await pages.stop()


async def healthy(client: httpx.AsyncClient) -> bool:
    """Tell whether the web process answers."""
    try:
        return (await client.get("/healthz")).status_code == 200
    except httpx.HTTPError:
        return False


async def rest_the_catalogue(url: str) -> None:
    """Let nobody look at the platforms of the catalogue: this stays on loopback."""
    database = await open_database(url, guest=True)
    async with database.engine.begin() as connection:
        await connection.execute(update(table(SightRow)).values(next_look=None))
    await database.close()


async def show(client: httpx.AsyncClient, pages: Pages, slack: SlackStandIn, team: Team, url: str) -> None:
    """Watch a page by a command, let it change, and wait for the ping."""
    database = await open_database(url, readonly=True)

    async def version() -> bool:
        async with database.read() as connection:
            asked = "SELECT count(*) FROM version JOIN document ON document.id = version.document WHERE owner <> ''"
            return bool((await connection.execute(text(asked))).scalar())

    async def pinged() -> bool:
        return any("30" in str(said) and "90" in str(said) for said in slack.sent("chat.postMessage"))

    address = f"http%3A%2F%2F{pages.host.replace(':', '%3A')}%2Fterms"
    say(f"/watch {pages.host}/terms is acknowledged with {await type_command(client, team, address)}")
    await until("a worker has looked at the page for the first time", version)
    put(pages, 90)
    async with database.engine.begin() as connection:  # the next look would come in an hour
        sight = table(SightRow)
        await connection.execute(update(sight).where(sight.c.version != "").values(next_look=EPOCH, taken_until=None))
    say("the page has changed, and its next look is due")
    await until("the ping is in Slack", pinged)
    await asyncio.sleep(16)  # a worker adds its counts every fifteen seconds
    print((await client.get("/metrics")).text)
    print((await client.get("/readyz")).text)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
