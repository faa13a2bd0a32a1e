"""A change with all its passages: as quotes when they fit into a message, else with a file that has them whole."""

from __future__ import annotations

from datetime import datetime

from bot.compose.links import change_page, linked, version_page
from bot.compose.message import Block, Facts, File, Heading, Message, Note, Picture, Quote, Span, Style, Text
from bot.compose.news import News
from bot.compose.passages import quotes
from bot.compose.ping import facts
from bot.compose.words import clock, counted
from watchers.model import Passage

FITS = 4200  # characters of quotes that any chat takes in one message
MOST = 12  # quotes in a message: beyond, nobody reads on in a chat


def redline(news: News, now: datetime, base: str = "", pictures: tuple[Picture, ...] = ()) -> Message:
    """Show every passage of a change, whole; what does not fit goes into a file that has all of it."""
    every = tuple(quote for passage in in_order(news) for quote in quotes(passage, room=0))
    shown = _fitting(every)
    blocks: list[Block] = [Heading(f"Redline: {news.heading}"), Facts(facts(news, now)), *shown, *pictures]
    if len(shown) < len(every):
        left = counted(len(every) - len(shown), "more quotation")
        blocks += [Text((Span(f"{left} in the file, which has the whole redline."),)), whole(news, every)]
    where = (("Page", change_page(base, news.change.id)), ("Before", version_page(base, news.change.before)))
    after = (("After", version_page(base, news.change.after)), ("Source", news.source))
    if spans := linked((*where, *after)):
        blocks.append(Note(spans))
    return Message(f"Redline of {news.title}, {clock(news.change.seen_at)}.", tuple(blocks), news.exposure)


def in_order(news: News) -> tuple[Passage, ...]:
    """Return every passage, those that matter before those of wording only, each as they stand in the text."""
    grave = set(news.passages)

    def place(passage: Passage) -> tuple[bool, int]:
        return passage not in grave, max(passage.after_start, passage.before_start)

    return tuple(sorted(news.change.difference.passages, key=place))


def whole(news: News, every: tuple[Quote, ...]) -> File:
    """Write the whole redline as plain text: [-struck out-] and {+put in+}."""
    head = (news.heading, f"{news.source}\nSeen {clock(news.change.seen_at)}", "[-struck out-] {+put in+}")
    parts = [f"{quote.label}\n{plain(quote)}" for quote in every]
    return File("\n\n".join((*head, *parts, "")).encode(), f"redline-{news.change.id}.txt".replace("/", "-"), "Redline")


def plain(quote: Quote) -> str:
    """Write a quote as plain text with its marks."""
    marks = {Style.STRUCK: "[-{}-]", Style.INSERTED: "{{+{}+}}"}
    return "".join(marks.get(span.style, "{}").format(span.text) for span in quote.spans)


def _fitting(every: tuple[Quote, ...]) -> tuple[Quote, ...]:
    left, shown = FITS, 0
    for quote in every[:MOST]:
        left -= sum(len(span.text) for span in quote.spans) + len(quote.label)
        if left < 0:
            break
        shown += 1
    return every[:shown]
