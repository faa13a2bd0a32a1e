"""The whole path, real but for the platform and the clock: a watched page ends as a ping and a digest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

from rich.console import Console as Terminal

from bot.app import App, Edges, open_app
from bot.chats.console.chat import HERE, PERSON, Console
from bot.chats.port import Request
from bot.clock import SteppedClock
from bot.examining.aside import Aside
from bot.settings import Settings
from bot.worlds.demo import PRIVACY, START, Stage, platform, play, put_up
from bot.worlds.pages import Page, Pages
from storage.deliveries.delivery import Kind, State
from watchers.model import Outcome, Significance


@dataclass(frozen=True)
class World:
    app: App
    clock: SteppedClock
    pages: Pages
    screen: StringIO

    async def types(self, command: str, words: str = "") -> str:
        before = len(self.screen.getvalue())
        reply = await self.app.commands.answer(Request(HERE, PERSON, command, words))
        await self.app.chats[0].post(HERE, reply.message, "")
        return self.screen.getvalue()[before:]

    async def a_day_later(self, page: str = "") -> dict[Outcome, int]:
        self.clock.step(timedelta(days=1))
        if page:
            put_up(self.pages, page, self.clock())
        return dict(await self.app.turn())

    async def told(self, kind: Kind) -> int:
        channel = await self.app.audience.channel(HERE)
        sent = await self.app.ledger.of_channel(channel.id, kind)
        return sum(delivery.state is State.SENT for delivery in sent)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[World]:
    pages, clock, screen = Pages(), SteppedClock(START), StringIO()
    await pages.start()
    put_up(pages, "privacy-1", START)
    put_up(pages, "terms-1", START)
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/path.db", workers=2)
    chat = Console(Terminal(file=screen, width=160))
    edges = Edges(clock, (chat,), (platform(pages),), allow=(pages.host,), gap=0, examiner=Aside())
    async with open_app(settings, edges) as app:
        yield World(app, clock, pages, screen)
    await pages.stop()


async def test_a_changed_policy_is_pinged_once_with_before_and_after_and_the_provision(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        await world.a_day_later("privacy-3")
        assert await world.told(Kind.PING) == 1
        shown = " ".join(world.screen.getvalue().split())
        assert "Fernpost may now train AI models" in shown
        assert "AI training" in shown
        assert "1 Oct 2026" in shown
        for asked, found in (("high", "1 change of Fernpost of high exposure"), ("low", "No change of Fernpost")):
            await world.types("changes", f"fernpost {asked}")
            assert found in " ".join(world.screen.getvalue().split())
        await world.a_day_later()
        assert await world.told(Kind.PING) == 1


async def test_noise_around_the_words_is_looked_at_and_not_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        outcomes = await world.a_day_later("privacy-2")
        assert outcomes == {Outcome.SAME_WORDS: 1, Outcome.UNCHANGED: 1}
        assert await world.told(Kind.PING) == 0


async def test_the_digest_comes_on_monday_and_counts_what_was_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        await world.a_day_later("privacy-3")
        for _ in range(7):
            await world.a_day_later()
        assert await world.told(Kind.DIGEST) == 1
        assert "Digest" in world.screen.getvalue()


async def test_a_page_that_is_gone_is_told_as_blindness_once_and_its_return_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        world.pages.drop(PRIVACY)
        for _ in range(6):
            await world.a_day_later()
        assert await world.told(Kind.BLIND) == 1
        assert await world.told(Kind.PING) == 0
        await world.a_day_later("privacy-1")
        assert await world.told(Kind.RECOVERED) == 1
        assert await world.told(Kind.PING) == 0


async def test_an_empty_page_is_no_change(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        world.pages.put(PRIVACY, Page(b"<html><body></body></html>", world.clock()))
        assert (await world.a_day_later())[Outcome.BLIND] == 1
        assert await world.told(Kind.PING) == 0


async def test_a_page_beyond_the_limit_is_refused_and_loses_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.app.turn()
        world.pages.put(PRIVACY, Page(b"<p>words</p>" * 900_000, world.clock()))
        assert (await world.a_day_later())[Outcome.FAILED] == 1
        looks = await world.app.archive.looks("fernpost/privacy-policy", noisy=True)
        assert "larger" in looks[-1].reason


async def test_every_quoted_word_is_in_the_archive(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.app.turn()
        await world.a_day_later("privacy-3")
        (change,) = await world.app.archive.changes()
        before = await world.app.archive.version(change.before)
        after = await world.app.archive.version(change.after)
        assert before is not None
        assert after is not None
        assert change.difference.significance is Significance.SUBSTANTIVE
        for passage in change.difference.passages:
            assert before.text[passage.before_start :].startswith(passage.before) or not passage.before
            assert after.text[passage.after_start :].startswith(passage.after) or not passage.after


async def test_an_unknown_platform_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        assert "Fernpost" in await world.types("watch", "fernpots")


async def test_the_demo_plays_its_whole_story(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        said: list[str] = []

        async def no_rest() -> None:
            return None

        await play(Stage(world.app, world.clock, world.pages, said.append, no_rest))
        shown = world.screen.getvalue()
        assert "Acknowledged" in shown
        assert "Digest" in shown
        assert len(said) >= 6
