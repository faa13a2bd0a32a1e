"""The commands that look after an installation: `look`, `status`, `sync`, `doctor`, `key`, `catalogue`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.catalogue import catalogue_commands
from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from watchers.model import Look, Platform


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(look)
    app.command()(status)
    app.command()(sync)
    app.command()(doctor)
    app.command()(key)
    app.add_typer(catalogue_commands(), name="catalogue")


def look(
    platform: Annotated[str, typer.Argument(help="A platform of the catalogue, by name or alias.")],
) -> None:
    """Look at a platform's documents now, and say what was seen.

    Example: clausewatch look x
    """
    from bot.app import Edges, open_app
    from bot.settings import load_settings

    wanted = find_platform(platform)

    async def go() -> list[Look]:
        looks: list[Look] = []

        async def seen(look: Look) -> None:
            looks.append(look)

        async with open_app(load_settings(), Edges(seen=(seen,))) as app:
            due = await app.archive.due([document.id for document in wanted.documents])
            await app.watching.look_at(due)
        return looks

    looks = asyncio.run(go())
    terminal().print(looks_table(wanted, looks))
    if looks and all(each.outcome in ("failed", "blind") for each in looks):
        raise typer.Exit(1)


def status() -> None:
    """Say how the installation is doing, what is wrong first; works beside a running one.

    Example: clausewatch status
    """
    from bot.cli.standing import show_status
    from bot.settings import load_settings

    if not asyncio.run(show_status(load_settings(), terminal(highlight=False))):
        raise typer.Exit(1)


def sync() -> None:
    """Make the commands known to Discord; needed once, and after an update that brings new ones.

    Example: clausewatch sync
    """
    from bot.chats.discord.bot import Discord, DiscordSettings
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.discord:
        raise ClausewatchError("DISCORD_TOKEN is not set; `clausewatch doctor` says where to get it")
    discord = Discord(DiscordSettings(settings.discord_token, settings.discord_api_url))

    async def go() -> int:
        try:
            await discord.log_in()
            return await discord.sync()
        finally:
            await discord.stop()

    known = asyncio.run(go())
    terminal().print(f"Discord knows {known} commands now.", highlight=False)


def doctor() -> None:
    """Say what is configured, what is missing, and how to get it.

    Example: clausewatch doctor
    """
    from bot.monitoring.doctor import examine_installation
    from bot.settings import load_settings

    found = asyncio.run(examine_installation(load_settings()))
    console = terminal(highlight=False)
    marks = {"ok": "[green]✓[/]", "missing": "[yellow]–[/]", "wrong": "[red]✗[/]"}
    for each in found:
        console.print(f"{marks[each.state]} [bold]{escape(each.what)}[/]: {escape(each.says)}")
        if each.remedy:
            console.print(f"  [dim]{escape(each.remedy)}[/]")
    if any(each.state == "wrong" for each in found):
        raise typer.Exit(1)


def key() -> None:
    """Make a key for ENCRYPTION_KEYS.

    Example: clausewatch key
    """
    from bot.sealing import make_key

    typer.echo(make_key())


def find_platform(name: str) -> Platform:
    """Return a platform of the catalogue. Raises ClausewatchError with the nearest names if there is none."""
    from watchers.catalogue import find, nearest

    found = find(name)
    if found is None:
        names = ", ".join(platform.id for platform in nearest(name))
        raise ClausewatchError(f'no platform "{name}" is in the catalogue; the nearest are: {names}')
    return found


def looks_table(platform: Platform, looks: list[Look]) -> Table:
    """Lay out what looks at a platform brought."""
    title = escape(platform.name)
    table = Table("document", "look", "what was seen", "ms", title=title, title_justify="left")
    for each in sorted(looks, key=lambda look: look.document):
        words = f"{len(each.reading.text.split()):,} words" if each.reading else ""
        seen = escape("; ".join(filter(None, (words, each.headline or each.reason))))
        table.add_row(escape(each.document), each.outcome, seen, f"{each.milliseconds:.0f}")
    return table
