"""Fuzzing of drawn messages, by hypothesis: any message, in all three chats, within every limit, calling nobody.

The messages are those of the tests (`tests/bot/chats/words.py`), and so are the checks.
"""

from __future__ import annotations

import io

from hypothesis import HealthCheck, Phase, given, seed, settings
from rich.console import Console as Terminal

from bot.chats.console import drawing
from bot.chats.discord import embeds
from bot.chats.slack import blocks
from bot.compose.message import Message
from tests.bot.chats.discord.test_embeds import check as check_discord
from tests.bot.chats.limits import check_slack, slack_calls
from tests.bot.chats.words import MESSAGES


def draw(message: Message) -> None:
    """Draw a message for every chat and check what came out."""
    for drawn in blocks.draw(message):
        check_slack(drawn.blocks, drawn.text)
        assert slack_calls(drawn.blocks, drawn.text) == []
    check_discord(embeds.draw(message))
    Terminal(file=io.StringIO(), width=80).print(drawing.draw(message, {}))


def run(count: int, start: int) -> int:
    """Draw `count` messages made from a seed; return how many were drawn. Raises what a message broke."""
    drawn = 0

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(MESSAGES)
    def each(message: Message) -> None:
        nonlocal drawn
        drawn += 1
        draw(message)

    each()
    return drawn
