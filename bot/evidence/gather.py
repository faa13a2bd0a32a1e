"""Gathers what a bundle shows from the archive."""

from __future__ import annotations

from bot.evidence.bundle import Exhibit
from bot.pages.shelf import Shelf
from storage.archive.proofs import Proofs
from watchers.errors import ClausewatchError
from watchers.provisions.card import compose_card


async def gather(shelf: Shelf, proofs: Proofs, change: str, workspace: str = "") -> Exhibit:
    """Return everything about a change. Raises ClausewatchError when there is none this reader may see."""
    told = await shelf.told(change, workspace)
    if told is None:
        raise ClausewatchError(f"there is no change {change}; `/changes` and the pages show their ids")
    source = await shelf.source(told.place, told.after.id)
    provisions = dict.fromkeys(touch.provision for touch in told.change.touches if touch.after)
    cards = tuple(compose_card(each, source) for each in provisions) if source else ()
    return Exhibit(
        told,
        await shelf.archive.pages(told.before.snapshots),
        await shelf.archive.pages(told.after.snapshots),
        await proofs.links(told.place.document.id),
        cards,
        await proofs.roots(),
    )
