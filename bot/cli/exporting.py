"""`export`: the archive as JSON lines, as CSV tables, or as a repository in the Open Terms Archive's layout."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal


class Layout(StrEnum):
    """How an export is laid out."""

    JSON = "json"
    CSV = "csv"
    OPEN_TERMS = "open-terms"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(export)


def export(
    layout: Annotated[Layout, typer.Argument(help="json (one object a line), csv, or open-terms (a git repository).")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    platform: Annotated[str, typer.Option(help="Only this platform, by its id.")] = "",
    workspace: Annotated[str, typer.Option(help="With the pages this workspace added (slack:T0123).")] = "",
) -> None:
    """Write platforms, documents, versions, changes and provisions as files. Works beside a running one.

    Example: clausewatch export json ./archive --platform x
    """
    from bot.exporting.files import as_csv, as_json, empty_folder
    from bot.exporting.open_terms import as_repository
    from bot.exporting.rows import chosen, rows
    from bot.settings import load_settings
    from storage.archive.archive import Archive
    from storage.database.connection import open_database

    async def go() -> str:
        database = await open_database(load_settings().database_url, readonly=True)
        try:
            archive = Archive(database)
            platforms = await chosen(archive, platform, workspace)
            target = empty_folder(folder)
            if layout is Layout.OPEN_TERMS:
                return f"{await as_repository(archive, platforms, target):,} versions as commits"
            write = as_json if layout is Layout.JSON else as_csv
            counts = await write(rows(archive, platforms), target)
            return ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
        finally:
            await database.close()

    said = asyncio.run(go())
    terminal(highlight=False, soft_wrap=True).print(escape(f"{folder}: {said}"))
