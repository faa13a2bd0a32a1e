"""Which laws concern a reader of some region: the words people write for it, and the codes that fall under it.

Decides nothing about applicability: it leaves out rows of other regions, and says how many it left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from watchers.provisions.law import Coming, Hook, Instrument, Landscape, Law

REGIONS: dict[str, tuple[str, ...]] = {
    "eu": ("EU", "EEA", "INT"), "uk": ("UK", "INT"), "us": ("US-", "INT"), "brazil": ("BR",), "canada": ("CA",),
    "china": ("CN",), "korea": ("KR",), "japan": ("JP",), "india": ("IN",),
    "switzerland": ("CH",), "australia": ("AU",),
    "california": ("US-CA", "US-federal", "US-state"), "texas": ("US-TX", "US-federal", "US-state"),
    "colorado": ("US-CO", "US-federal", "US-state"), "illinois": ("US-IL", "US-federal", "US-state"),
    "quebec": ("CA",),
}  # fmt: skip
"""A region's name, and the codes of its jurisdictions; a code that ends in “-” stands for all that begin with it."""

_ALIASES = {
    "eea": "eu", "europe": "eu", "european union": "eu", "gb": "uk", "britain": "uk", "united kingdom": "uk",
    "usa": "us", "united states": "us", "america": "us", "br": "brazil", "ca": "california", "cn": "china",
    "kr": "korea", "south korea": "korea", "jp": "japan", "in": "india", "ch": "switzerland", "au": "australia",
}  # fmt: skip
TITLES = {"eu": "the EU and EEA", "uk": "the United Kingdom", "us": "the United States", "korea": "South Korea"}


def region_named(words: str) -> str:
    """Return the region that words name, or nothing. “EU” is eu, “United Kingdom” is uk, “mars” is nothing."""
    said = " ".join(words.casefold().split())
    return said if said in REGIONS else _ALIASES.get(said, "")


def region_title(region: str) -> str:
    """Return how a region is called in a sentence: “the EU and EEA”, “Brazil”."""
    return TITLES.get(region, region.title())


def concerns(jurisdiction: str, regions: Iterable[str]) -> bool:
    """Tell whether a jurisdiction's code falls under any of the regions; under none given, all do."""
    codes = [code for region in regions for code in REGIONS[region]]
    if not codes:
        return True
    return any(jurisdiction.startswith(code) if code.endswith("-") else _under(jurisdiction, code) for code in codes)


def _under(jurisdiction: str, code: str) -> bool:
    """“CA-QC” is under “CA” (Canada); “US-CA” is not."""
    return jurisdiction == code or jurisdiction.startswith(f"{code}-")


def within(found: Landscape, regions: Iterable[str]) -> Landscape:
    """Leave out the hooks and flags of other regions; questions and contract points concern every reader."""
    wanted = tuple(regions)
    hooks = tuple(hook for hook in found.hooks if concerns(hook.instrument.jurisdiction, wanted))
    return replace(found, hooks=hooks, flags=tuple(flag for flag in found.flags if concerns(flag.jurisdiction, wanted)))


STATUS = {
    "in_force": "in force", "partly_in_force": "partly in force", "not_yet_in_force": "not yet in force",
    "guidance": "guidance", "proposal": "proposal", "": "",
}  # fmt: skip
"""How a status is said to people."""


def confirmed(hook: Hook) -> str:
    """Say how a line was confirmed and when: “wording compared, 30 Nov 2026” or “from knowledge …”."""
    how = {"text": "wording compared", "knowledge": "from knowledge; the wording was not opened"}[hook.checked]
    source = f" ({hook.source}{f', {hook.source_date}' if hook.source_date else ''})" if hook.source else ""
    return f"{how}{source}{f', last checked {hook.last_checked}' if hook.last_checked else ''}"


@dataclass(frozen=True, slots=True)
class ComingLaw:
    """A coming date of an instrument."""

    instrument: Instrument
    coming: Coming


def coming_dates(found: Law, regions: Iterable[str] = ()) -> tuple[ComingLaw, ...]:
    """Return the coming dates of all instruments, by day; those without an exact day come last."""
    wanted = tuple(regions)
    every = [
        ComingLaw(instrument, coming)
        for instrument in found.instruments.values()
        if concerns(instrument.jurisdiction, wanted)
        for coming in instrument.upcoming
    ]
    return tuple(sorted(every, key=lambda each: (each.coming.day is None, str(each.coming.day or each.coming.when))))
