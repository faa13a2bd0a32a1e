"""/provision, /compare and /ask: what documents say about one thing, word for word."""

from __future__ import annotations

from bot.chats.port import Reply
from bot.commands import refusing
from bot.commands.desk import Asked, Desk
from bot.commands.order import LONGEST, Order
from bot.compose import replies
from bot.compose.answers import Passage, answers
from bot.compose.card import card as composed_card
from bot.compose.comparison import Standing
from bot.compose.comparison import comparison as composed_comparison
from bot.compose.words import title_of
from bot.facts.histories import history_of
from watchers.model import Platform
from watchers.provisions.asking import Found, answering
from watchers.provisions.card import compose_card
from watchers.provisions.choosing import best_source
from watchers.provisions.comparison import Row
from watchers.provisions.regions import region_named


async def provision(desk: Desk, asked: Asked) -> Reply:
    """Show the card of a provision on a platform."""
    order = asked.order
    if order.platform is None:
        typed = order.unknown[0] if order.unknown else ""
        return refusing.unknown_platform(asked, typed) if typed else _which(order)
    if not order.provisions:
        return refusing.unknown_word(asked, order.unknown[0]) if order.unknown else _which(order)
    wanted = order.provisions[0]
    read = await desk.sources.of_all(order.platform, order.documents())
    source = best_source(wanted, read)
    if source is None:
        return await _unread(desk, order.platform)
    history = await history_of(desk.archive, source.document.id, wanted, asked.workspace.id)
    made = compose_card(wanted, source, history)
    looked_in = [title_of(one.document) for one in read]
    regions = [region for words in order.unknown if (region := region_named(words))]
    return Reply(composed_card(made, order.platform.id, order.platform.name, desk.base, looked_in, regions))


async def _unread(desk: Desk, platform: Platform) -> Reply:
    why = await desk.unread(platform, platform.documents)
    return Reply(replies.line(f"Nothing of {platform.name} is archived yet. {why}".strip()))


def _which(order: Order) -> Reply:
    name = order.platform.name if order.platform else "linkedin"
    question = f"Which provision of {name}?" if order.platform else "Which provision, on which platform?"
    return Reply(replies.refused(question, f"For instance: /provision {name} ai-training"))


async def compare(desk: Desk, asked: Asked) -> Reply:
    """Compare platforms on one provision."""
    order = asked.order
    if not order.provisions:
        how = "For instance: /compare ai-training, or /compare ai-training x linkedin"
        return refusing.unknown_word(asked, order.unknown[0]) if order.unknown else _how(how)
    wanted = order.provisions[0]
    known = await desk.newsroom.known(asked.workspace.id)
    rows = await desk.sources.rows(wanted, known, [one.id for one in order.platforms], asked.workspace.id)
    named = {platform.name for platform in order.platforms}
    silent = sorted(named - {one.platform for one in rows}, key=str.casefold)
    unread = [one.name for one in order.platforms if one.name in silent and not await _read(desk, one)]
    silent = [name for name in silent if name not in unread]
    standings = [_standing(one) for one in rows if one.excerpt]
    pictures = await desk.painted(lambda painter: painter.comparison(wanted, standings))
    return Reply(composed_comparison(wanted, standings, silent, desk.base, pictures, unread))


async def _read(desk: Desk, platform: Platform) -> bool:
    """Tell whether any document of a platform was ever read."""
    return any([await desk.archive.latest(document.id) for document in platform.documents])


def _how(how: str) -> Reply:
    return Reply(replies.refused("Which provision?", how))


def _standing(one: Row) -> Standing:
    return Standing(
        one.platform,
        one.document,
        one.excerpt,
        one.stance.value if one.stance else "",
        one.exposure.value if one.exposure else "",
        f"“{one.choices[0].quote}”" if one.choices else "",
        one.since,
        one.citation.version if one.citation else "",
        one.citation.path if one.citation else (),
    )


async def ask(desk: Desk, asked: Asked) -> Reply:
    """Find the clauses that answer a question about a platform, word for word."""
    platform, question = question_of(asked)
    if platform is None:
        typed = asked.order.unknown[0] if asked.order.unknown else ""
        how = "For instance: /ask linkedin can they train on my posts?"
        return (
            refusing.unknown_platform(asked, typed) if typed else Reply(replies.refused("Ask about a platform.", how))
        )
    if not question:
        how = f"For instance: /ask {platform.name} can they train on my posts?"
        return Reply(replies.refused(f"What do you want to know about {platform.name}?", how))
    read = await desk.sources.of_all(platform, platform.documents)
    if not read:
        return await _unread(desk, platform)
    found = answering(question, read)
    looked_in = [f"{platform.name} {title_of(source.document)}" for source in read]
    return Reply(answers(question, [_answer(one) for one in found], looked_in, desk.base))


def question_of(asked: Asked) -> tuple[Platform | None, str]:
    """Part a question from the platform it is about: the one named by its first words, else any named in it."""
    words = asked.words.split()
    for size in range(min(LONGEST, len(words)), 0, -1):
        if platform := asked.names.platform(" ".join(words[:size])):
            return platform, " ".join(words[size:])
    return asked.order.platform, asked.words


def _answer(one: Found) -> Passage:
    version = one.source.version
    title = f"{one.source.platform} {title_of(one.source.document)}"
    return Passage(title, one.clause.text, one.clause.path, version.id, version.seen_at, one.focus)
