"""The same-day message about a change, and about several changes of one platform seen within minutes.

Composed of facts found and verbatim words only; when it is posted, and to whom, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from bot.compose.links import change_page, linked, version_page
from bot.compose.message import Block, Button, Buttons, Divider, Facts, Heading, Message, Note, Span, Style, Text
from bot.compose.news import Deed, Mark, News
from bot.compose.passages import ROOM, quotes
from bot.compose.words import clock, counted, day, days_left, exposed, graver, listed

MOST_PASSAGES = 5

REPEATED = Note((Span("Possibly repeated: whether this message arrived before is not known.", Style.ITALIC),))
"""Ends whatever is sent again without knowing whether it had arrived."""


def ping(
    news: Sequence[News],
    now: datetime,
    base: str = "",
    *,
    role: str = "",
    repeated: bool = False,
    zone: tzinfo | None = None,
) -> Message:
    """Compose the ping of one change, or of several changes of one platform.

    `base` is where our pages are served; `role` the id of a role the channel asked to be called;
    `repeated` says that the channel may have been told already; `zone` is the one the channel reads times in.
    """
    now = now.astimezone(zone) if zone else now
    blocks: list[Block] = [Text((Span(role, Style.ROLE),))] if role else []
    if len(news) > 1:
        blocks.append(Heading(grouped(news)))
    shares = _shares([len(one.passages) for one in news])
    for one, share in zip(news, shares, strict=True):
        blocks += [Divider()] * (one is not news[0]) + list(told(one, now, base, share, room=ROOM // len(news) + 100))
    if repeated:
        blocks.append(REPEATED)
    return Message(spoken(news, now), (*blocks, *buttons(news)), gravest(news))


def told(news: News, now: datetime, base: str, most: int = MOST_PASSAGES, room: int = ROOM) -> tuple[Block, ...]:
    """Tell one change: headline, facts, at most `most` passages, what is left, and where to read on."""
    shown = news.passages[:most]
    blocks: list[Block] = [Heading(news.heading), *doubted(news), Facts(facts(news, now))]
    blocks += [quote for passage in shown for quote in quotes(passage, room)]
    if more := left_out(news.beyond(len(shown)), news.wording):
        blocks.append(Text((Span(f"{more} in the redline."),)))
    if where := reading(news, base):
        blocks.append(Note(where))
    marks = [Note(marked(mark, now.tzinfo)) for mark in news.marks]
    return (*blocks[:1], *undone(news, now), *blocks[1:], *marks)


def undone(news: News, now: datetime) -> tuple[Text, ...]:
    """Say that a change was taken back later, so that nobody acts on it."""
    if news.undone is None:
        return ()
    return (
        Text(
            (
                Span(
                    f"Taken back since: on {day(news.undone.astimezone(now.tzinfo))} the earlier words were back.",
                    Style.BOLD,
                ),
            )
        ),
    )


def doubted(news: News) -> tuple[Note, ...]:
    """Say why a change is only possibly substantive, where there is a doubt."""
    return (Note((Span(f"Possibly substantive: {news.doubt}.", Style.ITALIC),)),) if news.doubt else ()


def left_out(passages: int, wording: int) -> str:
    """Count what is not shown, apart by whether it matters."""
    said = [counted(passages, "more passage")] * bool(passages)
    said += [counted(wording, "passage") + " of wording only"] * bool(wording)
    return listed(said)


def facts(news: News, now: datetime) -> tuple[tuple[str, str], ...]:
    """Give the facts a reader decides by; what is not known is left out."""
    pairs = [("Exposure", exposed(news.exposure).removesuffix(" exposure")), ("For readers", news.bearing)]
    pairs += [("Touches", listed(news.touched, most=6))]
    pairs += [effective(news.change.difference.effective, now), ("Seen", clock(news.change.seen_at, now.tzinfo))]
    return tuple((name, value) for name, value in pairs if value and (name != "Exposure" or news.exposure))


def effective(when: date | None, now: datetime) -> tuple[str, str]:
    """Say when a change takes or took effect, with the days between: ("Takes effect", "1 Dec 2026 (in 8 days)")."""
    if when is None:
        return ("Takes effect", "")
    verb = "Takes effect" if when >= now.date() else "In effect since"
    return (verb, f"{day(when)} ({days_left(when, now.date())})")


def dated(when: date | None, now: datetime) -> tuple[str, ...]:
    """Say the same within a line ("takes effect 1 Dec 2026 (in 8 days)"), or nothing."""
    verb, said = effective(when, now)
    return (f"{verb.lower()} {said}",) if said else ()


def reading(news: News, base: str) -> tuple[Span, ...]:
    """Link to the redline, the archived version and the page itself."""
    return linked(
        (
            ("Redline", change_page(base, news.change.id)),
            ("Archived page", version_page(base, news.change.after)),
            ("Source", news.source),
        )
    )


def marked(mark: Mark, zone: tzinfo | None = None) -> tuple[Span, ...]:
    """Say who did what, and when."""
    person = Span(mark.person, Style.PERSON)
    if mark.deed is Deed.MUTED:
        return (Span("🔕 Muted by "), person, Span(f" until {clock(mark.until or mark.at, zone)}"))
    if mark.deed is Deed.NOT_RELEVANT:
        return (Span("Marked not relevant by "), person, Span(f", {clock(mark.at, zone)}"))
    return (Span("✅ Acknowledged by "), person, Span(f", {clock(mark.at, zone)}"))


def buttons(news: Sequence[News]) -> tuple[Block, ...]:
    """Offer what can be done about it; what was done already is not offered again."""
    done = {mark.deed for one in news for mark in one.marks}
    change, platform = news[0].change.id, news[0].platform.id
    row = [Button("Ack", "ack", change)] * (Deed.ACKNOWLEDGED not in done)
    row += [Button("Mute…", "mute", platform)] * (Deed.MUTED not in done)
    row.append(Button("Redline", "redline", change))
    row += [Button("Not relevant", "notrelevant", change)] * (Deed.NOT_RELEVANT not in done)
    return (Buttons(tuple(row)),)


def gravest(news: Sequence[News]) -> str:
    """Return the highest exposure of several changes."""
    found = ""
    for one in news:
        found = graver(found, one.exposure)
    return found


def grouped(news: Sequence[News]) -> str:
    """Headline several changes of one platform."""
    return f"{news[0].platform.name} changed {counted(len(news), 'document')}"


def spoken(news: Sequence[News], now: datetime) -> str:
    """Say the whole in a sentence or two, for notifications and screen readers."""
    said = [one.heading for one in news]
    if grave := gravest(news):
        said.append(exposed(grave).capitalize())
    if dates := sorted({when for one in news if (when := one.change.difference.effective)}):
        said.append(" ".join(effective(dates[0], now)))
    return ". ".join(one.rstrip(".") for one in said) + "."


def _shares(passages: Sequence[int]) -> list[int]:
    """Deal the room for passages out, one to each change in turn."""
    shares = [0] * len(passages)
    while sum(shares) < MOST_PASSAGES and any(share < have for share, have in zip(shares, passages, strict=True)):
        for place, have in enumerate(passages):
            if shares[place] < have and sum(shares) < MOST_PASSAGES:
                shares[place] += 1
    return shares
