"""`memo` and `benchmark`: what a counsel hands on, as Word, PDF, XLSX or CSV files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from bot.facts.sources import Sources
    from bot.work.benchmark import Line
    from bot.work.memo import Memo
    from storage.archive.archive import Archive
    from watchers.model import Platform


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(memo)
    app.command()(benchmark)


def memo(
    provision: Annotated[str, typer.Argument(help="A provision, e.g. ai-training.")],
    platforms: Annotated[list[str], typer.Argument(help="A platform; several are compared.")],
    region: Annotated[str, typer.Option(help="Laws of one region, e.g. eu.")] = "",
    out: Annotated[Path | None, typer.Option(help="The file: .docx or .pdf; default: a .docx here.")] = None,
) -> None:
    """Write a memo: question, short answer, clauses verbatim with their places and hashes, laws, open points.

    Example: clausewatch memo ai-training linkedin --region eu
    Example: clausewatch memo arbitration x linkedin reddit --out arbitration.pdf
    """
    wanted = _provision(provision)
    file = out or Path(f"memo-{provision}-{'-'.join(platforms)[:60]}.docx")
    make = _maker(file)
    _write(file, make(asyncio.run(_memo(wanted, platforms, _region(region)))))


def benchmark(
    provisions: Annotated[list[str], typer.Argument(help="Provisions, e.g. ai-training arbitration.")],
    platform: Annotated[
        list[str] | None, typer.Option(help="A platform, and more; all that were read if none.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file: .xlsx or .csv; default: benchmark.xlsx here.")] = None,
) -> None:
    """Write a table of platforms over the slots of provisions, in the words of the documents, with their sources.

    Example: clausewatch benchmark ai-training arbitration --platform x --platform linkedin
    """
    from bot.work.benchmark import csv_file, xlsx_file

    file = out or Path("benchmark.xlsx")
    makers = {".xlsx": xlsx_file, ".csv": csv_file}
    if file.suffix not in makers:
        raise ClausewatchError(f"{file} is neither .xlsx nor .csv; name it so")
    lines = asyncio.run(_lines([_provision(one) for one in provisions], platform or ()))
    _write(file, makers[file.suffix](lines))


def _maker(file: Path) -> Callable[[Memo], bytes]:
    from bot.work.pdf import pdf_file
    from bot.work.word import word_file

    makers = {".docx": word_file, ".pdf": pdf_file}
    if file.suffix not in makers:
        raise ClausewatchError(f"{file} is neither .docx nor .pdf; name it so")
    return makers[file.suffix]


def _write(file: Path, body: bytes) -> None:
    if file.exists():
        raise ClausewatchError(f"{file} exists already; name another with --out")
    file.write_bytes(body)
    hint = " Check it with `clausewatch verify`." if file.suffix == ".docx" else ""
    terminal(highlight=False).print(f"{escape(str(file))}: {len(body):,} bytes.{hint}")


def _provision(words: str) -> str:
    from bot.commands.order import plain, provision_names

    found = provision_names().get(plain(words), "")
    if not found:
        raise ClausewatchError(f'"{words}" is no provision; for instance: ai-training, arbitration, data-sharing')
    return found


def _region(words: str) -> tuple[str, ...]:
    from watchers.provisions.regions import REGIONS, region_named

    found = region_named(words)
    if words and not found:
        raise ClausewatchError(f'"{words}" is no region that laws are kept for; these are: {", ".join(REGIONS)}')
    return (found,) if found else ()


@asynccontextmanager
async def _read() -> AsyncIterator[tuple[Archive, Sources]]:
    from bot.facts.sources import Sources
    from bot.settings import load_settings
    from storage.archive.archive import Archive
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=True)
    try:
        archive = Archive(database)
        yield archive, Sources(archive)
    finally:
        await database.close()


async def _named(archive: Archive, names: Sequence[str]) -> list[Platform]:
    from bot.commands.order import Names

    known = Names(await archive.platforms())
    found = []
    for name in names:
        platform = known.platform(name)
        if platform is None:
            near = ", ".join(one.id for one in known.nearest(name))
            raise ClausewatchError(f'no platform "{name}" is known; the nearest are: {near}')
        found.append(platform)
    return found


async def _memo(provision: str, names: Sequence[str], regions: tuple[str, ...]) -> Memo:
    from bot.clock import system_clock
    from bot.facts.histories import history_of
    from bot.work.memo import memo_of_card, memo_of_comparison
    from watchers.provisions.card import compose_card
    from watchers.provisions.choosing import best_source
    from watchers.provisions.comparison import row

    async with _read() as (archive, sources):
        platforms = await _named(archive, names)
        if len(platforms) == 1:
            (platform,) = platforms
            source = best_source(provision, await sources.of_all(platform, platform.documents))
            if source is None:
                raise ClausewatchError(
                    f"nothing of {platform.name} has been read yet; `clausewatch look {platform.id}`"
                )
            card = compose_card(provision, source, await history_of(archive, source.document.id, provision, ""))
            return memo_of_card(card, platform.name, system_clock(), regions)
        rows, silent = [], []
        for platform in platforms:
            source = best_source(provision, await sources.of_all(platform, platform.documents))
            found = row(provision, source) if source else None
            if found and found.excerpt:
                rows.append(found)
            else:
                silent.append(platform.name)
        return memo_of_comparison(provision, rows, silent, system_clock())


async def _lines(provisions: Sequence[str], names: Sequence[str]) -> list[Line]:
    from bot.work.benchmark import line

    lines = []
    async with _read() as (archive, sources):
        platforms = await _named(archive, names) if names else list(await archive.platforms())
        for platform in platforms:
            read = await sources.of_all(platform, platform.documents)
            if read or names:
                lines += [line(provision, platform.name, read) for provision in provisions]
    if not lines:
        raise ClausewatchError("nothing has been read yet; `clausewatch look x` looks at one platform now")
    return lines
