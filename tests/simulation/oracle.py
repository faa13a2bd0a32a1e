"""Judges a play: what had to be told, from the script and the log of the outside, against what the chats took.

What the program recorded is known from the ETags it sent back to the servers, not from its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tests.simulation.audience import Channel, followed
from tests.simulation.edges import Fetch, Post
from tests.simulation.pages import Edition, matters, turns_training
from tests.simulation.play import Beaten, Played
from tests.simulation.script import Site
from tests.simulation.slots import slots

GROWN_OLD = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A document went from one edition to another, as far as the program can know: seen at one of these fetches."""

    site: Site
    before: Edition
    after: Edition
    seen: tuple[Fetch, ...]

    @property
    def trains(self) -> bool:
        """Tell whether what is said about training models was touched."""
        return turns_training(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot passed, and digests were planned at one of the beats from `first` to `last`."""

    first: int
    last: int
    must: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """An invariant was broken: which, where, about what, and from when on to look."""

    what: str
    place: tuple[str, str, str]
    about: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'/'.join(self.place)}: {self.what} ({self.about})"


class Oracle:
    """Knows what should have been."""

    def __init__(self, played: Played) -> None:
        self.played = played
        self.channels = followed(played.done, played.script.places)
        self.clocks = {beat.number: beat.clock for beat in played.beats}
        self.posts: dict[tuple[str, str, str], list[Post]] = defaultdict(list)
        for post in played.outside.posts:
            if not post.place.person and not post.said.startswith("This is a test post"):
                self.posts[post.place.chat, post.place.workspace, post.place.channel].append(post)
        self.steps = [step for site in played.script.sites.values() for step in steps(site, self._fetches(site))]
        self.names = self._names()

    def _fetches(self, site: Site) -> list[Fetch]:
        return [fetch for fetch in self.played.outside.fetches if fetch.document == site.document]

    def _names(self) -> dict[str, tuple[str, int]]:
        """Return which edition each change came to, by the number in the words it was archived with."""
        found = {}
        for change in self.played.changes:
            said = " ".join(passage.after for passage in change.difference.passages)
            numbers = [int(word) for word in said.split() if word.isdigit() and len(word) == 6]
            found[change.id] = (change.document, numbers[0] if numbers else 0)
        return found

    def faults(self) -> list[Fault]:
        """Return all that was wrong, in order of time."""
        found = [fault for channel in self.channels.values() for fault in self._of(channel)]
        return sorted((*found, *self._archived()), key=lambda fault: fault.at)

    def _archived(self) -> Iterator[Fault]:
        """Every step that matters is one change in the archive."""
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for change in self.played.changes:
            if change.difference.significance == "substantive":
                counts[self.names[change.id]] += 1
        for step in self.steps:
            count = counts[step.site.document, step.after.number]
            if matters(step.before, step.after) and count != 1:
                yield Fault(f"{count} changes archived", ("", "", ""), _about(step), step.seen[0].at)

    def _of(self, channel: Channel) -> Iterator[Fault]:
        posts = self.posts[channel.place]
        plans = list(self._plans(channel))
        for step in self.steps:
            if matters(step.before, step.after):
                yield from self._pings(channel, step, posts)
                yield from self._in_digests(channel, step, posts, plans)
        yield from self._digests(channel, posts, plans)
        yield from self._manners(channel, posts)

    # pings

    def _pings(self, channel: Channel, step: Step, posts: list[Post]) -> Iterator[Fault]:
        mine = [post for post in posts if kind(post) == "ping" and self._tells(post, step)]
        platform = step.site.platform
        due = [
            channel.at(fetch.beat).pinged(platform, step.trains, self.clocks.get(fetch.beat, fetch.at))
            for fetch in step.seen
        ]
        taken = [post for post in mine if post.took]
        if mine and not any(due):
            yield self._fault("told although it may not be", channel, step)
        if any(not post.repeated for post in taken[1:]):
            yield self._fault("told twice unsaid", channel, step)
        if all(due) and not taken and not self._excused(channel, step):
            yield self._fault("never told", channel, step)

    def _excused(self, channel: Channel, step: Step) -> bool:
        """Tell whether somebody took a ping back before it could be sent, or the channel was closed too long."""
        first = step.seen[0]
        later = [one for one in self.played.done if one.number >= first.beat and self._takes_back(channel, step, one)]
        if later and self._held_up(channel, first.at, later[0].at):
            return True
        closed = [s for s in channel.between(first.beat, first.beat + 10**9) if s.foggy]
        return bool(closed)

    def _takes_back(self, channel: Channel, step: Step, one: object) -> bool:
        act = one.act  # type: ignore[attr-defined]
        here = (act.chat, act.workspace) == channel.place[:2] and act.channel in ("", channel.place[2])
        name = act.words.partition(" ")[0]
        return here and (act.verb == "leave" or (act.verb in ("mute", "unwatch") and name in ("all", step.site.name)))

    def _held_up(self, channel: Channel, start: datetime, end: datetime) -> bool:
        """Tell whether what was due at one moment could still wait at another."""
        script = self.played.script
        spells = [(a, b) for name, a, b in script.outages if name == channel.place[0]]
        spells += [*script.full, *((a, a + by) for a, by in script.rests)]
        waited = sum((max(timedelta(0), min(end, b) - max(start, a)) for a, b in spells), timedelta(hours=8))
        return end - start <= waited + timedelta(hours=4)

    # digests

    def _plans(self, channel: Channel) -> Iterator[Planned]:
        """Give the beats at which a digest had to be, or may have been, planned."""
        turns = dict(channel.rhythms)
        cursor: datetime | None = None
        first = 0
        marks = sorted(turns)
        for beat in self.played.beats:
            while marks and marks[0] <= beat.number:
                cursor, first = turns[marks.pop(0)], 0
            if cursor is None or beat.name != "digests":
                continue
            state = channel.at(beat.number)
            if any(True for _ in slots(state.rhythm, cursor, beat.clock)):
                first = first or beat.number
                if beat.well:
                    yield Planned(first, beat.number, self._surely(channel, first, beat))
            if beat.well or self._wrong(beat.at):
                cursor, first = max(beat.clock, beat.at) if self._wrong(beat.at) else beat.clock, 0
            elif first and not beat.well and self._wants(channel, first, beat.number, any):
                yield Planned(first, beat.number, False)

    def _surely(self, channel: Channel, first: int, beat: Beaten) -> bool:
        return self._wants(channel, first, beat.number, all) and not self._wrong(beat.at)

    @staticmethod
    def _wants(channel: Channel, first: int, last: int, every: object) -> bool:
        assert callable(every)
        return bool(every(state.wants_digest and not state.foggy for state in channel.between(first, last)))

    def _wrong(self, at: datetime) -> bool:
        """Tell whether our clock is, or was lately, so wrong that slots are a matter of opinion."""
        return any(
            start - DAY <= at < end + min(abs(by), 2 * DAY) + 2 * DAY for start, end, by in self.played.script.jumps
        )

    def _digests(self, channel: Channel, posts: list[Post], plans: list[Planned]) -> Iterator[Fault]:
        taken: dict[str, list[Post]] = defaultdict(list)
        for post in posts:
            if kind(post) == "digest" and post.took:
                taken[post.delivery].append(post)
        must = sum(plan.must for plan in plans)
        sure = len({plan.first for plan in plans if plan.must})
        fog = sum(1 for plan in plans if not plan.must) + self._foggy_days(channel)
        if not sure <= len(taken) <= must + fog:
            about = f"{len(taken)} digests where {sure} to {must + fog} were due"
            yield Fault("digests missing or too many", channel.place, about, self.played.script.size.start)
        for several in taken.values():
            if len(several) > 1 and not self._unreadable(channel):
                yield Fault("a digest came twice", channel.place, several[0].said, several[1].at)

    @staticmethod
    def _unreadable(channel: Channel) -> bool:
        """Tell whether what was posted cannot be read back there, so that a doubt ends in a repetition."""
        return int(channel.place[1][1:]) % 4 == 3

    def _foggy_days(self, channel: Channel) -> int:
        return sum(min((end - start + 4 * DAY) // DAY, 9) + 1 for start, end, _ in self.played.script.jumps) + sum(
            state.foggy for state in channel.states
        )

    def _in_digests(self, channel: Channel, step: Step, posts: list[Post], plans: list[Planned]) -> Iterator[Fault]:
        holding = {post.delivery for post in posts if kind(post) == "digest" and self._tells(post, step)}
        first, last = step.seen[0].beat, step.seen[-1].beat
        if len(holding) > 1:
            yield self._fault(f"in {len(holding)} digests", channel, step)
        states = channel.between(first, 10**12)
        if holding and not any(state.digests(step.site.platform, step.trains, last) for state in states):
            yield self._fault("in a digest although it may not be", channel, step)
        if not holding and self._had_to_be_in(channel, step, plans, first, last):
            yield self._fault("in no digest", channel, step)

    def _had_to_be_in(self, channel: Channel, step: Step, plans: list[Planned], first: int, last: int) -> bool:
        later = [plan for plan in plans if plan.first > last and plan.must]
        if not later:
            return False
        upto = channel.between(first, later[0].last)
        asked = all(state.digests(step.site.platform, step.trains, first) and not state.foggy for state in upto)
        return asked and not any(state.left for state in upto)

    # the rest

    def _manners(self, channel: Channel, posts: list[Post]) -> Iterator[Fault]:
        """No channel hears more than one message a second, and none after its workspace left."""
        taken = [post for post in posts if post.took]
        for before, after in pairwise(taken):
            if after.at - before.at < timedelta(seconds=1) and not self._wrong(after.at):
                yield Fault("two messages within a second", channel.place, after.said, after.at)
        for post in posts:
            if channel.at(post.beat).left:
                yield Fault("told after the workspace left", channel.place, post.said, post.at)

    def _tells(self, post: Post, step: Step) -> bool:
        return any(self.names.get(change) == (step.site.document, step.after.number) for change in post.changes)

    @staticmethod
    def _fault(what: str, channel: Channel, step: Step) -> Fault:
        return Fault(what, channel.place, _about(step), step.seen[0].at)


def kind(post: Post) -> str:
    """Tell what kind of message a post is, by what it says."""
    said = post.said
    if said.startswith(("Digest, ", "Nothing changed")):
        return "digest"
    for words, found in (
        (" cannot be read since ", "blind"),
        (" can be read again, after ", "recovered"),
        (": the change announced on ", "recall"),
    ):
        if words in said:
            return found
    return "ping"


def steps(site: Site, fetches: list[Fetch]) -> Iterator[Step]:
    """Give the steps a document took in the eyes of the program: from one ETag it sent back to the next."""
    editions = {edition.etag: edition for edition in site.editions}
    known = ""
    seen: dict[str, list[Fetch]] = defaultdict(list)
    for fetch in fetches:
        if fetch.known != known:
            if known and fetch.known:
                yield Step(site, editions[known], editions[fetch.known], tuple(seen[fetch.known]))
            known = fetch.known
            seen.clear()
        if fetch.served and fetch.served != known:
            seen[fetch.served].append(fetch)


def _about(step: Step) -> str:
    return f"{step.site.document} from {step.before.etag} to {step.after.etag}"
