"""Hostile titles, texts and addresses are shown as words: nothing is executed, nothing turns the line."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from httpx import ASGITransport, AsyncClient

from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from bot.worlds.pages import Page
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from tests.bot.test_path import World, opened
from watchers.model import Document, Part, Platform

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME = "</title><script>alert(1)</script>\u202eevil"
WORDS = "<img src=x onerror=alert(2)> {{ 7 * 7 }} ]]> <style>*{display:none}</style> \u2066hidden\u2069"
DOCUMENT = "hostile/terms-of-service"


def page(edition: int) -> bytes:
    rows = "".join(f"<tr>{'<td>x</td>' * (1 + row % 40)}</tr>" for row in range(300))
    said = (
        f"<p>We keep your data for {10 + edition} days. {escape(WORDS)}</p>" + "<p>We like long rows of words.</p>" * 40
    )
    return f"<html><body><main><h1>{escape(NAME)}</h1>{said}<table>{rows}</table></main></body></html>".encode()


@pytest.fixture(scope="module")
async def hostile(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[AsyncClient, World]]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    async with opened(folder) as world:
        world.pages.put("hostile", Page(page(1), world.clock()))
        document = Document(DOCUMENT, "hostile", NAME, (Part(world.pages.address("hostile")),))
        await world.app.archive.add_document(document, Platform("hostile", NAME, documents=(document,)))
        await world.app.turn()
        world.clock.step(timedelta(days=1))
        world.pages.put("hostile", Page(page(2), world.clock()))
        await world.app.turn()
        app = world.app
        shelf = Shelf(app.archive, Search(app.database), app.clock)
        routes = site_routes(shelf, "https://watch.example", proofs=Proofs(app.database))
        async with AsyncClient(transport=ASGITransport(web_app(routes)), base_url="https://site") as client:
            yield client, world


async def pages(client: AsyncClient, world: World) -> list[str]:
    (change,) = await world.app.archive.changes("hostile", significance="substantive")
    views = ("", "?view=inline", "?whole=1", "?view=inline&whole=1")
    own = [f"/changes/{change.id}{view}" for view in views]
    named = [
        "/platforms",
        "/platforms/hostile",
        f"/documents/{DOCUMENT}",
        "/changes",
        "/search?q=data+days",
        "/compare",
    ]
    cards = ["/platforms/hostile/provisions/retention", "/provisions/retention"]
    return [*own, f"/versions/{change.after}", f"/versions/{change.after}?at=0-40", *named, *cards]


async def test_nothing_of_a_hostile_page_becomes_markup(hostile: tuple[AsyncClient, World]) -> None:
    client, world = hostile
    for path in await pages(client, world):
        answer = await client.get(path)
        assert answer.status_code == 200, path
        assert not re.search(r"<(script|img|style)\b", answer.text), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text), path
        assert " 49 " not in answer.text, path
        assert "script-src" not in answer.headers["content-security-policy"]


async def test_a_feed_with_hostile_words_is_well_formed_and_its_redline_is_escaped(
    hostile: tuple[AsyncClient, World],
) -> None:
    answer = await hostile[0].get(f"/documents/{DOCUMENT}/feed.atom")
    (content,) = ElementTree.fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}content")
    assert "<ins>" in (content.text or "")
    assert not re.search(r"<(script|img|style)\b", content.text or "")


async def test_a_page_as_served_is_plain_text_in_a_sandbox(hostile: tuple[AsyncClient, World]) -> None:
    client, world = hostile
    latest = await world.app.archive.latest(DOCUMENT)
    assert latest is not None
    answer = await client.get(f"/versions/{latest.id}/pages/1")
    assert answer.content == page(2)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await client.get(f"/versions/{latest.id}/pages/2")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/changes/%00",
        "/changes/" + "c" * 3000,
        "/documents/../../etc/passwd",
        "/documents/%E2%80%AE",
        "/platforms/x%2F..%2Fy",
        "/static/../site.py",
        "/static/site.py",
        "/nothing/at/all",
        "/versions/none/pages/1",
        "/changes/none/evidence.zip",
        "/versions/v1/pages/99999999999999999999999",
    ],
)
async def test_an_address_that_means_nothing_is_a_helpful_page(hostile: tuple[AsyncClient, World], path: str) -> None:
    answer = await hostile[0].get(path)
    assert answer.status_code == 404
    assert "The latest changes" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "/search?q=%22%22%22 OR NEAR( * -",
        "/search?q=" + "a" * 5000,
        "/search?q=%00%01",
        "/search?q=%25_%5C",
        "/changes?page=-1",
        "/changes?page=99999999999999999999",
        "/changes?page=%C2%B2",
        "/changes?significance=x&significance=y",
        "/provisions/retention?sort=nothing-down",
        "/compare?platform=none&sort=none&provision=none",
        "/compare?" + "&".join(f"platform=p{number}" for number in range(300)),
    ],
)
async def test_a_strange_question_is_answered_all_the_same(hostile: tuple[AsyncClient, World], query: str) -> None:
    answer = await hostile[0].get(query)
    assert answer.status_code == 200
    assert "<script" not in answer.text


async def test_a_place_outside_a_version_cites_nothing(hostile: tuple[AsyncClient, World]) -> None:
    client, world = hostile
    latest = await world.app.archive.latest(DOCUMENT)
    assert latest is not None
    for at in ("5-2", "-1-4", "0-999999999", "a-b", "1", "²-³"):
        assert 'id="cited"' not in (await client.get(f"/versions/{latest.id}", params={"at": at})).text
    cited = (await client.get(f"/versions/{latest.id}", params={"at": "0-9"})).text
    assert escape(latest.text[0:9]).replace("&#x27;", "&#39;") in cited


async def test_the_evidence_is_handed_out_as_a_file_that_proves_itself(
    hostile: tuple[AsyncClient, World], tmp_path: Path
) -> None:
    from bot.evidence.verify import verify

    client, world = hostile
    (change,) = await world.app.archive.changes("hostile", significance="substantive")
    answer = await client.get(f"/changes/{change.id}/evidence.zip")
    assert "attachment" in answer.headers["content-disposition"]
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(answer.content)
    assert verify(bundle) == ()
