"""A site with one made-up platform whose policy changed once, and a page that only one workspace may see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from bot.worlds.pages import Page
from storage.archive.search import Search
from tests.bot.test_path import World, opened
from watchers.model import Change, Document, Part, Platform

HOSTILE = "<script>alert(1)</script> \u202egnp.exe & “quotes”"


@dataclass(frozen=True)
class SiteWorld:
    world: World
    client: AsyncClient
    change: Change


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SiteWorld]:
    folder: Path = tmp_path_factory.mktemp("site")
    async with opened(folder) as world:
        await world.app.turn()
        await world.a_day_later("privacy-3")
        await _private_page(world)
        (change,) = await world.app.archive.changes(significance="substantive")
        app = web_app(
            site_routes(Shelf(world.app.archive, Search(world.app.database), world.clock), "https://watch.example")
        )
        async with AsyncClient(transport=ASGITransport(app), base_url="http://site") as client:
            yield SiteWorld(world, client, change)


async def _private_page(world: World) -> None:
    """Add a page of one workspace, with hostile words on it."""
    text = "We keep your data for ten days. " * 30
    words = f"<html><body><main><h1>{escape(HOSTILE)}</h1><p>{text}</p></main></body></html>"
    world.pages.put("intern", Page(words.encode(), world.clock()))
    part = Part(world.pages.address("intern"))
    document = Document("intern/terms-of-service", "intern", "Terms of Service", (part,), owner="slack:T1")
    await world.app.archive.add_document(document, Platform("intern", "Intern", documents=(document,)))
    await world.app.turn()
