"""Discord keeps the chats' contract, and what Discord refuses says what to do next."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from bot.chats.discord.api import delivering, lacking
from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.discord.posting import nonce
from bot.chats.port import Place, Reply, Request
from bot.chats.verbs import VERBS
from bot.compose.message import Button, Buttons, Heading, Message, Quote, Span, Style, Text
from tests.bot.chats.contract import CASES, Answering, Case, named, said
from tests.bot.chats.discord_rig import DiscordRig, answered, words_of
from tests.bot.chats.slack_rig import noted
from tests.bot.chats.words import clause
from watchers.errors import DeliveryError

LONG = Message("Long.", (Quote((Span(clause(1, 12_000)),), "Added"), Buttons((Button("Ack", "ack", "c1"),))))


@pytest.fixture
def commands() -> Answering:
    return Answering()


@pytest.fixture
async def rig(commands: Answering) -> AsyncIterator[DiscordRig]:
    made = DiscordRig()
    await made.start(commands)
    yield made
    await made.stop()


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_the_contract_is_kept(case: Case, rig: DiscordRig, commands: Answering) -> None:
    await case(rig, commands)


async def test_options_are_typed_and_reach_the_commands_by_name(rig: DiscordRig, commands: Answering) -> None:
    elsewhere, role = rig.guild.create_text_channel("legal"), rig.guild.create_role("Counsel")
    await rig.ada.slash(rig.channel, "watch", platform="tern", provision="ai-training", channel=elsewhere, role=role)
    (asked,) = commands.asked
    assert asked == Request(
        Place("discord", str(rig.guild.id), str(elsewhere.id)),
        str(rig.ada.id),
        "watch",
        "tern ai-training",
        may_configure=True,
        admin=True,
        options={"platform": "tern", "provision": "ai-training", "role": str(role.id)},
    )


async def test_every_command_is_found_alone_and_under_the_one_that_holds_them_all(
    rig: DiscordRig, commands: Answering
) -> None:
    await rig.ada.slash(rig.channel, "clausewatch watches")
    assert commands.asked[0].command == "watches"
    alone = {command.name for command in rig.chat.client.tree.get_commands()}
    assert alone == {verb.name for verb in VERBS} | {"clausewatch", "Watch the linked page"}


@pytest.mark.parametrize(("text", "watched"), [("read <https://kite.example/terms>!", True), ("no link", False)])
async def test_the_page_that_a_message_links_to_can_be_watched(
    rig: DiscordRig, commands: Answering, text: str, watched: bool
) -> None:
    message = await rig.bob.send(rig.channel, text)
    result = await rig.ada.context_menu(rig.channel, "Watch the linked page", message)
    assert [(asked.command, asked.words) for asked in commands.asked] == (
        [("watch", "https://kite.example/terms")] if watched else []
    )
    assert ("Heard you." if watched else "links to no page") in words_of(answered(result))


async def test_values_are_suggested_while_people_type(rig: DiscordRig) -> None:
    choices = await rig.ada.autocomplete(rig.channel, "watch", "platform", "te")
    assert [choice["value"] for choice in choices] == ["tern", "kite-mail"]


async def test_who_may_not_manage_the_server_is_not_shown_what_configures_it(
    rig: DiscordRig, commands: Answering
) -> None:
    shown = rig.bob.available_commands(rig.channel)
    assert "watches" in shown
    assert "watch" not in shown
    await rig.bob.slash(rig.channel, "clausewatch watch", platform="tern")
    (asked,) = commands.asked
    assert (asked.may_configure, asked.admin) == (False, False)


async def test_rights_are_checked_again_when_a_button_is_pressed(rig: DiscordRig, commands: Answering) -> None:
    await rig.chat.post(rig.place, said("x", Button("Mute", "mute", "tern")), "1")
    await rig.bob.click(rig.last("Mute"), label="Mute")
    await rig.ada.click(rig.last("Mute"), label="Mute")
    assert [request.may_configure for request in commands.asked] == [False, True]


async def test_whom_the_server_gave_the_command_may_press_its_buttons_too(rig: DiscordRig, commands: Answering) -> None:
    (command,) = [one for one in await rig.chat.client.tree.fetch_commands() if one.name == "watch"]
    rig.guild.set_command_permissions(command, {rig.bob: True})
    await rig.chat.post(rig.place, said("x", Button("Mute", "mute", "tern")), "1")
    await rig.bob.click(rig.last("Mute"), label="Mute")
    await rig.bob.slash(rig.channel, "watch", platform="tern")
    assert [(request.may_configure, request.admin) for request in commands.asked] == [(True, False), (True, False)]


async def test_nothing_is_set_up_in_a_channel_where_the_asker_may_not_write(
    rig: DiscordRig, commands: Answering
) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    closed = rig.guild.create_text_channel("closed", overwrites={rig.guild.default_role: deny})
    result = await rig.ada.slash(rig.channel, "watch", platform="tern", channel=closed)
    assert commands.asked == []
    assert "may not write" in words_of(answered(result))


async def test_an_answer_is_for_the_asker_alone_unless_it_says_otherwise(rig: DiscordRig, commands: Answering) -> None:
    result = await rig.ada.slash(rig.channel, "watches")
    assert result.ephemeral
    commands.reply = Reply(said("For all."), private=False)
    await rig.ada.slash(rig.channel, "changes")
    assert "For all." in " ".join(words_of(message) for message in rig.channel.history(viewer=rig.bob))
    assert "Heard you." not in " ".join(words_of(message) for message in rig.channel.history(viewer=rig.bob))


async def test_a_button_on_an_answer_to_one_redraws_that_answer(rig: DiscordRig, commands: Answering) -> None:
    commands.reply = Reply(said("Watching.", Button("Undo", "undo", "w1")))
    await rig.type("watch tern")
    commands.reply = Reply(said("Undone."), replaces=True)
    await rig.press("Undo")
    assert "Undone." in await rig.shown()
    assert "Watching." not in await rig.shown()


async def test_buttons_survive_a_restart(rig: DiscordRig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, said("Look.", Button("Ack", "ack", "c1")), "8")
    await rig.restart()
    await rig.press("Ack")
    (asked,) = commands.asked
    assert (asked.command, asked.words, asked.receipt) == ("ack", "c1", receipt)


async def test_a_delivery_is_found_after_a_restart(rig: DiscordRig) -> None:
    receipt = await rig.chat.post(rig.place, LONG, "41")
    await rig.restart()
    assert await rig.chat.find(rig.place, "41") == receipt


async def test_half_a_delivery_is_taken_away_so_that_it_can_be_posted_whole(rig: DiscordRig) -> None:
    receipt = await rig.chat.post(rig.place, LONG, "41")
    await (
        rig.chat.client.get_partial_messageable(rig.channel.id)
        .get_partial_message(int(receipt.partition("#")[0].split(",")[-1]))
        .delete()
    )
    assert await rig.chat.find(rig.place, "41") is None
    assert await rig.shown() == ""


async def test_a_long_message_is_pressed_and_redrawn_as_one(rig: DiscordRig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, LONG, "5")
    assert receipt.count(",") >= 2
    commands.reply = Reply(said("Short now."), private=False, replaces=True)
    await rig.press("Ack")
    assert commands.asked[0].receipt == receipt
    assert (await rig.shown()).startswith("Short now.")
    assert len(rig.messages()) == 1


async def test_discord_is_told_to_post_each_part_once(rig: DiscordRig) -> None:
    await rig.chat.post(rig.place, LONG, "77")
    posted = [
        one.json or {} for one in rig.env.http_requests if one.method == "POST" and one.path.endswith("/messages")
    ]
    assert [(one["nonce"], one["enforce_nonce"]) for one in posted] == [("77", True), ("77.1", True), ("77.2", True)]
    assert all(one["allowed_mentions"]["parse"] == [] for one in posted)


@pytest.mark.parametrize("delivery", ["7", "a" * 24, "a" * 60])
def test_a_nonce_is_short_enough_and_its_own(delivery: str) -> None:
    made = [nonce(delivery, place) for place in range(4)]
    assert max(map(len, made)) <= 25
    assert len(set(made)) == 4


async def test_only_a_role_the_channel_named_is_called(rig: DiscordRig) -> None:
    role = rig.guild.create_role("Counsel", mentionable=True)
    words = Text((Span(f"<@&{role.id}> @everyone <@{rig.ada.id}>"),))
    message = Message("x", (Text((Span(str(role.id), Style.ROLE),)), Heading("x"), words))
    await rig.chat.post(rig.place, message, "1")
    assert await rig.called() == (str(role.id),)


REFUSALS = [
    (404, 10003, "permanent", "channel is gone"),
    (403, 50001, "permanent", "View Channel"),
    (403, 50013, "permanent", "Permissions"),
    (400, 50035, "permanent", "fault of Clausewatch"),
    (401, 0, "permanent", "token"),
    (500, 0, "again", "not available"),
    (503, 0, "again", "not available"),
]


@pytest.mark.parametrize(("status", "code", "means", "words"), REFUSALS)
async def test_an_error_says_what_to_do_next(rig: DiscordRig, status: int, code: int, means: str, words: str) -> None:
    rig.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=None)
    with pytest.raises(DeliveryError, match=words) as caught:
        await rig.chat.post(rig.place, said("Hello."), "1")
    assert caught.value.permanent is (means == "permanent")
    assert not caught.value.uncertain


@pytest.mark.parametrize(
    ("error", "uncertain", "wait"),
    [
        (discord.RateLimited(12.5), False, 12.5),
        (aiohttp.ServerDisconnectedError(), True, None),
        (TimeoutError(), True, None),
        (ConnectionResetError(), True, None),
    ],
)
def test_a_broken_line_leaves_it_uncertain_and_a_limit_says_how_long(
    error: Exception, uncertain: bool, wait: float | None
) -> None:
    with pytest.raises(DeliveryError) as caught, delivering():
        raise error
    assert (caught.value.uncertain, caught.value.retry_after, caught.value.permanent) == (uncertain, wait, False)


async def test_a_missing_right_is_named_before_it_is_needed(rig: DiscordRig) -> None:
    assert await rig.chat.lacks(rig.place) == ""
    deny = discord.PermissionOverwrite(embed_links=False, attach_files=False)
    closed = rig.guild.create_text_channel("bare", overwrites={rig.guild.default_role: deny})
    said = await rig.chat.lacks(Place("discord", str(rig.guild.id), str(closed.id)))
    assert "Embed Links and Attach Files" in said


def test_threads_have_a_right_of_their_own() -> None:
    granted = discord.Permissions.all()
    granted.send_messages_in_threads = False
    assert lacking(granted) == ""
    assert lacking(granted, thread=True) == "Send Messages"


@pytest.mark.parametrize("channel", ["", "C0RULES", "999999999999", "-1"])
async def test_a_place_that_is_none_is_refused_for_good(rig: DiscordRig, channel: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        await rig.chat.post(Place("discord", str(rig.guild.id), channel), said("x"), "1")
    assert caught.value.permanent


async def test_a_channel_of_another_server_is_refused(rig: DiscordRig) -> None:
    other = rig.env.create_guild()
    theirs = other.create_text_channel("theirs")
    place = Place("discord", str(rig.guild.id), str(theirs.id))
    for attempt in (
        rig.chat.post(place, said("x"), "1"),
        rig.chat.edit(place, "1", said("x")),
        rig.chat.find(place, "1"),
    ):
        with pytest.raises(DeliveryError, match="does not belong to this server"):
            await attempt
    assert theirs.history() == []


async def test_a_person_is_told_alone(rig: DiscordRig) -> None:
    await rig.chat.post(rig.place.beside(str(rig.ada.id)), said("Welcome."), "1")
    assert rig.messages() == []
    assert rig.env.backend.dm_channels.keys() == {rig.ada.id}


async def test_comings_and_goings_are_passed_on(commands: Answering) -> None:
    hooks, told = noted()
    rig = DiscordRig(hooks)
    await rig.start(commands)
    gone = rig.guild.create_text_channel("gone")
    await rig.chat.client.get_channel(gone.id).delete()  # type: ignore[union-attr]
    await rig.env.settle()
    rig.chat.client.dispatch("guild_join", rig.chat.client.get_guild(rig.guild.id))
    await rig.env.settle()
    assert told[1] == ("joined", "discord", str(rig.guild.id), str(rig.guild.owner.id))
    assert told[0] == ("gone", Place("discord", str(rig.guild.id), str(gone.id)), "The channel was deleted.")
    await rig.chat.client.get_guild(rig.guild.id).leave()  # type: ignore[union-attr]
    await rig.env.settle()
    assert ("left", "discord", str(rig.guild.id), "removed from the server") in told
    await rig.stop()


def test_the_content_of_messages_is_not_asked_for() -> None:
    intents = Discord(DiscordSettings(shards=1)).client.intents
    assert [name for name, on in intents if on] == ["guilds"]


async def test_a_person_sees_the_channels_of_a_server_that_they_may_view(rig: DiscordRig) -> None:
    hidden = rig.guild.create_text_channel(
        "deal", overwrites={rig.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    )
    seen = await rig.chat.seen_by(rig.place.workspace, str(rig.bob.id))
    assert str(rig.channel.id) in seen
    assert str(hidden.id) not in seen
    assert await rig.chat.seen_by(rig.place.workspace, "nobody") == frozenset()
    assert await rig.chat.seen_by("1", str(rig.bob.id)) == frozenset()
