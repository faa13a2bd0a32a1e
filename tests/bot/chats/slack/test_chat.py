"""Slack keeps the chats' contract, and errors of its Web API say what to do next."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.chats.port import Place, Reply
from bot.chats.slack.chat import Slack, SlackSettings
from bot.chats.slack.team import Team
from bot.chats.slack.words import as_typed_here
from bot.compose.message import Button, Buttons, File, Message, Picture, Quote, Span
from tests.bot.chats.contract import CASES, PIXEL, Answering, Case, named, said
from tests.bot.chats.limits import texts
from tests.bot.chats.slack_rig import SlackRig
from tests.bot.chats.slack_stand_in import Channel, Fault
from tests.bot.chats.slack_stand_in import Team as Workspace
from tests.bot.chats.words import clause
from watchers.errors import ClausewatchError, DeliveryError


@pytest.fixture
def commands() -> Answering:
    return Answering()


@pytest.fixture
async def rig(commands: Answering) -> AsyncIterator[SlackRig]:
    made = SlackRig()
    await made.start(commands)
    yield made
    await made.stop()


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_the_contract_is_kept(case: Case, rig: SlackRig, commands: Answering) -> None:
    await case(rig, commands)


class OneKnown:
    """One workspace, known without asking."""

    async def find(self, workspace: str) -> Team | None:
        return Team(workspace, "xoxb-known")

    async def check(self) -> None:
        """There is nothing to check."""

    async def forget(self, workspace: str) -> None:
        """There is nothing to forget."""


REFUSALS = [
    (Fault("channel_not_found"), "permanent", "/invite"),
    (Fault("not_in_channel"), "permanent", "/invite"),
    (Fault("is_archived"), "permanent", "archived"),
    (Fault("restricted_action"), "permanent", "Posting permissions"),
    (Fault("invalid_auth"), "permanent", "Install Clausewatch"),
    (Fault("token_revoked"), "permanent", "Install Clausewatch"),
    (Fault("account_inactive"), "permanent", "Install Clausewatch"),
    (Fault("missing_scope", extra=(("needed", "chat:write.public"),)), "permanent", "chat:write.public"),
    (Fault("msg_blocks_too_long"), "permanent", "fault of Clausewatch"),
    (Fault("ratelimited", 429, (("Retry-After", "17"),)), "wait", ""),
    (Fault("service_unavailable", 503), "again", ""),
    (Fault("internal_error"), "uncertain", "may have arrived"),
    (Fault("fatal_error", 500), "uncertain", "may have arrived"),
    (Fault(cut=True), "uncertain", "may have arrived"),
]


@pytest.mark.parametrize(("fault", "means", "words"), REFUSALS, ids=lambda value: getattr(value, "error", ""))
async def test_an_error_says_what_to_do_next(rig: SlackRig, fault: Fault, means: str, words: str) -> None:
    rig.slack.fail("chat.postMessage", fault)
    with pytest.raises(DeliveryError) as caught:
        await rig.chat.post(rig.place, said("Hello."), "1")
    error = caught.value
    assert error.permanent is (means == "permanent")
    assert error.uncertain is (means == "uncertain")
    assert error.retry_after == (17.0 if means == "wait" else None)
    assert words in str(error)


async def test_nothing_is_sent_twice_when_the_line_is_cut(rig: SlackRig) -> None:
    rig.slack.fail("chat.postMessage", Fault(cut=True))
    with pytest.raises(DeliveryError):
        await rig.chat.post(rig.place, said("Once."), "77")
    assert len(rig.slack.sent("chat.postMessage")) == 1
    assert await rig.chat.find(rig.place, "77") == rig.team.channels["C0RULES"].posts[0]["ts"]


async def test_slack_that_cannot_be_reached_was_told_nothing(rig: SlackRig, commands: Answering) -> None:
    chat = Slack(SlackSettings(api_url="http://127.0.0.1:9/api/"), teams=OneKnown())
    await chat.start(commands.answer, commands.suggest)
    with pytest.raises(DeliveryError) as caught:
        await chat.post(rig.place, said("Hello."), "1")
    await chat.stop()
    assert not caught.value.uncertain
    assert not caught.value.permanent


async def test_where_the_channel_cannot_be_read_a_delivery_stays_uncertain(rig: SlackRig) -> None:
    rig.slack.fail("conversations.history", Fault("missing_scope", extra=(("needed", "channels:history"),)))
    with pytest.raises(DeliveryError) as caught:
        await rig.chat.find(rig.place, "1")
    assert caught.value.uncertain
    assert not caught.value.permanent


LONG = Message("Long.", (Quote((Span(clause()),), "Added"), Buttons((Button("Ack", "ack", "c1"),))))


async def test_a_long_message_is_one_delivery_in_several_messages(rig: SlackRig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, LONG, "5")
    assert receipt.count(",") == 2
    assert await rig.chat.find(rig.place, "5") == receipt
    await rig.press("Ack")
    assert commands.asked[0].receipt == receipt


async def test_a_long_message_is_redrawn_shorter_without_leaving_its_tail(rig: SlackRig) -> None:
    receipt = await rig.chat.post(rig.place, LONG, "5")
    await rig.chat.edit(rig.place, receipt, said("Short now."))
    assert await rig.shown() == "Short now."


async def test_half_a_delivery_is_taken_away_so_that_it_can_be_posted_whole(rig: SlackRig) -> None:
    await rig.chat.post(rig.place, LONG, "5")
    rig.team.channels["C0RULES"].posts.pop()
    assert await rig.chat.find(rig.place, "5") is None
    assert rig.team.channels["C0RULES"].posts == []


async def test_a_picture_is_uploaded_and_shown_with_its_words(rig: SlackRig) -> None:
    await rig.chat.post(rig.place, Message("x", (Picture(PIXEL, "A timeline.", "timeline.png"),)), "6")
    (post,) = rig.team.channels["C0RULES"].posts
    assert post["blocks"] == [{"type": "image", "slack_file": {"id": "F001"}, "alt_text": "A timeline."}]
    assert rig.slack.files == {"F001": PIXEL}


async def test_a_picture_that_slack_does_not_take_leaves_its_words(rig: SlackRig) -> None:
    rig.slack.fail("chat.postMessage", *[Fault("invalid_blocks")] * 3)
    await rig.chat.post(rig.place, Message("x", (Picture(PIXEL, "A timeline.", "timeline.png"),)), "6")
    (post,) = rig.team.channels["C0RULES"].posts
    assert post["blocks"][0]["type"] == "context"
    assert "A timeline." in await rig.shown()


async def test_a_picture_that_slack_is_still_taking_in_is_waited_for(rig: SlackRig) -> None:
    rig.slack.fail("chat.postMessage", Fault("invalid_blocks"))
    await rig.chat.post(rig.place, Message("x", (Picture(PIXEL, "A timeline.", "timeline.png"),)), "6")
    (post,) = rig.team.channels["C0RULES"].posts
    assert post["blocks"][0]["type"] == "image"


async def test_a_conversation_between_people_is_not_posted_to_and_that_is_said(rig: SlackRig) -> None:
    said = await rig.chat.lacks(Place("slack", rig.team.id, "D0THEM"))
    assert "Type the command in a channel instead." in said


async def test_the_files_of_a_private_answer_go_to_the_asker_alone(rig: SlackRig, commands: Answering) -> None:
    commands.reply = Reply(Message("Enclosed.", (File(b"all of it", "redline.md"),)))
    await rig.type("redline tern")
    (upload,) = rig.slack.sent("files.completeUploadExternal")
    assert upload["channel_id"] == "D0APP"
    assert list(rig.slack.files.values()) == [b"all of it"]


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("C0RULES", ""),
        ("C0SECRET", "/invite @Clausewatch"),
        ("C0NOWHERE", "/invite @Clausewatch"),
        ("C0OLD", "archived"),
    ],
)
async def test_what_is_missing_to_post_is_said_before_it_is_needed(rig: SlackRig, channel: str, words: str) -> None:
    rig.team.channels["C0OLD"] = Channel(archived=True)
    lacking = await rig.chat.lacks(Place("slack", rig.team.id, channel))
    assert words in lacking
    assert bool(lacking) is bool(words)


async def test_a_person_is_told_alone_and_the_message_can_be_redrawn(rig: SlackRig) -> None:
    alone = rig.place.beside("U0ADA")
    receipt = await rig.chat.post(alone, said("Welcome."), "1")
    await rig.chat.edit(alone, receipt, said("Welcome again."))
    assert await rig.shown() == ""
    assert [texts(post["blocks"]) for post in rig.team.channels["D0APP"].posts] == [["Welcome again."]]


async def test_another_workspace_is_refused_before_slack_is_asked(rig: SlackRig) -> None:
    asked = len(rig.slack.calls)
    with pytest.raises(DeliveryError) as caught:
        await rig.chat.post(Place("slack", "T0OTHER", "C0RULES"), said("Hello."), "1")
    assert caught.value.permanent
    assert len(rig.slack.calls) == asked


async def test_a_wrong_token_is_named_at_the_start() -> None:
    rig = SlackRig(Workspace(installed=False))
    with pytest.raises(ClausewatchError, match="Slack did not let us in"):
        await rig.start(Answering())
    await rig.slack.server.close()


async def test_a_person_sees_the_channels_they_are_in_page_by_page_and_none_when_slack_is_silent(rig: SlackRig) -> None:
    rig.team.members["U0ADA"] = ("C0RULES", "C0SECRET", "C0THIRD")
    assert await rig.chat.seen_by(rig.team.id, "U0ADA") == {"C0RULES", "C0SECRET", "C0THIRD"}
    assert await rig.chat.seen_by(rig.team.id, "U0BOB") == frozenset()
    rig.slack.faults["users.conversations"] = [Fault("missing_scope")]
    assert await rig.chat.seen_by(rig.team.id, "U0ADA") == frozenset()


def test_slacks_own_commands_stay_what_they_are_and_ours_are_typed_under_our_name() -> None:
    assert as_typed_here("Type `/invite @Clausewatch`, then /mute x") == (
        "Type `/invite @Clausewatch`, then /clausewatch mute x"
    )
