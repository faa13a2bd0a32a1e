"""`webhook add`, `list`, `test` and `remove`: where a workspace wants the changes it watches posted to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError

if TYPE_CHECKING:
    from storage.database.connection import Database

Id = Annotated[str, typer.Argument(help="The webhook's id, as `webhook list` shows it.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="Post the changes a workspace watches to an address, signed.", no_args_is_help=True)
    for command in (add, test, remove):
        group.command()(command)
    group.command("list")(show)
    app.add_typer(group, name="webhook")


def add(
    workspace: Annotated[str, typer.Argument(help="The workspace, as `plan list` shows it (slack:T0123).")],
    address: Annotated[str, typer.Argument(help="The https:// address that takes the changes.")],
) -> None:
    """Add a webhook and show the secret its receiver checks signatures with.

    Example: clausewatch webhook add slack:T0123 https://hooks.example.org/clausewatch
    """
    from bot.clock import system_clock
    from bot.settings import load_settings
    from bot.telling.signing import open_secret
    from bot.telling.webhooks import check_address, shown_secret
    from storage.deliveries.webhooks import Webhooks

    settings = load_settings()
    check_address(address, settings.allow_hosts)

    async def go() -> None:
        async with opened() as database:
            secret = await open_secret(database, settings.encryption_keys, system_clock)
            webhook, fresh = await Webhooks(database).add(workspace, address, system_clock())
        _say(f"{webhook.id}: {'added' if fresh else 'it was there already'}")
        _say(f"secret: {shown_secret(secret, webhook.id)}")
        _say(f"Try it with `clausewatch webhook test {webhook.id}`.")

    asyncio.run(go())


def show(
    workspace: Annotated[str, typer.Argument(help="Only this workspace's.")] = "",
) -> None:
    """List webhooks, with what waits for them and why they rest.

    Example: clausewatch webhook list
    """
    from storage.deliveries.webhooks import Webhooks

    async def go() -> None:
        async with opened(readonly=True) as database:
            webhooks, counts = await Webhooks(database).all(workspace), await Webhooks(database).counts()
        for each in webhooks:
            said = ", ".join(f"{count} {state}" for (own, state), count in sorted(counts.items()) if own == each.id)
            _say(f"{each.id}  {each.workspace}  {each.address}  {said or 'nothing sent yet'}")
            if each.paused:
                _say(f"  rests: {each.paused}. `clausewatch webhook test {each.id}` opens it again.")
        if not webhooks:
            _say("There are no webhooks; `clausewatch webhook add` makes one.")

    asyncio.run(go())


def test(webhook: Id) -> None:
    """Post a test message; one that rests opens again when it takes it.

    Example: clausewatch webhook test w0123456789ab
    """
    from bot.app import open_outgoing
    from bot.clock import system_clock
    from bot.settings import load_settings
    from bot.telling.signing import open_secret
    from storage.archive.archive import Archive
    from storage.deliveries.webhooks import Webhooks

    settings = load_settings()

    async def go() -> None:
        async with opened() as database, AsyncExitStack() as closing:
            known = await Webhooks(database).find(webhook)
            if known is None:
                raise ClausewatchError(f"There is no webhook {webhook}; `clausewatch webhook list` shows all.")
            secret = await open_secret(database, settings.encryption_keys, system_clock)
            archive = Archive(database)
            outgoing = await open_outgoing(settings, archive, Webhooks(database), secret, system_clock, closing)
            if wrong := await outgoing.test(known):
                raise ClausewatchError(f"{known.address}: {wrong}")
        _say(f"{known.address} took the test message")

    asyncio.run(go())


def remove(webhook: Id) -> None:
    """Remove a webhook, with what still waits for it.

    Example: clausewatch webhook remove w0123456789ab
    """
    from storage.deliveries.webhooks import Webhooks

    async def go() -> None:
        async with opened() as database:
            if not await Webhooks(database).remove(webhook):
                raise ClausewatchError(f"There is no webhook {webhook}; `clausewatch webhook list` shows all.")
        _say(f"{webhook} is removed")

    asyncio.run(go())


@asynccontextmanager
async def opened(*, readonly: bool = False) -> AsyncIterator[Database]:
    """Open the database of the settings for a command, beside an `up` that may work on it."""
    from bot.settings import load_settings
    from storage.database.connection import open_database

    database = await open_database(load_settings().database_url, readonly=readonly, guest=True)
    try:
        yield database
    finally:
        await database.close()


def _say(words: str) -> None:
    terminal(highlight=False, soft_wrap=True).print(escape(words))
