"""Who may do what with a command: configuring, administrators, other workspaces, rights in the chat, plans."""

from dataclasses import replace

import pytest

from bot.chats.port import Place, Request
from tests.bot.conftest import World
from tests.bot.reading import buttons, whole
from tests.fakes import FakeChat

ELSEWHERE = Place("fake", "T2", "C1")


@pytest.mark.parametrize(
    "line", ["watch tern", "unwatch tern", "mute tern 7d", "digest off", "undo watch 1", "testpost"]
)
async def test_only_those_who_may_configure_do(world: World, line: str) -> None:
    assert "Only people who may configure this" in await world.say(line, may_configure=False)


async def test_a_workspace_can_leave_configuring_to_its_administrators(world: World) -> None:
    assert "Only administrators of the workspace" in await world.say("settings admins")
    assert "only administrators may configure" in await world.say("settings admins", admin=True)
    assert "Only people who may configure this" in await world.say("watch tern")
    assert "is now watched here" in await world.say("watch tern", admin=True)
    assert "is now watched here" in await world.say("watch tern", ELSEWHERE)


async def test_one_workspace_never_sees_or_changes_anothers(world: World) -> None:
    done = await world.ask("watch tern")
    assert "Nothing is watched here yet." in await world.say("watches", ELSEWHERE)
    undo = buttons(done.message)["Undo"]
    stolen = await world.answer(Request(ELSEWHERE, "U9", "undo", undo.value, pressed=True))
    assert "not watched here any more" in whole(stolen.message)
    assert "1 watch" in await world.say("watches")


async def test_a_change_of_anothers_page_is_not_shown(world: World) -> None:
    change = await world.change()
    document = await world.archive.document(change.document)
    assert document
    own = replace(document, id="tern/own", owner="fake:T1")
    await world.archive.add_document(own)
    secret = await world.change(own, "Secret words.\n")
    assert "Redline: " in await world.say(f"redline {secret.id}")
    assert "Redline: " not in await world.say(f"redline {secret.id}", ELSEWHERE)
    assert "2 changes of Tern" in await world.say("changes tern")
    assert "1 change of Tern" in await world.say("changes tern", ELSEWHERE)


async def test_a_right_that_is_missing_is_said_when_a_watch_is_added(world: World) -> None:
    class Careful(FakeChat):
        async def lacks(self, place: Place) -> str:
            return "invite me with /invite @clausewatch"

    world.chat = Careful()
    assert "Nothing can be posted there yet: invite me with /invite" in await world.say("watch tern")


async def test_a_small_plan_refuses_with_who_can_change_it(world: World) -> None:
    await world.say("plan")
    await world.audience.set_plan("fake:T1", "free", pings=False)
    assert "You get: the digest only" in await world.say("watch tern")
    said = await world.say("watch kite")
    assert "The Free plan watches 1 platform, and one is watched here." in said
    assert "clausewatch plan set fake:T1 watcher" in said
    assert "The Free plan watches whole documents" in await world.say("watch tern ai-training")
    assert "The Free plan watches whole documents" in await world.say("timeline tern")
    assert "Nothing about AI training was found" in await world.say("compare ai-training")
    assert "is watched here already" in await world.say("watch tern")


async def test_an_administrator_has_doubtful_changes_pinged_too(world: World) -> None:
    assert "Only administrators of the workspace" in await world.say("settings pings all")
    assert "only possibly substantive too" in await world.say("settings pings all", admin=True)
    assert "doubtful ones too" in await world.say("settings")
    assert "the digest has the others" in await world.say("settings pings sure", admin=True)
    assert "of sure changes only" in await world.say("settings")
