"""Judges pings: every step that matters reaches every channel that asked for it, once, in time and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.simulation.audience import Channel
from tests.simulation.edges import Edit, Post
from tests.simulation.evidence import Evidence, Fault, readable, twice
from tests.simulation.steps import Step


def judge(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Give what was wrong with the pings of a channel."""
    for step in evidence.steps_for(channel):
        if step.matters:
            yield from _told(evidence, channel, step)
    yield from _in_order(evidence, channel)


def _told(evidence: Evidence, channel: Channel, step: Step) -> Iterator[Fault]:
    posts, platform = evidence.telling(channel.place, step, "ping"), step.site.platform
    if not posts and platform not in channel.platforms and "" not in channel.platforms:
        return
    due = [channel.at(fetch.beat).pinged(platform, step.trains, evidence.clock(fetch)) for fetch in step.seen]
    taken = [post for post in posts if post.took]
    if posts and not any(due):
        yield _fault("told although it may not be", channel, step)
    elif taken and dropped(evidence, channel, platform, taken[0]):
        yield _fault("told although it was taken back", channel, step)
    if any(twice(posts, channel.place)):
        yield _fault("told twice", channel, step)
    if all(due):
        yield from late(evidence, channel, step, taken)
    if taken and step.back and _was_known(evidence, step):
        yield from _mended(evidence, channel, step, taken[0])


def late(evidence: Evidence, channel: Channel, step: Step, taken: list[Post]) -> Iterator[Fault]:
    """Give what was wrong if a step that was due was not told by when it must be."""
    place, since = channel.place, step.seen[-1].at
    by = evidence.deadline(place, since)
    if by is None or (taken and taken[0].at <= by):
        return
    created = evidence.clock(step.seen[0])
    if excused(evidence, channel, step.site.platform, step.seen[0].at, by, created):
        return
    yield _fault("told late" if taken else "never told", channel, step)


def excused(
    evidence: Evidence, channel: Channel, platform: str, since: datetime, by: datetime, created: datetime
) -> bool:
    """Tell whether what waited was taken back, grew too old behind a closed channel, or used up its attempts."""
    dropped_by = any(
        state.drops(platform, clock)
        for state, (at, clock) in zip(channel.states, channel.times, strict=True)
        if since <= at <= by
    )
    return dropped_by or evidence.outdated(channel, created, by) or evidence.given_up(channel.place, since, by)


def dropped(evidence: Evidence, channel: Channel, platform: str, told: Post) -> bool:
    """Tell whether somebody had taken back what was told then."""
    return channel.at(told.beat).drops(platform, evidence.clocks.get(told.beat, told.at))


def _mended(evidence: Evidence, channel: Channel, step: Step, told: Post) -> Iterator[Fault]:
    """Earlier messages that a return of earlier words makes wrong are redrawn, where all goes well."""
    if told.beat not in evidence.well or evidence.broken_between(channel.place, told.at, told.at):
        return
    for other in evidence.steps_of[step.site.document]:
        if other is step or other.after.etag != step.before.etag or other.seen[0].at > step.seen[0].at:
            continue
        earlier = [post for post in evidence.telling(channel.place, other, "ping") if post.took]
        receipts = {evidence.receipt(post) for post in earlier} & evidence.receipts
        redrawn = {edit.receipt for edit in edits(evidence, channel)}
        if receipts and not receipts & redrawn and readable(channel.place):
            yield _fault("an earlier message still says what was taken back", channel, step)


def _was_known(evidence: Evidence, step: Step) -> bool:
    """Tell whether the words that came back are such as the program had read before."""
    earlier = [one for one in evidence.steps_of[step.site.document] if one.seen[-1].at < step.seen[0].at]
    return any(step.after.number in (one.before.number, one.after.number) for one in earlier)


def edits(evidence: Evidence, channel: Channel) -> list[Edit]:
    """Return what was redrawn in a channel."""
    places = evidence.played.outside.edits
    return [one for one in places if (one.place.chat, one.place.workspace, one.place.channel) == channel.place]


def _in_order(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Pings of one document come in the order of its steps."""
    last: dict[str, datetime] = {}
    firsts = {post.delivery: post for post in reversed(evidence.posts[channel.place]) if post.took}
    for post in reversed(firsts.values()):
        for step in (evidence.names[change] for change in post.changes if change in evidence.names):
            if post not in evidence.telling(channel.place, step, "ping"):
                continue
            document, at = step.site.document, step.seen[0].at
            if last.get(document, at) > at:
                yield _fault("told out of order", channel, step)
            last[document] = max(last.get(document, at), at)


def _fault(what: str, channel: Channel, step: Step) -> Fault:
    return Fault(what, channel.place, str(step), step.seen[0].at)
