"""Puts the fetchers together: one for each worker, all of them sharing the manners they owe to each host."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.looking.look import Fetcher
from bot.settings import Settings
from watchers.fetchers.browser import BrowserFetcher
from watchers.fetchers.chooser import Chooser
from watchers.fetchers.chromium import what_is_missing
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher
from watchers.fetchers.polite import PoliteFetcher
from watchers.fetchers.politeness import Politeness
from watchers.fetchers.robots import READ, Robots

VERSION = "0.1"


def user_agent(settings: Settings) -> str:
    """Say who asks, and where the one who runs this can be reached."""
    return f"clausewatch/{VERSION}" + (f" (+{settings.contact})" if settings.contact else "")


@dataclass(frozen=True, slots=True)
class Manners:
    """What all workers share towards the sites they ask. `browser`: whether they may open one."""

    guard: Guard
    politeness: Politeness
    robots: Robots
    browser: bool = True

    @classmethod
    def of(cls, settings: Settings, *, allow: tuple[str, ...] = (), gap: float = 1.0) -> Manners:
        """Make them from the settings; `gap`: seconds between two requests to a host.

        `allow` adds hosts of our own, as demo and replay need: those serve plain pages, a browser has no place there.
        """
        hosts = (*settings.allow_hosts, *allow)
        ignored = (*settings.ignore_robots, *(host.partition(":")[0] for host in allow))
        guard = Guard(allowed=hosts)
        politeness = Politeness(gap=gap, together=8 if gap == 0 else 2)
        return cls(guard, politeness, Robots(user_agent(settings), ignored=ignored), browser=not allow)


async def open_fetchers(
    settings: Settings, manners: Manners, clock: Clock, closing: AsyncExitStack, count: int
) -> tuple[Fetcher, ...]:
    """Open `count` fetchers, each with connections of its own and all with one browser, started when first needed."""
    why_not = why_no_browser(settings, manners)
    browser = None
    if not why_not:
        browser = BrowserFetcher(manners.guard, user_agent(settings), executable=settings.chromium, clock=clock)
        closing.push_async_callback(browser.aclose)
    fetchers = []
    for _ in range(count):
        http = HttpFetcher(manners.guard, user_agent(settings), proxies=settings.proxy, http2=True, clock=clock)
        closing.push_async_callback(http.aclose)
        chooser = Chooser(http, browser, why_not=why_not)
        fetchers.append(PoliteFetcher(chooser, partial(http.get, first=READ), manners.politeness, manners.robots))
    return tuple(fetchers)


def why_no_browser(settings: Settings, manners: Manners) -> str:
    """Say why pages are fetched without a browser, or return an empty string when there is one."""
    if not manners.browser:
        return "no browser is opened for hosts of our own"
    if settings.proxy:
        return "no browser is opened behind a proxy, as it would go around it"
    return what_is_missing(settings.chromium)
