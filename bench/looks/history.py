"""A gallery made of an imported history: what commands answer about real documents, and what their changes look like.

    DATABASE_URL=sqlite:///real.db clausewatch import history VERSIONS.git --service LinkedIn
    python -m bench.looks.discord_look FOLDER --history sqlite:///real.db linkedin reddit

The platforms named are asked about; the first one most. Use a copy of a database: the watches stay in it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.app import App, Edges, open_app
from bot.chats.port import Place, Request
from bot.clock import SteppedClock
from bot.commands.desk import Desk
from bot.compose.digest import Issue, digest
from bot.compose.message import Message
from bot.compose.ping import ping
from bot.compose.redline import redline
from bot.settings import Settings
from watchers.model import Change

HERE = Place("bench", "looks", "rules")


async def history(database: str, platforms: list[str]) -> list[tuple[str, Message]]:
    """Return each message with its name."""
    settings = Settings(_env_file=None, database_url=database)
    clock = SteppedClock(datetime(2020, 1, 1, tzinfo=UTC))
    async with open_app(settings, Edges(clock)) as app:
        newest = (await app.archive.changes(platforms[0], limit=1))[0]
        clock.set(newest.seen_at + timedelta(minutes=1))
        answers = [(name, await _asked(app, *asked)) for name, asked in _questions(platforms).items()]
        return [*answers, *await _told(app, platforms)]


def _questions(platforms: list[str]) -> dict[str, tuple[str, str]]:
    first, every = platforms[0], " ".join(platforms)
    return {
        "watch": ("watch", f"{first} privacy"),
        "watch-provision": ("watch", f"{first} ai-training"),
        "watches": ("watches", ""),
        "home": ("home", ""),
        "card": ("provision", f"{first} ai-training"),
        "card-sharing": ("provision", f"{first} data-sharing"),
        "comparison": ("compare", f"data-sharing {every}"),
        "timeline": ("timeline", first),
        "changes": ("changes", first),
        "redline": ("redline", first),
        "ask": ("ask", f"{first} can they train on my posts?"),
        "settings": ("settings", ""),
        "plan": ("plan", ""),
        "unknown-word": ("watch", f"{first} aitrainig"),
        "unwatch": ("unwatch", ""),
    }


async def _asked(app: App, command: str, words: str) -> Message:
    return (await app.commands.answer(Request(HERE, "U0ADA", command, words, admin=True))).message


async def _told(app: App, platforms: list[str]) -> list[tuple[str, Message]]:
    """Compose the pings, a redline and a digest of what changed last."""
    desk: Desk = app.commands.desk
    found: list[Change] = []
    for platform in platforms:
        found += await app.archive.changes(platform, limit=4, significance="substantive")
    news = await desk.newsroom.news(found, "bench:looks")
    base, now = "https://watch.example", app.clock()
    pings = [(f"ping-{number}", ping([one], one.change.seen_at, base)) for number, one in enumerate(news[:8])]
    issue = Issue(now, now, now - timedelta(days=7), news, documents=40)
    lines = [(f"redline-{number}", redline(one, now, base)) for number, one in enumerate(news[:3])]
    return [*pings, ("digest", digest(issue, base)), *lines]
