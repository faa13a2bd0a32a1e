"""The whole path in both networks: /watch is typed, a page changes, the ping stands in the channel, Ack redraws it.

Everything is real but the platform, the clock and the network's own servers: signed HTTP before a stand-in of
Slack's Web API, and Discord inside simcord.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, Edges, open_app
from bot.clock import SteppedClock
from bot.examining.aside import Aside
from bot.settings import Settings
from bot.worlds.demo import START, platform, put_up
from bot.worlds.pages import Pages
from tests.bot.chats.discord_rig import DiscordRig
from tests.bot.chats.slack_rig import SlackRig


@asynccontextmanager
async def watching(folder: Path, chat: Any) -> AsyncIterator[tuple[App, SteppedClock, Pages]]:
    """Run the program before a small platform of ours."""
    pages, clock = Pages(), SteppedClock(START)
    await pages.start()
    put_up(pages, "privacy-1", START)
    put_up(pages, "terms-1", START)
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/path.db", workers=2)
    async with open_app(
        settings, Edges(clock, (chat,), (platform(pages),), allow=(pages.host,), gap=0, examiner=Aside())
    ) as app:
        yield app, clock, pages
    await pages.stop()


async def told(rig: Any, app: App, clock: SteppedClock, pages: Pages) -> str:
    """Watch, let a day pass and the page change, and return what stands in the channel."""
    await rig.type("watch fernpost")
    assert "is now watched here" in await rig.shown()
    await app.turn()
    clock.step(timedelta(days=1))
    put_up(pages, "privacy-3", clock())
    await app.turn()
    return str(await rig.shown())


PING = ("Fernpost may now train AI models", "AI training", "1 Oct 2026")


async def test_in_slack_a_changed_page_becomes_a_ping_that_can_be_acknowledged(tmp_path: Path) -> None:
    rig = SlackRig()
    await rig.prepare()
    async with watching(tmp_path, rig.chat) as (app, clock, pages):
        await rig.chat.start(app.commands.answer, app.commands.suggest)
        shown = await told(rig, app, clock, pages)
        assert all(words in shown for words in PING)
        await rig.press("Ack")
        assert "Acknowledged by" in await rig.shown()
        (post,) = rig.team.channels["C0RULES"].posts
        assert {"type": "user", "user_id": "U0ADA"} in [one for one in post["blocks"] if one] or "<@U0ADA>" in str(post)
        rig.team.members["U0ADA"] = ("C0RULES",)  # Home shows a person what their own channels watch
        await rig.event({"type": "app_home_opened", "user": "U0ADA", "tab": "home", "channel": "D0APP"})
        assert "Fernpost" in str(rig.slack.homes["U0ADA"])
    await rig.stop()


async def test_on_discord_a_changed_page_becomes_a_ping_that_can_be_acknowledged(tmp_path: Path) -> None:
    rig = DiscordRig()
    async with watching(tmp_path, rig.chat) as (app, clock, pages):
        await rig.start(app.commands)
        shown = await told(rig, app, clock, pages)
        assert all(words in shown for words in PING)
        await rig.press("Ack")
        assert "Acknowledged by" in await rig.shown()
        await rig.stop()


@pytest.mark.parametrize("team", ["T0KITE", "T0NOBODY"])
async def test_another_workspace_sees_nothing_of_it(tmp_path: Path, team: str) -> None:
    rig = SlackRig()
    await rig.prepare()
    async with watching(tmp_path, rig.chat) as (app, _, _):
        await rig.chat.start(app.commands.answer, app.commands.suggest)
        await rig.type("watch fernpost")
        before = len(rig.said())
        await rig.command("watches", team=team)
        assert "Fernpost" not in str([said["blocks"] for said in rig.said()[before:]])
    await rig.stop()
