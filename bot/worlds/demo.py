"""Demo: a small made-up platform on loopback whose policy changes while you look, with the clock sped up.

The real path from fetch to post; only the platform and the time are ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources

from bot.app import App
from bot.chats.console.chat import HERE, PERSON
from bot.chats.port import Request
from bot.clock import SteppedClock
from bot.worlds.pages import Page, Pages
from storage.deliveries.delivery import Kind
from watchers.model import Document, Part, Platform

START = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)  # a Monday
PRIVACY, TERMS = "fernpost/privacy", "fernpost/terms"


@dataclass(frozen=True, slots=True)
class Stage:
    """What the demo plays on: the app, its clock and pages, how to say what happens, and how long to rest."""

    app: App
    clock: SteppedClock
    pages: Pages
    say: Callable[[str], None]
    rest: Callable[[], Awaitable[None]]


def put_up(pages: Pages, page: str, at: datetime) -> None:
    """Put up one of the made-up platform's pages (`privacy-1`, `terms-1`, …) as it was at a moment."""
    body = resources.files("bot.worlds").joinpath("fernpost", f"{page}.html").read_bytes()
    path = PRIVACY if page.startswith("privacy") else TERMS
    pages.put(path, Page(body, at))


def platform(pages: Pages) -> Platform:
    """Return the made-up platform as the catalogue would have it."""
    documents = (
        Document("fernpost/privacy-policy", "fernpost", "Privacy Policy", (Part(pages.address(PRIVACY)),)),
        Document("fernpost/terms-of-service", "fernpost", "Terms of Service", (Part(pages.address(TERMS)),)),
    )
    return Platform("fernpost", "Fernpost", ("fern",), "demo", documents)


async def play(stage: Stage) -> None:
    """Play the whole story: a watch, a first sight, noise, a change with its ping, an ack, the weekly digest."""
    await _watch(stage)
    await _noise(stage)
    await _change(stage)
    await _digest(stage)


async def _watch(stage: Stage) -> None:
    stage.say("Monday, 09:00. You type `/watch fernpost`, a made-up platform that this demo serves on loopback.")
    await _type(stage, "watch", "fernpost")
    await stage.app.turn()
    stage.say("Both documents have been read for the first time. First sight is no change: nothing is posted.")
    await stage.rest()


async def _noise(stage: Stage) -> None:
    stage.clock.step(timedelta(days=1))
    put_up(stage.pages, "privacy-2", stage.clock())
    stage.say("Tuesday. The page changes: session ids in links, a counter, a menu entry. No word of the policy does.")
    outcomes = await stage.app.turn()
    seen = ", ".join(f"{count} × {outcome.replace('_', ' ')}" for outcome, count in sorted(outcomes.items()))
    stage.say(f"Clausewatch has looked ({seen}) and stays quiet.")
    await stage.rest()


async def _change(stage: Stage) -> None:
    stage.clock.step(timedelta(days=1))
    put_up(stage.pages, "privacy-3", stage.clock())
    stage.say("Wednesday. Fernpost changes its privacy policy without a word to anyone.")
    await stage.rest()
    await stage.app.turn()
    await stage.rest()
    stage.say("You take note of it: `/ack`.")
    await _press_ack(stage)
    await stage.rest()


async def _digest(stage: Stage) -> None:
    stage.clock.set(START + timedelta(days=7, minutes=1))
    stage.say("Next Monday, 09:00: the weekly digest.")
    await stage.app.turn()


async def _type(stage: Stage, command: str, words: str) -> None:
    reply = await stage.app.commands.answer(Request(HERE, PERSON, command, words))
    await stage.app.chats[0].post(HERE, reply.message, "")


async def _press_ack(stage: Stage) -> None:
    """Press the ping's Ack button, as the chat would on a click."""
    channel = await stage.app.audience.channel(HERE)
    (ping,) = await stage.app.ledger.of_channel(channel.id, Kind.PING)
    request = Request(HERE, PERSON, "ack", str(ping.id), pressed=True, receipt=ping.receipt)
    reply = await stage.app.commands.answer(request)
    await stage.app.chats[0].edit(HERE, ping.receipt, reply.message)


async def rest(seconds: float) -> None:
    """Leave time to read."""
    await asyncio.sleep(seconds)
