"""Pages of provisions: the card of one, the comparison of one over platforms, and of platforms over all.

Looks things up and renders; no rule lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.compose.news import TURNS
from bot.compose.words import GRAVEST
from bot.facts.histories import history_of
from bot.pages.answering import Ask, NotFound, View, found
from bot.pages.rendering import render
from bot.pages.shelf import Place, Shelf
from storage.archive.history import Standing
from watchers.model import Exposure
from watchers.provisions.card import Citation, cite, compose_card
from watchers.provisions.choosing import best_source, sayings
from watchers.provisions.comparison import Row, elsewhere
from watchers.provisions.regions import REGIONS, region_named, within
from watchers.provisions.source import Source
from watchers.provisions.taxonomy import PROVISIONS, TITLES

MOST_COLUMNS = 12
FIRST_COLUMNS = 8

SORTS: Mapping[str, Callable[[Row], tuple[object, ...]]] = {
    "platform": lambda row: (row.platform.casefold(),),
    "exposure": lambda row: (GRAVEST.index(row.exposure or Exposure.LOW), row.platform.casefold()),
    "since": lambda row: (row.since, row.platform.casefold()),
    "stance": lambda row: (str(row.stance), row.platform.casefold()),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: a provision, and the gravest standing of it for each platform."""

    provision: str
    cells: Mapping[str, Standing]


class ProvisionPages:
    """Handlers."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def views(self) -> tuple[View, ...]:
        """Return the pages."""
        return (
            View("/platforms/{platform}/provisions/{provision}", self.card, ("region",)),
            View("/provisions", self.provisions),
            View("/provisions/{provision}", self.comparison, ("sort",)),
            View("/compare", self.matrix, ("platform", "provision", "sort")),
        )

    async def card(self, ask: Ask) -> str:
        """Show the whole card of a provision on a platform."""
        provision = known(ask.path["provision"])
        platform = found(await self._shelf.platform(ask.path["platform"], ask.workspace), "platform")
        places = [Place(platform, document) for document in platform.documents]
        sources = [source for place in places if (source := await self._shelf.source(place))]
        source = found(best_source(provision, sources), "version of this platform's documents")
        history = await history_of(self._shelf.archive, source.document.id, provision, ask.workspace)
        others = elsewhere(await self._shelf.rows(provision, ask.workspace), platform.name)
        made, region = compose_card(provision, source, history, others), region_named(ask.get("region"))
        return render(
            "card.html",
            card=made,
            law=within(made.landscape, (region,) if region else ()),
            region=region,
            regions=[each for each in REGIONS if within(made.landscape, (each,)).hooks],
            platform=platform,
            language=source.version.language,
            beside=_beside(provision, source, sources),
            turns=TURNS,
        )

    async def provisions(self, ask: Ask) -> str:
        """List the types of provisions."""
        standing = await self._shelf.archive.all_standing(ask.workspace)
        counts: dict[str, int] = {}
        for each in standing:
            counts[each.provision] = counts.get(each.provision, 0) + 1
        grouped = groupby(PROVISIONS.values(), key=lambda each: each.group)
        groups = [(group, tuple(members)) for group, members in grouped]
        return render("provisions.html", groups=groups, counts=counts)

    async def comparison(self, ask: Ask) -> str:
        """Show one provision over all platforms, sorted as asked."""
        provision = known(ask.path["provision"])
        rows = [row for row in await self._shelf.rows(provision, ask.workspace) if row.excerpt]
        sort, _, way = (ask.get("sort") or "platform").partition("-")
        sort = sort if sort in SORTS else "platform"
        return render(
            "comparison.html",
            provision=PROVISIONS[provision],
            rows=sorted(rows, key=SORTS[sort], reverse=way == "down"),
            sort=sort,
            down=way == "down",
            ids={platform.name: platform.id for platform in await self._shelf.platforms(ask.workspace)},
        )

    async def matrix(self, ask: Ask) -> str:
        """Show platforms over provisions: the gravest of what stands in their documents."""
        every = [platform for platform in await self._shelf.platforms(ask.workspace) if platform.documents]
        owners = {document.id: platform.id for platform in every for document in platform.documents}
        only = ask.get("provision") if ask.get("provision") in PROVISIONS else ""
        cells = _cells(await self._shelf.archive.all_standing(ask.workspace), owners)
        chosen = ask.all("platform")[:MOST_COLUMNS] or _first(cells, only)
        columns = [platform for platform in every if platform.id in chosen]
        names = {platform.id for platform in columns}
        some = [Line(name, {p: s for p, s in cells.get(name, {}).items() if p in names}) for name in PROVISIONS]
        rows = [line for line in some if line.cells and only in ("", line.provision)]
        sort = ask.get("sort") if ask.get("sort") in (*names, "count") else "provision"
        return render(
            "matrix.html",
            every=every,
            columns=columns,
            rows=_sorted(rows, sort),
            sort=sort,
            only=only,
            most=MOST_COLUMNS,
            titles=TITLES,
        )


def known(provision: str) -> str:
    """Return the name of a provision; raises NotFound when there is none such."""
    if provision not in PROVISIONS:
        raise NotFound("provision")
    return provision


def _beside(provision: str, shown: Source, sources: Sequence[Source]) -> tuple[Citation, ...]:
    """Return where the other documents of the platform speak of the provision: the best place of each."""
    others = (source for source in sources if source is not shown)
    best = ((source, sayings(provision, source)) for source in others)
    return tuple(cite(source, ranking[0]) for source, ranking in best if ranking)


def _cells(standing: Sequence[Standing], owners: Mapping[str, str]) -> dict[str, dict[str, Standing]]:
    """Return the gravest standing by provision and platform."""
    cells: dict[str, dict[str, Standing]] = {}
    for each in standing:
        if platform := owners.get(each.document):
            held = cells.setdefault(each.provision, {}).setdefault(platform, each)
            if GRAVEST.index(each.exposure) < GRAVEST.index(held.exposure):
                cells[each.provision][platform] = each
    return cells


def _first(cells: Mapping[str, Mapping[str, Standing]], only: str) -> tuple[str, ...]:
    """Return the platforms of whom most is known, for those who chose none."""
    counts: dict[str, int] = {}
    for provision, by_platform in cells.items():
        if only in ("", provision):
            for platform in by_platform:
                counts[platform] = counts.get(platform, 0) + 1
    return tuple(sorted(counts, key=lambda platform: (-counts[platform], platform))[:FIRST_COLUMNS])


def _sorted(rows: Sequence[Line], sort: str) -> Sequence[Line]:
    if sort == "provision":
        return sorted(rows, key=lambda line: TITLES[line.provision].casefold())
    if sort == "count":
        return sorted(rows, key=lambda line: (-len(line.cells), TITLES[line.provision].casefold()))

    def gravity(line: Line) -> tuple[int, str]:
        cell = line.cells.get(sort)
        return GRAVEST.index(cell.exposure) if cell else len(GRAVEST), TITLES[line.provision].casefold()

    return sorted(rows, key=gravity)
