"""Installing, staying, leaving: tokens are sealed, renewed, deleted; states are good once; nobody reaches another's."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Bot
from sqlalchemy import text

from bot.chats.port import Hooks, Place
from bot.chats.slack.chat import Slack, SlackSettings
from bot.chats.slack.install import TABLES, Installs, forget_tokens
from bot.chats.slack.oauth import COOKIE, Front
from storage.database.connection import Database, open_database
from storage.upkeep.moving import move
from tests.bot.chats.contract import Answering, said
from tests.bot.chats.slack_rig import SlackRig, noted
from tests.bot.chats.slack_stand_in import Channel, Team
from watchers.errors import ClausewatchError, DeliveryError

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
BASE = "https://watch.example"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = await open_database(f"sqlite:///{tmp_path / 'installs.db'}")
    yield made
    await made.close()


def a_bot(team: str = "T0TERN", token: str = "xoxb-tern", **given: Any) -> Bot:
    return Bot(team_id=team, bot_token=token, bot_id="B1", bot_user_id="U1", installed_at=time.time(), **given)


async def made(database: Database, *keys: str, api_url: str = "https://slack.example/api/") -> Installs:
    installs = Installs(lambda: database, keys or (NEW,), "111.222", "client secret", api_url)
    await installs.check()
    return installs


async def everything(database: Database) -> str:
    async with database.read() as connection:
        return str((await connection.execute(text("SELECT * FROM slack_bots"))).all())


class World:
    """Two workspaces, a browser, the adapter with its installations."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.hooks, self.told = noted()
        self.tern, self.kite = (
            Team(installed=False),
            Team("T0KITE", "xoxb-kite", {"C0KITE": Channel()}, installed=False),
        )
        self.rig = SlackRig(self.tern, self.kite, teams=None)

    async def start(self) -> None:
        await self.rig.slack.server.start_server()
        self.installs = Installs(lambda: self.database, (NEW,), "111.222", "client secret", self.rig.slack.api_url)
        self.rig.given = {
            "teams": self.installs,
            "hooks": self.hooks,
            "front": Front(self.installs, self.hooks, BASE),
        }
        self.commands = Answering()
        await self.rig.start(self.commands)
        self.rig.web.base_url = BASE

    async def install(self, team: Team, code: str = "good") -> Any:
        """Go through the installation as a browser does."""
        self.rig.slack.codes[code] = team
        page = await self.rig.web.get("/slack/install")
        state = parse_qs(urlsplit(link(page.text)).query)["state"][0]
        return await self.rig.web.get("/slack/oauth_redirect", params={"code": code, "state": state})


def link(page: str) -> str:
    return page.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    one = World(database)
    await one.start()
    yield one
    await one.rig.stop()


async def test_without_a_key_nothing_is_installed(database: Database) -> None:
    chat = Slack(SlackSettings(signing_secret="s"), Installs(lambda: database, (), "111.222", "client secret"))
    commands = Answering()
    with pytest.raises(ClausewatchError, match="ENCRYPTION_KEYS"):
        await chat.start(commands.answer, commands.suggest)


async def test_a_token_at_rest_cannot_be_read(database: Database) -> None:
    installs = await made(database)
    await installs.keep(a_bot(bot_refresh_token="xoxe-secret", bot_token_expires_at=int(time.time()) + 90_000))
    kept = await everything(database)
    assert "xox" not in kept
    team = await installs.find("T0TERN")
    assert team is not None
    assert team.token == "xoxb-tern"
    assert "xoxb" not in repr(team)


async def test_a_new_key_takes_over_and_the_old_one_can_go(database: Database) -> None:
    await (await made(database, OLD)).keep(a_bot())
    assert (await (await made(database, NEW, OLD)).find("T0TERN")) is not None
    assert (await (await made(database, NEW)).find("T0TERN")) is not None


async def test_a_token_that_no_key_opens_counts_as_none(database: Database) -> None:
    await (await made(database, OLD)).keep(a_bot())
    assert await (await made(database, NEW)).find("T0TERN") is None


async def test_installing_again_leaves_one_token(database: Database) -> None:
    installs = await made(database)
    await installs.keep(a_bot(token="xoxb-first"))
    await installs.keep(a_bot(token="xoxb-second"))
    team = await installs.find("T0TERN")
    assert team is not None
    assert team.token == "xoxb-second"
    assert (await everything(database)).count("T0TERN") == 1


async def test_a_token_that_expires_soon_is_renewed(world: World) -> None:
    soon = int(time.time()) + 600
    await world.installs.keep(a_bot(token="xoxe.xoxb-old", bot_refresh_token="xoxe-1", bot_token_expires_at=soon))
    team = await world.installs.find("T0TERN")
    assert team is not None
    assert team.token == "xoxe.xoxb-new"
    (asked,) = world.rig.slack.sent("oauth.v2.access")
    assert (asked["grant_type"], asked["refresh_token"]) == ("refresh_token", "xoxe-1")


