"""Judges a play: what had to be told, from the script and the log of the outside, against what the chats took.

What the program recorded is known from the ETags it sent back to the servers, not from its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.simulation import digests, manners, news, pings
from tests.simulation.edges import Fetch
from tests.simulation.evidence import Evidence, Fault
from tests.simulation.play import Played
from tests.simulation.steps import Step
from watchers.model import Change

NOWHERE = ("", "", "")
JUDGES = (pings.judge, digests.judge, news.judge, news.judge_recalls, manners.judge)


class Oracle:
    """Knows what should have been."""

    def __init__(self, played: Played) -> None:
        self.played = played
        self.evidence = Evidence(played)

    def faults(self) -> list[Fault]:
        """Return all that was wrong, in order of time."""
        found = [
            fault
            for channel in self.evidence.channels.values()
            for judge in JUDGES
            for fault in judge(self.evidence, channel)
        ]
        return sorted((*found, *self._archived(), *self._known()), key=lambda fault: fault.at)

    def _archived(self) -> Iterator[Fault]:
        """Every step that matters is one change in the archive, in its own words; and nothing else is one."""
        counts: Counter[int] = Counter()
        for change in self.played.changes:
            if change.difference.significance != "substantive":
                continue
            step = self.evidence.names.get(change.id)
            if step is None and self._returned(change):
                continue
            if step is None or not step.matters:
                yield Fault("archived although nothing changed", NOWHERE, change.id, change.seen_at)
                continue
            counts[id(step)] += 1
            said = " ".join(passage.after for passage in change.difference.passages)
            if str(step.after.number) not in said:
                yield Fault("archived in other words", NOWHERE, str(step), change.seen_at)
        for step in self.evidence.steps:
            if step.matters and counts[id(step)] != 1:
                yield _fault(f"{counts[id(step)]} changes archived", step)

    def _returned(self, change: Change) -> bool:
        """Tell whether a page went back to earlier words and says them still: which look told it is not known here.

        A host whose names for its pages are not trusted is asked for all each time, and the log does not show why.
        """
        site = self.played.script.sites[change.document]
        stood = [edition for edition, at in zip(site.editions, site.since, strict=True) if at <= change.seen_at]
        back = any("rolled back" in reason for reason in change.difference.reasons)
        return back and any(str(stood[-1].number) in passage.after for passage in change.difference.passages)

    def _known(self) -> Iterator[Fault]:
        """What each page says last is known to the archive before the story ends."""
        for site in self.played.script.sites.values():
            fetches = self.evidence.fetches[site.document]
            asked = [fetch for fetch in fetches if fetch.known]  # now and then one asks for all, whatever is known
            known = asked[-1].known if asked else ""
            if known != site.editions[-1].etag and not (fetches and _asks_for_all(fetches)):
                about = f"{site.document}: {known or 'nothing'} is known, {site.editions[-1].etag} is said"
                yield Fault("the last edition is not known", NOWHERE, about, site.since[-1])


def _asks_for_all(fetches: Sequence[Fetch]) -> bool:
    """Tell whether the last requests name nothing and brought the last edition: its host's names are not trusted."""
    return not fetches[-1].known and fetches[-1].served is not None


def _fault(what: str, step: Step) -> Fault:
    return Fault(what, NOWHERE, str(step), step.seen[0].at)
