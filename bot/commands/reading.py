"""/changes, /redline and /timeline: what changed, when, and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.chats.port import Reply
from bot.commands import refusing
from bot.commands.desk import Asked, Desk
from bot.commands.examples import EXAMPLES
from bot.compose import lists, replies
from bot.compose.news import TURNS, News, provision_title
from bot.compose.redline import redline as composed_redline
from bot.compose.since import SinceRow
from bot.compose.since import since as composed_since
from bot.compose.timeline import Step
from bot.compose.timeline import timeline as composed_timeline
from bot.compose.words import listed, title_of
from bot.facts.histories import history_of
from bot.facts.versions import chosen, day_named
from storage.archive.history import Asked as Wanted
from watchers.model import Change, Document, Platform, Significance

MOST_STEPS = 500
BRIEF = 140  # characters of a headline in a timeline


GRADES = {
    "high": " of high exposure",
    "medium": " of medium exposure",
    "low": " of low exposure",
    "worse": " to readers’ cost",
    "better": " in readers’ favour",
}
"""What a list of changes may be narrowed to, and how that is said."""

LOOKED_THROUGH = 300
"""How many of the newest changes a narrowed list is picked from."""


async def changes(desk: Desk, asked: Asked) -> Reply:
    """List the newest changes of a platform, or of all, in a span of time."""
    order = asked.order
    grades = [word.casefold() for word in order.unknown if word.casefold() in GRADES]
    if strange := [word for word in order.unknown if word.casefold() not in GRADES]:
        return refusing.unknown_platform(asked, strange[0])
    since = asked.now - timedelta(days=order.days) if order.days else None
    if order.since:
        if (first := day_named(order.since)) is None:
            return Reply(replies.refused(f"There is no day {order.since}.", "For instance: /changes x since 2023-05"))
        since = datetime.combine(first, time(), UTC)
    documents = order.documents() if order.types else ()
    wanted = Wanted(
        order.platform.id if order.platform else "",
        documents[0].id if documents else "",
        order.provisions[0] if order.provisions else "",
        since,
        workspace=asked.workspace.id,
    )
    if grades:
        return await _graded(desk, asked, wanted, grades, documents)
    total = await desk.archive.count_changes(wanted)
    found = await desk.archive.changes(
        wanted.platform,
        since,
        wanted.document,
        asked.workspace.id,
        lists.PAGE,
        (order.page - 1) * lists.PAGE,
        provision=wanted.provision,
    )
    news = await desk.newsroom.news(found, asked.workspace.id)
    span = f" in the last {'day' if order.days == 1 else f'{order.days} days'}" if order.days else ""
    span = f" since {order.since}" if order.since else span
    about, again = _about(asked, documents), _again(asked, documents)
    unread = ""
    if not total and order.platform:
        unread = await desk.unread(order.platform, documents or order.platform.documents)
    message = lists.changes(news, total, order.page, about, asked.local, desk.base, again, span, unread)
    return Reply(message, replaces=asked.request.pressed)


async def _graded(
    desk: Desk, asked: Asked, wanted: Wanted, grades: Sequence[str], documents: tuple[Document, ...]
) -> Reply:
    """List the changes of an exposure, or worse or better for readers, among the newest that matter."""
    some = await desk.archive.changes_that(replace(wanted, significance=Significance.SUBSTANTIVE), LOOKED_THROUGH)
    every = await desk.newsroom.news(some, asked.workspace.id)
    news = [one for one in every if {one.exposure, one.bearing} & {*grades}]
    first = (asked.order.page - 1) * lists.PAGE
    about = _about(asked, documents) + "".join(GRADES[grade] for grade in grades)
    span = f" among the last {LOOKED_THROUGH}" if len(some) == LOOKED_THROUGH else ""
    again = " ".join((_again(asked, documents), *grades))[:64]
    shown = news[first : first + lists.PAGE]
    message = lists.changes(shown, len(news), asked.order.page, about, asked.local, desk.base, again, span)
    return Reply(message, replaces=asked.request.pressed)


def _about(asked: Asked, documents: tuple[Document, ...]) -> str:
    order = asked.order
    what = f" of {order.platform.name}" if order.platform else ""
    what += f" {listed([title_of(one) for one in documents[:1]])}" if documents else ""
    return f"{what} touching {provision_title(order.provisions[0])}" if order.provisions else what


def _again(asked: Asked, documents: tuple[Document, ...]) -> str:
    """Return what to ask for another page of the same list, short enough for a button."""
    order = asked.order
    words = [order.platform.id if order.platform else "all"]
    words += [documents[0].type] if documents else []
    words += [order.provisions[0]] if order.provisions else []
    words += [f"{order.days}d"] if order.days else []
    words += [f"since {order.since}"] if order.since else []
    return " ".join(words)[:64]


async def redline(desk: Desk, asked: Asked) -> Reply:
    """Show every passage of a change: the one named, or the platform's latest; or what differs since a day."""
    if asked.order.platform and asked.order.since:
        return await _since(desk, asked, asked.order.platform, asked.order.since)
    change = await desk.archive.change(asked.words)
    if change is None and (found := _change_named(asked)):
        change = await desk.archive.change(found)
    if change is None and asked.order.platform:
        documents = asked.order.documents() if asked.order.types else ()
        document = documents[0].id if documents else ""
        newest = await desk.archive.changes(asked.order.platform.id, None, document, asked.workspace.id, 1)
        change = newest[0] if newest else None
    news = await _news(desk, asked, change)
    if news is None:
        return _no_change(asked)
    pictures = await desk.painted(lambda painter: painter.redline(news))
    return Reply(composed_redline(news, asked.local, desk.base, pictures))


