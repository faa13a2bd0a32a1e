"""One Chromium of the system, driven by Playwright: found, started behind the tunnel, renewed, closed.

It opens no page; `browser` does. Playwright is an extra and imported only when a browser is really started.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from watchers.fetchers.guard import Guard
from watchers.fetchers.tunnel import Tunnel

if TYPE_CHECKING:  # an extra, which may not be there
    from playwright.async_api import Browser, Playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *("--disable-quic", "--disable-gpu", "--disable-dev-shm-usage", "--no-pings", "--dns-prefetch-disable"),
    *("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--js-flags=--max-old-space-size=512"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 5.0  # seconds for a browser to close before it is left to its fate


def find_chromium(path: str = "") -> str:
    """Return where Chromium is, or an empty string. A `path` that is given is taken or nothing is."""
    return (shutil.which(path) or "") if path else next(filter(None, map(shutil.which, CHROMIUMS)), "")


def what_is_missing(path: str = "") -> str:
    """Say what a browser here would need and how to get it, or return an empty string when all is there."""
    if find_spec("playwright") is None:
        return "the extra “browser” is not installed: pip install 'clausewatch[browser]'"
    if not find_chromium(path):
        where = f"there is no Chromium at {path}" if path else "no Chromium was found"
        return f"{where}: install it (on Debian: apt install chromium) or set where it is"
    return ""


class Chromium:
    """A browser that is started when first needed and renewed after so many `pages`, as it grows with each."""

    def __init__(self, guard: Guard, executable: str = "", *, pages: int = 200) -> None:
        self.tunnel = Tunnel(guard)
        self.executable = executable
        self._pages = pages
        self._opened = 0
        self._door = ""
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def ready(self, *, alone: bool) -> Browser:
        """Return the running browser, started if need be; it is renewed only for a page that is `alone`."""
        async with self._starting:
            worn = alone and self._opened >= self._pages
            if self._browser is None or not self._browser.is_connected() or worn:
                await self.drop()
                self._browser = await self._start()
                self._opened = 0
            self._opened += 1
            return self._browser

    async def drop(self) -> None:
        """Close the browser, or leave it if it does not close; the next page starts another."""
        browser, self._browser = self._browser, None
        if browser:
            with suppress(Exception):  # a browser that hangs or crashed raises whatever it likes
                async with asyncio.timeout(PATIENCE):
                    await browser.close()

    async def aclose(self) -> None:
        """Close the browser and its driver, and shut the tunnel."""
        await self.drop()
        if self._playwright:
            await self._playwright.stop()
            self._playwright = None
        self.tunnel.close()

    async def _start(self) -> Browser:
        from playwright.async_api import async_playwright

        if self._playwright is None:
            self._playwright = await async_playwright().start()
            self._door = await self.tunnel.open()
        return await self._playwright.chromium.launch(
            executable_path=find_chromium(self.executable),
            args=list(ARGUMENTS),
            proxy={"server": self._door, "bypass": "<-loopback>"},
            chromium_sandbox=os.geteuid() != 0,  # Chromium refuses to sandbox itself as root
            env={name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        )
