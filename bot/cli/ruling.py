"""`rules id` and `rules diff`: which rules this program judges by, and what they would make of the archive."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.cli.terminal import terminal

if TYPE_CHECKING:
    from watchers.rules.upgrade import Shift, Upgrade

LONGEST = 160
"""Characters of an excerpt that are shown."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="Which rules judge here, and what they change in the archive.", no_args_is_help=True)
    group.command("id")(show_id)
    group.command("diff")(diff)
    app.add_typer(group, name="rules")


def show_id() -> None:
    """Print the id of the rule set: it is kept with every version and with what was found in it.

    Example: clausewatch rules id
    """
    from watchers.rules.ruleset import inputs, ruleset_id

    terminal(highlight=False).print(f"{ruleset_id()}, over {len(inputs())} files")


def diff(
    platform: Annotated[str, typer.Option(help="Only the documents of a platform.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document, for programs.")] = False,
) -> None:
    """Show what the rules of this program would change in the archive; nothing is written and nobody is told.

    Example: clausewatch rules diff --platform x
    """
    asyncio.run(_diff(platform, as_json))


async def _diff(platform: str, as_json: bool) -> None:
    from watchers.rules.ruleset import ruleset_id

    console, all_, other = terminal(highlight=False, soft_wrap=True), 0, 0
    async for found in _upgrades(platform):
        all_ += 1
        if found.nothing:
            continue
        other += 1
        if as_json:
            print(json.dumps(asdict(found), ensure_ascii=False))
        else:
            _show(console, found)
    if not as_json:
        console.print(f"{other} of {all_} documents come out otherwise by the rules {ruleset_id()}.")


async def _upgrades(platform: str) -> AsyncIterator[Upgrade]:
    from bot.settings import load_settings
    from storage.archive.archive import Archive
    from storage.database.connection import open_database
    from watchers.rules.upgrade import upgrade

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        archive = Archive(database)
        for document in await archive.read_documents():
            if platform in ("", document.platform):
                yield upgrade(document, await archive.past(document.id))
    finally:
        await database.close()


def _show(console: Console, found: Upgrade) -> None:
    words = f": {found.words_gone} words less, {found.words_come} more" if found.words_gone or found.words_come else ""
    console.print(f"[bold]{escape(found.document)}[/]{words}")
    for shift in found.shifts:
        console.print(f"  {shift.provision}: {_exposures(shift)}")
        for mark, colour, excerpts in (("-", "red", shift.gone), ("+", "green", shift.come)):
            for excerpt in excerpts:
                console.print(f"    [{colour}]{mark} {escape(_short(excerpt))}[/]")


def _exposures(shift: Shift) -> str:
    if shift.was is None:
        return f"found now, {shift.now}"
    if shift.now is None:
        return f"found no more, was {shift.was}"
    return f"{shift.was} → {shift.now}" if shift.was is not shift.now else f"other words, {shift.now}"


def _short(excerpt: str) -> str:
    return excerpt if len(excerpt) <= LONGEST else f"{excerpt[: LONGEST - 1]}…"
