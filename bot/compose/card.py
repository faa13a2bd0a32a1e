"""The provision card in short: what the text states, word for word, what it leaves open, how exposed one is.

The whole card is on its page; nothing is said here that the card does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.compose.law import law_blocks
from bot.compose.links import card_page, linked, version_page
from bot.compose.message import Block, Button, Buttons, Facts, Heading, Message, Note, Quote, Span, Style, Text
from bot.compose.news import TURNS
from bot.compose.passages import ARCHIVED, Piece, spans_of
from bot.compose.words import counted, day, listed
from watchers.provisions.card import Card, Citation, History

ROOM = 1200
MOST_POINTS = 4
MOST_REASONS = 4
MOST_CHOICES = 2


def card(
    card: Card, platform: str, name: str, base: str = "", looked_in: Sequence[str] = (), regions: Sequence[str] = ()
) -> Message:
    """Compose the short card of a provision on a platform, whose id and name are given, with the law of some regions.

    `looked_in` are the documents that were read; they are named where nothing was found in any.
    """
    title = f"{card.title} at {name}"
    blocks: list[Block] = [Heading(title), Text((Span(card.statement),)), *_excerpt(card)]
    blocks += [*_open(card), *_choices(card), *_facts(card)]
    if card.citation:
        again = f"/provision {platform} {card.provision.replace('_', '-')}"
        blocks += law_blocks(card.landscape, regions, card.notice, again)
    if not card.citation and len(looked_in) > 1:
        blocks.append(Note((Span(f"Looked in all that is read of {name}: {listed(list(looked_in), most=8)}."),)))
    where = [("The whole card", card_page(base, platform, card.provision))]
    if card.citation:
        where += [("Archived page", version_page(base, card.citation.version)), ("Source", card.citation.address)]
    small = linked(tuple(where))
    disclaimer = (*small, *[Span("\n")] * bool(small), Span(card.disclaimer))
    return Message(
        f"{title}. {card.statement}",
        (*blocks, Note(disclaimer), buttons(card, platform)),
        card.exposure.value if card.exposure else "",
    )


def _excerpt(card: Card) -> tuple[Block, ...]:
    if not card.citation:
        return tuple(Note((Span(caveat),)) for caveat in card.caveats)
    quote = Quote(spans_of((Piece(card.excerpt, Style.PLAIN),), ROOM, ARCHIVED), cited(card.citation))
    more = f"{counted(len(card.further), 'more place')} in this document." if card.further else ""
    small = " ".join((*card.caveats, more)).strip()
    return (quote, *([Note((Span(small),))] if small else []))


def cited(citation: Citation) -> str:
    """Say where an excerpt stands: document, headings, date and hash of the version."""
    place = " › ".join((f"{citation.platform} {citation.document}", *citation.path))
    return f"{place} · version of {day(citation.seen_at)} · {citation.sha256[:12]}"


def _open(card: Card) -> tuple[Block, ...]:
    if not card.open_points:
        return ()
    spans = [Span("What the text leaves open", Style.BOLD)]
    for point in card.open_points[:MOST_POINTS]:
        spans += [Span(f"\n• {point.says}")] + [Span(f" (“{point.quote}”)", Style.ITALIC)] * bool(point.quote)
    left = len(card.open_points) - MOST_POINTS
    spans += [Span(f"\n• {left} more on the card's page")] * (left > 0)
    return (Text(tuple(spans)),)


def _choices(card: Card) -> tuple[Block, ...]:
    return tuple(_choice(card, choice.quote, choice.address) for choice in card.choices[:MOST_CHOICES])


def _choice(card: Card, quote: str, address: str) -> Block:
    """Show a choice in the document's words, or say that they stand in the excerpt."""
    if quote in card.excerpt:
        return Note((Span("The choice it offers stands in the words above.", link=address),))
    return Quote((Span(quote, link=address),), "The choice it offers")


def _facts(card: Card) -> tuple[Block, ...]:
    pairs = []
    if card.exposure:
        pairs.append(("Exposure", "; ".join((str(card.exposure), *_why(card)))))
    pairs.append(("History", told(card.history)))
    return (Facts(tuple(pairs)),)


def _why(card: Card) -> Iterator[str]:
    """Give the reasons of an exposure in words, those that raise it first."""
    for raises, verb in ((True, "raises it"), (False, "lowers it")):
        if labels := [reason.label for reason in card.reasons if reason.raises is raises]:
            yield f"{verb}: {listed(labels, most=MOST_REASONS)}"


def told(history: History) -> str:
    """Tell in a line how a document and the provision in it have moved."""
    if history.since is None:
        return "nothing is archived yet"
    said = [f"{counted(history.versions, 'version')} since {day(history.since)}", counted(history.changes, "change")]
    moved = [f"{TURNS[event.turn]} on {day(event.at)}" for event in history.events[-2:]]
    return "; ".join((*said, *([f"this provision was {listed(moved)}"] if moved else [])))


def buttons(card: Card, platform: str) -> Buttons:
    """Offer what leads on."""
    about = f"{platform} {card.provision}"
    return Buttons((Button("Compare", "compare", card.provision), Button("History", "history", about)))
