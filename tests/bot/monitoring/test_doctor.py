"""The doctor says what is configured, what is missing and how to get it, and leaves nothing behind."""

import os
from pathlib import Path

import pytest

from bot.monitoring.doctor import Found, examine_installation
from bot.settings import Settings
from storage.database.connection import open_database


async def found(folder: Path, **given: object) -> dict[str, Found]:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/some.db", **given)  # type: ignore[arg-type]
    return {each.what: each for each in await examine_installation(settings)}


async def test_a_database_that_is_not_there_yet_is_missing_and_stays_so(tmp_path: Path) -> None:
    assert (await found(tmp_path))["Database"].state == "missing"
    assert os.listdir(tmp_path) == []


async def test_a_database_that_is_there_is_well(tmp_path: Path) -> None:
    await (await open_database(f"sqlite:///{tmp_path}/some.db")).close()
    assert (await found(tmp_path))["Database"].state == "ok"


async def test_what_is_missing_comes_with_its_remedy(tmp_path: Path) -> None:
    doctor = await found(tmp_path)
    assert "api.slack.com/apps" in doctor["Slack"].remedy
    assert "discord.com/developers" in doctor["Discord"].remedy


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"slack_bot_token": "xoxb-1"}, "no way for Slack to reach us"),
        ({"slack_client_id": "1"}, "needs a secret and a key"),
    ],
)
async def test_half_a_configuration_is_wrong(tmp_path: Path, given: dict[str, object], says: str) -> None:
    slack = (await found(tmp_path, **given))["Slack"]
    assert slack.state == "wrong"
    assert says in slack.says
