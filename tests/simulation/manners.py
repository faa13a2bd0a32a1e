"""Judges manners: a message a second and channel, none where we left or are refused, a word to who can mend that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.simulation.audience import Channel
from tests.simulation.evidence import Evidence, Fault


def judge(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Give what was wrong with how a channel was spoken to."""
    yield from _spaced(evidence, channel)
    yield from _left(evidence, channel)
    yield from _refused(evidence, channel)


def _spaced(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    taken = [post for post in evidence.posts[channel.place] if post.took and not post.beside]
    for before, after in pairwise(taken):
        if (after.at - before.at).total_seconds() < 1 and not evidence.shaky(after.at):
            yield Fault("two messages within a second", channel.place, after.said, after.at)


def _left(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    for post in evidence.posts[channel.place]:
        if channel.at(post.beat).left:
            yield Fault("told after the workspace left", channel.place, post.said, post.at)


def _refused(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """A channel that refused for good is left alone until somebody opens it, and a person hears of it once."""
    refusals = [post for post in evidence.posts[channel.place] if post.refused]
    for start, end, _ in channel.spells(lambda state: state.foggy):
        within = [post for post in refusals if start <= post.at < end]
        settled = [post for post in within if post.beat in evidence.well]
        later = [post for post in within if settled and post.at > settled[0].at]
        if later and not _opened(evidence, channel, settled[0].beat, later[0].beat):
            yield Fault("asked again although it refused for good", channel.place, later[0].said, later[0].at)
        words = [post for post in evidence.whispers[channel.place] if start <= post.at < end and post.took]
        if settled and not words and not _silenced(evidence, channel, settled[0].at, settled[0].beat):
            yield Fault("nobody heard that the channel is closed", channel.place, within[0].said, within[0].at)
        again = len(words) > 1 and _opened(evidence, channel, words[0].beat, words[1].beat)
        if len(words) > 1 and len(settled) < len(words) and not again:
            yield Fault("heard twice that the channel is closed", channel.place, words[1].said, words[1].at)


def _opened(evidence: Evidence, channel: Channel, first: int, last: int) -> bool:
    """Tell whether somebody watched something there in between, which opens a channel, closed or not."""
    place = channel.place
    return any(
        first <= one.number <= last and (one.act.chat, one.act.workspace, one.act.channel) == place
        for one in evidence.played.done
        if one.act.verb in ("watch", "reopen")
    )


def _silenced(evidence: Evidence, channel: Channel, at: object, beat: int) -> bool:
    """Tell whether nobody is there to hear of it, or the chat failed just then."""
    failed = any(post.beat == beat and not post.took for post in evidence.whispers[channel.place])
    return failed or not channel.at(beat).orders
