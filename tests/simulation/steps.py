"""What a document went through in the eyes of the program: steps from one edition to another, and spells of blindness.

Reckoned from the requests its server answered and the ETags they carried, never from the program's rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tests.simulation.edges import Fetch
from tests.simulation.pages import Edition, announces, matters, turns_training
from tests.simulation.script import Site

BLIND_AFTER = 3
RECENT = 6
"""So many of the last editions tell whether two are served in turns."""

PATHS = 40
"""More ways than this in which a spell may have been written down, and nothing is certain of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A document went from one edition to another, as far as the program can know: seen at one of these fetches."""

    site: Site
    before: Edition
    after: Edition
    seen: tuple[Fetch, ...]
    in_turns: bool = False
    """Both editions came and went before: two are served in turns, which is told no more."""

    @property
    def matters(self) -> bool:
        """Tell whether a reader must be told."""
        return matters(self.before, self.after) and not self.in_turns

    @property
    def trains(self) -> bool:
        """Tell whether what is said about training models was touched."""
        return turns_training(self.before, self.after)

    @property
    def back(self) -> bool:
        """Tell whether earlier words came back."""
        return self.after.number < self.before.number

    @property
    def announced(self) -> bool:
        """Tell whether a day was announced on which it takes effect."""
        return announces(self.before, self.after) is not None

    def __str__(self) -> str:
        return f"{self.site.document} from {self.before.etag} to {self.after.etag}"


def steps(site: Site, fetches: Sequence[Fetch]) -> Iterator[Step]:
    """Give the steps a document took: from one ETag that was sent back to the next."""
    editions = {edition.etag: edition for edition in site.editions}
    known, read = "", [0]
    seen: dict[str, list[Fetch]] = defaultdict(list)
    for fetch in fetches:
        if fetch.known != known:
            if known and fetch.known:
                numbers = read[-RECENT:]
                in_turns = min(numbers.count(editions[one].number) for one in (known, fetch.known)) > 1
                yield Step(site, editions[known], editions[fetch.known], tuple(seen[fetch.known]), in_turns)
            known = fetch.known
            read += [editions[known].number] if known and editions[known].number != read[-1] else []
            seen.clear()
        if fetch.served and fetch.served != known:
            seen[fetch.served].append(fetch)


@dataclass(frozen=True, slots=True)
class Spell:
    """A server did not answer for a while. `blind`, `seeing`: at which fetches the news of it may have been written.

    `since`: at which fetches it may have begun; `sure`: whether it was written down for certain; so `ended`.
    `most`: how often it may have been told, each time since another moment; more than once where a look that saw the
    page again between two troubles may or may not have been written down.
    """

    site: Site
    since: tuple[Fetch, ...]
    blind: tuple[Fetch, ...]
    seeing: tuple[Fetch, ...]
    sure: bool
    ended: bool
    most: int


@dataclass(frozen=True, slots=True)
class _Path:
    """One way in which the program may have written a spell down."""

    looks: int = 0
    since: Fetch | None = None
    told: tuple[tuple[Fetch, Fetch], ...] = ()  # since when, and at which fetch it was told
    open: bool = False
    seen: tuple[Fetch, ...] = ()

    def failed(self, fetch: Fetch) -> _Path:
        since, looks = self.since or fetch, self.looks + 1
        if looks < BLIND_AFTER or self.open:
            return replace(self, looks=looks, since=since)
        return replace(self, looks=looks, since=since, open=True, told=(*self.told, (since, fetch)))

    def saw(self, fetch: Fetch) -> _Path:
        seen = (*self.seen, fetch) if self.open else self.seen
        return replace(self, looks=0, since=None, open=False, seen=seen)


@dataclass(slots=True)
class _Reckoning:
    paths: set[_Path] = field(default_factory=lambda: {_Path()})
    lost: bool = False

    def goes(self, how: Callable[[_Path], _Path], *, surely: bool) -> None:
        changed = {how(path) for path in self.paths}
        self.paths = changed if surely else changed | self.paths
        if len(self.paths) > PATHS:
            self.lost, self.paths = True, set(list(self.paths)[:PATHS])

    @property
    def over(self) -> bool:
        return not any(path.looks for path in self.paths)


def spells(site: Site, fetches: Sequence[Fetch], kept: Callable[[Fetch], bool]) -> Iterator[Spell]:
    """Give the spells in which a document could not be read; `kept` tells whether a look was surely written down."""
    reckoned = _Reckoning()
    for fetch, following in zip_longest(fetches, fetches[1:]):
        if fetch.served is None:
            reckoned.goes(lambda path, at=fetch: path.failed(at), surely=kept(fetch))  # type: ignore[misc]
            continue
        surely = kept(fetch) and (fetch.served == fetch.known or bool(following and following.known == fetch.served))
        reckoned.goes(lambda path, at=fetch: path.saw(at), surely=surely)  # type: ignore[misc]
        if surely and reckoned.over:
            yield from _spell(site, reckoned)
            reckoned = _Reckoning()
    yield from _spell(site, reckoned)


def _spell(site: Site, reckoned: _Reckoning) -> Iterator[Spell]:
    told = {each for path in reckoned.paths for each in path.told}
    if not told:
        return
    since, blind = (tuple({fetch.at: fetch for fetch in some}.values()) for some in zip(*sorted_by(told), strict=True))
    seeing = {fetch.at: fetch for path in reckoned.paths for fetch in path.seen}
    sure = not reckoned.lost and all(len(path.told) == 1 for path in reckoned.paths)
    ended = not reckoned.lost and all(path.seen and not path.open for path in reckoned.paths)
    most = max(len(path.told) for path in reckoned.paths)
    yield Spell(site, since, blind, tuple(seeing[at] for at in sorted(seeing)), sure, ended, most)


def sorted_by(told: set[tuple[Fetch, Fetch]]) -> list[tuple[Fetch, Fetch]]:
    """Return pairs of fetches in order of time."""
    return sorted(told, key=lambda pair: (pair[0].at, pair[1].at))
