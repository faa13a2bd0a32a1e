"""Every address the web process has, asked by a stranger with private names in it: nothing private comes back.

The routes are taken from the application, so that a new page is asked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, product
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.routing import Route

from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from storage.archive.search import Search
from tests.bot.pages.conftest import SiteWorld
from tests.bot.pages.test_site import pytestmark as pytestmark  # the site is shared, and so is its loop

SECRET = "ten days"
"""Words that stand on the private page alone."""
TEMPLATES = Path(__file__).resolve().parents[3] / "bot" / "pages" / "templates"


async def names(site: SiteWorld) -> list[str]:
    """Return names to put into addresses: of the private platform, its document and version, and of public things."""
    version = await site.world.app.archive.latest("intern/terms-of-service")
    assert version is not None
    assert SECRET in version.text
    return [
        "intern",
        "intern/terms-of-service",
        "terms-of-service",
        version.id,
        site.change.id,
        "fernpost",
        "ai_training",
    ]


def addresses(route: Route, given: list[str]) -> Iterator[str]:
    """Fill every place of a route with every name."""
    places = re.findall(r"{[^}]*}", route.path)
    for filling in product(given, repeat=len(places)):
        path = route.path
        for place, name in zip(places, filling, strict=True):
            path = path.replace(place, name, 1)
        yield path


def routes(site: SiteWorld) -> list[Route]:
    hours = count(step=3600.0)  # so much later at each question that nobody is told to wait
    shelf = Shelf(site.world.app.archive, Search(site.world.app.database))
    every = site_routes(shelf, "https://watch.example", clock=lambda: next(hours))
    return [route for route in every if isinstance(route, Route)]


async def test_no_page_feed_or_answer_shows_a_stranger_what_is_private(site: SiteWorld) -> None:
    given, asked, every = await names(site), 0, routes(site)
    client = AsyncClient(transport=ASGITransport(web_app(every)), base_url="http://site")
    for route in every:
        for path in addresses(route, given):
            for query in ("", "?q=ten+days&platform=intern&document=intern/terms-of-service"):
                answer = await client.get(path + query)
                assert answer.status_code in (200, 304, 307, 308, 400, 401, 403, 404), path
                said = answer.text.replace("q=ten+days", "").replace('value="ten days"', "").replace("“ten days”", "")
                assert f"data for {SECRET}" not in said, path
                assert answer.headers["x-content-type-options"] == "nosniff", path
                assert "content-security-policy" in answer.headers, path
                asked += 1
    assert asked > 100


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_no_page_can_be_written_to(site: SiteWorld, method: str) -> None:
    given = await names(site)
    for route in routes(site):
        answer = await site.client.request(method, next(addresses(route, given)))
        assert answer.status_code in (403, 404, 405, 429), route.path


async def test_no_form_writes_so_no_form_can_be_forged() -> None:
    for template in TEMPLATES.glob("*.html"):
        for form in re.findall(r"<form[^>]*>", template.read_text(encoding="utf8")):
            assert not re.search(r"method=.?post", form, re.IGNORECASE), f"{template.name}: {form}"
