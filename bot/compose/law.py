"""The law lines of a card in a chat: what a provision may engage for a reader of some region, and what is coming.

Without a region only a count is said: a card in a chat has no room for thirty lines, its page has.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.message import Block, Note, Span, Style, Text
from bot.compose.words import counted, listed
from watchers.provisions.law import Hook, Landscape
from watchers.provisions.regions import REGIONS, STATUS, confirmed, region_title, within

MOST_HOOKS = 6


def law_blocks(found: Landscape, regions: Sequence[str], notice: str, again: str) -> tuple[Block, ...]:
    """Compose the lines of law for regions; `again` is the command that asks for a region, as it is typed."""
    if not found.hooks:
        return ()
    if not regions:
        some = [region for region in ("eu", "uk", "us") if within(found, (region,)).hooks]
        hint = f" For a region: {again} {some[0]}." if some else ""
        return (Note((Span(f"{counted(len(found.hooks), 'line')} of law on the card's page.{hint}"),)),)
    kept = within(found, regions)
    where = listed([region_title(region) for region in regions])
    if not kept.hooks:
        return (Note((Span(f"No line of law of {where} is compiled for it. {_others(found)}"),)),)
    spans = [Span(f"Law that it may engage in {where}", Style.BOLD)]
    for hook in kept.hooks[:MOST_HOOKS]:
        spans += [Span(f"\n• {_named(hook)}: {hook.why}"), Span(f" ({confirmed(hook)})", Style.ITALIC)]
    if left := len(kept.hooks) - MOST_HOOKS:
        spans += [Span(f"\n• {left} more on the card's page")] * (left > 0)
    return (Text(tuple(spans)), Note((Span(notice),)))


def _named(hook: Hook) -> str:
    status = STATUS.get(hook.instrument.status, "")
    said = f" [{status}]" if status and hook.instrument.status != "in_force" else ""
    return f"{hook.instrument.title}, {hook.locator}{said}"


def _others(found: Landscape) -> str:
    there = [region_title(region) for region in REGIONS if within(found, (region,)).hooks]
    return f"There are lines for {listed(there, most=6)}." if there else ""
