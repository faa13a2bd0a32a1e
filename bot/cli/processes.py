"""The commands that run an installation: `up`, or `web`, `discord` and `worker` side by side; `release`, `migrate`."""

from __future__ import annotations

import asyncio

import typer
from rich.markup import escape

from bot.cli.terminal import terminal


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for process in (up, web, discord, worker, release, migrate):
        app.command()(process)


def up() -> None:
    """Run everything in one process: looks, chats, pages. Without a token the chat is this terminal.

    Example: clausewatch up
    """
    _run("UP")


def web() -> None:
    """Run the web process: pages, health, and what Slack sends. It looks at nothing and tells nothing.

    Example: DATABASE_URL=postgresql://… clausewatch web
    """
    _run("WEB")


def discord() -> None:
    """Run the process that holds the connection to Discord and answers there. One is enough.

    Example: DATABASE_URL=postgresql://… clausewatch discord
    """
    _run("DISCORD")


def worker() -> None:
    """Run a process that looks and tells. Any number may run side by side.

    Example: DATABASE_URL=postgresql://… clausewatch worker
    """
    _run("WORKER")


def _run(role: str) -> None:
    from bot.process import roles
    from bot.process.run import run
    from bot.settings import load_settings

    asyncio.run(run(load_settings(), getattr(roles, role)))


def release() -> None:
    """Make ready for a new version: bring the database to its schema, and make the commands known to Discord.

    Example: clausewatch release
    """
    from bot.process.release import release as make_ready
    from bot.settings import load_settings

    for line in asyncio.run(make_ready(load_settings())):
        terminal(highlight=False, soft_wrap=True).print(escape(line))


def migrate() -> None:
    """Bring the database to this program's schema; `up` does it by itself.

    Example: DATABASE_URL=postgresql://… clausewatch migrate
    """
    from bot.process.release import migrate as bring_up
    from bot.settings import load_settings

    terminal(highlight=False, soft_wrap=True).print(escape(asyncio.run(bring_up(load_settings().database_url))))
