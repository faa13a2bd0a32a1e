"""The command `clausewatch`; also `python -m bot`."""

from __future__ import annotations

import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from bot.cli import (
    cards,
    explaining,
    exporting,
    handing,
    hooking,
    importing,
    keeping,
    planning,
    processes,
    proving,
    ruling,
    running,
    texts,
    trying,
)
from bot.cli.terminal import terminal
from bot.process.collector import collect_seldom
from watchers.errors import ClausewatchError

app = typer.Typer(
    name="clausewatch",
    help="Watches terms and privacy policies, and tells Slack, Discord or this terminal what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for part in (
    *(
        processes,
        running,
        trying,
        texts,
        cards,
        explaining,
        importing,
        planning,
        hooking,
        proving,
        exporting,
        keeping,
        ruling,
        handing,
    ),
):
    part.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"clausewatch {version('clausewatch')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which it is.")
    ] = False,
) -> None:
    """Watches terms and privacy policies, and tells Slack, Discord or this terminal what changed."""


def _say_what_can_be_said() -> None:
    """Let output in another code page than UTF-8 replace what that cannot say, instead of stopping in its middle."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line; an error meant for people is one clear sentence and exit code 1."""
    collect_seldom()
    _say_what_can_be_said()
    try:
        app()
    except ClausewatchError as error:
        terminal(stderr=True, highlight=False).print(str(error), style="red", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
