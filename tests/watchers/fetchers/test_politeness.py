"""A host is asked in a steady pace, by few at once, not before it wishes, and as its robots.txt allows."""

import asyncio
from collections.abc import Callable

import pytest

from watchers.errors import BotCheck, FetchError
from watchers.fetchers.answers import Answer
from watchers.fetchers.chooser import Chooser
from watchers.fetchers.polite import PoliteFetcher, Retry
from watchers.fetchers.politeness import REMEMBERED, Politeness
from watchers.fetchers.robots import Robots
from watchers.model import Fetched, Part, Reader, Validators

PART = Part("https://example.com/terms")
BUSY = FetchError("example.com: busy")
GONE = FetchError("example.com: gone", permanent=True)
CHECK = BotCheck("example.com: a robot?")


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Site:
    """A source of pages and of robots.txt that follows a script."""

    def __init__(self, *script: FetchError | None, robots: str | int | FetchError = 404) -> None:
        self.script = list(script)
        self.robots = robots
        self.fetched: list[str] = []
        self.asked: list[str] = []

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        self.fetched.append(part.address)
        if self.script and (error := self.script.pop(0)):
            raise error
        return Fetched(None, known)

    async def get(self, address: str) -> Answer:
        self.asked.append(address)
        if isinstance(self.robots, FetchError):
            raise self.robots
        if isinstance(self.robots, int):
            return Answer(address, self.robots, (), b"User-agent: *\nDisallow: /")
        return Answer(address, 200, (), self.robots.encode())


@pytest.fixture
def time() -> Time:
    return Time()


def manners(time: Time, **options: float) -> Politeness:
    return Politeness(clock=time, sleep=time.sleep, **options)  # type: ignore[arg-type]


def polite(
    site: Site, time: Time, robots: Robots | None = None, chance: Callable[[], float] = lambda: 0.0
) -> PoliteFetcher:
    robots = robots or Robots("Clausewatch/1", clock=time)
    return PoliteFetcher(site, site.get, manners(time), robots, sleep=time.sleep, chance=chance)


async def test_requests_to_one_host_keep_their_distance(time: Time) -> None:
    politeness, starts = manners(time, gap=2.0), []
    for host in ("a.com", "a.com", "b.com", "a.com"):
        async with politeness.turn(host):
            starts.append((host, time.now - 1000))
    assert starts == [("a.com", 0), ("a.com", 2), ("b.com", 2), ("a.com", 4)]


async def test_only_so_many_are_with_a_host_at_once(time: Time) -> None:
    politeness, inside, most = manners(time, gap=0.0, together=2), 0, 0

    async def visit() -> None:
        nonlocal inside, most
        async with politeness.turn("a.com"):
            inside, most = inside + 1, max(most, inside + 1)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(9)))
    assert most == 2


async def test_a_short_wish_to_wait_is_waited_for(time: Time) -> None:
    politeness = manners(time)
    politeness.hold("a.com", 20)
    async with politeness.turn("a.com"):
        assert time.slept == [20]


async def test_a_long_wish_to_wait_is_remembered_and_told(time: Time) -> None:
    politeness = manners(time)
    politeness.hold("a.com", 600)
    time.now += 100
    with pytest.raises(FetchError, match="stay away for another 500 seconds") as wish:
        async with politeness.turn("a.com"):
            pass
    assert wish.value.retry_after == 500
    assert not time.slept
    async with politeness.turn("b.com"):
        pass


async def test_hosts_with_nothing_to_remember_are_forgotten(time: Time) -> None:
    politeness = manners(time)
    politeness.hold("wants-peace.com", 10_000)
    for number in range(REMEMBERED + 10):
        time.now += 1
        async with politeness.turn(f"{number}.com"):
            pass
    assert len(politeness._hosts) < 20
    with pytest.raises(FetchError):
        async with politeness.turn("wants-peace.com"):
            pass


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /terms", False),
        ("User-agent: *\nDisallow: /other", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Clausewatch\nAllow: /", True),
        ("User-agent: clausewatch\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: Clausewatch/2.1\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("<!doctype html><p>not found</p>", True),
        ("\x00\xff\ufeffUser-agent\n::::", True),
        (404, True),
        (403, True),
    ],
)
async def test_robots_txt_is_kept_to(time: Time, robots: str | int, allowed: bool) -> None:
    site = Site(robots=robots)
    if allowed:
        await polite(site, time).fetch(PART, Validators())
    else:
        with pytest.raises(FetchError, match=r"robots\.txt asks Clausewatch not to fetch it") as refusal:
            await polite(site, time).fetch(PART, Validators())
        assert refusal.value.permanent
        assert site.fetched == []
    assert site.asked == ["https://example.com/robots.txt"]


@pytest.mark.parametrize("trouble", [500, 503, 429, FetchError("no connection")])
async def test_a_robots_txt_that_cannot_be_read_forbids_for_a_while(time: Time, trouble: int | FetchError) -> None:
    site, robots = Site(robots=trouble), Robots("Clausewatch/1", clock=time)
    for _ in range(2):
        with pytest.raises(FetchError, match="cannot be read") as refusal:
            await polite(site, time, robots).fetch(PART, Validators())
        assert not refusal.value.permanent
    assert len(site.asked) == 1
    time.now += 601
    site.robots = ""
    await polite(site, time, robots).fetch(PART, Validators())


