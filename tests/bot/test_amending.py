"""Messages that are already out are amended: by acks, by mutes, and by what is taken back."""

from dataclasses import replace

from bot.chats.port import Place, Request
from tests.bot.conftest import HERE, World
from tests.bot.reading import whole


async def test_an_ack_names_who_was_first(watched: World) -> None:
    await watched.change()
    await watched.tell()
    ((receipt, _),) = watched.chat.posted[HERE].items()
    for person in ("U2", "U3"):
        reply = await watched.answer(Request(HERE, person, "ack", "", pressed=True, receipt=receipt))
        assert reply.replaces
        assert "✅ Acknowledged by U2" in whole(reply.message)
    elsewhere = Request(Place("fake", "T2", "C1"), "U9", "ack", "", pressed=True, receipt=receipt)
    assert "no longer known here" in whole((await watched.answer(elsewhere)).message)


async def test_not_relevant_is_shown_and_counted(watched: World) -> None:
    change = await watched.change()
    await watched.tell()
    pressed = Request(HERE, "U2", "notrelevant", change.id, pressed=True, receipt="r1")
    assert "Marked not relevant by U2" in whole((await watched.answer(pressed)).message)
    assert await watched.ledger.reports(change.seen_at) == ((change.id, 1),)


async def test_a_muted_platform_is_silent_until_the_mute_ends(watched: World) -> None:
    await watched.look()
    await watched.say("mute tern 7d")
    await watched.change()
    assert await watched.tell() == ()


async def test_a_ping_keeps_what_everybody_did_about_it(watched: World) -> None:
    change = await watched.change()
    await watched.tell()
    for person, action in (("U2", "notrelevant"), ("U3", "ack")):
        pressed = Request(HERE, person, action, change.id, pressed=True, receipt="r1")
        said = whole((await watched.answer(pressed)).message)
    assert "Marked not relevant by U2" in said
    assert "Acknowledged by U3" in said


async def test_a_ping_shows_who_muted_its_platform_and_no_longer_once_unmuted(watched: World) -> None:
    await watched.change()
    await watched.tell()
    pressed = Request(HERE, "U2", "mute", "tern", pressed=True, receipt="r1")
    muted = await watched.press(await watched.answer(pressed), "7 days", person="U3")
    assert muted.replaces
    assert "Muted by U3 until 30 Nov 2026" in (await watched.tell())[0]
    await watched.press(muted, "Unmute")
    assert "Muted" not in (await watched.tell())[0]


async def test_a_mute_cannot_be_shown_on_anothers_message(watched: World) -> None:
    await watched.change()
    await watched.tell()
    (ping,) = await watched.ledger.of_channel("fake:T1/C1")
    stranger = Request(Place("fake", "T2", "C1"), "U9", "mute", f"tern 7d @{ping.id}", pressed=True, receipt="r9")
    assert "No pings about Tern" in whole((await watched.answer(stranger)).message)
    assert "Muted" not in (await watched.tell())[0]


async def test_a_ping_is_amended_when_its_change_is_taken_back(watched: World) -> None:
    told = await watched.change()
    await watched.tell()
    back = replace(told.difference, reasons=("rolled back to an earlier version",))
    watched.clock.pass_by(days=1)
    await watched.change(text="# Privacy\n\nThe earlier words.\n", difference=back)
    first, second = await watched.tell()
    assert "Taken back since: on 24 Nov 2026 the earlier words were back." in first
    assert "Tern rolled back its Privacy Policy" in second
