"""The pages: what is public is shown, verbatim and escaped; what is not is not there."""

import json
import re
from xml.etree import ElementTree

import pytest

from bot.pages.openapi import DESCRIPTION
from bot.pages.publishing import site_routes
from bot.pages.rate import Rate
from bot.pages.rendering import clean, render
from tests.bot.pages.conftest import SiteWorld

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOCUMENT = "/documents/fernpost/privacy-policy"
PAGES = [
    "/platforms",
    "/platforms/fernpost",
    "/platforms/fernpost/provisions/ai_training",
    DOCUMENT,
    "/changes",
    "/provisions",
    "/provisions/ai_training",
    "/provisions/ai_training?sort=exposure",
    "/search",
    "/search?q=photographs",
    "/methodology",
]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_renders_with_its_headers_and_without_scripts(site: SiteWorld, path: str) -> None:
    answer = await site.client.get(path)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "no legal determination" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("view", ["", "?view=inline", "?view=side&whole=1", "?view=inline&whole=1"])
async def test_a_redline_marks_what_was_struck_out_and_put_in(site: SiteWorld, view: str) -> None:
    answer = await site.client.get(f"/changes/{site.change.id}{view}")
    assert answer.status_code == 200
    assert "<ins>" in answer.text
    assert "machine learning models" in answer.text


async def test_a_redline_says_when_the_change_takes_effect_and_links_both_versions(site: SiteWorld) -> None:
    text = (await site.client.get(f"/changes/{site.change.id}")).text
    assert "1 October 2026" in text
    assert f"/versions/{site.change.before}" in text
    assert f"/versions/{site.change.after}" in text


async def test_every_clause_of_a_document_has_an_anchor_of_its_own(site: SiteWorld) -> None:
    text = (await site.client.get(DOCUMENT)).text
    anchors = re.findall(r'<div class="c[^"]*" id="([^"]+)"', text)
    assert len(anchors) > 10
    assert len(set(anchors)) == len(anchors)


async def test_a_version_names_the_snapshot_it_was_read_from(site: SiteWorld) -> None:
    text = (await site.client.get(f"/versions/{site.change.after}")).text
    assert "SHA-256" in text
    assert "status 200" in text


async def test_a_card_shows_the_excerpt_its_place_and_the_law(site: SiteWorld) -> None:
    text = (await site.client.get("/platforms/fernpost/provisions/ai_training")).text
    assert "We may use the photographs you upload" in text
    assert "General Data Protection Regulation" in text
    assert "not affiliated with Fernpost" in text


@pytest.mark.parametrize(
    "path",
    [
        "/platforms/none",
        "/documents/none/none",
        "/changes/none",
        "/versions/none",
        "/provisions/none",
        "/platforms/fernpost/provisions/none",
        "/platforms/intern",
        "/documents/intern/terms-of-service",
        "/documents/intern/terms-of-service/feed.atom",
    ],
)
async def test_what_is_not_there_or_not_public_is_a_helpful_page(site: SiteWorld, path: str) -> None:
    answer = await site.client.get(path)
    assert answer.status_code == 404
    assert "The latest changes" in answer.text


async def test_a_private_page_is_in_no_list_no_feed_and_no_search(site: SiteWorld) -> None:
    for path in ("/platforms", "/changes?significance=", "/feed.atom", "/search?q=ten+days", "/provisions/retention"):
        assert "intern" not in (await site.client.get(path)).text.casefold().replace("internet", "").replace(
            "international", ""
        )


async def test_a_reader_who_has_the_page_gets_no_copy_again(site: SiteWorld) -> None:
    first = await site.client.get(DOCUMENT)
    again = await site.client.get(DOCUMENT, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "path",
    ["/feed.atom", "/platforms/fernpost/feed.atom", f"{DOCUMENT}/feed.atom", "/provisions/ai_training/feed.atom"],
)
async def test_a_feed_is_atom_with_the_redline_in_it(site: SiteWorld, path: str) -> None:
    answer = await site.client.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    (entry,) = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert "<ins>" in (entry.findtext("{http://www.w3.org/2005/Atom}content") or "")
    assert (entry.findtext("{http://www.w3.org/2005/Atom}id") or "").startswith("https://watch.example/changes/")


async def test_the_interface_gives_every_excerpt_with_its_place(site: SiteWorld) -> None:
    document = (await site.client.get("/api/v1/documents/fernpost/privacy-policy")).json()
    version = (await site.client.get(f"/api/v1/versions/{document['latest']}")).json()
    assert document["provisions"]
    for each in document["provisions"]:
        assert version["text"][each["start"] : each["end"]] == each["excerpt"]


async def test_the_interface_gives_a_change_whose_passages_are_in_the_versions(site: SiteWorld) -> None:
    change = (await site.client.get(f"/api/v1/changes/{site.change.id}")).json()
    after = (await site.client.get(f"/api/v1/versions/{change['after']}")).json()["text"]
    for passage in change["passages"]:
        if passage["after"]:
            assert after[passage["after"]["start"] :].startswith(passage["after"]["text"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/platforms?limit=0", 400),
        ("/api/v1/platforms?limit=ten", 400),
        ("/api/v1/changes?offset=-1", 400),
        ("/api/v1/changes?significance=grave", 400),
        ("/api/v1/changes?provision=none", 400),
        ("/api/v1/platforms/none", 404),
        ("/api/v1/changes/none", 404),
        ("/api/v1/documents/intern/terms-of-service", 404),
    ],
)
async def test_the_interface_says_what_is_wrong_with_a_question(site: SiteWorld, path: str, status: int) -> None:
    answer = await site.client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]


async def test_the_description_lists_every_route_of_the_interface(site: SiteWorld) -> None:
    from bot.pages.shelf import Shelf
    from storage.archive.search import Search

    shelf = Shelf(site.world.app.archive, Search(site.world.app.database))
    routes = {route.path for route in site_routes(shelf, "") if getattr(route, "path", "").startswith("/api/")}  # type: ignore[attr-defined]
    assert routes - {"/api/{rest:path}"} == set(DESCRIPTION["paths"])
    assert json.loads((await site.client.get("/api/v1/openapi.json")).text) == DESCRIPTION


async def test_one_address_may_not_ask_without_end() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0], per_minute=60, burst=2)
    assert [rate.wait("a"), rate.wait("a"), rate.wait("a")] == [0, 0, 1]
    assert rate.wait("b") == 0
    now[0] = 1.0
    assert rate.wait("a") == 0


async def test_words_of_a_page_are_escaped_and_cannot_turn_the_line() -> None:
    shown = render("error.html", title=clean("<script>x</script>\u202eabc"), says="&")
    assert "<script>x" not in shown
    assert "\u202e" not in shown
