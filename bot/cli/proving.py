"""`evidence` and `verify`: a file about a change that proves itself, and the proof."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(evidence)
    app.command()(verify)


def evidence(
    change: Annotated[str, typer.Argument(help="The id of a change, as pings and pages show it.")],
    out: Annotated[Path | None, typer.Option(help="Where to write it; default: evidence-CHANGE.zip here.")] = None,
) -> None:
    """Write the evidence of a change: pages as served, texts, redline, card, metadata and chain.

    Example: clausewatch evidence c0123456789abcdef
    """
    file = out or Path(f"evidence-{change}.zip")
    if file.exists():
        raise ClausewatchError(f"{file} exists already; name another with --out")
    body = asyncio.run(_bundle(change))
    file.write_bytes(body)
    terminal(highlight=False).print(f"{escape(str(file))}: {len(body):,} bytes. Check it with `clausewatch verify`.")


def verify(
    bundle: Annotated[Path | None, typer.Argument(help="A bundle written by `evidence`, or a .docx by `memo`.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Check the whole archive instead.")] = False,
) -> None:
    """Prove a bundle without the database, or the whole archive with --all; what was altered is named.

    Example: clausewatch verify evidence-c0123456789abcdef.zip
    """
    from bot.evidence.verify import verify as verified

    if all_ == (bundle is not None):
        raise ClausewatchError("name a bundle, or say --all")
    if bundle is None:
        wrong = asyncio.run(_check_all())
    else:
        wrong = asyncio.run(_check_memo(_bytes(bundle))) if bundle.suffix == ".docx" else verified(bundle)
    console = terminal(highlight=False)
    for each in wrong:
        console.print(f"[red]✗[/] {escape(each)}")
    if wrong:
        raise typer.Exit(1)
    console.print("[green]✓[/] everything is as it was written")


async def _bundle(change: str) -> bytes:
    from bot.evidence.bundle import files_of, packed
    from bot.evidence.gather import gather
    from bot.pages.shelf import Shelf
    from bot.settings import load_settings
    from storage.archive.archive import Archive
    from storage.archive.proofs import Proofs
    from storage.archive.search import Search
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        shelf = Shelf(Archive(database), Search(database))
        return packed(files_of(await gather(shelf, Proofs(database), change)))
    finally:
        await database.close()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ClausewatchError(f"{path} cannot be read ({error.strerror})") from error


async def _check_memo(body: bytes) -> tuple[str, ...]:
    from bot.settings import load_settings
    from bot.work.proof import wrong_citations
    from storage.archive.archive import Archive
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        return await wrong_citations(body, Archive(database).version)
    finally:
        await database.close()


async def _check_all() -> tuple[str, ...]:
    from bot.settings import load_settings
    from storage.archive.proofs import Proofs
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        return tuple([wrong async for wrong in Proofs(database).check()])
    finally:
        await database.close()
