"""What every chat must do: the cases the console, the fake, Slack and Discord all go through.

A chat's own test makes a `Rig` (the chat, and a way to see and to press as a person would) and lists CASES.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.chats.port import Chat, Place, Reply, Request
from bot.compose.message import Button, Buttons, File, Message, Picture, Quote, Span, Style, Text
from bot.compose.news import Deed, Mark
from bot.compose.ping import ping
from tests.bot.cast import ADDED, BASE, NOW, PRIVACY, news

HOSTILE = (
    "<!channel> <@U123> @everyone @here <@&1> [click](https://evil.example) **bold** ~~gone~~ `code` ||hush|| "
    "<https://evil.example|safe> > quoted # heading \u202ereversed\u202c \x1b[31mred"
)


class Rig(Protocol):
    """A chat as a test holds it: started with `answer`, with a person at the other end."""

    @property
    def chat(self) -> Chat:
        """Return the chat."""

    @property
    def place(self) -> Place:
        """Return where the person is."""

    async def type(self, line: str) -> None:
        """Type a command as a person ("watch tern privacy")."""

    async def press(self, label: str) -> None:
        """Press the latest button of that label."""

    async def shown(self) -> str:
        """Return all the words a person sees now, oldest first, with what was struck and inserted left as words."""

    async def called(self) -> tuple[str, ...]:
        """Return who or what was called (mentioned so that it pings) by anything posted."""


@dataclass
class Answering:
    """The commands' stand-in: keeps what was asked and answers as told."""

    asked: list[Request] = field(default_factory=list)
    reply: Reply = field(default_factory=lambda: Reply(said("Heard you.")))

    async def answer(self, request: Request) -> Reply:
        """Keep the request."""
        self.asked.append(request)
        return self.reply

    async def suggest(self, request: Request, option: str, typed: str) -> tuple[str, ...]:
        """Suggest two names."""
        return ("tern", "kite-mail")


def said(text: str, *buttons: Button) -> Message:
    """Make a small message."""
    return Message(text, (Text((Span(text),)), *([Buttons(buttons)] if buttons else [])))


Case = Callable[[Rig, Answering], Awaitable[None]]


async def a_typed_command_reaches_the_commands(rig: Rig, commands: Answering) -> None:
    await rig.type("watch tern privacy")
    (asked,) = commands.asked
    assert asked.command in {"watch", "clausewatch"}
    assert asked.words.removeprefix("watch ") == "tern privacy" or asked.options.get("platform") == "tern"
    assert asked.place == rig.place
    assert asked.person
    assert not asked.pressed


async def the_answer_is_seen(rig: Rig, commands: Answering) -> None:
    await rig.type("watches")
    assert "Heard you." in await rig.shown()


async def a_posted_message_is_seen_and_has_a_receipt(rig: Rig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, ping([news()], NOW, BASE), "7")
    assert receipt
    seen = await rig.shown()
    for words in ("Tern changed its Privacy Policy", "We never sell your data.", "in 8 days", "90"):
        assert words in seen


async def a_delivery_is_found_again(rig: Rig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, said("Once."), "41")
    assert await rig.chat.find(rig.place, "41") == receipt
    assert await rig.chat.find(rig.place, "42") is None


async def a_button_brings_its_verb_its_value_and_its_message(rig: Rig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, said("Look.", Button("Ack", "ack", "c1")), "8")
    await rig.press("Ack")
    (asked,) = commands.asked
    assert (asked.command, asked.words, asked.pressed, asked.receipt) == ("ack", "c1", True, receipt)
    assert asked.place == rig.place


async def an_answer_that_replaces_redraws_the_message(rig: Rig, commands: Answering) -> None:
    await rig.chat.post(rig.place, ping([news()], NOW, BASE), "9")
    marked = replace(news(), marks=(Mark(Deed.NOT_RELEVANT, "1", NOW),))
    commands.reply = Reply(ping([marked], NOW, BASE), private=False, replaces=True)
    await rig.press("Not relevant")
    assert "Marked not relevant by" in await rig.shown()


async def an_edit_redraws_a_message(rig: Rig, commands: Answering) -> None:
    receipt = await rig.chat.post(rig.place, said("Before."), "10")
    await rig.chat.edit(rig.place, receipt, said("After."))
    assert "After." in await rig.shown()


async def words_of_a_page_call_nobody(rig: Rig, commands: Answering) -> None:
    hostile = replace(news(1, PRIVACY, replace(ADDED, after=HOSTILE, path=(HOSTILE,))))
    hostile = replace(hostile, change=replace(hostile.change, headline=f"Tern: {HOSTILE}"))
    await rig.chat.post(rig.place, ping([hostile], NOW, BASE), "11")
    assert await rig.called() == ()
    assert "everyone" in await rig.shown()


async def a_long_quote_is_shown_whole(rig: Rig, commands: Answering) -> None:
    words = [f"word{number}" for number in range(900)]
    clauses = " ".join(f"{word}." if not number % 9 else word for number, word in enumerate(words))
    await rig.chat.post(rig.place, Message("Long.", (Quote((Span(clauses, Style.INSERTED),), "Added"),)), "12")
    seen = await rig.shown()
    assert not [word for word in words if word not in seen]


async def files_and_pictures_say_what_they_are(rig: Rig, commands: Answering) -> None:
    picture = Picture(PIXEL, "A timeline of four changes.", "timeline.png")
    await rig.chat.post(rig.place, Message("Enclosed.", (picture, File(b"All of it.", "redline.txt"))), "13")
    seen = await rig.shown()
    assert "A timeline of four changes." in seen
    assert "redline.txt" in seen


CASES: tuple[Case, ...] = (
    a_typed_command_reaches_the_commands,
    the_answer_is_seen,
    a_posted_message_is_seen_and_has_a_receipt,
    a_delivery_is_found_again,
    a_button_brings_its_verb_its_value_and_its_message,
    an_answer_that_replaces_redraws_the_message,
    an_edit_redraws_a_message,
    words_of_a_page_call_nobody,
    a_long_quote_is_shown_whole,
    files_and_pictures_say_what_they_are,
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def named(case: Case) -> str:
    """Name a case for pytest."""
    return case.__name__
