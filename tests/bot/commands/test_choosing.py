"""Choices as buttons: what to end, what to mute, what was meant; ids that fit into a button."""

import pytest

from bot.commands.choosing import numbered, numbers
from storage.audience.audience import Watch
from tests.bot.conftest import World
from tests.bot.reading import buttons, whole


@pytest.mark.parametrize(
    ("ids", "written"),
    [
        ((), ""),
        ((7,), "7"),
        ((12, 13, 14, 18), "12-14,18"),
        (tuple(range(1, 500)), "1-499"),
        (tuple(range(1, 500, 2)), ""),
    ],
)
def test_ids_are_written_short_or_not_at_all(ids: tuple[int, ...], written: str) -> None:
    assert numbered([Watch(id, "c") for id in ids]) == written
    assert not written or tuple(numbers(written)) == ids


@pytest.mark.parametrize("hostile", ["", "x", "-", "5-", "9-5", "1-99999999999", "drop table"])
def test_ids_that_nobody_wrote_do_no_harm(hostile: str) -> None:
    assert len(list(numbers(hostile))) <= 1000


async def test_what_is_to_end_is_chosen_by_a_button(world: World) -> None:
    for line in ("watch tern privacy", "watch tern ai-training", "watch kite"):
        await world.say(line)
    listed = await world.ask("watches")
    asked = await world.press(listed, "Unwatch…")
    assert list(buttons(asked.message)) == ["Tern Privacy Policy", "AI training on Tern", "Kite Mail"]
    ended = await world.press(asked, "AI training on Tern")
    assert "Nothing more about AI training on Tern will be posted here." in whole(ended.message)
    assert "Tern | Privacy Policy | any change" in await world.say("watches")
    assert "not watched here any more" in whole((await world.press(asked, "AI training on Tern")).message)


async def test_watches_of_one_platform_that_differ_are_told_apart(world: World) -> None:
    await world.say("watch tern privacy")
    await world.say("watch tern ai-training")
    said = await world.say("watches")
    assert "Tern | Privacy Policy | any change" in said
    assert "Tern | all (2) | AI training" in said


async def test_what_is_to_be_muted_is_chosen_by_a_button(world: World) -> None:
    await world.say("watch tern")
    asked = await world.press(await world.ask("watches"), "Mute…")
    how_long = await world.press(asked, "Tern")
    assert "until 24 Nov 2026" in whole((await world.press(how_long, "1 day")).message)


@pytest.mark.parametrize(
    ("line", "label", "said"),
    [
        ("watch tren privacy", "Tern", "Tern Privacy Policy is now watched here."),
        ("watch tern ai-traning", "ai-training", "AI training on Tern is now watched here."),
        ("changes tren", "Tern", "No change of Tern has been seen yet."),
        ("wotch tern", "/watch tern", "Tern is now watched here."),
    ],
)
async def test_the_nearest_name_is_a_button_away(world: World, line: str, label: str, said: str) -> None:
    assert said in whole((await world.press(await world.ask(line), label)).message)


async def test_many_watches_at_once_are_undone_whole(world: World) -> None:
    done = await world.ask("watch tern kite privacy terms ai-training class-waiver arbitration data-sale indemnity")
    gone = await world.press(done, "Undo")
    assert "Nothing more about" in whole(gone.message)
    assert "Nothing is watched here yet." in await world.say("watches")
