"""Logs of a play tampered with: each way breaks one invariant, at one place after another.

Nothing is judged here; every one of these has to be noticed by the oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from bot.chats.port import Place
from tests.simulation.edges import Post
from tests.simulation.evidence import Evidence, kind
from tests.simulation.play import Beaten, Played

Tamper = Callable[[Played], Iterator[Played]]


def with_posts(played: Played, posts: list[Post], **told: tuple[str, str]) -> Played:
    """Return a play in which the chats were given other messages."""
    other = copy(played)
    other.outside = replace(played.outside, posts=posts)
    other.told = {**played.told, **told}
    return other


def of(played: Played, wanted: str) -> list[Post]:
    """Return the messages of a kind that were taken in channels."""
    return [p for p in played.outside.posts if p.took and not p.place.person and p.delivery and kind(p) == wanted]


def lost(wanted: str) -> Tamper:
    """Leave out a message and all that was tried with it."""

    def tamper(played: Played) -> Iterator[Played]:
        for gone in of(played, wanted):
            yield with_posts(played, [post for post in played.outside.posts if post.delivery != gone.delivery])

    return tamper


def doubled(wanted: str, delivery: str = "") -> Tamper:
    """Let a message come again, unsaid; or as another delivery about the same."""

    def tamper(played: Played) -> Iterator[Played]:
        for post in of(played, wanted):
            again = replace(post, at=post.at + timedelta(minutes=5), delivery=delivery or post.delivery, repeated=False)
            told = {delivery: ("digest", "?")} if delivery else {}
            yield with_posts(played, [*played.outside.posts, again], **told)

    return tamper


def delayed(wanted: str) -> Tamper:
    """Let a message come days later than it did."""

    def tamper(played: Played) -> Iterator[Played]:
        for post in of(played, wanted):
            late = _at(played, post, post.at + timedelta(days=4))
            if late:
                rest = [one for one in played.outside.posts if one.delivery != post.delivery]
                yield with_posts(played, [*rest, late])

    return tamper


def elsewhere(wanted: str) -> Tamper:
    """Let a message come in a channel it was not meant for, too."""

    def tamper(played: Played) -> Iterator[Played]:
        for post in sorted(of(played, wanted), key=lambda one: not one.changes):
            for chat, workspace, channel in played.script.places:
                other = replace(post, place=Place(chat, workspace, channel))
                if other.place != post.place:
                    yield with_posts(played, [*played.outside.posts, other])

    return tamper


def reworded(wanted: str, change: Callable[[str], str]) -> Tamper:
    """Let a message say something else."""

    def tamper(played: Played) -> Iterator[Played]:
        for post in of(played, wanted):
            other = replace(post, said=change(post.said))
            yield with_posts(played, [other if one is post else one for one in played.outside.posts])

    return tamper


def emptied(played: Played) -> Iterator[Played]:
    """Let a digest hold nothing."""
    for post in of(played, "digest"):
        yield with_posts(played, [replace(p, changes=()) if p is post else p for p in played.outside.posts])


def misdated(played: Played) -> Iterator[Played]:
    """Let a digest be one of another day."""
    for post in of(played, "digest"):
        yield with_posts(played, played.outside.posts, **{post.delivery: ("digest", "2026-10-01")})


def unasked(played: Played) -> Iterator[Played]:
    """Let a message come while its platform is muted or no longer watched, though it was due."""
    evidence = Evidence(played)
    for post in of(played, "ping"):
        channel = evidence.channels[post.place.chat, post.place.workspace, post.place.channel]
        for change in post.changes:
            platform = evidence.names[change].site.platform
            for number, (at, clock) in zip(channel.numbers, channel.times, strict=True):
                if at > post.at and channel.at(number).drops(platform, clock) and (late := _at(played, post, at)):
                    rest = [one for one in played.outside.posts if one.delivery != post.delivery]
                    yield with_posts(played, [*rest, late])


def disordered(played: Played) -> Iterator[Played]:
    """Let two pings about one document change places."""
    evidence = Evidence(played)
    for one in of(played, "ping"):
        for two in of(played, "ping"):
            known = [[change for change in post.changes if change in evidence.names] for post in (one, two)]
            documents = [{evidence.names[change].site.document for change in some} for some in known]
            if one.place == two.place and one.at < two.at and documents[0] & documents[1]:
                swapped = {id(one): replace(one, changes=two.changes), id(two): replace(two, changes=one.changes)}
                yield with_posts(played, [swapped.get(id(post), post) for post in played.outside.posts])


def never_redrawn(played: Played) -> Iterator[Played]:
    """Let no message be redrawn."""
    other = copy(played)
    other.outside = replace(played.outside, edits=[])
    yield other


def hurried(played: Played) -> Iterator[Played]:
    """Let two messages come within a second."""
    taken = of(played, "ping") + of(played, "digest")
    for one, two in pairwise(sorted(taken, key=lambda post: (post.place.channel, post.at))):
        if one.place == two.place:
            at = one.at + timedelta(seconds=0.5)
            yield with_posts(played, [replace(p, at=at) if p is two else p for p in played.outside.posts])


def departed(played: Played) -> Iterator[Played]:
    """Let a message come after its workspace left."""
    evidence = Evidence(played)
    for channel in evidence.channels.values():
        for at, until, _ in channel.spells(lambda state: state.left):
            for post in evidence.posts[channel.place]:
                if late := _at(played, post, at + (min(until, evidence.end) - at) / 2):
                    yield with_posts(played, [*played.outside.posts, late])


def insistent(played: Played) -> Iterator[Played]:
    """Let a channel be asked again after it refused for good."""
    for post in played.outside.posts:
        if post.refused and (again := _at(played, post, post.at + timedelta(hours=1))):
            yield with_posts(played, sorted([*played.outside.posts, again], key=lambda one: one.beat))


def unsaid(played: Played) -> Iterator[Played]:
    """Let nobody hear that a channel is closed."""
    yield with_posts(played, [post for post in played.outside.posts if not post.place.person])


def said_again(played: Played) -> Iterator[Played]:
    """Let somebody hear twice that a channel is closed."""
    whispers = [post for post in played.outside.posts if post.place.person]
    yield with_posts(played, [*played.outside.posts, *(replace(w, delivery="again") for w in whispers)])


def unarchived(played: Played) -> Iterator[Played]:
    """Let a change be missing from the archive."""
    for gone in played.changes:
        other = copy(played)
        other.changes = tuple(change for change in played.changes if change is not gone)
        yield other


def invented(played: Played) -> Iterator[Played]:
    """Let the archive hold a change that no page made."""
    other = copy(played)
    one = next(each for each in played.changes if "rolled back" not in " ".join(each.difference.reasons))
    other.changes = (*played.changes, replace(one, id="invented", seen_at=one.seen_at + timedelta(minutes=1)))
    yield other


def misquoted(played: Played) -> Iterator[Played]:
    """Let the archive hold a change in the words of another."""
    for one, two in pairwise(played.changes):
        other = copy(played)
        wrong = replace(one, difference=two.difference)
        other.changes = tuple(wrong if change is one else change for change in played.changes)
        yield other


def forgotten(played: Played) -> Iterator[Played]:
    """Let no document be looked at in the end."""
    other = copy(played)
    quiet = played.script.calm - timedelta(days=4)
    other.outside = replace(played.outside, fetches=[one for one in played.outside.fetches if one.at < quiet])
    yield other


def _at(played: Played, post: Post, at: object) -> Post | None:
    """Return a message as if it had come with the first beat after a moment, when all went well."""
    beats: list[Beaten] = [beat for beat in played.beats if beat.at >= at and beat.name == "tell"]  # type: ignore[operator]
    return replace(post, at=beats[0].at, beat=beats[0].number, repeated=False) if beats else None


def _two_days(said: str) -> str:
    return said.replace("tomorrow", "in 2 days")


ALL: tuple[tuple[str, Tamper], ...] = (
    ("never told", lost("ping")),
    ("told late", delayed("ping")),
    ("told twice", doubled("ping")),
    ("told although it may not be", elsewhere("ping")),
    ("told although it was taken back", unasked),
    ("told out of order", disordered),
    ("an earlier message still says what was taken back", never_redrawn),
    ("a slot without its digest", lost("digest")),
    ("a digest came late", delayed("digest")),
    ("a digest came twice", doubled("digest")),
    ("a digest of no slot", misdated),
    ("in 2 digests", doubled("digest", "another")),
    ("in no digest", emptied),
    ("in a digest although it may not be", elsewhere("digest")),
    ("blindness never told", lost("blind")),
    ("blindness told late", delayed("blind")),
    ("blindness told twice", doubled("blind")),
    ("blindness told although it may not be", elsewhere("blind")),
    (
        "blindness told for a reason of another",
        reworded("blind", lambda said: "it cannot be read since today: no answer"),
    ),
    ("blind told of no spell", reworded("ping", lambda said: f"{said} cannot be read since today")),
    ("recovery never told", lost("recovered")),
    ("recovery told twice", doubled("recovered")),
    ("recovery told where the blindness was not", lost("blind")),
    ("never recalled", lost("recall")),
    ("recalled twice", doubled("recall")),
    ("recalled although it may not be", elsewhere("recall")),
    ("recalled when the day was over", delayed("recall")),
    ("two messages within a second", hurried),
    ("told after the workspace left", departed),
    ("asked again although it refused for good", insistent),
    ("nobody heard that the channel is closed", unsaid),
    ("heard twice that the channel is closed", said_again),
    ("0 changes archived", unarchived),
    ("archived although nothing changed", invented),
    ("archived in other words", misquoted),
    ("the last edition is not known", forgotten),
)
