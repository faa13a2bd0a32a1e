"""Clauses are found by their words, verbatim, with their place."""

from __future__ import annotations

import pytest

from storage.archive.search import Search, terms
from tests.storage.world import NOON, World, after, changed, document, first, platform

TEXT = """# Birdsong Privacy

## Your posts

We may use your posts to train our models unless you opt out in your settings.

We keep your recordings for 30 days.

## Sharing

- Advertisers receive the songs you liked.
- Nobody receives your private nest.
"""
OTHER = "# Terms\n\nYou may not train birds to steal.\n"


@pytest.fixture
async def search(world: World) -> Search:
    own = document("birdsong/house-rules", owner="console:home")
    await world.archive.sync_catalogue((platform(document(), document("birdsong/terms"), own),), NOON)
    await world.archive.record_many((first(TEXT), first(OTHER, of="birdsong/terms")))
    await world.archive.record(first("# Rules\n\nNo training of models in this house.\n", of=own.id))
    return Search(world.database)


async def test_the_clause_with_more_of_the_words_comes_first(search: Search) -> None:
    hits = await search("can they train models on my posts?")
    assert hits[0].text == "We may use your posts to train our models unless you opt out in your settings."
    assert hits[0].path == ("Birdsong Privacy", "Your posts")
    assert TEXT[hits[0].start : hits[0].end] == hits[0].text
    assert "birdsong/terms" in {hit.document for hit in hits[1:]}


async def test_word_forms_are_one_word_and_headings_count(search: Search) -> None:
    assert (await search("recording"))[0].text == "We keep your recordings for 30 days."
    assert {hit.text for hit in await search("sharing")} == {
        "Advertisers receive the songs you liked.",
        "Nobody receives your private nest.",
    }


async def test_a_phrase_is_looked_for_side_by_side(search: Search) -> None:
    assert [hit.text for hit in await search('"private nest"')] == ["Nobody receives your private nest."]
    assert await search('"nest private"') == ()


@pytest.mark.parametrize("query", ["", "?!", "zeppelin", '"', "' OR 1=1 --", "NEAR( *", "a:b", "we*"])
async def test_an_odd_query_finds_nothing_and_breaks_nothing(search: Search, query: str) -> None:
    assert await search(query) == () or query in ("' OR 1=1 --", "a:b", "we*")


async def test_a_search_keeps_to_a_platform_a_document_and_a_workspace(search: Search) -> None:
    assert await search("train", platform="otter") == ()
    assert {hit.document for hit in await search("train", document="birdsong/terms")} == {"birdsong/terms"}
    assert "birdsong/house-rules" not in {hit.document for hit in await search("models")}
    assert "birdsong/house-rules" in {hit.document for hit in await search("models", workspace="console:home")}


async def test_only_the_latest_version_is_found(world: World, search: Search) -> None:
    await world.archive.record(changed("# Birdsong Privacy\n\nWe keep nothing.\n", after(hours=1)))
    assert await search("recordings") == ()
    assert len(await search("nothing")) == 1


async def test_a_clause_that_stays_is_found_at_its_new_place(world: World, search: Search) -> None:
    moved = TEXT.replace("## Sharing", "We keep your recordings for 30 days.\n\nNew words.\n\n## Sharing")
    await world.archive.record(changed(moved, after(hours=1)))
    latest = await world.archive.latest("birdsong/privacy-policy")
    assert latest is not None
    hits = await search("recordings", document="birdsong/privacy-policy")
    assert len(hits) == 2, "the same words twice are two clauses"
    for hit in (*hits, *await search("nest")):
        assert hit.version == latest.id
        assert moved[hit.start : hit.end] == hit.text
    await world.archive.record(changed(TEXT, after(hours=2)))
    assert len(await search("recordings", document="birdsong/privacy-policy")) == 1


async def test_what_was_forgotten_is_not_found(world: World, search: Search) -> None:
    await world.audience.forget("console:home")
    assert "birdsong/house-rules" not in {hit.document for hit in await search("models", workspace="console:home")}
    assert await world.archive.document("birdsong/house-rules") is None
    assert await world.archive.latest("birdsong/privacy-policy") is not None


def test_words_every_policy_is_full_of_are_left_out_unless_nothing_else_is_asked() -> None:
    assert terms("Can they train on my posts?") == ("train", "posts")
    assert terms("who is it") == ("who", "is", "it")
