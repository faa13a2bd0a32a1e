"""Any page can be watched by its address; it belongs to the workspace that asked for it."""

from dataclasses import replace

import pytest

from bot.chats.port import Place, Request
from bot.commands import Commands
from bot.introducing import Introducer
from tests.bot.cast import NOW
from tests.bot.conftest import HERE, World
from tests.bot.reading import whole
from watchers.errors import FetchError
from watchers.model import Fetched, Part, Snapshot, Validators

TEXT = "<p>You may keep pigeons on the roof, provided that they are counted every evening and fed by you alone.</p>"
PAGE = f"<html><head><title>Loft Rules: Terms of Use | Gull</title></head><body><main><h1>Terms</h1>{TEXT * 8}</main>"


class OnePage:
    """A web of one page."""

    def __init__(self, body: str = PAGE, failure: FetchError | None = None) -> None:
        self.body, self.failure = body, failure

    async def fetch(self, part: Part, known: Validators) -> Fetched:
        if self.failure:
            raise self.failure
        body = self.body.encode()
        return Fetched(Snapshot(part.address, part.address, 200, (), "text/html; charset=utf-8", body, NOW))


async def say(world: World, line: str, web: OnePage, place: Place = HERE) -> str:
    desk = replace(world.desk, introduce=Introducer(web, world.archive.platforms))
    command, _, words = line.partition(" ")
    return whole((await Commands(desk).answer(Request(place, "U1", command, words))).message)


async def test_a_page_is_watched_and_belongs_to_its_workspace(world: World) -> None:
    assert "Gull Terms of Service is now watched here." in await say(
        world, "watch https://gull.example/rules", OnePage()
    )
    assert "is watched here already" in await say(world, "watch https://gull.example/rules/", OnePage())
    assert "Nothing more about Gull" in await say(world, "unwatch https://gull.example/rules", OnePage())
    assert "No platform is called “gull”" in await say(world, "watch gull", OnePage(), Place("fake", "T2", "C1"))


async def test_a_page_of_a_known_site_joins_its_platform(world: World) -> None:
    said = await say(world, "watch https://www.tern.example/rules", OnePage())
    assert "Tern Terms of Service" in said


async def test_two_workspaces_can_watch_the_same_page(world: World) -> None:
    for team in ("T1", "T2"):
        said = await say(world, "watch https://gull.example/rules", OnePage(), Place("fake", team, "C1"))
        assert "is now watched here" in said


@pytest.mark.parametrize(
    ("web", "said"),
    [
        (OnePage("<p>Not here.</p>"), "only 2 words could be read there"),
        (OnePage(failure=FetchError("the server says 404", permanent=True)), "the server says 404"),
    ],
)
async def test_a_page_that_cannot_be_watched_says_why(world: World, web: OnePage, said: str) -> None:
    assert said in await say(world, "watch https://gull.example/rules", web)
    assert "Nothing is watched here yet." in await say(world, "watches", web)
