"""The digest: what a channel is due, ordered for reading, with what could not be read named.

Pings that were told already are counted and named in one line, not repeated; nothing is left out unsaid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.links import change_page, document_page, linked
from bot.compose.message import Block, Divider, Heading, Message, Note, Quote, Span, Style, Text
from bot.compose.news import News, full_title
from bot.compose.passages import quotes
from bot.compose.ping import dated, gravest, left_out
from bot.compose.words import GRAVEST, ORDER, ago, clock, counted, day, exposed, listed
from watchers.model import Document, Platform, Significance

MOST_TOLD = 12  # changes written out; the rest is counted and named
QUOTED = 6  # changes shown with their first passage
OUTAGES = 3  # of ours that are named, the latest
GLANCE = 320  # characters of that passage
PERHAPS = "Possibly repeated: whether the digest that held some of this before arrived is not known."


@dataclass(frozen=True, slots=True)
class Unread:
    """A watched document that could not be read, since when and why."""

    platform: Platform
    document: Document
    since: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """What a digest is made of. `slot` is when it was due, in the channel's own zone; `now` when it is composed.

    `late`: it comes so much after its time that people are told. `repeated`: some of it may have been told before.
    Of the `documents` watched, `never` were never read, `missed` not at their last look; neither is among the unread.
    `outages`: when we ourselves could not reach the internet, from and to.
    """

    slot: datetime
    now: datetime
    since: datetime
    news: tuple[News, ...] = ()
    unread: tuple[Unread, ...] = ()
    documents: int = 0
    late: bool = False
    repeated: bool = False
    never: int = 0
    missed: int = 0
    outages: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def read(self) -> int:
        """Return how many of the documents were read when they were looked at last: of no other is anything known."""
        return self.documents - self.never - self.missed - len(self.unread)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to say but that nothing changed."""
        return not self.news and not self.unread


def digest(issue: Issue, base: str = "") -> Message:
    """Compose the digest of a channel."""
    news = ordered(issue.news)
    if issue.empty:
        return quiet(issue)
    days = dict.fromkeys((day(issue.since.astimezone(issue.slot.tzinfo)), day(issue.slot)))
    title = f"Digest, {' to '.join(days)}"
    blocks: list[Block] = [Heading(title), Text((Span(counts(issue)),)), *_notes(issue)]
    told = [one for one in news if one.told]
    fresh = [one for one in news if not one.told and not one.doubt]
    doubtful = [one for one in news if not one.told and one.doubt]
    for number, one in enumerate(fresh[:MOST_TOLD]):
        blocks += [Divider(), *entry(one, issue.now, base, quoted=number < QUOTED)]
    blocks += [*_rest(fresh[MOST_TOLD:], base), *_doubtful(doubtful, base), *_told(told, base)]
    blocks += _unread(issue, base)
    return Message(f"{title}: {counts(issue)}", tuple(blocks), gravest(news))


def quiet(issue: Issue) -> Message:
    """Say in one line that nothing changed, of what was read, and what was not."""
    since = f"since {day(issue.since.astimezone(issue.slot.tzinfo))}"
    others = _not_read(issue)
    if others and not issue.read:
        line = f"None of {counted(issue.documents, 'document')} could be read {since}: {others}."
    else:
        watched = f" in {counted(issue.read, 'document')}" if issue.documents else ""
        line = f"Nothing changed{watched} {since}." + (f" Not read: {others}." if others else "")
    return Message(line, (Text((Span(line),)), *_notes(issue)))


def _not_read(issue: Issue) -> str:
    """Count what nothing is known of, and why; nothing where all was read."""
    said = [f"{counted(issue.never, 'document')} never yet"] if issue.never else []
    said += [f"{counted(issue.missed, 'document')} not at the last look"] if issue.missed else []
    return listed(said)


def ordered(news: Sequence[News]) -> tuple[News, ...]:
    """Order changes by exposure, then platform, then time."""
    return tuple(sorted(news, key=lambda one: (ORDER[one.exposure], one.platform.name.casefold(), one.change.seen_at)))


