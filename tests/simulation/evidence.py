"""What is known of a play, sorted for judging: by channel, by document, by delivery; and when a channel was hindered.

The log of the outside, of the beats and of the acts is all there is; of the program's rows only names are taken:
which words a change was archived with, and what a delivery's number is about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from bot.chats.port import Place
from bot.compose.words import clock
from tests.simulation.audience import Channel, followed
from tests.simulation.edges import BLIND, SEEN, Fetch, Post
from tests.simulation.play import TEST, Played
from tests.simulation.steps import Spell, Step, spells, steps

DAY = timedelta(days=1)
PATIENCE = timedelta(hours=1)
"""How long the program waits at most between two attempts."""

OLD = timedelta(days=7)
"""What has waited longer when a channel opens again is left to its next digest."""

ATTEMPTS, OUTAGE = 12, timedelta(hours=24)
"""After so many attempts in so long a delivery is given up, and says so."""

Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """An invariant was broken: which, where, about what, and from when on to look."""

    what: str
    place: Name
    about: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'/'.join(self.place)}: {self.what} ({self.about})"


class Evidence:
    """The log of a play, sorted."""

    def __init__(self, played: Played) -> None:
        self.played, self.script = played, played.script
        self.channels = followed(played.done, played.script.places)
        self.clocks = {beat.number: beat.clock for beat in played.beats}
        self.well = {beat.number for beat in played.beats if beat.well}
        self.posts: dict[Name, list[Post]] = defaultdict(list)
        self.whispers: dict[Name, list[Post]] = defaultdict(list)
        for post in played.outside.posts:
            if not post.said.startswith(TEST):
                to, person = (self.whispers if post.place.person else self.posts), post.place.person
                to[post.place.chat, post.place.workspace, person[1:] or post.place.channel].append(post)
        self.silences: dict[Name, list[tuple[int, datetime, Place]]] = defaultdict(list)
        for silence in played.outside.silences:
            where = silence[2]
            self.silences[where.chat, where.workspace, where.channel].append(silence)
        self.fetches: dict[str, list[Fetch]] = defaultdict(list)
        for fetch in played.outside.fetches:
            self.fetches[fetch.document].append(fetch)
        self.steps: list[Step] = []
        self.spells: list[Spell] = []
        for site in played.script.sites.values():
            self.steps += steps(site, self.fetches[site.document])
            self.spells += spells(site, self.fetches[site.document], self.kept)
        self.steps_of: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            self.steps_of[step.site.document].append(step)
        self.names = self._names()
        self._titles = {f"{site.name} {site.kind}": site.document for site in played.script.sites.values()}
        self._sights = sorted({subject for kind, subject in played.told.values() if kind in ("blind", "recovered")})
        self.receipts = set(played.outside.receipts.values())
        self._gaps = self._standing_still()

    def _names(self) -> dict[str, Step]:
        """Return the step that each change is about: of that document, seen at that moment by our clock."""
        seen = {(step.site.document, self.clock(fetch)): step for step in self.steps for fetch in step.seen}
        found = ((change, seen.get((change.document, change.seen_at))) for change in self.played.changes)
        return {change.id: step for change, step in found if step}

    # moments

    def clock(self, fetch: Fetch) -> datetime:
        """Return what our clock showed at a fetch."""
        return self.clocks.get(fetch.beat, fetch.at)

    def kept(self, fetch: Fetch) -> bool:
        """Tell whether a look was surely written down: the database held, and no clock was set back before it."""
        return fetch.beat in self.well and not self.shaky(fetch.at)

    def shaky(self, at: datetime) -> bool:
        """Tell whether our clock is wrong, or was so lately that a look may seem older than the last one."""
        hours = timedelta(hours=3)
        return any(start <= at < end + min(abs(by), hours) + hours for start, end, by in self.script.jumps)

    def wrong(self, at: datetime) -> bool:
        """Tell whether our clock is, or was lately, so wrong that slots are a matter of opinion."""
        jumps = self.script.jumps
        return any(start - DAY <= at < end + min(abs(by), 2 * DAY) + 2 * DAY for start, end, by in jumps)

    @property
    def end(self) -> datetime:
        """Return when the story ends."""
        return self.script.size.end

    # hindrances

    def _standing_still(self) -> list[tuple[datetime, datetime]]:
        """Return the times in which no beat was fired, or the database or the process failed in one."""
        longest = 2 * self.script.size.step
        gaps = [(one.at, two.at) for one, two in pairwise(self.played.beats) if two.at - one.at > longest]
        broken = [(beat.at, beat.at) for beat in self.played.beats if not beat.well]
        full = self.script.full
        wrong = [(start, end + min(abs(by), DAY + PATIENCE)) for start, end, by in self.script.jumps]
        return [*gaps, *broken, *full, *wrong]

    @cache  # noqa: B019 - lives as long as the evidence
    def hindrances(self, place: Name) -> list[tuple[datetime, datetime]]:
        """Return the times in which a channel may not be reached, merged, in order."""
        channel = self.channels[place]
        own = [(start, end) for chat, start, end in self.script.outages if chat == place[0]]
        own += [(post.at, post.at) for post in self.posts[place] if post.failed or not post.took]
        own += [(at, at) for _, at, where in self.silences[place]]
        own += [(start, end) for start, end, _ in channel.spells(lambda state: state.foggy or state.left)]
        merged: list[tuple[datetime, datetime]] = []
        for start, end in sorted((*self._gaps, *own)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    @cache  # noqa: B019 - lives as long as the evidence
    def deadline(self, place: Name, since: datetime) -> datetime | None:
        """Return by when a channel must have been told what is due since a moment; None: not before the story ends.

        That is the end of the first stretch in which nothing hindered, and which is longer than any pause of ours.
        """
        need = PATIENCE + 4 * self.script.size.step
        hindrances, free = self.hindrances(place), since
        for start, end in hindrances[max(0, bisect_left(hindrances, (since, since)) - 1) :]:
            if start - free >= need:
                break
            free = max(free, end)
        found = free + need
        return found if found < self.end else None

    def outdated(self, channel: Channel, created: datetime, until: datetime | None) -> bool:
        """Tell whether a delivery was too old when its channel opened again, both by our clock."""
        opened = (clock for _, at, clock in channel.spells(lambda state: state.foggy) if until is None or at <= until)
        return any(clock - created > OLD for clock in opened)

    def given_up(self, place: Name, since: datetime, until: datetime) -> bool:
        """Tell whether so many attempts failed between two moments that a delivery may be given up."""
        failed = [(post.beat, post.at) for post in self.posts[place] if not post.took]
        failed += [(beat, at) for beat, at, _ in self.silences[place]]
        clocks = sorted(self.clocks.get(beat, at) for beat, at in failed if since <= at <= until)
        return len(clocks) >= ATTEMPTS and clocks[-1] - clocks[0] >= OUTAGE - PATIENCE

    def broken_between(self, place: Name, since: datetime, until: datetime) -> bool:
        """Tell whether anything hindered a channel between two moments, so that a doubt may have arisen."""
        some = self.hindrances(place)
        first = bisect_right(some, (since, since)) - 1
        return any(start <= until and end >= since for start, end in some[max(0, first) :])

    # posts

    def subject(self, post: Post) -> str:
        """Return what the delivery of a post is about, in the program's own words; nothing for one it has not."""
        if post.about is None or not post.about[1]:
            return self.played.told.get(post.delivery, ("", ""))[1]
        title, since = post.about
        document = self._titles.get(title, "")
        return next((one for one in self._sights if _same(one, document, since)), "")

    def receipt(self, post: Post) -> str:
        """Return by what a posted message can be found again."""
        return self.played.outside.receipts.get((post.place.chat, post.delivery), "")

    def steps_for(self, channel: Channel) -> list[Step]:
        """Return the steps a channel ever asked for, and those it was told."""
        posted = self._by_step(channel.place)
        every = "" in channel.platforms
        return [s for s in self.steps if every or s.site.platform in channel.platforms or id(s) in posted]

    def telling(self, place: Name, step: Step, wanted: str) -> list[Post]:
        """Return the posts of a kind that tell a step in a channel."""
        return [post for post in self._by_step(place).get(id(step), ()) if kind(post) == wanted]

    @cache  # noqa: B019 - lives as long as the evidence
    def _by_step(self, place: Name) -> dict[int, list[Post]]:
        found: dict[int, list[Post]] = defaultdict(list)
        for post in self.posts[place]:
            named = (self.names.get(change) for change in post.changes)
            for step in {id(step) for step in named if step}:
                found[step].append(post)
        return found


def readable(place: Name) -> bool:
    """Tell whether what was posted can be read back there; elsewhere a doubt ends in a repetition that says so."""
    return int(place[1][1:]) % 4 != 3


def kind(post: Post) -> str:
    """Tell what kind of message a post is, by what it says."""
    said = post.said
    if said.startswith(("Digest, ", "Nothing changed", "None of ")):
        return "digest"
    for words, found in (
        (BLIND, "blind"),
        (SEEN, "recovered"),
        (": the change announced on ", "recall"),
    ):
        if words in said:
            return found
    return "ping"


def _same(subject: str, document: str, since: str) -> bool:
    """Tell whether a subject is about a document's blindness since a minute, as messages write it."""
    about, _, moment = subject.rpartition("@")
    return about == document and clock(datetime.fromisoformat(moment)) == since


def twice(posts: Sequence[Post], place: Name) -> Iterator[Post]:
    """Give the posts that told again what was told, although they may not: unsaid, or where one could have looked."""
    taken = [post for post in posts if post.took]
    for post in taken[1:]:
        if readable(place) or not post.repeated:
            yield post
