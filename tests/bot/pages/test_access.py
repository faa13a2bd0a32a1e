"""A workspace's own pages open with a link from its chat, for a while; to all others they are not there."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from httpx import ASGITransport, AsyncClient

from bot.compose.message import Button, Buttons, Message, Note, Span
from bot.pages.access import COOKIE, LINK_LIVES, Access, Keys
from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from bot.telling.signing import Signer, open_secret
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from storage.database.connection import open_database
from tests.bot.pages.conftest import SiteWorld
from watchers.errors import ClausewatchError

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWN = "/documents/intern/terms-of-service"
SECRET = b"s" * 32


@pytest.fixture
def keys(site: SiteWorld) -> Keys:
    return Keys(SECRET, site.world.clock)


@pytest.fixture
async def reader(site: SiteWorld, keys: Keys) -> AsyncIterator[AsyncClient]:
    """A browser that keeps cookies."""
    app = site.world.app
    shelf = Shelf(app.archive, Search(app.database), app.clock)
    routes = site_routes(shelf, "https://watch.example", Access(keys, secure=True), Proofs(app.database))
    async with AsyncClient(transport=ASGITransport(web_app(routes)), base_url="https://site") as client:
        yield client


async def test_a_link_opens_the_page_and_takes_the_key_out_of_the_address(reader: AsyncClient, keys: Keys) -> None:
    answer = await reader.get(OWN, params={"key": keys.make("slack:T1")})
    assert answer.status_code == 303
    assert answer.headers["location"] == OWN
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]
    page = await reader.get(OWN)
    assert page.status_code == 200
    assert "Your workspace added this page" in page.text
    assert page.headers["cache-control"].startswith("private")


async def test_hostile_words_of_an_own_page_are_shown_and_do_nothing(reader: AsyncClient, keys: Keys) -> None:
    await reader.get(OWN, params={"key": keys.make("slack:T1")})
    page = (await reader.get(OWN)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "\u202e" not in page


async def test_the_links_on_an_own_page_stay_open(reader: AsyncClient, site: SiteWorld, keys: Keys) -> None:
    await reader.get(OWN, params={"key": keys.make("slack:T1")})
    version = await site.world.app.archive.latest("intern/terms-of-service")
    assert version is not None
    for path in (f"/versions/{version.id}", f"/versions/{version.id}/pages/1", "/platforms/intern"):
        assert (await reader.get(path)).status_code == 200


async def test_another_workspace_finds_nothing_there(reader: AsyncClient, site: SiteWorld, keys: Keys) -> None:
    await reader.get("/platforms", params={"key": keys.make("slack:T2")})
    version = await site.world.app.archive.latest("intern/terms-of-service")
    assert version is not None
    for path in (OWN, f"/versions/{version.id}", f"/versions/{version.id}/pages/1", "/platforms/intern"):
        assert (await reader.get(path)).status_code == 404
    assert "Intern" not in (await reader.get("/platforms")).text


@pytest.mark.parametrize("alter", [lambda key: key[:-1], lambda key: "f" + key, lambda key: "x", lambda key: ""])
async def test_an_altered_key_opens_nothing_and_says_so(reader: AsyncClient, keys: Keys, alter: object) -> None:
    answer = await reader.get(OWN, params={"key": alter(keys.make("slack:T1"))})  # type: ignore[operator]
    assert answer.status_code == 403
    assert "ask there again" in answer.text
    assert (await reader.get(OWN)).status_code == 404


async def test_a_key_runs_out(site: SiteWorld) -> None:
    now = [site.world.clock()]
    keys = Keys(SECRET, lambda: now[0])
    key = keys.make("slack:T1")
    now[0] += LINK_LIVES - timedelta(seconds=2)
    assert keys.read(key) == "slack:T1"
    now[0] += timedelta(seconds=2)
    assert keys.read(key) == ""


async def test_a_key_of_another_installation_opens_nothing(keys: Keys, site: SiteWorld) -> None:
    assert keys.read(Keys(b"t" * 32, site.world.clock).make("slack:T1")) == ""


async def test_opening_a_link_never_leads_to_another_host(reader: AsyncClient, keys: Keys) -> None:
    answer = await reader.get("//evil.example/x", params={"key": keys.make("slack:T1")})
    assert not answer.headers.get("location", "/").startswith("//")


async def test_messages_give_keys_to_links_of_own_pages_only(site: SiteWorld, keys: Keys) -> None:
    base = "https://watch.example"
    public, own, source = f"{base}/changes/{site.change.id}", f"{base}{OWN}", "https://fernpost.example/privacy"
    links = Note(tuple(Span("link", link=link) for link in (public, own, source)))
    message = Message("news", (links, Buttons((Button("Open", link=own),))))
    signer = Signer(site.world.app.archive, keys, base)
    signed = await signer.sign(message, "slack:T1")
    note, buttons = signed.blocks
    assert isinstance(note, Note)
    assert isinstance(buttons, Buttons)
    assert [span.link for span in note.spans][::2] == [public, source]
    assert note.spans[1].link.startswith(f"{own}?key=")
    assert buttons.buttons[0].link.startswith(f"{own}?key=")
    assert keys.read(note.spans[1].link.partition("key=")[2]) == "slack:T1"
    assert await signer.sign(message, "slack:T2") == message


async def test_the_secret_is_made_once_and_sealed_anew_with_the_newest_key(site: SiteWorld) -> None:
    database = await open_database("sqlite://")
    clock = site.world.clock
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    made = await open_secret(database, (), clock)
    assert await open_secret(database, (old,), clock) == made
    assert await open_secret(database, (new, old), clock) == made
    assert await open_secret(database, (new,), clock) == made
    with pytest.raises(ClausewatchError, match="put that key back"):
        await open_secret(database, (old,), clock)
    with pytest.raises(ClausewatchError, match="put that key back"):
        await open_secret(database, (), clock)
    await database.close()


async def test_a_stranger_without_a_cookie_is_a_public_reader(reader: AsyncClient) -> None:
    reader.cookies.set(COOKIE, "nonsense.of.somebody")
    assert (await reader.get("/platforms")).status_code == 200
    assert (await reader.get(OWN)).status_code == 404
