"""The commands to try it out on: `demo`, a made-up platform, and `replay`, a real archived history."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from bot.cli.terminal import terminal
from bot.process.logs import set_up_logs
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from bot.worlds.replay import Tally


JsonLines = Annotated[bool, typer.Option("--jsonl", help="Replay Markdown versions; a line of JSON for each telling.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(demo)
    app.command()(replay)


def demo(
    pause: Annotated[float, typer.Option(help="Seconds to rest between the scenes.")] = 2.5,
    svg: Annotated[Path | None, typer.Option(help="Keep what was seen as a picture in this file.")] = None,
) -> None:
    """See it work in half a minute, without network or token: a made-up policy changes while you look.

    Example: clausewatch demo
    """
    set_up_logs("warning")
    shown = terminal(highlight=False, record=svg is not None, width=92 if svg else None)
    asyncio.run(_demo(pause, shown))
    if svg is not None:
        svg.write_text(_without_fonts(shown.export_svg(title="clausewatch demo")), encoding="utf-8")


def replay(
    snapshots: Annotated[Path, typer.Argument(help="A git repository of snapshots (Open Terms Archive's layout).")],
    platform: Annotated[str, typer.Option(help="The service to replay, as its folder is called.")] = "",
    jsonl: JsonLines = False,
    pings: Annotated[int, typer.Option(help="How many pings and digests to draw.")] = 3,
    keep: Annotated[Path | None, typer.Option(help="Keep the database in this file.")] = None,
) -> None:
    """Replay the archived pages of a service through the real path, at their historic times.

    With --jsonl a repository of Markdown versions is replayed whole, and each telling is a line of JSON.

    Example: clausewatch replay snapshots.git --platform "Le Chat"
    """
    set_up_logs("warning")
    if jsonl:
        _retell(snapshots)
        return
    if not platform:
        raise ClausewatchError("name a service with --platform, or replay Markdown versions as lines with --jsonl")
    with tempfile.TemporaryDirectory() as folder:
        file = keep or Path(folder, "replay.db")
        if file.exists():
            raise ClausewatchError(f"{file} exists already; name a new file")
        tally = asyncio.run(_replay(snapshots, platform, pings, file))
    terminal().print(tally_table(platform, tally))


async def _demo(pause: float, shown: Console) -> None:
    from bot.app import Edges, open_app
    from bot.chats.console.chat import Console as ConsoleChat
    from bot.clock import SteppedClock
    from bot.settings import Settings
    from bot.worlds.demo import START, Stage, platform, play, put_up, rest
    from bot.worlds.pages import Pages

    def say(words: str) -> None:
        shown.print(Panel(words, style="cyan", border_style="cyan"), markup=False)

    pages, clock, chat = Pages(), SteppedClock(START), ConsoleChat(shown)
    await pages.start()
    put_up(pages, "privacy-1", START)
    put_up(pages, "terms-1", START)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/demo.db", workers=2)
        edges = Edges(clock, (chat,), (platform(pages),), allow=(pages.host,), gap=0)
        async with open_app(settings, edges) as app:
            await play(Stage(app, clock, pages, say, lambda: rest(pause)))
    await pages.stop()
    say("That was the whole path: fetch, read, compare, recognise, record, tell. Now try `clausewatch up`.")


async def _replay(snapshots: Path, service: str, pings: int, file: Path) -> Tally:
    from bot.worlds.histories import History

    history = History(snapshots)
    if service not in history.services():
        raise ClausewatchError(f'no service "{service}" in {snapshots}; it has: {", ".join(history.services())}')
    return await _play_history(history, service, pings, file)


def _retell(repository: Path) -> None:
    from bot.worlds.retelling import retell

    for line in retell(repository):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


async def _play_history(history: object, service: str, pings: int, file: Path) -> Tally:
    from rich.progress import Progress

    from bot.worlds.replay import play_history

    with Progress(transient=True, console=terminal(stderr=True)) as progress:
        task = progress.add_task(escape(service), total=None)

        def at(moment: datetime) -> None:
            progress.update(task, description=escape(f"{service} {moment:%Y-%m-%d}"))

        return await play_history(history, service, pings, file, at)  # type: ignore[arg-type]


def _without_fonts(picture: str) -> str:
    """Leave out the fonts that rich would have a viewer fetch from elsewhere; one of its own stands in for them."""
    return re.sub(r"(?<!\s)\s*+@font-face \{[^{}]*+\}", "", picture)


def tally_table(service: str, tally: Tally) -> Table:
    """Lay out what a replay came to."""
    span = f"{tally.first:%Y-%m-%d} to {tally.last:%Y-%m-%d}" if tally.first and tally.last else "no pages"
    table = Table("what", "count", title=escape(f"{service}, {span}"), title_justify="left")
    rows: list[tuple[str, object]] = [
        ("rounds of looks", tally.rounds),
        ("looks", sum(tally.looks.values())),
        *((f"  {outcome.replace('_', ' ')}", count) for outcome, count in sorted(tally.looks.items())),
        ("versions", tally.versions),
        ("substantive changes", tally.substantive),
        ("cosmetic changes", tally.cosmetic),
        *((f"  {reason}", count) for reason, count in tally.reasons.most_common()),
        ("blind spells told", tally.blind_spells),
        ("pings", tally.pings),
        ("digests", tally.digests),
        ("seconds", f"{tally.seconds:.1f} ({tally.cpu_seconds:.1f} of CPU)"),
    ]
    for what, count in rows:
        table.add_row(what, str(count))
    return table