async def test_a_robots_txt_that_fails_later_keeps_its_last_word(time: Time) -> None:
    site, robots = Site(robots=""), Robots("Clausewatch/1", clock=time)
    await robots.gap(PART.address, site.get)
    time.now += 90_000
    site.robots = 503
    await robots.gap(PART.address, site.get)
    assert len(site.asked) == 2


async def test_robots_txt_is_asked_for_once_a_day_even_by_many(time: Time) -> None:
    site, robots = Site(robots=""), Robots("Clausewatch/1", clock=time)
    await asyncio.gather(*(robots.gap(f"https://example.com/{n}", site.get) for n in range(9)))
    assert len(site.asked) == 1
    time.now += 90_000
    await robots.gap(PART.address, site.get)
    assert len(site.asked) == 2


@pytest.mark.parametrize("ignored", ["example.com", "Example.com", "*"])
async def test_an_operator_may_know_better_than_robots_txt(time: Time, ignored: str) -> None:
    site = Site(robots="User-agent: *\nDisallow: /")
    await polite(site, time, Robots("Clausewatch/1", ignored=[ignored], clock=time)).fetch(PART, Validators())
    assert site.asked == []


@pytest.mark.parametrize(("asked", "granted"), [("5", 5.0), ("9999", 30.0), ("x", 0.0), ("-1", 0.0), ("nan", 0.0)])
async def test_a_crawl_delay_is_granted_within_reason(time: Time, asked: str, granted: float) -> None:
    site = Site(robots=f"User-agent: *\nCrawl-delay: {asked}\nDisallow:")
    assert await Robots("Clausewatch/1", clock=time).gap(PART.address, site.get) == granted


@pytest.mark.parametrize(
    ("script", "fetches", "slept"),
    [
        ([], 1, []),
        ([BUSY], 2, [2.0]),
        ([BUSY, BUSY], 3, [2.0, 4.0]),
        ([FetchError("busy", retry_after=9)], 2, [9.0]),
    ],
)
async def test_a_passing_trouble_is_tried_again(
    time: Time, script: list[FetchError], fetches: int, slept: list[float]
) -> None:
    site = Site(*script)
    await polite(site, time, Robots("Clausewatch/1", ignored="*")).fetch(PART, Validators())
    assert len(site.fetched) == fetches
    assert time.slept == slept


@pytest.mark.parametrize(
    ("script", "fetches"),
    [([BUSY] * 9, 3), ([GONE], 1), ([CHECK], 1), ([FetchError("later", retry_after=500)], 1)],
)
async def test_some_troubles_are_left_to_the_next_look(time: Time, script: list[FetchError], fetches: int) -> None:
    site = Site(*script)
    with pytest.raises(FetchError) as trouble:
        await polite(site, time, Robots("Clausewatch/1", ignored="*")).fetch(PART, Validators())
    assert trouble.value is script[fetches - 1]
    assert len(site.fetched) == fetches


async def test_a_wait_one_page_was_asked_for_holds_for_the_whole_host(time: Time) -> None:
    site = Site(FetchError("later", retry_after=500))
    fetcher = polite(site, time, Robots("Clausewatch/1", ignored="*"))
    for path in ("terms", "privacy"):
        with pytest.raises(FetchError):
            await fetcher.fetch(Part(f"https://example.com/{path}"), Validators())
    assert site.fetched == ["https://example.com/terms"]


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 8.0), (0.5, 6.0), (1.0, 4.0)])
def test_pauses_are_shortened_by_chance_so_that_many_do_not_return_as_one(chance: float, pause: float) -> None:
    assert Retry(attempts=9).pause(2, BUSY, chance) == pause


def test_a_pause_does_not_grow_beyond_its_bound() -> None:
    assert Retry(attempts=99).pause(50, BUSY, 0.0) == 30.0


@pytest.mark.parametrize(
    ("reader", "http_fails", "has_browser", "by_http", "by_browser"),
    [
        (Reader.HTTP, False, True, 1, 0),
        (Reader.HTTP, True, True, 1, 1),
        (Reader.BROWSER, False, True, 0, 1),
        (Reader.BROWSER, False, False, 1, 0),
        (Reader.PDF, False, True, 1, 0),
    ],
)
async def test_a_browser_is_used_where_the_catalogue_or_a_bot_check_asks_for_one(
    reader: Reader, http_fails: bool, has_browser: bool, by_http: int, by_browser: int
) -> None:
    http, browser = Site(CHECK if http_fails else None), Site()
    await Chooser(http, browser if has_browser else None).fetch(Part(PART.address, reader=reader), Validators())
    assert (len(http.fetched), len(browser.fetched)) == (by_http, by_browser)


async def test_without_a_browser_a_bot_check_says_what_is_missing() -> None:
    with pytest.raises(BotCheck, match="install the extra “browser”"):
        await Chooser(Site(CHECK)).fetch(PART, Validators())
