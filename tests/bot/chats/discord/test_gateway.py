"""Discord's gateway, from a stand-in on loopback: what becomes of the connection, and that commands are heard after."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.port import Place, Reply, Request
from bot.compose import replies
from tests.bot.chats.discord_stand_in import GUILD, TOKEN, DiscordStandIn
from watchers.errors import ClausewatchError


class Listener:
    """Answers every command with a line, and keeps what was asked."""

    def __init__(self) -> None:
        self.heard: list[Request] = []

    async def answer(self, request: Request) -> Reply:
        self.heard.append(request)
        return Reply(replies.line("Heard."))

    async def suggest(self, request: Request, option: str, typed: str) -> tuple[str, ...]:
        return ()


@pytest.fixture(autouse=True)
def addresses_of_the_library_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest.fixture
async def discord() -> AsyncIterator[DiscordStandIn]:
    there = DiscordStandIn()
    await there.start()
    yield there
    await there.stop()


@pytest.fixture
async def listener() -> Listener:
    return Listener()


@pytest.fixture
async def chat(discord: DiscordStandIn, listener: Listener) -> AsyncIterator[Discord]:
    chat = Discord(DiscordSettings(TOKEN, discord.api_url, again=0, gather=0))
    await chat.start(listener.answer, listener.suggest)
    yield chat
    await chat.stop()


async def heard(discord: DiscordStandIn, listener: Listener) -> str:
    """Type a command, wait for its answer, and return what was heard."""
    before = len(discord.answers)
    await discord.type("help")
    await discord.until(lambda: len(discord.answers) > before)
    return listener.heard[-1].command


async def test_a_command_that_is_typed_is_heard_and_answered(
    discord: DiscordStandIn, chat: Discord, listener: Listener
) -> None:
    assert await heard(discord, listener) == "help"
    assert listener.heard[-1].place == Place("discord", GUILD, discord.channels[0])


async def test_a_dropped_connection_is_taken_up_again_where_it_was(
    discord: DiscordStandIn, chat: Discord, listener: Listener
) -> None:
    await discord.drop()
    await discord.until(lambda: discord.resumed == 1)
    assert discord.identified == 1
    assert await heard(discord, listener) == "help"


async def test_an_event_that_breaks_the_library_costs_the_connection_and_not_the_bot(
    discord: DiscordStandIn, chat: Discord, listener: Listener
) -> None:
    await discord.garble()
    await discord.until(lambda: discord.identified == 2)
    assert await heard(discord, listener) == "help"


async def test_messages_can_be_posted_while_the_connection_is_down(discord: DiscordStandIn, chat: Discord) -> None:
    await discord.drop()
    receipt = await chat.post(Place("discord", GUILD, discord.channels[0]), replies.line("Words."), "d1")
    assert [message["id"] for message in discord.posted.values()] == [receipt.partition("#")[0]]


async def test_a_token_that_is_refused_is_said_so(discord: DiscordStandIn, listener: Listener) -> None:
    chat = Discord(DiscordSettings("MTAwMA.another.token", discord.api_url))
    with pytest.raises(ClausewatchError, match="does not take the token"):
        await chat.start(listener.answer, listener.suggest)
