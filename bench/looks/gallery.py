"""A gallery of messages to look at: everything people get to see, made of the tests' cast, or of a real history.

Photographed by `discord_look` and `slack_look` beside it. Not shipped.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bench.looks.history import history
from bot.compose import digest as digests
from bot.compose import lists, replies, sight
from bot.compose.message import Button, Buttons, Message, Quote, Span, Style, Table, Text
from bot.compose.news import Deed, Mark
from bot.compose.ping import ping
from bot.compose.redline import redline
from tests.bot.cast import ADDED, BASE, NOW, PRIVACY, TERMS, news
from tests.bot.chats.contract import HOSTILE
from tests.bot.chats.words import clause


@dataclass(frozen=True, slots=True)
class Looks:
    """What is photographed, how, and where the pictures go."""

    folder: Path
    history: tuple[str, ...] = ()
    chromium: str = "/usr/bin/chromium"
    modules: Path = Path()
    theme: str = "light"

    @classmethod
    def asked(cls, usage: str | None) -> Looks:
        """Read what was asked for on the command line."""
        parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("folder", type=Path)
        parser.add_argument("--history", nargs="+", default=(), help="the address of a database, then platforms")
        parser.add_argument("--chromium", default="/usr/bin/chromium")
        parser.add_argument("--modules", type=Path, default=Path(), help="where node_modules is")
        parser.add_argument("--theme", default="light")
        found = parser.parse_args()
        found.folder.mkdir(parents=True, exist_ok=True)
        return cls(found.folder, tuple(found.history), found.chromium, found.modules, found.theme)


async def shown(looks: Looks) -> list[tuple[str, Message]]:
    """Return what is to be photographed."""
    if not looks.history:
        return list(gallery())
    database, *platforms = looks.history
    return await history(database, platforms)


def gallery() -> Iterator[tuple[str, Message]]:
    """Give each message with its name."""
    high = replace(news(), marks=())
    yield "greeting", sight.greeting()
    yield "ping", ping([high], NOW, BASE)
    yield "acknowledged", ping([replace(high, marks=(Mark(Deed.ACKNOWLEDGED, "U0ADA", NOW),))], NOW, BASE)
    yield "digest", issue()
    yield "quiet", digests.digest(digests.Issue(NOW, NOW, NOW - timedelta(days=7), documents=12))
    yield "redline", redline(high, NOW, BASE)
    yield "unknown", replies.unknown("platform", "twiter", ("x", "threads", "tern"), "watch any page: /watch https://…")
    yield "help", replies.help_text()
    row = lists.Row(1, "Tern", "Privacy Policy, Terms of Service", "AI training", True, NOW, NOW - timedelta(days=40))
    yield "watching", replies.watching(replies.Watched("Tern", row, "Mon 30 Nov 2026, 09:00 CET", undo="w1"), NOW)
    other = replace(row, platform="Kite Mail", documents="all", provisions="any change", health="login wall since Mon")
    yield "watches", lists.watches((row, other), NOW, "Next digest Mon 30 Nov 2026, 09:00 CET.")
    yield "hostile", ping([replace(news(1, PRIVACY, replace(ADDED, after=HOSTILE, path=(HOSTILE[:60],))))], NOW, BASE)
    yield "foreign", foreign()
    yield (
        "long",
        Message("A long clause.", (Quote((Span(clause(1, 3_000), Style.INSERTED),), "Added · 4. Your content"),)),
    )


def issue() -> Message:
    """Make a digest of three changes, one of them told already."""
    told = replace(news(3, TERMS), told=True)
    return digests.digest(
        digests.Issue(NOW, NOW, NOW - timedelta(days=7), (news(1), news(2, TERMS), told), documents=12), BASE
    )


def foreign() -> Message:
    """Make a message of other scripts, emoji, a table and code."""
    arabic = Quote(
        (Span("لا يجوز لك استخدام خدماتنا لتدريب "), Span("النماذج", Style.STRUCK), Span("أي نموذج", Style.INSERTED)),
        "Reworded · شروط الخدمة",
    )
    hebrew = Quote((Span("אנו רשאים להשתמש בתוכן שלך 🤖 ABC 123."),), "Added · תנאים")
    table = Table(
        ("Platform", "Document", "Last look", "Health"),
        (("Tern", "Privacy Policy", "5 minutes ago", "good"), ("条款", "隐私政策", "1 hour ago", "blind")),
    )
    wide = Table(
        ("Platform", "What it says", "Choice"),
        (
            ("Tern", "We may use your posts to train models of our own, and those of our partners.", "none named"),
            ("Kite Mail", "We do not train on mail.", ""),
        ),
    )
    code = Text(
        (Span("Send a request to "), Span("legal@tern.example", Style.CODE), Span(" and "), Span("read on", link=BASE))
    )
    row = Buttons(
        (Button("Unwatch", "unwatch", "tern"), Button("Page", link=BASE), Button("Forget", "forget", "x", danger=True))
    )
    return Message("Other scripts.", (arabic, hebrew, table, wide, code, row))
