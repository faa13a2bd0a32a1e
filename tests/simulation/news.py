"""Judges what is told besides changes: that a document is blind, that it sees again, that a day comes near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.simulation.audience import Channel, State
from tests.simulation.edges import FAILURES, Fetch, Post
from tests.simulation.evidence import DAY, Evidence, Fault, kind, twice
from tests.simulation.pings import dropped, excused
from tests.simulation.play import Beaten
from tests.simulation.slots import moment
from tests.simulation.steps import Spell, Step


def judge(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Give what was wrong with the news of a channel."""
    named: set[str] = set()
    for spell in evidence.spells:
        subjects = {_subject(evidence, spell, fetch) for fetch in spell.since}
        named |= subjects
        yield from _spell(evidence, channel, spell, subjects)
    for post in evidence.posts[channel.place]:
        if kind(post) in ("blind", "recovered") and evidence.subject(post) not in named:
            yield Fault(f"{kind(post)} told of no spell", channel.place, post.said, post.at)


def _subject(evidence: Evidence, spell: Spell, since: Fetch) -> str:
    return f"{spell.site.document}@{evidence.clock(since).isoformat(timespec='seconds')}"


def _spell(evidence: Evidence, channel: Channel, spell: Spell, subjects: set[str]) -> Iterator[Fault]:
    about = [post for post in evidence.posts[channel.place] if evidence.subject(post) in subjects]
    blind, seeing = ([post for post in about if kind(post) == wanted] for wanted in ("blind", "recovered"))
    known = any(post.took for post in blind)
    for name, posts, fetches, sure in (
        ("blindness", blind, spell.blind, spell.sure),
        ("recovery", seeing, spell.seeing, spell.sure and spell.ended and known),
    ):
        yield from _told(evidence, channel, name, spell, posts, fetches, sure=sure)
    too_old = any(evidence.outdated(channel, evidence.clock(at), seeing[0].at) for at in spell.blind if seeing)
    if seeing and not blind and seeing[0].took and not too_old:
        yield Fault("recovery told where the blindness was not", channel.place, seeing[0].said, seeing[0].at)


def _too_often(evidence: Evidence, channel: Channel, posts: Sequence[Post], most: int) -> bool:
    """Tell whether the same was told twice, or a spell oftener than it may have been written down."""
    of_subject: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        of_subject[evidence.subject(post)].append(post)
    return len(of_subject) > most or any(any(twice(some, channel.place)) for some in of_subject.values())


def _told(
    evidence: Evidence,
    channel: Channel,
    name: str,
    spell: Spell,
    posts: list[Post],
    fetches: tuple[Fetch, ...],
    *,
    sure: bool,
) -> Iterator[Fault]:
    platform = spell.site.platform
    due = [channel.at(fetch.beat).hears(platform, evidence.clock(fetch)) for fetch in fetches]
    about = f"{spell.site.document} since {spell.since[0].at:%Y-%m-%d %H:%M}"
    taken = [post for post in posts if post.took]
    if posts and not any(due):
        yield Fault(f"{name} told although it may not be", channel.place, about, posts[0].at)
    elif taken and fetches and dropped(evidence, channel, platform, taken[0]):
        yield Fault(f"{name} told although it was taken back", channel.place, about, taken[0].at)
    if name == "blindness" and any(not any(why in post.said for why in FAILURES) for post in posts):
        yield Fault("blindness told for a reason of another", channel.place, about, posts[0].at)
    if _too_often(evidence, channel, posts, spell.most):
        yield Fault(f"{name} told twice", channel.place, about, posts[0].at)
    if not (sure and fetches and all(due)):
        return
    by = evidence.deadline(channel.place, fetches[-1].at)
    if by and not (taken and taken[0].at <= by):
        created = evidence.clock(fetches[0])
        if not excused(evidence, channel, platform, fetches[0].at, by, created):
            yield Fault(f"{name} told late" if taken else f"{name} never told", channel.place, about, fetches[-1].at)


def judge_recalls(evidence: Evidence, channel: Channel) -> Iterator[Fault]:
    """Give what was wrong with the reminders of a channel: on the day before, once, and only if it still holds."""
    beats = [beat for beat in evidence.played.beats if beat.name == "recalls"]
    for step in evidence.steps_for(channel):
        posts = evidence.telling(channel.place, step, "recall")
        watched = step.site.platform in channel.platforms or "" in channel.platforms
        if posts or (watched and step.announced and step.matters):
            yield from _recalled(evidence, channel, step, posts, beats)


