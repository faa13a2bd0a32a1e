"""`catalogue check` and `catalogue list`: what can be watched, and whether its files are right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError


def catalogue_commands() -> typer.Typer:
    """Return the commands under `catalogue`."""
    app = typer.Typer(help="The platforms and documents that can be watched.", no_args_is_help=True)
    app.command("check")(check)
    app.command("list")(list_)
    return app


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Platform files; without any, all of the catalogue.")
    ] = None,
) -> None:
    """Check every data file: platforms, provisions, law. Each wrong one is named with its line.

    Example: clausewatch catalogue check
    """
    from watchers import catalogue
    from watchers.provisions import explanations, law, recogniser, taxonomy

    paths = files or sorted(catalogue.FOLDER.glob("*.toml"))
    if mistakes := catalogue.check(paths):
        raise ClausewatchError("\n".join(map(str, mistakes)))
    if files:
        terminal(highlight=False).print(f"{len(files)} platform file{'s' * (len(files) > 1)}: all well.")
        return
    platforms = catalogue.load()
    documents = sum(len(platform.documents) for platform in platforms)
    recogniser.default()
    laws = law.law()
    terminal(highlight=False).print(
        f"{len(platforms)} platforms with {documents} documents, {len(taxonomy.PROVISIONS)} types of provisions, "
        f"{len(explanations.explanations())} explanations, {len(laws.instruments)} instruments: all well."
    )


def list_(
    platform: Annotated[str, typer.Argument(help="One platform, by name or alias; all if left out.")] = "",
) -> None:
    """List the platforms that can be watched, or the documents of one with their addresses.

    Example: clausewatch catalogue list
    Example: clausewatch catalogue list linkedin
    """
    from watchers import catalogue

    console = terminal(highlight=False)
    if platform:
        return _documents(console, platform)
    platforms = catalogue.load()
    for each in platforms:
        console.print(f"{each.id:24} {each.name}: {', '.join(one.type for one in each.documents)}", markup=False)
    documents = sum(len(each.documents) for each in platforms)
    console.print(f"{len(platforms)} platforms, {documents} documents. Any other page: /watch https://…", markup=False)
    return None


def _documents(console: Console, name: str) -> None:
    from bot.cli.running import find_platform

    found = find_platform(name)
    console.print(found.name, style="bold", markup=False)
    for document in found.documents:
        console.print(f"  {document.type}", markup=False)
        for part in document.parts:
            console.print(f"    {part.address}", markup=False)