async def test_an_installation_ends_with_a_token_and_tells_who_installed(world: World) -> None:
    assert (await world.install(world.tern)).status_code == 200
    assert world.told == [("joined", "slack", "T0TERN", "U0ADA")]
    await world.rig.type("watch x")
    assert world.commands.asked[0].place == Place("slack", "T0TERN", "C0RULES")


async def test_the_page_says_what_is_asked_for_and_lets_nothing_in(world: World) -> None:
    page = await world.rig.web.get("/slack/install")
    assert "find its own message again after a crash" in page.text
    asked = parse_qs(urlsplit(link(page.text)).query)
    assert asked["redirect_uri"] == [f"{BASE}/slack/oauth_redirect"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize("wrong", ["no cookie", "another's cookie", "used twice", "made up", "missing"])
async def test_a_state_is_good_once_and_in_one_browser(world: World, wrong: str) -> None:
    world.rig.slack.codes["good"] = world.tern
    page = await world.rig.web.get("/slack/install")
    state = parse_qs(urlsplit(link(page.text)).query)["state"][0]
    if wrong == "used twice":
        await world.rig.web.get("/slack/oauth_redirect", params={"state": state, "error": "access_denied"})
    if wrong == "no cookie":
        world.rig.web.cookies.clear()
    if wrong == "another's cookie":
        world.rig.web.cookies.clear()
        world.rig.web.cookies.set(COOKIE, "somebody else's", domain="watch.example", path="/slack")
    given = {"made up": {"state": "made-up"}, "missing": {}}.get(wrong, {"state": state})
    answer = await world.rig.web.get("/slack/oauth_redirect", params={"code": "good", **given})
    assert answer.status_code == 400
    assert world.told == []


async def test_a_code_that_slack_does_not_know_installs_nothing(world: World) -> None:
    world.rig.slack.codes.clear()
    page = await world.rig.web.get("/slack/install")
    state = parse_qs(urlsplit(link(page.text)).query)["state"][0]
    answer = await world.rig.web.get("/slack/oauth_redirect", params={"code": "<script>", "state": state})
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert world.told == []


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}],
    ids=lambda one: one["type"],
)
async def test_a_workspace_that_leaves_takes_its_token_along_at_once(world: World, event: dict[str, Any]) -> None:
    await world.install(world.tern)
    await world.install(world.kite)
    await world.rig.event(event)
    assert world.told[-1][:3] == ("left", "slack", "T0TERN")
    assert "T0TERN" not in await everything(world.database)
    with pytest.raises(DeliveryError) as caught:
        await world.rig.chat.post(world.rig.place, said("Anyone?"), "1")
    assert caught.value.permanent
    assert await world.installs.find("T0KITE") is not None


async def test_we_leave_by_giving_the_token_back(world: World) -> None:
    await world.install(world.tern)
    await world.rig.chat.leave("T0TERN")
    assert world.rig.slack.sent("auth.revoke")
    assert await world.installs.find("T0TERN") is None


async def test_one_workspace_reaches_nothing_of_another(world: World) -> None:
    await world.install(world.tern)
    await world.install(world.kite)
    theirs = Place("slack", "T0TERN", "C0KITE")
    for attempt in (
        world.rig.chat.post(theirs, said("x"), "1"),
        world.rig.chat.edit(theirs, "1.1", said("x")),
        world.rig.chat.find(theirs, "1"),
    ):
        with pytest.raises(DeliveryError):
            await attempt
    assert world.kite.channels["C0KITE"].posts == []
    await world.rig.command("watches", team="T0KITE", channel="C0KITE")
    assert world.commands.asked[-1].place.workspace == "T0KITE"


def test_hooks_do_nothing_unless_told() -> None:
    assert Hooks().joined is Hooks().left


async def test_forgetting_a_workspace_takes_its_token_along_and_nobody_elses(database: Database) -> None:
    installs = await made(database)
    await installs.keep(a_bot())
    await installs.keep(a_bot("T0KITE", "xoxb-kite"))
    assert await forget_tokens(database, "slack:T0TERN") == 1
    assert await forget_tokens(database, "discord:T0KITE") == 0
    fresh = await made(database)
    assert await fresh.find("T0TERN") is None
    assert await fresh.find("T0KITE") is not None


async def test_where_no_slack_was_ever_installed_there_is_no_token_to_forget(database: Database) -> None:
    assert await forget_tokens(database, "slack:T0TERN") == 0


async def test_installed_workspaces_come_along_when_everything_is_moved(database: Database, tmp_path: Path) -> None:
    await (await made(database)).keep(a_bot())
    await database.close()
    target = f"sqlite:///{tmp_path / 'moved.db'}"
    assert (await move(f"sqlite:///{tmp_path / 'installs.db'}", target, TABLES))["slack_bots"] == 1
    moved = await open_database(target)
    installs = await made(moved)
    team = await installs.find("T0TERN")
    await installs.keep(a_bot("T0KITE", "xoxb-kite"))
    await moved.close()
    assert team is not None
    assert team.token == "xoxb-tern"