def _recalled(
    evidence: Evidence, channel: Channel, step: Step, posts: list[Post], beats: list[Beaten]
) -> Iterator[Fault]:
    day, taken = step.after.effective, [post for post in posts if post.took]
    if any(twice(posts, channel.place)):
        yield _fault("recalled twice", channel, step, posts[0].at)
    if day is None or not step.announced:
        yield _fault("recalled although no day was announced", channel, step, posts[0].at)
        return
    near = [beat for beat in beats if abs(beat.clock.date() - day) <= timedelta(days=3)]
    due = [beat for beat in near if _due(evidence, channel, step, beat, every=False)]
    if posts and not due:
        yield _fault("recalled although it may not be", channel, step, posts[0].at)
    for post in taken:
        yield from _true(evidence, channel, step, post)
    sure = [beat for beat in near if beat.number in evidence.well and _due(evidence, channel, step, beat, every=True)]
    if sure and not taken:
        state = channel.at(sure[0].number)
        by = evidence.deadline(channel.place, sure[0].at)
        platform, created = step.site.platform, sure[0].clock
        timely = by is not None and by < starts(state, step) and not evidence.wrong(sure[0].at)
        timely = timely and by is not None and _holds(evidence, step, by, surely=True)
        if by and timely and not excused(evidence, channel, platform, sure[0].at, by, created):
            yield _fault("never recalled", channel, step, sure[0].at)


def _due(evidence: Evidence, channel: Channel, step: Step, beat: Beaten, *, every: bool) -> bool:
    """Tell whether a channel is to be reminded at a beat; with `every`, however the step was seen."""
    state, day = channel.at(beat.number), step.after.effective
    assert day is not None
    rhythm, platform = state.rhythm, step.site.platform
    recalled = moment(day - DAY, rhythm.hour, rhythm.minute, rhythm.zone)
    seen = [evidence.clock(fetch) < recalled for fetch in step.seen]
    asked = any(True for _ in state.covering(platform, step.trains)) and not state.left
    held = _holds(evidence, step, beat.at, surely=every)
    in_time = recalled <= beat.clock < starts(state, step)
    return in_time and (all if every else any)(seen) and asked and held and not state.silent(platform, beat.clock)


def starts(state: State, step: Step) -> datetime:
    """Return when the day a step takes effect on begins, by a channel's own clock."""
    assert step.after.effective is not None
    return moment(step.after.effective, 0, 0, state.rhythm.zone)


def _holds(evidence: Evidence, step: Step, at: datetime, *, surely: bool) -> bool:
    """Tell whether what a step announced is still what the document says, as far as was known at a moment."""
    for later in evidence.steps_of[step.site.document]:
        if later.seen[-1].at > step.seen[-1].at and later is not step:
            known = later.seen[0].at <= at if surely else later.seen[-1].at < at
            if known and later.after.effective != step.after.effective:
                return False
    return True


def _true(evidence: Evidence, channel: Channel, step: Step, post: Post) -> Iterator[Fault]:
    """Its words count the days left as people there count them, and it does not come when the day is over."""
    state = channel.at(post.beat)
    clock = evidence.clocks.get(post.beat, post.at)
    assert step.after.effective is not None
    begins, over = starts(state, step), moment(step.after.effective + DAY, 0, 0, state.rhythm.zone)
    if clock >= over:
        yield _fault("recalled when the day was over", channel, step, post.at)
    said = "today" if clock >= begins else "tomorrow"
    if clock < moment(step.after.effective - DAY, 0, 0, state.rhythm.zone) and _moved(channel, post):
        said = "in 2 days"
    if clock < over and not post.said.endswith(f"takes effect {said}."):
        yield _fault(f"recalled in wrong words: {post.said[-30:]}", channel, step, post.at)
    if not _holds(evidence, step, post.at, surely=False) and not evidence.broken_between(
        channel.place, post.at - DAY, post.at
    ):
        yield _fault("recalled although it was taken back", channel, step, post.at)


def _moved(channel: Channel, post: Post) -> bool:
    """Tell whether people changed the hour or the zone of a channel while a reminder waited there."""
    return any(post.at - DAY <= clock <= post.at for number, clock in channel.rhythms if number <= post.beat)


def _fault(what: str, channel: Channel, step: Step, at: datetime) -> Fault:
    return Fault(what, channel.place, str(step), at)
