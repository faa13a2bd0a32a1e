"""What a channel is told besides changes: a date that comes near, a channel that is closed, a first word.

Each is told once; who is told, and when, is decided elsewhere. What cannot be read is told by `incident`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.compose.links import change_page, linked
from bot.compose.message import Button, Buttons, Facts, Heading, Message, Note, Span, Style, Text
from bot.compose.news import Deed, News
from bot.compose.passages import quotes
from bot.compose.ping import effective, marked, undone
from bot.compose.words import clock, day, days_left, listed
from watchers.model import Health

HEALTH = {
    Health.GOOD: "read without trouble",
    Health.ERROR_PAGE: "the site answers with an error page",
    Health.LOGIN_WALL: "the site asks for a login",
    Health.CONSENT_WALL: "a consent page stands in front of it",
    Health.BOT_CHECK: "the site asks for proof that a person is reading",
    Health.NOT_TEXT: "what came was not a text",
    Health.INDEX_PAGE: "the page only lists documents now",
    Health.OTHER_LANGUAGE: "the page came in another language",
    Health.OTHER_EDITION: "the edition of another region came",
    Health.WRONG_PAGE: "another page came in its place",
    Health.NEARLY_EMPTY: "the page came nearly empty",
    Health.TRUNCATED: "the page came cut off",
    Health.UNFILLED: "the page came without its words filled in",
    Health.GARBLED: "the letters of the page came garbled",
    Health.PART_MISSING: "a part of the document is missing",
    Health.PARTS_SAME: "two parts of the document came out the same",
}
RECALL_QUOTES = 2


def why(health: str, reason: str = "") -> str:
    """Say in words why a document cannot be read."""
    known = HEALTH.get(Health(health), "") if health in set(Health) else ""
    return known or reason or "the page did not come"


def recall(news: News, now: datetime, base: str = "") -> Message:
    """Remind of an announced change before it takes effect, with the days left."""
    when = news.change.difference.effective
    left = days_left(when, now.date()) if when else "soon"
    line = f"{news.title}: the change announced on {day(news.change.seen_at)} takes effect {left}"
    facts = (effective(when, now), ("Announced", news.heading))
    shown = tuple(quote for passage in news.passages[:RECALL_QUOTES] for quote in quotes(passage))
    where = linked((("Redline", change_page(base, news.change.id)), ("Source", news.source)))
    acked = any(mark.deed is Deed.ACKNOWLEDGED for mark in news.marks)
    ack = () if acked else (Button("Ack", "ack", news.change.id),)
    row = Buttons((*ack, Button("Redline", "redline", news.change.id)))
    small = (*([Note(where)] if where else []), *(Note(marked(mark)) for mark in news.marks))
    return Message(f"{line}.", (Heading(line), *undone(news, now), Facts(facts), *shown, *small, row), news.exposure)


def paused(channel: str, reason: str, watches: Sequence[str], remedy: str) -> Message:
    """Tell the person who added watches that their channel, given by its id, takes no messages; and what to do."""
    why_not = f": {reason.rstrip('.')}."
    kept = "What is watched there is paused, not deleted"
    named = f" {kept}: {listed(list(watches), most=8)}." if watches else f" {kept}."
    said = (Span("Nothing can be posted in "), Span(channel, Style.CHANNEL), Span(f"{why_not}{named}"))
    return Message(f"A channel takes no messages{why_not}{named}", (Text(said), Text((Span(remedy),))))


def greeting() -> Message:
    """Welcome the person who installed the bot, with three things to try."""
    line = "Clausewatch is here. It reads terms and privacy policies and tells this workspace what changed."
    tries = (
        "1. /watch linkedin privacy: a ping on the day LinkedIn changes its privacy policy",
        "2. /watch all ai-training: one provision on every platform",
        "3. /provision linkedin ai-training: what the text says today, word for word",
    )
    rest = (
        "Nothing is posted anywhere before somebody types /watch in a channel. Weekly digests come on Monday at 09:00."
    )
    blocks = (Heading("Three things to try"), Text((Span("\n".join(tries)),)), Note((Span(rest),)))
    return Message(
        line, (Text((Span(line),)), *blocks, Buttons((Button("Test post", "testpost"), Button("Help", "help"))))
    )


def test_post(now: datetime) -> Message:
    """Show that the channel can be posted to."""
    line = f"This is a test post: pings and digests will look for you here. Sent {clock(now)}."
    return Message(line, (Text((Span(line),)),))
