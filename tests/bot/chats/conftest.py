"""What the tests of Slack share: commands that answer, and the app in front of a Slack that stands in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.chats.contract import Answering
from tests.bot.chats.slack_rig import SlackRig


@pytest.fixture
def commands() -> Answering:
    return Answering()


@pytest.fixture
async def rig(commands: Answering) -> AsyncIterator[SlackRig]:
    made = SlackRig()
    await made.start(commands)
    yield made
    await made.stop()
