"""The terminal as a chat: what is typed, what is drawn, what cannot get through."""

from collections.abc import AsyncIterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console as Terminal

from bot.chats.console.chat import HERE, Console
from bot.chats.console.drawing import clean, draw
from bot.compose.message import Button, Facts, Message, Quote, Span, Table, Text
from bot.compose.ping import ping
from tests.bot.cast import BASE, NOW, news
from tests.bot.chats.contract import Answering, said


def paper(width: int = 100, **more: object) -> Terminal:
    return Terminal(file=StringIO(), width=width, highlight=False, **more)  # type: ignore[arg-type]


def printed(terminal: Terminal) -> str:
    assert isinstance(terminal.file, StringIO)
    return terminal.file.getvalue()


async def lines(*typed: str) -> AsyncIterator[str]:
    for line in typed:
        yield line


async def console(*typed: str) -> tuple[Answering, str]:
    commands, terminal = Answering(), paper()
    chat = Console(terminal, lines(*typed))
    await chat.post(HERE, said("One.", Button("Ack", "ack", "c1"), Button("Page", link="https://watch.example")), "1")
    await chat.post(HERE, said("Two.", Button("Ack", "ack", "c2")), "2")
    await chat.start(commands.answer, commands.suggest)
    await chat.closed.wait()
    return commands, printed(terminal)


@pytest.mark.parametrize(
    ("line", "command", "words"),
    [
        ("/watch tern privacy", "watch", "tern privacy"),
        ("watch  tern", "watch", "tern"),
        ("/HELP", "help", ""),
        ("1", "ack", "c1"),
        ("/ack 1", "ack", "c1"),
        ("/ack", "ack", "c2"),
        ("3", "ack", "c2"),
        ("/mute 1", "mute", "1"),
        ("99", "99", ""),
    ],
)
async def test_lines_are_understood(line: str, command: str, words: str) -> None:
    commands, _ = await console(line)
    assert [(asked.command, asked.words) for asked in commands.asked] == [(command, words)]


async def test_a_link_is_shown_when_pressed_and_asks_nothing() -> None:
    commands, seen = await console("2")
    assert commands.asked == []
    assert "https://watch.example" in seen


async def test_leaving_ends_the_reading() -> None:
    commands, _ = await console("", "quit", "watch tern")
    assert commands.asked == []


def test_without_colour_struck_and_inserted_words_are_marked() -> None:
    terminal = paper()
    terminal.print(draw(ping([news()], NOW, BASE), {}, colour=False))
    assert "for [-30-]{+90+} days" in printed(terminal)


@given(st.text())
def test_nothing_on_a_page_steers_the_terminal(text: str) -> None:
    assert not [letter for letter in clean(text) if ord(letter) < 32 and letter not in "\n\t"]
    assert not set(clean(text)) & set("\x1b\x9b\u202e\u2066")


@given(st.text(max_size=300), st.integers(20, 120))
def test_any_words_can_be_drawn_at_any_width(text: str, width: int) -> None:
    terminal = paper(width)
    blocks = (Text((Span(text),)), Facts(((text, text),)), Table((text,), ((text,),)), Quote((Span(text),), text))
    terminal.print(draw(Message(text, blocks), {}))


def test_words_in_square_brackets_are_words_and_no_markup() -> None:
    terminal = paper()
    terminal.print(draw(Message("", (Facts((("[/]", "[bold]"),)), Table(("[/0]",), (("[red]",),)))), {}))
    assert all(words in printed(terminal) for words in ("[/]", "[bold]", "[/0]", "[red]"))
