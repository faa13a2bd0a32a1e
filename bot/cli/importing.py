"""`import declarations` and `import history`: what others have described and kept, with its source and licence."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from storage.importers.histories import Imported
    from watchers.model import Platform

Licence = Annotated[str, typer.Option(help="The licence it stands under.")]
Source = Annotated[str, typer.Option(help="Where it comes from, as it is shown.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="Take over what others have described and kept.", no_args_is_help=True)
    group.command("declarations")(declarations)
    group.command("history")(history)
    app.add_typer(group, name="import")


def declarations(
    folder: Annotated[Path, typer.Argument(help="A folder of Open Terms Archive declarations (*.json).")],
    source: Source = "Open Terms Archive",
    licence: Licence = "EUPL-1.2",
) -> None:
    """Import how documents are read: addresses, selectors, parts.

    Example: clausewatch import declarations ./declarations
    """
    from storage.importers.open_terms import read_folder

    if not folder.is_dir():
        raise ClausewatchError(f"{folder}: no such folder; give one with declarations (*.json) in it")
    declared = read_folder(folder, source, licence)
    ours = asyncio.run(_declare(declared.platforms))
    documents = [document for platform in declared.platforms for document in platform.documents]
    marked = sum(any(part.note for part in document.parts) for document in documents)
    console = terminal(highlight=False)
    for mistake in declared.mistakes:
        console.print(f"[yellow]skipped[/] {escape(str(mistake))}")
    console.print(f"{len(declared.platforms)} platforms with {len(documents)} documents; {marked} with a remark.")
    if ours:
        console.print(f"{ours} of the documents are in our catalogue already and stay as it says.")
    if declared.earlier:
        console.print(f"{declared.earlier} earlier declarations were read; all pages are read by today's.")


def history(
    repository: Annotated[Path, typer.Argument(help="A git repository of versions (Open Terms Archive's layout).")],
    service: Annotated[str, typer.Option(help="Only this service.")] = "",
    source: Source = "Open Terms Archive",
    licence: Licence = "ODC-By 1.0",
) -> None:
    """Import years of versions; nobody is told of them, and importing twice changes nothing.

    Example: clausewatch import history versions.git
    """
    imported = asyncio.run(_history(repository, service, source, licence))
    console = terminal(highlight=False)
    console.print(
        f"{imported.records} records of {imported.documents} documents: {imported.versions} versions, "
        f"{imported.changes} changes; {imported.known} were known."
    )
    for reason, count in sorted(imported.passed_over.items()):
        console.print(f"  {count} passed over: {escape(reason)}")


async def _declare(platforms: Sequence[Platform]) -> int:
    """Declare what is not the catalogue's, and return how many documents are."""
    from bot.app import Edges, open_app
    from bot.settings import load_settings
    from storage.importers.names import Names, fitted

    ours = 0
    async with open_app(load_settings(), Edges()) as app:
        names = Names(await app.archive.platforms())
        for declared in platforms:
            platform, known = fitted(names, declared)
            ours += known
            for document in platform.documents:
                await app.archive.add_document(document, platform)
    return ours


async def _history(repository: Path, service: str, source: str, licence: str) -> Imported:
    from bot.app import Edges, open_app
    from bot.clock import system_clock
    from bot.examining.texts import examine_in_box
    from bot.settings import load_settings
    from storage.importers.histories import HistoryImporter
    from storage.importers.histories import Source as Origin

    async with open_app(load_settings(), Edges()) as app:
        importer = HistoryImporter(app.database, examine_in_box, Origin(source, licence))
        return await importer.run(repository, system_clock(), service)
