"""Who may do what: every command and button of the registry, by every role, here, beside and in another workspace."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.chats.verbs import NAMED
from bot.commands.commands import SHARE, SHAREABLE, TABLE
from bot.commands.examples import ALIASES
from tests.bot.conftest import HERE, a_world
from tests.bot.rights import BESIDE, ELSEWHERE, SECRET, TRIED, Attempt, Came, Right, Stage, attempts, set_up

CHANNELS_OWN = (Right.CONFIGURE, Right.TAKE_PART)
BOT = Path(__file__).resolve().parent.parent.parent / "bot"


def named(one: Attempt) -> str:
    how, where = "pressed" if one.pressed else "typed", f"{one.place.workspace}-{one.place.channel}"
    return f"{one.command}-{how}-{one.role.name.replace(' ', '-')}-{where}-{'admins' if one.admins_only else 'open'}"


def test_no_command_was_forgotten() -> None:
    assert set(TRIED) == {*TABLE, SHARE}
    assert set(ALIASES.values()) <= set(TABLE)
    assert set(NAMED) <= set(TABLE)
    assert set(SHAREABLE) <= {name for name, tried in TRIED.items() if tried.right is Right.READ}


def test_what_the_chats_hide_is_what_takes_a_right() -> None:
    takes = {name for name, tried in TRIED.items() if tried.right is Right.CONFIGURE}
    assert {name for name, verb in NAMED.items() if verb.configures} == takes & set(NAMED)
    assert {name for name, command in TABLE.items() if command.configures} == takes - {"digest"}, "reading one is free"


def buttons() -> set[str]:
    """Return the action of every button that the code makes; a name instead of a word is looked up by hand."""
    found: set[str] = set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
                given = {key.arg: key.value for key in node.keywords}
                action = node.args[1] if len(node.args) > 1 else given.get("action")
                found.add(
                    str(action.value) if isinstance(action, ast.Constant) else ast.unparse(action) if action else ""
                )
    return found


def test_every_button_asks_a_command_of_the_table() -> None:
    unknown = buttons() - set(TABLE) - {""}
    looked_up = {"action", "SHARE", "name", "request.command"}  # each is a command of the table where it is made
    assert unknown <= looked_up, "a button leads to a command that is not in the matrix"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with AsyncExitStack() as closing:
        yield Stage(closing)


@pytest.mark.parametrize("command", TRIED)
async def test_here_everybody_may_do_what_the_table_says_and_no_more(stage: Stage, command: str) -> None:
    for one in attempts(command, HERE):
        came, said = await stage.play(one)
        assert came is one.expected, f"{named(one)}: {said}"


@pytest.mark.parametrize("command", TRIED)
async def test_from_another_workspace_nothing_is_changed_or_shown(stage: Stage, command: str) -> None:
    for one in attempts(command, ELSEWHERE):
        came, said = await stage.play(one)
        assert came is not Came.CHANGED, named(one)
        assert SECRET not in said.replace(TRIED[one.command].words, ""), named(one)
        assert "Intern" not in said, named(one)


@pytest.mark.parametrize("command", [name for name, tried in TRIED.items() if tried.right in CHANNELS_OWN])
async def test_from_another_channel_nothing_of_this_one_is_changed(command: str) -> None:
    async with a_world() as world:
        scene = await set_up(world)
        for one in attempts(command, BESIDE):
            before = await scene.of_channel("C1")
            await scene.attempt(one)
            assert await scene.of_channel("C1") == before, named(one)
