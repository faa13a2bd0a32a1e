"""The terminal as a chat: commands are typed, pings and digests are drawn, buttons are pressed by their number.

It knows one workspace and one channel, keeps nothing between runs, and understands no command itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass

from rich.console import Console as Terminal
from rich.text import Text as Words

from bot.chats.console.drawing import WIDEST, draw, drawn
from bot.chats.port import Answer, Place, Reply, Request, Suggest
from bot.compose.message import Button, Buttons, Message

WORKSPACE = "local"
CHANNEL = "terminal"
PERSON = "you"
LEAVING = frozenset({"quit", "exit", "/quit", "/exit"})
HERE = Place("console", WORKSPACE, CHANNEL)


@dataclass(frozen=True, slots=True)
class Offered:
    """A button that is on the screen, and the message it hangs on."""

    button: Button
    receipt: str


class Console:
    """A chat of one person, in a terminal."""

    name = "console"

    def __init__(self, terminal: Terminal | None = None, lines: AsyncIterator[str] | None = None) -> None:
        self.closed = asyncio.Event()  # set when nothing more can be typed
        self.left = asyncio.Event()  # set when the person has said so
        self._terminal = terminal or Terminal(width=min(WIDEST, Terminal().width), highlight=False)
        self._lines = lines
        self._offered: dict[int, Offered] = {}
        self._posted: dict[str, Message] = {}
        self._receipts: dict[str, str] = {}
        self._reading: asyncio.Task[None] | None = None

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Begin to read what is typed."""
        self._reading = asyncio.create_task(self._read(answer))

    def say(self, words: str) -> None:
        """Print a line of our own, outside of any message."""
        self._terminal.print(words, markup=False)
        self._terminal.print()

    async def reach(self) -> None:
        """Write without reading."""

    async def stop(self) -> None:
        """Stop reading."""
        if self._reading:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Draw a message and return its receipt."""
        receipt = f"line-{len(self._posted) + 1}"
        self._posted[receipt] = message
        self._receipts[delivery] = receipt
        self._draw(message, receipt)
        return receipt

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Draw what is new about a message; what scrolled by cannot be redrawn."""
        before = self._posted.get(receipt)
        self._posted[receipt] = message
        known = set(before.blocks) if before else set()
        numbers = self._numbered(message, receipt)
        for block in message.blocks:
            if block not in known and not isinstance(block, Buttons):
                self._terminal.print(drawn(block, numbers, self._colour))
        self._terminal.print()

    async def find(self, place: Place, delivery: str) -> str | None:
        """Return the receipt of what was drawn since the program started."""
        return self._receipts.get(delivery)

    async def _read(self, answer: Answer) -> None:
        async for line in self._lines or typed():
            if line.strip().casefold() in LEAVING:
                self.left.set()
                break
            if request := self._understood(line.strip()):
                await self._show(await answer(request), request)
        self.closed.set()

    def _understood(self, line: str) -> Request | None:
        """Make a request of a typed line; a number, or a verb with one, presses a button."""
        verb, _, words = line.removeprefix("/").partition(" ")
        if not verb:
            return None
        offered = self._offer(verb.casefold(), words.strip())
        if offered is None:
            return Request(HERE, PERSON, verb.casefold(), words.strip(), admin=True)
        if offered.button.link:
            self._terminal.print(Words(offered.button.link, "underline"))
            return None
        return Request(
            HERE, PERSON, offered.button.action, offered.button.value, pressed=True, receipt=offered.receipt, admin=True
        )

    def _offer(self, verb: str, words: str) -> Offered | None:
        """Find the button meant by "3", "/ack 3" or, for the latest such button, "/ack"."""
        if verb.isdecimal() and not words:
            return self._offered.get(int(verb))
        if words.isdecimal() and (offered := self._offered.get(int(words))):
            return offered if offered.button.action == verb else None
        mine = [offered for offered in self._offered.values() if offered.button.action == verb == "ack"]
        return mine[-1] if mine and not words else None

    async def _show(self, reply: Reply, request: Request) -> None:
        if reply.replaces and request.receipt in self._posted:
            await self.edit(request.place, request.receipt, reply.message)
        else:
            await self.post(request.place, reply.message, "")

    def _draw(self, message: Message, receipt: str) -> None:
        self._terminal.print(draw(message, self._numbered(message, receipt), colour=self._colour))
        self._terminal.print()

    def _numbered(self, message: Message, receipt: str) -> dict[Button, int]:
        """Number the buttons of a message, going on from those on the screen."""
        numbers: dict[Button, int] = {}
        for row in message.blocks:
            for button in row.buttons if isinstance(row, Buttons) else ():
                numbers[button] = len(self._offered) + 1
                self._offered[numbers[button]] = Offered(button, receipt)
        return numbers

    @property
    def _colour(self) -> bool:
        return self._terminal.color_system is not None and not self._terminal.no_color


async def typed() -> AsyncIterator[str]:
    """Give the lines of standard input until it ends; the thread that waits for them never holds up the exit."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def wait() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=wait, daemon=True, name="console").start()
    while (line := await queue.get()) is not None:
        yield line
