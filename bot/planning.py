"""Changes a workspace's plan: what a smaller plan has no room for rests, what a larger one has room for wakes.

Nothing is ever deleted, and nothing a person chose is changed. The oldest watches stay; which ones rest is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.plans import Plan, Plans
from storage.audience.audience import Watch
from storage.audience.store import Audience
from watchers.errors import ClausewatchError

RESTING = "the plan has no room for it"


@dataclass(frozen=True, slots=True)
class Replanned:
    """What became of a workspace's watches under its new plan."""

    plan: Plan
    resting: tuple[Watch, ...]
    woken: tuple[Watch, ...]


async def change_plan(audience: Audience, plans: Plans, workspace: str, name: str, now: datetime) -> Replanned:
    """Give a workspace a plan; raise ClausewatchError for a plan or a workspace nobody knows."""
    plan = next((one for one in plans.every if one.name == name.casefold()), None)
    if plan is None:
        names = ", ".join(one.name for one in plans.every)
        raise ClausewatchError(f"There is no plan “{name}”. The plans are: {names}.")
    if await audience.find_workspace(workspace) is None:
        known = ", ".join(one.id for one in await audience.workspaces()) or "none yet"
        raise ClausewatchError(f"There is no workspace “{workspace}”. The workspaces are: {known}.")
    watches = await audience.watches_of(workspace, now)
    kept = kept_under(plan, watches)
    rest = tuple(one for one in watches if one.id not in kept and not one.paused)
    wake = tuple(one for one in watches if one.id in kept and one.paused == RESTING)
    await audience.set_plan(workspace, plan.name, pings=plan.pings)
    await audience.pause_watches([one.id for one in rest], RESTING)
    await audience.pause_watches([one.id for one in wake], "")
    return Replanned(plan, rest, wake)


def kept_under(plan: Plan, watches: Sequence[Watch]) -> frozenset[int]:
    """Return the watches a plan has room for: those of the platforms that were watched first."""
    allowed = [one for one in watches if plan.provisions or not one.provision]
    if plan.platforms is None:
        return frozenset(one.id for one in allowed)
    narrow = [one for one in allowed if one.platform]  # a watch of every platform is more than any number
    first = list(dict.fromkeys(one.platform for one in sorted(narrow, key=lambda one: one.id)))[: plan.platforms]
    return frozenset(one.id for one in narrow if one.platform in first)
