"""What a workspace's plan allows, read from one file, and refusals worded for people.

It counts nothing itself and changes nothing: what is used is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from bot.compose.words import counted
from watchers.errors import CatalogueError
from watchers.rules.schema import Table, Words, read, wrong

FILE = Path(__file__).parent / "plans.toml"
EXTRAS = "watches of single provisions, timelines, the regulatory part of the card and evidence files"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan allows. `platforms` None: any number; `provisions`: all that goes below whole documents."""

    name: str
    title: str
    platforms: int | None = None
    pings: bool = True
    provisions: bool = False


@dataclass(frozen=True, slots=True)
class Plans:
    """All plans, lowest first, and the one a new workspace gets."""

    every: tuple[Plan, ...]
    default: str

    def named(self, name: str) -> Plan:
        """Return a plan by name; a name that is no longer in the file means the default."""
        by_name = {plan.name: plan for plan in self.every}
        return by_name.get(name) or by_name[self.default]

    def allowing(self, platforms: int = 0, *, pings: bool = False, provisions: bool = False) -> Plan | None:
        """Return the lowest plan that allows as much, or None."""
        for plan in self.every:
            enough = plan.platforms is None or platforms <= plan.platforms
            if enough and plan.pings >= pings and plan.provisions >= provisions:
                return plan
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a plan does not allow something, and what helps."""

    reason: str
    remedy: str


class _Entry(Table):
    """A plan as it stands in the file."""

    name: Words
    title: Words
    platforms: int | None = None
    pings: bool = True
    provisions: bool = False


class _File(Table):
    default: str
    plan: list[_Entry] = Field(default_factory=list)


@lru_cache(maxsize=4)
def load(file: Path = FILE) -> Plans:
    """Read the plans; raise `CatalogueError` with the file, and the line where it is known."""
    try:
        text = file.read_text(encoding="utf8")
    except OSError as error:
        raise CatalogueError(str(file), None, f"the file cannot be read: {error.strerror}") from error
    table = read(_File, text, str(file))
    plans = Plans(tuple(Plan(**entry.model_dump()) for entry in table.plan), table.default)
    if plans.default not in {plan.name for plan in plans.every}:
        raise wrong(text, str(file), ("default",), f"“{plans.default}” is none of the plans in this file")
    return plans


def too_many(plans: Plans, plan: Plan, used: int, workspace: str, fresh: int = 1) -> Refusal | None:
    """Refuse more platforms than the plan has room for. `used` counts those watched already, `fresh` those wanted."""
    if plan.platforms is None or used + fresh <= plan.platforms:
        return None
    watched = "one is" if used == 1 else f"{used:,} are" if used else "none is"
    wanted = f", and this would add {fresh:,}" if fresh > 1 else ""
    allowed = (
        f"The {plan.title} plan watches {counted(plan.platforms, 'platform')}, and {watched} watched here{wanted}."
    )
    more = _raise(plans.allowing(used + fresh, pings=plan.pings), workspace)
    return Refusal(allowed, f"End one with /unwatch, or: {more}" if used else more)


def no_provisions(plans: Plans, plan: Plan, workspace: str) -> Refusal | None:
    """Refuse what goes below whole documents when the plan does not have it."""
    if plan.provisions:
        return None
    return Refusal(
        f"The {plan.title} plan watches whole documents; {EXTRAS} are not part of it.",
        _raise(plans.allowing(pings=plan.pings, provisions=True), workspace),
    )


def allows(plan: Plan) -> str:
    """Say in a sentence what a plan allows."""
    platforms = "any number of platforms" if plan.platforms is None else counted(plan.platforms, "platform")
    said = [platforms, "digests", *["pings on the day of a change"] * plan.pings, *[EXTRAS] * plan.provisions]
    return f"{plan.title}: {'; '.join(said)}."


def _raise(plan: Plan | None, workspace: str) -> str:
    if plan is None:
        return "No plan allows this here; whoever runs Clausewatch sets the plans in plans.toml."
    return f"Whoever runs Clausewatch can change the plan: clausewatch plan set {workspace} {plan.name}"
