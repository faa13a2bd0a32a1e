"""Finds the shortest story that still goes wrong in the same way: fewer channels, documents, kinds of trouble, days.

It plays nothing itself: whoever asks hands in what plays a cut of the story and says what was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.simulation.edges import Rates
from tests.simulation.evidence import Fault
from tests.simulation.script import CALM, Script

MISFORTUNES = ("outages", "full", "rests", "jumps")
STRIKES = ("fetch", "post", "database", "kill")
PLAYS = 40
"""So many cuts are played at most."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a story: these documents and channels (none named: all), so many days, without these troubles."""

    documents: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    days: int = 0
    without: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what to type to play it."""
        said = [f"--only-documents {' '.join(self.documents)}"] if self.documents else []
        said += [f"--only-channels {' '.join(self.channels)}"] if self.channels else []
        said += [f"--until-day {self.days}"] if self.days else []
        return " ".join([*said, *([f"--without {' '.join(self.without)}"] if self.without else [])])


Plays = Callable[[Cut], list[Fault]]


def cut(script: Script, left: Cut) -> Script:
    """Return what is left of a story."""
    places = [place for place in script.places if not left.channels or place[2] in left.channels]
    spaces = {place[:2] for place in places}
    names = {place[2] for place in places}
    return Script(
        script.seed,
        replace(script.size, days=left.days or script.size.days),
        {key: site for key, site in script.sites.items() if not left.documents or key in left.documents},
        [act for act in script.acts if (act.chat, act.workspace) in spaces and act.channel in ("", *names)],
        places=places,
        **{name: [] if name in left.without else getattr(script, name) for name in MISFORTUNES},
    )


def rates(full: Rates, left: Cut) -> Rates:
    """Return how often things go wrong in what is left."""
    return replace(full, **{name: 0.0 for name in STRIKES if name in left.without})


def shrink(script: Script, first: Fault, plays: Plays, most: int = PLAYS) -> tuple[Cut, Fault]:
    """Return the smallest cut found that goes wrong as the whole story did, and what goes wrong in it."""
    best, fault, left = Cut(), first, most
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(script, best, fault):
            if left == 0:
                return best, fault
            left -= 1
            if again := [found for found in plays(smaller) if found.what == first.what]:
                best, fault, changed = smaller, again[0], True
                break
    return best, fault


def _smaller(script: Script, best: Cut, fault: Fault) -> Iterator[Cut]:
    """Give cuts of a cut, the most promising first."""
    channels = best.channels or tuple(place[2] for place in script.places)
    if len(channels) > 1:
        if fault.place[2] in channels:
            yield replace(best, channels=(fault.place[2],))
        yield from (replace(best, channels=half) for half in _halves(channels))
    documents = best.documents or tuple(script.sites)
    if len(documents) > 1:
        yield from (replace(best, documents=(name,)) for name in documents if f"{name} " in f"{fault.about} ")
        yield from (replace(best, documents=half) for half in _halves(documents))
    for trouble in (*MISFORTUNES, *STRIKES):
        if trouble not in best.without:
            yield replace(best, without=(*best.without, trouble))
    enough = (fault.at - script.size.start + CALM).days + 2
    if 0 < enough < (best.days or script.size.days):
        yield replace(best, days=enough)


def _halves(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    middle = len(names) // 2
    return names[:middle], names[middle:]
