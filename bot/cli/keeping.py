"""The commands that keep what is kept: `backup`, `restore`, `move`, `tidy`, `forget`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (backup, restore, move, tidy, forget):
        app.command()(command)


def backup(target: Annotated[Path, typer.Argument(help="The new file to write the copy to.")]) -> None:
    """Write a whole copy of the SQLite database, also while it is in use; it never overwrites.

    Example: clausewatch backup clausewatch-2026-11-23.db
    """
    from bot.settings import load_settings
    from storage.upkeep.backup import backup as copy

    size = asyncio.run(copy(load_settings().database_url, target))
    _say(f"{target}: {size:,} bytes")


def restore(source: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Put a backup in place of the database, which must not be in use; the old one is kept beside it.

    Example: clausewatch restore clausewatch-2026-11-23.db
    """
    from bot.settings import load_settings
    from storage.upkeep.backup import restore as put_back

    kept = asyncio.run(put_back(source, load_settings().database_url))
    _say("restored" + (f"; the old database is kept as {kept}" if kept else ""))


def move(
    source: Annotated[str, typer.Argument(help="The database to carry over, e.g. sqlite:///clausewatch.db.")],
    target: Annotated[str, typer.Argument(help="An empty database, e.g. postgresql://….")],
) -> None:
    """Carry an installation over to another, empty database, all of it or nothing.

    Example: clausewatch move sqlite:///clausewatch.db postgresql://localhost/clausewatch
    """
    from bot.chats.slack.install import TABLES
    from storage.upkeep.moving import move as carry

    counts = asyncio.run(carry(source, target, TABLES))
    _say(f"{sum(counts.values()):,} rows of {len(counts)} tables; set DATABASE_URL to the new address now")


def tidy() -> None:
    """Drop what the retention rules no longer keep; never a page that a version or an excerpt needs.

    Also forgets what is left of workspaces that left longer ago than the stated time.

    Example: clausewatch tidy
    """
    from bot.clock import system_clock
    from bot.process.tidying import tidy_up
    from bot.settings import load_settings
    from storage.database.connection import open_database

    async def go() -> str:
        database = await open_database(load_settings().database_url)
        try:
            return await tidy_up(database, system_clock())
        finally:
            await database.close()

    _say(asyncio.run(go()))


def forget(workspace: Annotated[str, typer.Argument(help="The workspace as `chat:id`, e.g. slack:T012AB3CD.")]) -> None:
    """Forget a workspace now: its token, channels, watches, deliveries, secrets and the pages it added.

    Example: clausewatch forget slack:T012AB3CD
    """
    from bot.chats.slack.install import forget_tokens
    from bot.settings import load_settings
    from storage.audience.store import Audience
    from storage.database.connection import open_database

    async def go() -> int:
        database = await open_database(load_settings().database_url)
        try:
            tokens = await forget_tokens(database, workspace)
            return tokens + sum((await Audience(database).forget(workspace)).values())
        finally:
            await database.close()

    _say(f"{workspace} is forgotten: {asyncio.run(go())} rows are gone")


def _say(words: str) -> None:
    terminal(highlight=False).print(escape(words))
