"""`plan set` and `plan list`: who may watch how much."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.terminal import terminal


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="Give workspaces their plans.", no_args_is_help=True)
    group.command("set")(set_plan)
    group.command("list")(list_plans)
    app.add_typer(group, name="plan")


def set_plan(
    workspace: Annotated[str, typer.Argument(help="The workspace, as `plan list` or /plan shows it (slack:T0123).")],
    plan: Annotated[str, typer.Argument(help="The plan: free, watcher, professional, or one of your own file.")],
) -> None:
    """Give a workspace a plan. What a smaller plan has no room for rests; nothing is deleted.

    Example: clausewatch plan set slack:T0123 watcher
    """
    from bot.clock import system_clock
    from bot.planning import change_plan
    from bot.plans import load
    from bot.settings import load_settings
    from storage.audience.store import Audience
    from storage.database.connection import open_database

    async def change() -> None:
        database = await open_database(load_settings().database_url)
        try:
            done = await change_plan(Audience(database), load(), workspace, plan, system_clock())
        finally:
            await database.close()
        console = terminal(highlight=False)
        console.print(f"{workspace} is on the {done.plan.title} plan now.", markup=False)
        console.print(f"{len(done.resting)} watches rest, {len(done.woken)} woke; none was deleted.")

    asyncio.run(change())


def list_plans() -> None:
    """List the workspaces with their plans, and what each plan allows.

    Example: clausewatch plan list
    """
    from bot.plans import allows, load
    from bot.settings import load_settings
    from storage.audience.store import Audience
    from storage.database.connection import open_database

    async def show() -> None:
        console, plans = terminal(highlight=False), load()
        for plan in plans.every:
            console.print(allows(plan), markup=False)
        database = await open_database(load_settings().database_url, readonly=True)
        try:
            for workspace in await Audience(database).workspaces():
                console.print(f"{workspace.id}: {plans.named(workspace.plan).title}", markup=False)
        finally:
            await database.close()

    asyncio.run(show())
