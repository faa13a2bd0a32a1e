"""What each process does, and when it says at once that it cannot."""

import pytest

from bot.process.roles import DISCORD, UP, WEB, WORKER, Role
from bot.process.run import Door, open_chats
from bot.settings import Settings, SettingsError, load_settings, operator_of
from watchers.errors import ClausewatchError

POSTGRES = {"database_url": "postgresql://server/clausewatch"}
TOKENS = {"slack_bot_token": "xoxb-1", "discord_token": "d"}


def settings(**given: str) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [WEB, DISCORD, WORKER], ids=lambda role: role.name)
def test_beside_others_a_process_needs_postgresql_and_says_what_to_do(role: Role) -> None:
    with pytest.raises(ClausewatchError, match=f"clausewatch {role.name}.*`clausewatch up`.*DATABASE_URL"):
        role.check(settings(**TOKENS))
    role.check(settings(**POSTGRES, **TOKENS))


def test_everything_in_one_process_runs_on_either_database() -> None:
    UP.check(settings())
    UP.check(settings(**POSTGRES))


def test_the_process_for_discord_needs_its_token() -> None:
    with pytest.raises(ClausewatchError, match="DISCORD_TOKEN is not set"):
        DISCORD.check(settings(**POSTGRES))


@pytest.mark.parametrize(
    ("role", "chats"),
    [(UP, ["slack", "discord"]), (WORKER, ["slack", "discord"]), (WEB, ["slack"]), (DISCORD, ["discord"])],
    ids=lambda value: getattr(value, "name", ""),
)
async def test_a_process_opens_the_chats_it_needs(role: Role, chats: list[str]) -> None:
    assert [chat.name for chat in open_chats(settings(**POSTGRES, **TOKENS), Door(), role)] == chats


async def test_only_the_process_that_does_everything_falls_back_to_the_terminal() -> None:
    assert [chat.name for chat in open_chats(settings(), Door(), UP)] == ["console"]
    assert open_chats(settings(**POSTGRES), Door(), WORKER) == ()


def test_the_operators_channel_is_read_or_refused() -> None:
    place = operator_of(settings(operator_channel="slack:T1/C1"))
    assert place is not None
    assert (place.chat, place.workspace, place.channel) == ("slack", "T1", "C1")
    assert operator_of(settings()) is None
    with pytest.raises(SettingsError, match="chat:workspace/channel"):
        load_settings(None, operator_channel="#general")
