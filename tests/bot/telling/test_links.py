"""Every link of every message opens for who reads it, of a workspace's own pages too, and after years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient

from bot.chats.port import Request
from bot.commands.commands import Commands
from bot.compose.message import Buttons, Message, Note, Quote, Text
from bot.pages.access import Access, Keys
from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from bot.telling.notify import Notifier
from bot.telling.signing import Signer
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from tests.bot.cast import BASE
from tests.bot.conftest import HERE, World
from watchers.model import Document, Health, Look, Outcome, Part, Platform, Verdict

OWN = Document(
    "wren/privacy-policy", "wren", "Privacy Policy", (Part("https://wren.example/privacy"),), owner="fake:T1"
)
WREN = Platform("wren", "Wren", documents=(OWN,))
ASKED = (
    *("changes wren", "redline wren", "timeline wren", "provision wren ai-training", "watches", "digest now"),
    *("redline wren since 2026-01", "ask wren how long do you keep posts?", "search posts", "home"),
)


def links(message: Message) -> Iterator[str]:
    """Give the links of a message that lead to our pages."""
    for block in message.blocks:
        if isinstance(block, Text | Note | Quote):
            yield from (span.link for span in block.spans if span.link.startswith(BASE))
        if isinstance(block, Buttons):
            yield from (button.link for button in block.buttons if button.link.startswith(BASE))


class Reader:
    """A world whose messages are signed, and its pages."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keys = Keys(b"s" * 32, world.clock)
        self.sign = Signer(world.archive, self.keys, BASE, world.audience.links_live).sign
        shelf = Shelf(world.archive, Search(world.database), world.clock)
        self.app = web_app(site_routes(shelf, BASE, Access(self.keys), Proofs(world.database)))
        self.notifier = Notifier(
            world.archive, world.audience, world.ledger, {"fake": world.chat}, world.clock, BASE, self.sign
        )

    async def tell(self, **later: float) -> Message:
        """Tell what is due, and return the last message."""
        self.world.clock.pass_by(**later or {"seconds": 2})
        await self.world.ledger.plan_recalls(self.world.clock())
        await self.world.ledger.plan_digests(self.world.clock())
        await self.notifier.tick()
        return self.world.chat.in_place(HERE)[-1]

    async def dead(self, message: Message) -> list[str]:
        """Open every link as a browser that was never here would; return those that do not open."""
        found = []
        for link in links(message):
            async with AsyncClient(transport=ASGITransport(self.app), base_url=BASE, follow_redirects=True) as browser:
                answer = await browser.get(link)
            if answer.status_code != 200:
                found.append(f"{answer.status_code} {link}")
        return found


@pytest.fixture
async def reader(world: World) -> Reader:
    await world.archive.add_document(OWN, WREN)
    await world.say("watch wren")
    await world.say("digest daily 9:00 UTC")
    return Reader(world)


async def blind(world: World) -> None:
    for _ in range(3):
        world.clock.pass_by(hours=1)
        look = Look(OWN.id, world.clock(), Outcome.BLIND, "a login", Verdict(Health.LOGIN_WALL, "a login"))
        await world.archive.record(replace(look, next_look=world.clock() + timedelta(hours=1)))


async def test_links_of_what_is_posted_and_redrawn_open(reader: Reader) -> None:
    world = reader.world
    await world.change(OWN)
    ping = await reader.tell()
    assert list(links(ping))
    assert await reader.dead(ping) == []
    (delivery,) = [one for one in await world.ledger.of_channel("fake:T1/C1") if one.receipt]
    await reader.notifier.redraw(delivery.id)
    (redrawn,) = world.chat.in_place(HERE)
    assert list(links(redrawn))
    assert await reader.dead(redrawn) == []
    digest = await reader.tell(days=1)
    assert "Digest" in digest.text
    assert list(links(digest))
    assert await reader.dead(digest) == []
    await blind(world)
    incident = await reader.tell()
    assert "cannot be read" in incident.text
    assert list(links(incident))
    assert await reader.dead(incident) == []
    await world.archive.record(Look(OWN.id, world.clock(), Outcome.UNCHANGED))
    seeing = await reader.tell()
    assert await reader.dead(seeing) == []


@pytest.mark.parametrize("line", ASKED)
async def test_links_of_what_is_answered_open(reader: Reader, line: str) -> None:
    await reader.world.change(OWN)
    commands = Commands(reader.world.desk, reader.sign)

    verb, _, words = line.partition(" ")
    reply = await commands.answer(Request(HERE, "U1", verb, words))
    assert await reader.dead(reply.message) == []


async def test_an_old_link_opens_for_as_long_as_its_workspace_says(reader: Reader) -> None:
    world = reader.world
    await world.change(OWN)
    ping = await reader.tell()
    world.clock.pass_by(days=2000)
    assert await reader.dead(ping) == []
    assert "administrators" in await world.say("settings links 30 days")
    assert "open for 30 days" in await world.say("settings links 30 days", admin=True)
    await world.change(OWN, "# Privacy\n\nWe keep your posts for a year.\n")
    later = await reader.tell()
    assert await reader.dead(later) == []
    world.clock.pass_by(days=31)
    assert await reader.dead(later) != []
