"""What `clausewatch status` shows: what is wrong first, then how things stand."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.clock import system_clock
from bot.monitoring.vitals import Vitals, in_words, take
from bot.settings import Settings
from storage.archive.archive import Archive
from storage.database.connection import open_database
from storage.deliveries.ledger import Ledger

MOST = 20


async def show_status(settings: Settings, console: Console) -> bool:
    """Print the status and return whether the installation keeps up."""
    database = await open_database(settings.database_url, readonly=True)
    try:
        vitals = await take(Archive(database), Ledger(database), system_clock())
    finally:
        await database.close()
    for complaint in vitals.complaints or ("all is well",):
        console.print(f"[{'red' if vitals.complaints else 'green'}]{escape(complaint)}[/]")
    console.print(_standing(vitals))
    if vitals.blind:
        console.print(_blind(vitals))
    for each in vitals.stuck:
        why = each.reason or each.channel.paused
        console.print(f"{each.state} delivery {each.id} to {escape(each.channel.id)}: {escape(why)}")
    return vitals.ready


def _standing(vitals: Vitals) -> Table:
    table = Table("what", "now")
    table.add_row("oldest due look waits", in_words(vitals.look_lag))
    table.add_row("oldest due delivery waits", in_words(vitals.delivery_lag))
    for state, count in sorted(vitals.deliveries.items()):
        table.add_row(f"deliveries {state}", str(count))
    return table


def _blind(vitals: Vitals) -> Table:
    table = Table("cannot be read", "since", "why")
    for seen in vitals.blind[:MOST]:
        since = f"{seen.blind_since:%Y-%m-%d}" if seen.blind_since else ""
        table.add_row(escape(seen.document), since, escape(seen.blind_reason))
    return table
