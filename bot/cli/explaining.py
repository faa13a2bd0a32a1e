"""`explain`: why something was told or not, found or not; of a change, a document, or a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal
from bot.cli.texts import DocType, found_in, read_file
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from storage.archive.archive import Archive


def add_to(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(explain)


def explain(
    what: Annotated[str, typer.Argument(help="A change (c…), a document (x/privacy-policy), or a file.")],
    doc_type: DocType = "",
) -> None:
    """Say why: the rules that decided a change or found a provision, their words, and what spoke against.

    Example: clausewatch explain c0123456789abcdef
    """
    path = Path(what)
    lines = of_file(path, doc_type) if path.is_file() else asyncio.run(_of_archive(what))
    console = terminal(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(escape(line))


def of_file(path: Path, doc_type: str) -> Iterator[str]:
    """Yield why each provision is found in a file."""
    from bot.compose.why import of_finding

    text = read_file(path).text
    for finding in found_in(text, doc_type):
        yield from _indented(of_finding(finding, text))


async def _of_archive(what: str) -> tuple[str, ...]:
    from bot.settings import load_settings
    from storage.archive.archive import Archive
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        return await of_archive(Archive(database), what)
    finally:
        await database.close()


async def of_archive(archive: Archive, what: str) -> tuple[str, ...]:
    """Return why a change was told or not, or what the looks at a document and its findings rest on."""
    from bot.compose.why import of_change

    if change := await archive.change(what):
        return (change.headline or what, *(f"  {line}" for line in of_change(change)))
    if await archive.document(what) is None:
        raise ClausewatchError(f"{what} is no change, no document and no file; `clausewatch status` names documents")
    return tuple([line async for line in _of_document(archive, what)])


async def _of_document(archive: Archive, document: str) -> AsyncIterator[str]:
    from bot.compose.why import of_finding

    for look in (await archive.looks(document))[-5:]:
        yield f"{look.at:%Y-%m-%d %H:%M} {look.outcome}{f': {look.reason}' if look.reason else ''}"
    if (version := await archive.latest(document)) is None:
        yield "it was never read"
        return
    found_by = await archive.recognised(version.id)
    yield f"read by the rules {version.rules or 'unknown'}, recognised by {found_by or 'unknown'}"
    for finding in await archive.findings(version.id):
        for line in _indented(of_finding(finding, version.text)):
            yield line


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with all but the first set in."""
    for number, line in enumerate(lines):
        yield f"  {line}" if number else line
