"""Slack's manifest asks for what the program uses, names the commands it answers, and keeps Slack's limits."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.chats.slack.blocks import draw
from bot.chats.slack.manifest import EVENTS, SCOPES, as_yaml, manifest
from bot.chats.slack.oauth import ASKED
from bot.chats.verbs import VERBS
from bot.compose.message import Message, Span, Text
from tests.bot.chats.contract import Answering
from tests.bot.chats.limits import texts
from tests.bot.chats.slack_rig import SlackRig

ROOT = Path(__file__).resolve().parents[4]
NEEDED = {  # method or event: the scope that Slack's reference names for it
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_delete": "chat:write",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "conversations_info": "channels:read",
    "users_conversations": "channels:read",
    "conversations_history": "channels:history",
    "conversations_open": "im:write",
    **dict.fromkeys(("views_open", "views_update", "views_publish", "auth_test", "auth_revoke", "oauth_v2_access"), ""),
    "app_mention": "app_mentions:read",
    **dict.fromkeys(("app_home_opened", "app_uninstalled", "tokens_revoked"), ""),
    **dict.fromkeys(("channel_archive", "channel_deleted", "channel_left"), "channels:read"),
    **dict.fromkeys(("group_archive", "group_deleted", "group_left"), "groups:read"),
}
BESIDE = {"commands", "chat:write.public", "groups:history"}  # slash commands; the same methods in other channels
PAGES = {"changes", "versions", "documents", "privacy", "terms", "compare", "provisions", "platforms"}
CALL = re.compile(r"\b(?:chat|files|users|conversations|views|auth|oauth)_[A-Za-z0-9_]+")


def called() -> set[str]:
    """Return the methods of the Web API that the program calls."""
    trees = (ast.parse(path.read_text(encoding="utf8")) for path in (ROOT / "bot/chats/slack").glob("*.py"))
    names = {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return {name for name in names if CALL.fullmatch(name)}


def test_the_scopes_are_those_that_are_used() -> None:
    used = {NEEDED[name] for name in (*called(), *EVENTS)} - {""}
    assert set(SCOPES) == used | BESIDE
    assert set(ASKED) == set(SCOPES)


async def test_the_commands_are_those_that_are_answered() -> None:
    named = {row["command"] for row in manifest()["features"]["slash_commands"]}
    assert named == {f"/{verb.name}" for verb in VERBS if verb.name not in ("help", "mute")} | {"/clausewatch"}
    commands, rig = Answering(), SlackRig()
    await rig.start(commands)
    for command in sorted(named):
        await rig.type(f"{command[1:]} x")
    await rig.stop()
    assert len(commands.asked) == len(named)


def test_a_command_of_slacks_own_is_typed_under_ours() -> None:
    assert "/mute" not in {row["command"] for row in manifest()["features"]["slash_commands"]}
    (drawn,) = draw(Message("For a while: /mute x 7d", (Text((Span("For a while: /mute x 7d, then /unmute x."),)),)))
    assert drawn.text == "For a while: /clausewatch mute x 7d"
    assert texts(drawn.blocks) == ["For a while: /clausewatch mute x 7d, then /unmute x."]


TYPED = re.compile(r"(?<![\w./}>])/([a-z]{3,})(?![\w/.])")


def test_every_command_that_people_are_told_to_type_is_one() -> None:
    sources = [
        *(ROOT / "bot/compose").glob("*.py"),
        *(ROOT / "bot/commands").glob("*.py"),
        ROOT / "bot/telling/notify.py",
    ]
    texts = (
        node.value
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    told = {name for text in texts for name in TYPED.findall(text)} - PAGES
    assert told <= {verb.name for verb in VERBS} | {"clausewatch"}


@pytest.mark.parametrize("socket", [False, True])
def test_the_manifest_keeps_slacks_limits(socket: bool) -> None:
    made = manifest(socket=socket)
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    rows = made["features"]["slash_commands"]
    assert len(rows) <= 50
    assert all(re.fullmatch(r"/[a-z_-]{1,31}", row["command"]) for row in rows)
    assert all(len(row["description"]) <= 2000 and len(row.get("usage_hint", "")) <= 1000 for row in rows)
    assert all(len(one["description"]) <= 150 and len(one["name"]) <= 24 for one in made["features"]["shortcuts"])
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert ("request_url" in made["settings"]["interactivity"]) is not socket


@pytest.mark.parametrize(("name", "socket"), [("manifest.yaml", False), ("manifest.socket.yaml", True)])
def test_the_file_is_what_is_made(name: str, socket: bool) -> None:
    written = (ROOT / "slack" / name).read_text(encoding="utf8")
    assert written.partition("\n")[2] == as_yaml(manifest(socket=socket))


def test_what_is_written_is_read_back_the_same() -> None:
    assert read(as_yaml(manifest()).splitlines()) == manifest()


def read(lines: list[str]) -> Any:
    """Read the little YAML that a manifest is made of: nested maps, lists of maps or of words, quoted words."""
    if lines[0].lstrip().startswith("- "):
        return [
            read(part) if ": " in part[0] or part[0].endswith(":") else word(part[0].strip()) for part in items(lines)
        ]
    made: dict[str, Any] = {}
    depth = len(lines[0]) - len(lines[0].lstrip())
    starts = [at for at, line in enumerate(lines) if len(line) - len(line.lstrip()) == depth] + [len(lines)]
    for start, end in pairwise(starts):
        key, _, rest = lines[start].strip().partition(":")
        made[key] = word(rest.strip()) if rest else read(lines[start + 1 : end])
    return made


def items(lines: list[str]) -> list[list[str]]:
    depth = len(lines[0]) - len(lines[0].lstrip())
    starts = [at for at, line in enumerate(lines) if line[depth : depth + 2] == "- "] + [len(lines)]
    parts = [lines[start:end] for start, end in pairwise(starts)]
    return [[part[0].replace("- ", "  ", 1), *part[1:]] for part in parts]


def word(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text[1:-1].replace('\\"', '"').replace("\\\\", "\\"))
