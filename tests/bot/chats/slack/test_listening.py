"""What people do in Slack becomes requests: commands, buttons, forms, mentions, the Home, comings and goings."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.chats.port import Place, Reply, Request
from bot.chats.slack.listening import understood
from bot.compose.message import Button
from tests.bot.chats.contract import Answering, said
from tests.bot.chats.limits import Json
from tests.bot.chats.slack_rig import SECRET, SlackRig, noted
from tests.bot.chats.slack_stand_in import Team


@pytest.mark.parametrize(
    ("command", "text", "read"),
    [
        ("/watch", "x privacy", ("watch", "x privacy")),
        ("/watch", "", ("help", "")),
        ("/watch", "help", ("watch", "help")),
        ("/clausewatch", "help watch", ("help", "watch")),
        ("/clausewatch", "watch x", ("watch", "x")),
        ("/clausewatch", "Changes", ("changes", "")),
        ("/clausewatch", "", ("help", "")),
        ("/watch", "<https://x.example/a?b&amp;c|x.example>", ("watch", "https://x.example/a?b&c")),
        ("/ask", "x can they &lt;sell&gt; it?", ("ask", "x can they <sell> it?")),
        ("/compare", "ai-training x linkedin", ("compare", "ai-training x linkedin")),
    ],
)
def test_a_command_is_read(command: str, text: str, read: tuple[str, str]) -> None:
    assert understood(command, text) == read


@pytest.mark.parametrize(
    ("secret", "later", "status"),
    [
        (SECRET, 0, 200),
        ("somebody else's", 0, 401),
        (SECRET, -301, 401),
        (SECRET, 600, 401),
    ],
)
async def test_only_a_fresh_request_signed_by_slack_is_let_in(
    rig: SlackRig, commands: Answering, secret: str, later: int, status: int
) -> None:
    body = "command=%2Fwatches&team_id=T0TERN&channel_id=C0RULES&user_id=U0ADA&response_url="
    answer = await rig.send(body, secret=secret, at=time.time() + later)
    assert answer.status_code == status
    assert bool(commands.asked) is (status == 200)


@pytest.mark.parametrize("stamp", ["", "now", "-5", "٣", "1e9"])
async def test_a_stamp_that_is_no_time_is_turned_away(rig: SlackRig, stamp: str) -> None:
    headers = {b"X-Slack-Request-Timestamp": stamp.encode(), b"X-Slack-Signature": b"v0=\xff"}
    assert (await rig.web.post("/slack/events", content=b"\xff\xfe", headers=headers)).status_code == 401


async def test_the_same_request_twice_is_done_once(rig: SlackRig, commands: Answering) -> None:
    body, at = rig.typed("watches"), time.time()
    assert [(await rig.send(body, at=at)).status_code for _ in range(2)] == [200, 200]
    assert len(commands.asked) == 1


async def test_a_body_without_end_is_not_read_to_its_end(rig: SlackRig) -> None:
    assert (await rig.send("x" * 2_000_001)).status_code == 413


async def test_an_answer_is_for_the_asker_alone_unless_it_says_otherwise(rig: SlackRig, commands: Answering) -> None:
    await rig.type("watches")
    commands.reply = Reply(said("For all."), private=False)
    await rig.type("changes")
    assert [one["response_type"] for one in rig.said()] == ["ephemeral", "in_channel"]


async def test_a_command_is_acknowledged_before_it_is_answered(rig: SlackRig, commands: Answering) -> None:
    let_go = asyncio.Event()

    async def slow(request: Request) -> Reply:
        await let_go.wait()
        return Reply(said("At last."))

    rig.chat._ears.hear(slow, commands.suggest)
    assert (await rig.knock(rig.typed("watches"))).status_code == 200
    assert await rig.shown() == ""
    let_go.set()
    await rig.slack.until(lambda: rig.said())
    assert await rig.shown() == "At last."


async def test_a_command_that_breaks_is_admitted_and_nothing_of_it_is_shown(rig: SlackRig) -> None:
    async def broken(request: Request) -> Reply:
        raise RuntimeError("secret token xoxb-1")

    rig.chat._ears.hear(broken, _none)
    await rig.type("watches")
    assert "Something went wrong" in await rig.shown()
    assert "xoxb" not in await rig.shown()


async def _none(request: Request, option: str, typed: str) -> tuple[str, ...]:
    return ()


async def test_a_press_on_a_message_only_the_asker_sees_redraws_that_one(rig: SlackRig, commands: Answering) -> None:
    commands.reply = Reply(said("Undone."), replaces=True)
    button = {"type": "button", "action_id": "cw:undo:0", "value": "w1", "block_id": "b"}
    container = {"type": "message", "message_ts": "1.2", "is_ephemeral": True}
    await rig.interact(
        {"type": "block_actions", "container": container, "channel": {"id": "C0RULES"}, "actions": [button]}
    )
    (answer,) = rig.said()
    assert answer["replace_original"] is True
    assert (commands.asked[0].command, commands.asked[0].words) == ("undo", "w1")


async def test_a_link_button_asks_nothing(rig: SlackRig, commands: Answering) -> None:
    await rig.chat.post(rig.place, said("x", Button("Page", link="https://x.example")), "1")
    await rig.press("Page")
    assert commands.asked == []


@pytest.mark.parametrize(("person", "admin"), [("U0ADA", True), ("U0BOB", False)])
async def test_slack_is_asked_once_who_is_an_admin(
    rig: SlackRig, commands: Answering, person: str, admin: bool
) -> None:
    for _ in range(2):
        await rig.command("watch x", person=person)
    assert [request.admin for request in commands.asked] == [admin, admin]
    assert len(rig.slack.sent("users.info")) == 1


async def test_who_only_reads_is_not_looked_up(rig: SlackRig) -> None:
    await rig.type("changes")
    assert rig.slack.sent("users.info") == []


async def test_a_guest_of_another_workspace_may_not_configure(rig: SlackRig, commands: Answering) -> None:
    await rig.chat.post(rig.place, said("x", Button("Mute", "mute", "x")), "1")
    await rig.press("Mute", home="T0OTHER")
    (asked,) = commands.asked
    assert (asked.may_configure, asked.admin) == (False, False)


async def test_a_workspace_that_is_not_ours_gets_no_answer(rig: SlackRig, commands: Answering) -> None:
    await rig.command("watch x", team="T0OTHER")
    assert commands.asked == []


async def test_an_event_that_slack_says_twice_is_answered_once(rig: SlackRig, commands: Answering) -> None:
    event = {"type": "app_mention", "channel": "C0RULES", "user": "U0ADA", "text": "<@U0CLAUSE> plan", "ts": "1"}
    for _ in range(2):
        assert (await rig.event(event, id="Ev7")).status_code == 200
    assert len(commands.asked) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see <https://kite.example/terms?a=1&amp;b=2|the terms>!", "https://kite.example/terms?a=1&b=2"),
        ("https://kite.example/terms", "https://kite.example/terms"),
        ("<@U0BOB> no link here", ""),
    ],
)
async def test_the_page_that_a_message_links_to_can_be_watched(
    rig: SlackRig, commands: Answering, text: str, words: str
) -> None:
    payload = {"type": "message_action", "callback_id": "watch_link", "message": {"text": text, "ts": "1"}}
    await rig.interact(payload | {"channel": {"id": "C0RULES"}})
    assert [(asked.command, asked.words) for asked in commands.asked] == ([("watch", words)] if words else [])
    assert ("Heard you." if words else "links to no page") in await rig.shown()


async def test_a_mention_is_answered_like_a_command(rig: SlackRig, commands: Answering) -> None:
    event = {
        "type": "app_mention",
        "channel": "C0RULES",
        "user": "U0ADA",
        "text": "<@U0CLAUSE> watch x &amp; y",
        "ts": "1",
    }
    await rig.event(event)
    assert (commands.asked[0].command, commands.asked[0].words) == ("watch", "x & y")
    assert await rig.shown() == "Heard you."


@pytest.mark.parametrize("home", [{"user_team": "T0GUEST"}, {"team": "T0GUEST"}, {"team": "T0TERN"}, {}])
async def test_a_guest_of_a_shared_channel_cannot_configure_by_a_mention(
    rig: SlackRig, commands: Answering, home: dict[str, str]
) -> None:
    event = {"type": "app_mention", "channel": "C0RULES", "user": "U0GUEST", "text": "<@U0CLAUSE> watch x", "ts": "1"}
    await rig.event(event | home)
    (asked,) = commands.asked
    assert asked.may_configure is ("T0GUEST" not in home.values())


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"type": "app_uninstalled"}, ("left", "slack", "T0TERN", "app uninstalled")),
        ({"type": "tokens_revoked", "tokens": {"bot": ["U0CLAUSE"]}}, ("left", "slack", "T0TERN", "tokens revoked")),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"]}}, None),
        (
            {"type": "channel_archive", "channel": "C0RULES", "user": "U0ADA"},
            ("gone", Place("slack", "T0TERN", "C0RULES"), "The channel was archived."),
        ),
        (
            {"type": "channel_deleted", "channel": "C0RULES"},
            ("gone", Place("slack", "T0TERN", "C0RULES"), "The channel was deleted."),
        ),
    ],
)
async def test_comings_and_goings_are_passed_on(commands: Answering, event: Json, told: tuple[str, ...] | None) -> None:
    hooks, noticed = noted()
    rig = SlackRig(hooks=hooks)
    await rig.start(commands)
    await rig.event(event)
    assert noticed == ([told] if told else [])
    await rig.stop()


async def test_socket_mode_carries_a_command_and_its_acknowledgement(commands: Answering) -> None:
    rig = SlackRig(Team(), app_token="xapp-1-tern")
    await rig.start(commands)
    await rig.slack.until(lambda: rig.slack.sockets)
    payload = {
        "command": "/watches",
        "text": "",
        "team_id": "T0TERN",
        "channel_id": "C0RULES",
        "user_id": "U0ADA",
        "response_url": rig.slack.response_url("socket"),
    }
    await rig.slack.sockets[0].send_json({"type": "slash_commands", "envelope_id": "e1", "payload": payload})
    await rig.slack.until(lambda: rig.slack.acks and rig.slack.responses["socket"])
    assert rig.slack.acks[0]["envelope_id"] == "e1"
    assert [request.command for request in commands.asked] == ["watches"]
    await rig.stop()