async def _since(desk: Desk, asked: Asked, platform: Platform, day: str) -> Reply:
    """Point at what differs between the versions that stood on a day and those that stand, a line a document."""
    if day_named(day) is None:
        return Reply(replies.refused(f"There is no day {day}.", "For instance: /redline linkedin since 2023-05"))
    documents = asked.order.documents() if asked.order.types else platform.documents
    rows = []
    for document in documents:
        notes = await desk.archive.versions(document.id)
        first, last = chosen(notes, day), chosen(notes, "", newest=True)
        if first and last:
            changes = [one for one in await desk.archive.change_notes(document.id) if first.seen_at < one.seen_at]
            same, stood = first.id == last.id, first.seen_at
            rows.append(SinceRow(document=document, first=stood, last=last.seen_at, same=same, changes=tuple(changes)))
        elif notes:
            rows.append(SinceRow(document=document, first=notes[0].seen_at, last=notes[-1].seen_at, late=True))
    return Reply(composed_since(platform.name, rows, day, desk.base))


def _change_named(asked: Asked) -> str:
    words = asked.words.split()
    return words[-1] if words else ""


async def _news(desk: Desk, asked: Asked, change: Change | None) -> News | None:
    """Return a change as news, or None where this workspace may not know of it."""
    news = await desk.newsroom.news([change] if change else [], asked.workspace.id)
    return news[0] if news else None


def _no_change(asked: Asked) -> Reply:
    order = asked.order
    if order.platform:
        return Reply(lists.no_change(f" of {order.platform.name}"))
    if order.unknown:
        return refusing.unknown_platform(asked, order.unknown[0])
    examples = " or ".join(example for example, _ in EXAMPLES[asked.request.command])
    return Reply(replies.refused("Of which platform?", f"For instance: {examples}"))


async def timeline(desk: Desk, asked: Asked) -> Reply:
    """Tell the dated history of a platform, or of one provision there."""
    order = asked.order
    if order.platform is None:
        return _no_change(asked)
    if refusal := refusing.below_documents(desk, asked):
        return refusal
    provision = order.provisions[0] if order.provisions else ""
    steps = await (_of_provision(desk, asked, provision) if provision else _of_platform(desk, asked, order.platform.id))
    if provision and not steps and await _first_sights(desk, asked):
        return Reply(replies.line(_never_found(asked, provision)))
    title = f"{provision_title(provision)} at {order.platform.name}" if provision else order.platform.name
    pictures = await desk.painted(lambda painter: painter.timeline(title, steps, asked.now))
    return Reply(composed_timeline(title, steps, asked.now, desk.base, pictures))


def _never_found(asked: Asked, provision: str) -> str:
    read = listed([title_of(document) for document in asked.order.documents()], most=6)
    name = asked.order.platform.name if asked.order.platform else ""
    return f"{provision_title(provision)} was not found in any version kept of {name}. Looked for in: {read}."


async def _of_platform(desk: Desk, asked: Asked, platform: str) -> list[Step]:
    found = await desk.archive.changes(platform, None, "", asked.workspace.id, MOST_STEPS, significance="substantive")
    news = await desk.newsroom.news(found, asked.workspace.id)
    types = asked.order.types
    return [_step(one) for one in news if not types or one.document.type in types] + await _first_sights(desk, asked)


async def _of_provision(desk: Desk, asked: Asked, provision: str) -> list[Step]:
    """Return what became of one provision in each document, with its words before and after."""
    steps = []
    for document in asked.order.documents():
        history = await history_of(desk.archive, document.id, provision, asked.workspace.id)
        title = title_of(document)
        if history.since and history.first:
            steps.append(Step(history.since, title, "there when first seen", after=history.first))
        for event in history.events:
            what, exposure = TURNS[event.turn], event.exposure.value if event.exposure else ""
            steps.append(Step(event.at, title, what, exposure, event.change, event.before, event.after))
    return steps


def _step(news: News) -> Step:
    what = briefly(news.heading)
    return Step(news.change.seen_at, title_of(news.document), what, news.exposure, news.change.id)


def briefly(headline: str) -> str:
    """Return what a headline says after the name of the document, cut at a word when it is long."""
    said = headline.partition(": ")[2] or headline
    return said if len(said) <= BRIEF else f"{said[:BRIEF].rsplit(' ', 1)[0]} …"


async def _first_sights(desk: Desk, asked: Asked) -> list[Step]:
    steps = []
    for document in asked.order.documents():
        if versions := await desk.archive.versions(document.id):
            steps.append(Step(versions[0].seen_at, title_of(document), "first seen"))
    return steps