def counts(issue: Issue) -> str:
    """Give the counts a reader starts from."""
    said = []
    if issue.news:
        platforms = counted(len({one.platform.id for one in issue.news}), "platform")
        said.append(f"{counted(len(issue.news), 'change')} at {platforms}")
        grave = [(level, sum(one.exposure == level for one in issue.news)) for level in GRAVEST]
        said += [f"{number} of {exposed(level)}" for level, number in grave if number]
    else:
        said.append("nothing changed")
    if issue.unread:
        said.append(f"{counted(len(issue.unread), 'document')} could not be read")
    if others := _not_read(issue):
        said.append(f"not read: {others}")
    sentence = ", ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def entry(news: News, now: datetime, base: str, *, quoted: bool) -> tuple[Block, ...]:
    """Tell one change in brief: headline, facts in a line, and its first passage when `quoted`."""
    facts = [exposed(news.exposure)] if news.exposure else []
    facts += dated(news.change.difference.effective, now)
    facts += [f"seen {day(news.change.seen_at)}"]
    spans = [Span(news.heading, Style.BOLD), Span("\n"), Span(" · ".join(facts))]
    passages = news.passages
    first: tuple[Quote, ...] = quotes(passages[0], GLANCE) if quoted and passages else ()
    more = left_out(news.beyond(bool(first)), news.wording)
    small = [Span(f"{more}. ")] if more else []
    small += linked((("Redline", change_page(base, news.change.id)), ("Source", news.source)))
    return (Text(tuple(spans)), *first, *([Note(tuple(small))] if small else []))


def _notes(issue: Issue) -> tuple[Block, ...]:
    notes = [f"Late: this digest was due {clock(issue.slot)}. Nothing was lost."] * issue.late
    notes += [PERHAPS] * issue.repeated
    notes += [
        f"Clausewatch itself could not reach the internet from {clock(begun)} to {clock(ended)}; what was missed is "
        "looked at afterwards."
        for begun, ended in issue.outages[-OUTAGES:]
    ]
    return tuple(Note((Span(note, Style.ITALIC),)) for note in notes)


def _named(news: News, base: str) -> tuple[Span, ...]:
    changed = news.change.difference.significance is Significance.COSMETIC
    said = listed(news.facts, most=2) or ("wording only" if changed else "reworded")
    return (Span("\n• "), Span(news.title, link=change_page(base, news.change.id)), Span(f": {said}"))


def _rest(news: Sequence[News], base: str) -> tuple[Block, ...]:
    if not news:
        return ()
    head = Span(f"And {counted(len(news), 'more change')}:", Style.BOLD)
    return (Divider(), Text((head, *(span for one in news for span in _named(one, base)))))


def _doubtful(news: Sequence[News], base: str) -> tuple[Block, ...]:
    """Name what is only possibly substantive, each with its doubt, and count what does not fit."""
    if not news:
        return ()
    spans = [Span("Possibly substantive:", Style.BOLD)]
    for one in news[:MOST_TOLD]:
        spans += [*_named(one, base), Span(f" (doubt: {one.doubt})")]
    spans += [Span(f"\n• and {counted(len(news) - MOST_TOLD, 'more', 'more')}")] * (len(news) > MOST_TOLD)
    return (Divider(), Text(tuple(spans)))


def _told(news: Sequence[News], base: str) -> tuple[Block, ...]:
    if not news:
        return ()
    head = Span(f"{counted(len(news), 'change')} told here already:", Style.BOLD)
    return (Divider(), Text((head, *(span for one in news for span in _named(one, base)))))


def _unread(issue: Issue, base: str) -> tuple[Block, ...]:
    if not issue.unread:
        return ()
    spans = [Span("Could not be read:", Style.BOLD)]
    for one in issue.unread:
        title = full_title(one.platform, one.document)
        since = f" since {day(one.since)} ({ago(one.since, issue.now)})" if one.since else ""
        spans += [Span("\n• "), Span(title, link=document_page(base, one.document.id)), Span(f"{since}")]
        spans += [Span(f": {one.reason}")] * bool(one.reason)
    return (Divider(), Text(tuple(spans)))
