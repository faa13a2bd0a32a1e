"""The fake and the console keep the chats' contract."""

import asyncio
from collections.abc import AsyncIterator
from io import StringIO

import pytest
from rich.console import Console as Terminal

from bot.chats.console.chat import HERE, Console
from bot.chats.port import Place, Request
from bot.compose.message import Style
from tests.bot.chats.contract import CASES, Answering, Case, named
from tests.bot.reading import buttons, spans, whole
from tests.fakes import FakeChat


class FakeRig:
    """The fake chat with a person at the other end."""

    def __init__(self) -> None:
        self.chat = FakeChat()
        self.place = Place("fake", "w", "c")
        self._private: list[str] = []

    async def start(self, commands: Answering) -> None:
        await self.chat.start(commands.answer, commands.suggest)

    async def type(self, line: str) -> None:
        command, _, words = line.partition(" ")
        await self._ask(Request(self.place, "p", command, words))

    async def press(self, label: str) -> None:
        receipt, message = list(self.chat.posted[self.place].items())[-1]
        button = buttons(message)[label]
        await self._ask(Request(self.place, "p", button.action, button.value, pressed=True, receipt=receipt))

    async def _ask(self, request: Request) -> None:
        reply = await self.chat.type(request)
        if reply.replaces:
            await self.chat.edit(self.place, request.receipt, reply.message)
        else:
            self._private.append(whole(reply.message))

    async def shown(self) -> str:
        return "\n".join((*map(whole, self.chat.in_place(self.place)), *self._private))

    async def called(self) -> tuple[str, ...]:
        every = [span for message in self.chat.in_place(self.place) for span in spans(message)]
        return tuple(span.text for span in every if span.style is Style.ROLE)


class ConsoleRig:
    """The console with a keyboard and a sheet of paper."""

    def __init__(self) -> None:
        self.paper = StringIO()
        self.keys: asyncio.Queue[str] = asyncio.Queue()
        self.chat = Console(Terminal(file=self.paper, width=100, highlight=False), self._lines())
        self.place = HERE

    async def start(self, commands: Answering) -> None:
        await self.chat.start(commands.answer, commands.suggest)

    async def _lines(self) -> AsyncIterator[str]:
        while True:
            yield await self.keys.get()
            self.keys.task_done()

    async def type(self, line: str) -> None:
        await self.keys.put(f"/{line}\n")
        await self.keys.join()

    async def press(self, label: str) -> None:
        at = self.paper.getvalue().rindex(f" {label} ")
        await self.type(self.paper.getvalue()[:at].split()[-1])

    async def shown(self) -> str:
        return " ".join(self.paper.getvalue().replace("▎", " ").replace("│", " ").split())

    async def called(self) -> tuple[str, ...]:
        return ("the terminal",) * ("\x1b" in self.paper.getvalue())


@pytest.mark.parametrize("case", CASES, ids=named)
@pytest.mark.parametrize("rig", [FakeRig, ConsoleRig])
async def test_the_contract_is_kept(case: Case, rig: type[FakeRig | ConsoleRig]) -> None:
    commands, made = Answering(), rig()
    await made.start(commands)
    await case(made, commands)
    await made.chat.stop()
