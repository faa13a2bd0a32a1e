"""Slack's home and its form: opened, suggested in, sent off, answered."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlencode

from bot.chats.port import Place, Reply, Request
from bot.compose.message import Button, Buttons, Message
from tests.bot.chats.contract import Answering
from tests.bot.chats.limits import Json, texts
from tests.bot.chats.slack_rig import SlackRig


async def test_the_home_shows_what_the_commands_say_and_a_button_to_add_a_watch(rig: SlackRig) -> None:
    await rig.event({"type": "app_home_opened", "user": "U0ADA", "tab": "home", "channel": "D0APP"})
    assert texts(rig.slack.homes["U0ADA"]["blocks"]) == ["Add a watch", "Heard you."]


async def test_a_button_in_the_home_is_answered_in_a_window_and_the_home_is_redrawn(
    rig: SlackRig, commands: Answering
) -> None:
    button = {"type": "button", "action_id": "cw:unwatch:0", "value": "x", "block_id": "b"}
    view = {"id": "V0", "type": "home"}
    await rig.interact({"type": "block_actions", "view": view, "container": {"type": "view"}, "actions": [button]})
    assert [request.command for request in commands.asked] == ["unwatch", "home"]
    assert "Heard you." in texts(rig.slack.views[0]["blocks"])
    assert "U0ADA" in rig.slack.homes


async def test_the_form_opens_from_the_home_and_from_the_shortcut(rig: SlackRig) -> None:
    button = {"type": "button", "action_id": "cw:add-watch", "block_id": "b"}
    view = {"id": "V0", "type": "home"}
    await rig.interact({"type": "block_actions", "view": view, "container": {"type": "view"}, "actions": [button]})
    await rig.interact({"type": "shortcut", "callback_id": "add_watch"})
    assert [shown["callback_id"] for shown in rig.slack.views] == ["cw:watch-form", "cw:watch-form"]


def state(**chosen: str) -> Json:
    values: Json = {
        name: {"a": {"selected_option": {"value": value}}} for name, value in chosen.items() if name != "channel"
    }
    values["channel"] = {"cw:channel": {"selected_conversation": chosen.get("channel", "C0RULES")}}
    return {"values": values}


async def test_names_are_suggested_while_people_type_in_the_form(rig: SlackRig) -> None:
    view = {"id": "V1", "type": "modal", "state": state()}
    payload = {"type": "block_suggestion", "action_id": "cw:suggest:platform", "block_id": "platform", "value": "te"}
    answer = await rig.interact(payload | {"view": view})
    assert [one["value"] for one in answer.json()["options"]] == ["tern", "kite-mail"]


async def test_the_form_becomes_a_watch_and_shows_the_answer(rig: SlackRig, commands: Answering) -> None:
    commands.reply = Reply(Message("Watching.", (Buttons((Button("Undo", "undo", "w1"),)),)))
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "cw:watch-form",
        "state": state(platform="tern", document="terms"),
    }
    answer = await rig.interact({"type": "view_submission", "view": view})
    (asked,) = commands.asked
    assert (asked.command, asked.words, asked.place) == ("watch", "tern terms", Place("slack", "T0TERN", "C0RULES"))
    assert asked.options == {"platform": "tern", "document": "terms"}
    shown = answer.json()["view"]
    assert json.loads(shown["private_metadata"]) == {"channel": "C0RULES"}
    button = shown["blocks"][-1]["elements"][0] | {"block_id": "b"}
    window = {"id": "V1", "type": "modal", "private_metadata": shown["private_metadata"]}
    await rig.interact({"type": "block_actions", "view": window, "container": {"type": "view"}, "actions": [button]})
    assert commands.asked[1].place.channel == "C0RULES"


async def test_a_form_that_takes_long_is_acknowledged_first_and_answered_then() -> None:
    class Slow(Answering):
        go = asyncio.Event()

        async def answer(self, request: Request) -> Reply:
            await self.go.wait()
            return await super().answer(request)

    slow = Slow()
    rig = SlackRig(patience=0.01)
    await rig.start(slow)
    view = {"id": "V1", "type": "modal", "callback_id": "cw:watch-form", "state": state(platform="tern")}
    payload = {"type": "view_submission", "view": view, "team": {"id": rig.team.id}, "user": {"id": "U0ADA"}}
    answer = await rig.knock(urlencode({"payload": json.dumps(payload)}))
    assert "One moment" in str(answer.json()["view"]["blocks"])
    slow.go.set()
    await rig.slack.until(lambda: rig.slack.views)
    assert "Heard you." in texts(rig.slack.views[0]["blocks"])
    await rig.stop()
