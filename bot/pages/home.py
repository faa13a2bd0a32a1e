"""Home, calendar, and what differs between any two versions. Looks things up and renders; no rule lives here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from bot.compose.news import TURNS, News
from bot.compose.words import ORDER
from bot.examining.aside import done
from bot.examining.box import TooMuch
from bot.examining.jobs import between
from bot.facts.versions import chosen
from bot.pages.answering import Ask, Handing, NotFound, View, found
from bot.pages.calendar import AHEAD, Dated, coming, icalendar
from bot.pages.changes import passages_of
from bot.pages.redlines import SLIGHT, tally
from bot.pages.rendering import render
from bot.pages.shelf import Place, Shelf, Told
from storage.archive.health import Seen
from storage.archive.history import Asked, VersionNote
from watchers.model import Change, Significance
from watchers.provisions.regions import REGIONS, region_named
from watchers.provisions.taxonomy import TITLES
from watchers.spans import span_coarsely

NEW_FOR = timedelta(days=30)
MOST_NEW = 12
MOST_LOOKED_AT = 200
MOST_NEXT = 8
MOST_COMING = 300


class HomePages:
    """Handlers. `base` is the public address of the site."""

    def __init__(self, shelf: Shelf, base: str) -> None:
        self._shelf = shelf
        self._base = base

    def views(self) -> tuple[View, ...]:
        """Return the pages."""
        return (
            View("/", self.home),
            View("/calendar", self.calendar, ("region",)),
            View("/between/{document:path}", self.between, ("from", "to", "view")),
        )

    def handings(self) -> tuple[Handing, ...]:
        """Return the files."""
        return (Handing("/calendar.ics", self.file),)

    async def home(self, ask: Ask) -> str:
        """Show what is new by exposure, what takes effect next, and what cannot be read."""
        now = self._shelf.clock()
        places = await self._shelf.places(ask.workspace)
        since = Asked(since=now - NEW_FOR, significance=Significance.SUBSTANTIVE, workspace=ask.workspace)
        some = [one for one in await self._shelf.archive.changes_that(since, MOST_LOOKED_AT) if one.document in places]
        news = sorted((_news(one, places[one.document]) for one in some), key=_grave)
        seen = await self._shelf.archive.seen(list(places))
        unread = [document for document in places if not (seen.get(document) and seen[document].version)]
        return render(
            "home.html",
            news=news[:MOST_NEW],
            left=len(news) - MOST_NEW,
            next=(await self._coming(ask, now))[:MOST_NEXT],
            read=len(places) - len(unread),
            documents=len(places),
            unread=len(unread),
            blind=_blind(seen, places),
        )

    async def calendar(self, ask: Ask) -> str:
        """Show the dates of the next ninety days."""
        region = region_named(ask.get("region"))
        dates = await self._coming(ask, self._shelf.clock(), region)
        return render("calendar.html", dates=dates, region=region, regions=list(REGIONS), days=AHEAD.days)

    async def file(self, ask: Ask) -> Response:
        """Hand out the dates as a calendar that other programs can subscribe to."""
        now = self._shelf.clock()
        body = icalendar(await self._coming(ask, now), self._base, now.astimezone(UTC))
        keep = "private, no-store" if ask.workspace else "public, max-age=3600"
        return Response(body, media_type="text/calendar", headers={"cache-control": keep})

    async def between(self, ask: Ask) -> str:
        """Show what differs between two versions of a document: those that stood on two days, or named ones."""
        place = found(await self._shelf.place(ask.path["document"], ask.workspace), "document")
        notes = await self._shelf.archive.versions(place.document.id)
        first, last = chosen(notes, ask.get("from")), chosen(notes, ask.get("to"), newest=True)
        if first is None or last is None:
            name = f"{place.platform.name} {place.document.type}"
            raise NotFound(f"version of {name} at that time; the first is of {_first(notes)}")
        if first.seen_at > last.seen_at:
            first, last = last, first
        told = await self._told(place, first.id, last.id)
        changes = await self._shelf.archive.change_notes(place.document.id)
        entries = passages_of(told)
        return render(
            "between.html",
            told=told,
            notes=notes,
            entries=entries,
            tally=tally(entries),
            grave=[touch for touch in told.change.touches if touch.turn not in SLIGHT],
            within=[one for one in changes if first.seen_at < one.seen_at <= last.seen_at],
            view="inline" if ask.get("view") == "inline" else "side",
            titles=TITLES,
            turns=TURNS,
        )

    async def _told(self, place: Place, first: str, last: str) -> Told:
        before = found(await self._shelf.archive.version(first), "version")
        after = found(await self._shelf.archive.version(last), "version")
        about = (place.document, place.platform.name, before, after)
        try:
            change, _ = await done(self._shelf.examiner, between, *about)
        except TooMuch:
            change = span_coarsely(*about)
        return Told(change, place, before, after, await self._shelf.archive.findings(after.id))

    async def _coming(self, ask: Ask, now: datetime, region: str = "") -> tuple[Dated, ...]:
        today = now.astimezone(UTC).date()
        asked = Asked(effective_from=today, effective_until=today + AHEAD, workspace=ask.workspace)
        asked_for = await self._shelf.archive.changes_that(asked, MOST_COMING)
        places = await self._shelf.places(ask.workspace)
        some: list[tuple[Change, Place]] = [(one, places[one.document]) for one in asked_for if one.document in places]
        return coming(some, today, (region,) if region else ())


def _first(notes: Sequence[VersionNote]) -> str:
    return f"{notes[0].seen_at:%Y-%m-%d}" if notes else "no day: it was never read"


def _news(change: Change, place: Place) -> News:
    return News(change, place.platform, place.document)


def _grave(news: News) -> tuple[int, float]:
    return ORDER[news.exposure], -news.change.seen_at.timestamp()


def _blind(seen: dict[str, Seen], places: dict[str, Place]) -> list[tuple[Place, Seen]]:
    """Return the documents that were read before and cannot be read now, those longest blind first."""
    some = [(places[document], each) for document, each in seen.items() if each.blind_since and each.version]
    return sorted(some, key=lambda pair: pair[1].blind_since or datetime.max.replace(tzinfo=UTC))
