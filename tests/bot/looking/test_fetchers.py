"""Workers get fetchers of their own, the same manners, and one browser where there may be one."""

from contextlib import AsyncExitStack

import pytest

from bot.looking.fetchers import Manners, open_fetchers, user_agent, why_no_browser
from bot.settings import Settings
from watchers.fetchers.chromium import what_is_missing
from watchers.fetchers.http import utc_now


@pytest.mark.parametrize(
    ("settings", "allow", "reason"),
    [
        (Settings(), ("127.0.0.1:8080",), "hosts of our own"),
        (Settings(proxy=("http://proxy.example.com:3128",)), (), "behind a proxy"),
        (Settings(chromium="/nowhere/chromium"), (), what_is_missing("/nowhere/chromium")),
        (Settings(), (), what_is_missing()),
    ],
)
def test_a_browser_is_opened_unless_there_is_a_reason(settings: Settings, allow: tuple[str, ...], reason: str) -> None:
    said = why_no_browser(settings, Manners.of(settings, allow=allow))
    assert reason in said
    assert bool(reason) == bool(said)


async def test_every_worker_gets_a_fetcher_of_its_own() -> None:
    settings = Settings()
    async with AsyncExitStack() as closing:
        fetchers = await open_fetchers(settings, Manners.of(settings), utc_now, closing, 3)
    assert len(set(map(id, fetchers))) == 3


async def test_pages_may_come_through_several_proxies_of_either_kind() -> None:
    settings = Settings(proxy="http://proxy.example.com:3128,socks5://other.example.com:1080")
    async with AsyncExitStack() as closing:
        assert await open_fetchers(settings, Manners.of(settings), utc_now, closing, 1)


def test_we_say_who_asks_and_where_to_reach_them() -> None:
    assert user_agent(Settings(contact="https://example.com/about")).endswith("(+https://example.com/about)")
