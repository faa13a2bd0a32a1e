"""A page that scripts put together is read once its words are quiet, and its scripts reach nothing inner."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.watchers.fetchers.conftest import Request, Server, page, serving
from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.browser import BrowserFetcher, BrowserLimits
from watchers.fetchers.chromium import what_is_missing
from watchers.fetchers.guard import Guard
from watchers.model import Part

needs_browser = pytest.mark.skipif(bool(what_is_missing()), reason=f"no browser here: {what_is_missing()}")
pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = b"<title>T</title><body><script>setTimeout(() => { document.body.innerHTML = %s }, 150)</script>"
LIMITS = BrowserLimits(seconds=15, settle=1.5, quiet=0.6, size=200_000)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def site() -> AsyncIterator[Server]:
    async with serving() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def neighbour() -> AsyncIterator[Server]:
    """A server that nobody allowed."""
    async with serving() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(site: Server) -> AsyncIterator[BrowserFetcher]:
    guard = Guard(allowed=[site.base.removeprefix("http://")])
    fetcher = BrowserFetcher(guard, "Clausewatch/test", limits=LIMITS)
    yield fetcher
    await fetcher.aclose()


@needs_browser
async def test_words_that_come_late_are_waited_for_and_pictures_are_not_fetched(
    site: Server, browser: BrowserFetcher
) -> None:
    site.answers["/late"] = page(LATE % b"'<h1>Terms</h1><p>late words</p><img src=/picture.png>'", etag='"1"')
    fetched = await browser.fetch(site.part("/late"), language="de")
    assert fetched.snapshot is not None
    assert b"late words" in fetched.snapshot.body
    assert (fetched.snapshot.fetcher, fetched.snapshot.media_type) == ("browser", "text/html")
    assert fetched.validators.etag == "", "the page as it stands is not the one the server has a mark for"
    assert [request.path for request in site.requests] == ["/late"]
    assert site.requests[0].headers["user-agent"] == "Clausewatch/test"
    assert site.requests[0].headers["accept-language"].startswith("de")


@needs_browser
async def test_a_page_that_never_rests_is_taken_as_it_stands(site: Server, browser: BrowserFetcher) -> None:
    site.answers["/ticker"] = page(b"<p>Terms<p id=t><script>setInterval(() => t.textContent += 'x', 50)</script>")
    fetched = await browser.fetch(site.part("/ticker"))
    assert fetched.snapshot is not None
    assert b"Terms" in fetched.snapshot.body


@needs_browser
async def test_scripts_of_a_page_cannot_reach_a_neighbour(
    site: Server, neighbour: Server, browser: BrowserFetcher
) -> None:
    there = neighbour.base.encode()
    site.answers["/prying"] = page(
        b"<p>Terms</p><iframe src='%s/frame'></iframe><script src='%s/script'></script>"
        b"<script>fetch('%s/fetch', {mode: 'no-cors'}); navigator.sendBeacon('%s/beacon');"
        b"new WebSocket('ws:' + '%s/socket'.slice(5)); fetch('http://localhost:%s/name', {mode: 'no-cors'})</script>"
        % (there, there, there, there, there, there.rsplit(b":", 1)[1])
    )
    assert (await browser.fetch(site.part("/prying"))).snapshot
    assert neighbour.requests == []


@needs_browser
@pytest.mark.parametrize("how", ["302 Found", "script"])
async def test_a_page_that_leads_to_a_neighbour_is_refused(
    site: Server, neighbour: Server, browser: BrowserFetcher, how: str
) -> None:
    moved = page(b"", how, location=f"{neighbour.base}/{how}")
    script = page(b"<script>location.replace('%s/script')</script>" % neighbour.base.encode())
    site.answers["/leads-on"] = script if how == "script" else moved
    with pytest.raises(FetchError):
        await browser.fetch(site.part("/leads-on"))
    assert neighbour.requests == []


@needs_browser
async def test_a_page_that_hangs_is_left_and_the_next_one_is_read(site: Server, browser: BrowserFetcher) -> None:
    site.answers["/hangs"] = page(b"<p>Terms</p><script>for (;;) {}</script>")
    site.answers["/good"] = page(b"<p>Terms</p>")
    hasty = BrowserFetcher(browser._guard, "Clausewatch/test", limits=BrowserLimits(seconds=8, settle=1, quiet=0.2))
    try:
        with pytest.raises(FetchError, match="no quiet page within 8 seconds"):
            await hasty.fetch(site.part("/hangs"))
        async with asyncio.timeout(30):
            assert (await hasty.fetch(site.part("/good"))).snapshot
    finally:
        await hasty.aclose()


@needs_browser
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"<p>no</p>", "404 Not Found"), "the page is gone"),
        (page(b"%PDF-1.4", content_type="application/pdf"), "sent “application/pdf”"),
        (page(b"<p>x</p><script>document.body.append('x'.repeat(3e5))</script>"), "larger than 0.2 MB"),
    ],
)
async def test_what_is_no_page_is_said(site: Server, browser: BrowserFetcher, answer: bytes, reason: str) -> None:
    site.answers["/odd"] = answer
    with pytest.raises(FetchError, match=reason):
        await browser.fetch(site.part("/odd"))


@needs_browser
async def test_one_page_leaves_nothing_behind_for_another(site: Server, browser: BrowserFetcher) -> None:
    async def greet(request: Request, writer: asyncio.StreamWriter) -> None:
        known = b"known" if "cookie" in request.headers else b"stranger"
        writer.write(page(b"<p>%s</p>" % known, set_cookie="a=b", connection="close"))
        await writer.drain()

    site.answers["/greet"] = greet
    for _ in range(2):
        fetched = await browser.fetch(site.part("/greet"))
        assert fetched.snapshot is not None
        assert b"stranger" in fetched.snapshot.body


async def test_an_inner_address_is_refused_before_a_browser_is_started(neighbour: Server) -> None:
    with pytest.raises((AddressRefused, FetchError)):
        await BrowserFetcher(Guard(), "Clausewatch/test").fetch(neighbour.part("/"))
    assert not [request for request in neighbour.requests if request.path == "/"]


async def test_a_missing_browser_is_said_with_what_to_do() -> None:
    with pytest.raises(FetchError, match=r"needs a browser, and .*(pip install|install it)") as missing:
        await BrowserFetcher(Guard(), "Clausewatch/test", executable="/nowhere/chromium").fetch(
            Part("https://example.com/")
        )
    assert missing.value.permanent
