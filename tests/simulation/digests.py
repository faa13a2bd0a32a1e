"""Judges digests: one for every slot, each in time, and every step that matters in exactly one of a channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from tests.simulation.audience import Channel
from tests.simulation.edges import Post
from tests.simulation.evidence import DAY, Evidence, Fault, Name, kind, twice
from tests.simulation.play import Beaten
from tests.simulation.slots import Rhythm, passed
from tests.simulation.steps import Step

Days = dict[str, dict[str, list[Post]]]
"""What was posted of each digest, by the day it was for: two where its hour was moved to a later one of that day."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot passed, and a digest of its day was planned at a beat from `first` (`since`) to `last` (`at`)."""

    day: date
    first: int
    last: int
    since: datetime
    at: datetime
    must: bool


def judge(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Give what was wrong with the digests of a channel."""
    plans = list(planned(evidence, channel))
    days: Days = defaultdict(lambda: defaultdict(list))
    for post in evidence.posts[channel.place]:
        if kind(post) == "digest":
            day, _, number = (evidence.subject(post) or "?").partition("@")
            days[day][number or post.delivery].append(post)
    yield from _slots(evidence, channel, plans, days)
    for step in evidence.steps_for(channel):
        if step.matters:
            yield from _held(evidence, channel, step, plans)


def _slots(evidence: Evidence, channel: Channel, plans: list[Planned], days: Days) -> Iterator[Fault]:
    of_day: dict[str, list[Planned]] = defaultdict(list)
    for plan in plans:
        of_day[plan.day.isoformat()].append(plan)
    for day, digests in days.items():
        for posts in digests.values():
            for again in twice(posts, channel.place):
                yield Fault("a digest came twice", channel.place, day, again.at)
        first = min(post.at for posts in digests.values() for post in posts)
        if len(digests) > len(of_day[day]) and day != "?" and not evidence.wrong(first):
            yield Fault("a digest of no slot", channel.place, day, first)
    for day, slots in of_day.items():
        arrived = sorted(taken[0].at for posts in days[day].values() if (taken := [p for p in posts if p.took]))
        for plan in reversed([plan for plan in slots if plan.must]):
            by = evidence.deadline(channel.place, plan.at)
            came = [at for at in arrived if at >= plan.since]
            if in_time := [at for at in came if by is None or at <= by]:
                arrived.remove(in_time[-1])
            elif by and not _lost_with_reason(evidence, channel, plan, by):
                wrong = "a digest came late" if came else "a slot without its digest"
                yield Fault(wrong, channel.place, day, plan.at)


def _lost_with_reason(evidence: Evidence, channel: Channel, plan: Planned, by: datetime) -> bool:
    created = evidence.clocks.get(plan.first, plan.at)
    return evidence.outdated(channel, created, by) or evidence.given_up(channel.place, plan.at, by)


def planned(evidence: Evidence, channel: Channel) -> Iterator[Planned]:
    """Give the digests that had to be, or may have been, planned."""
    turns, first, upcoming = dict(channel.rhythms), None, None
    cursor: datetime | None = None
    marks = sorted(turns)
    for beat in evidence.played.beats:
        while marks and marks[0] <= beat.number:
            cursor, first, upcoming = turns[marks.pop(0)], None, None
        if cursor is None or beat.name != "digests":
            continue
        rhythm = channel.at(beat.number).rhythm
        upcoming = upcoming or _next(rhythm, cursor)
        if upcoming <= beat.clock and (due := list(passed(rhythm, cursor, beat.clock))):
            first = first or beat
            yield from _plan(evidence, channel, first, beat, due[-1][1])
        wrong = evidence.wrong(beat.at)
        if beat.number in evidence.well:
            cursor, first, upcoming = (max(beat.clock, beat.at) if wrong else beat.clock), None, upcoming
            upcoming = None if wrong or (upcoming and upcoming <= cursor) else upcoming


def _next(rhythm: Rhythm, cursor: datetime) -> datetime:
    return next((due for due, _ in passed(rhythm, cursor, cursor + 9 * DAY)), cursor + timedelta(days=9000))


def _plan(evidence: Evidence, channel: Channel, first: Beaten, beat: Beaten, day: date) -> Iterator[Planned]:
    states = channel.between(first.number, beat.number)
    if not any(state.wants_digest for state in states):
        return
    sure = all(state.wants_digest and not state.foggy for state in states)
    must = sure and beat.number in evidence.well and not evidence.wrong(beat.at)
    yield Planned(day, first.number, beat.number, first.at, beat.at, must)


def _held(evidence: Evidence, channel: Channel, step: Step, plans: list[Planned]) -> Iterator[Fault]:
    posts, platform = evidence.telling(channel.place, step, "digest"), step.site.platform
    if not posts and platform not in channel.platforms and "" not in channel.platforms:
        return
    first, last = step.seen[0].beat, step.seen[-1].beat
    holding = {post.delivery: post for post in posts if post.took}
    if len(holding) > 1 and not _said_in_doubt(evidence, channel.place, list(holding.values())):
        yield _fault(f"in {len(holding)} digests", channel, step)
    asked = any(state.digests(platform, step.trains, last) for state in channel.between(first, _beat_of(posts, last)))
    if posts and not asked and not evidence.shaky(step.seen[-1].at):  # by that clock it came after a later watch
        yield _fault("in a digest although it may not be", channel, step)
    if not holding and _had_to_be_in(evidence, channel, step, plans):
        yield _fault("in no digest", channel, step)


def _said_in_doubt(evidence: Evidence, place: Name, digests: list[Post]) -> bool:
    """Tell whether each but the first says that it may be a repetition, and the one before it could not be found."""
    return all(again.repeated and evidence.given_up(place, before.at, again.at) for before, again in pairwise(digests))


def _had_to_be_in(evidence: Evidence, channel: Channel, step: Step, plans: list[Planned]) -> bool:
    """Tell whether a digest was planned since that had to hold a step, and had to come before the story ends."""
    first, last, platform = step.seen[0].beat, step.seen[-1].beat, step.site.platform
    for plan in plans:
        states = channel.between(plan.first, plan.last)
        if plan.first > last and any(state.rests(platform, step.trains, first) for state in states):
            return False  # the digest that was its place came while the watch rested: no later one goes back for it
        if plan.first <= last or not plan.must:
            continue
        by = evidence.deadline(channel.place, plan.at)
        if by and all(state.digests(platform, step.trains, first) for state in states):
            return not _lost_with_reason(evidence, channel, plan, by)
    return False


def _beat_of(posts: list[Post], otherwise: int) -> int:
    """Return the beat of the first of some posts."""
    return posts[0].beat if posts else otherwise


def _fault(what: str, channel: Channel, step: Step) -> Fault:
    return Fault(what, channel.place, str(step), step.seen[0].at)
