"""Any page can be watched by its address; it belongs to the workspace that asked for it."""

from dataclasses import replace

import pytest

from bot.chats.port import Place, Request
from bot.commands.commands import Commands
from bot.examining.aside import Aside
from bot.looking.introduce import Introducer, introduced
from tests.bot.cast import NOW
from tests.bot.conftest import HERE, World
from tests.bot.reading import whole
from watchers.errors import FetchError
from watchers.model import Fetched, Part, Reader, Snapshot, Validators

TEXT = "<p>You may keep pigeons on the roof, provided that they are counted every evening and fed by you alone.</p>"
PAGE = f"<html><head><title>Loft Rules: Terms of Use | Gull</title></head><body><main><h1>Terms</h1>{TEXT * 8}</main>"


class OnePage:
    """A web of one page."""

    def __init__(self, body: str = PAGE, failure: FetchError | None = None, drawn: str = "") -> None:
        self.body, self.failure, self.drawn = body, failure, drawn

    async def fetch(self, part: Part, known: Validators) -> Fetched:
        if self.failure:
            raise self.failure
        body = self.body.encode()
        body = (self.drawn or self.body).encode() if part.reader is Reader.BROWSER else body
        return Fetched(Snapshot(part.address, part.address, 200, (), "text/html", body, NOW))


async def say(world: World, line: str, web: OnePage, place: Place = HERE) -> str:
    desk = replace(world.desk, introduce=Introducer(web, world.archive.platforms, Aside(), browser=bool(web.drawn)))
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


async def test_one_of_two_pages_of_a_kind_can_be_let_go(world: World) -> None:
    for page in ("rules", "loft"):
        await say(world, f"watch https://gull.example/{page}", OnePage())
    assert "Nothing more" in await say(world, "unwatch https://gull.example/loft", OnePage())
    left = await world.audience.watches("fake:T1/C1", NOW)
    (gull,) = [one for one in await world.archive.platforms("fake:T1") if one.name == "Gull"]
    addresses = {document.id: document.parts[0].address for document in gull.documents}
    assert [addresses[watch.document] for watch in left] == ["https://gull.example/rules"]


async def test_two_workspaces_can_watch_the_same_page(world: World) -> None:
    for team in ("T1", "T2"):
        said = await say(world, "watch https://gull.example/rules", OnePage(), Place("fake", team, "C1"))
        assert "is now watched here" in said


@pytest.mark.parametrize(
    ("web", "said"),
    [
        (OnePage("<p>Not here.</p>"), "only 2 words could be read there"),
        (OnePage(failure=FetchError("the server says 404", permanent=True)), "the server says 404"),
        (OnePage(f"<title>Log in</title><h1>You must log in to continue</h1>{TEXT * 5}"), "this is not the document"),
    ],
)
async def test_a_page_that_cannot_be_watched_says_why(world: World, web: OnePage, said: str) -> None:
    assert said in await say(world, "watch https://gull.example/rules", web)
    assert "Nothing is watched here yet." in await say(world, "watches", web)


async def test_the_title_of_the_page_is_said_and_a_guess_is_called_one(world: World) -> None:
    assert "“Loft Rules: Terms of Use | Gull”" in await say(world, "watch https://gull.example/rules", OnePage())
    odd = OnePage(PAGE.replace("Loft Rules: Terms of Use | Gull", "Welcome").replace("<h1>Terms</h1>", ""))
    assert "its type is a guess" in await say(world, "watch https://gull.example/loft", odd)


async def test_a_page_that_scripts_draw_is_read_by_a_browser_where_there_is_one(world: World) -> None:
    empty = "<title>Gull</title><div id=app></div><script>draw()</script>"
    assert "words could be read" in await say(world, "watch https://gull.example/rules", OnePage(empty))
    assert "is now watched" in await say(world, "watch https://gull.example/rules", OnePage(empty, drawn=PAGE))
    (gull,) = [one for one in await world.archive.platforms("fake:T1") if one.name == "Gull"]
    assert [part.reader for part in gull.documents[0].parts] == [Reader.BROWSER]


async def test_a_page_in_a_script_without_spaces_has_words_too(world: World) -> None:
    page = (
        f"<title>利用規約 | かもめ</title><p>{'本サービスの利用者は、この規約に同意したものとみなされます。' * 20}</p>"
    )
    said = await say(world, "watch https://kamome.example/rules", OnePage(page))
    assert "かもめ Terms of Service" in said
    assert "in the language “ja”" in said


@pytest.mark.parametrize(
    ("name", "host", "shown"),
    [
        ("Gull", "www.gull.example", "Gull"),
        ("Gull Mail", "gullmail.example", "Gull Mail"),
        ("Slack Security", "gull.example", "Slack Security (gull.example)"),
    ],
)
def test_a_page_that_calls_itself_by_another_s_name_is_told_with_its_host(name: str, host: str, shown: str) -> None:
    told = introduced("Privacy Policy", name, Part(f"https://{host}/privacy"), "en", "T1")
    assert told.platform.name == shown
