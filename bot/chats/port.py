"""What a chat network must be able to do for us, and what it hands us; nothing of any network lives here.

Slack, Discord and the console implement `Chat`. Commands exist once and answer a `Request` with a `Reply`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.compose.message import Message


@dataclass(frozen=True, slots=True)
class Place:
    """One place where people read: a channel of a workspace of a chat.

    A `channel` of "@" and a person's id is that person alone: the chat opens a direct message for it.
    """

    chat: str
    workspace: str
    channel: str

    @property
    def person(self) -> str:
        """Return the id of the person this place is, or nothing when it is a channel."""
        return self.channel[1:] if self.channel.startswith("@") else ""

    def beside(self, person: str) -> Place:
        """Return the place where a person of the same workspace reads alone."""
        return Place(self.chat, self.workspace, f"@{person}")


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody typed a command or pressed a button.

    `command` is the bare verb ("watch"); `words` the rest as typed or as joined options; `may_configure`
    is what the chat knows about the person's rights, `admin` whether they administrate the workspace (asked
    where a workspace leaves configuring to its admins). For a button, `command` is its action, `words` its
    value, and `receipt` names the message it hangs on.
    """

    place: Place
    person: str
    command: str
    words: str = ""
    may_configure: bool = True
    admin: bool = False
    pressed: bool = False
    receipt: str = ""
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer. `private`: only the asker sees it. `replaces`: redraw the message that was pressed."""

    message: Message
    private: bool = True
    replaces: bool = False


Answer = Callable[[Request], Awaitable[Reply]]
Suggest = Callable[[Request, str, str], Awaitable[tuple[str, ...]]]


async def _nobody(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom a chat tells that a workspace came or left, or that a place can no longer be posted to.

    `joined` gets chat, workspace and the installer's id (or ""); `left` chat, workspace and why; `gone` the
    place and why. A chat awaits them; they do their own settling of errors.
    """

    joined: Callable[[str, str, str], Awaitable[None]] = _nobody
    left: Callable[[str, str, str], Awaitable[None]] = _nobody
    gone: Callable[[Place, str], Awaitable[None]] = _nobody


@runtime_checkable
class Careful(Protocol):
    """What a network with rights in its channels can say before it posts."""

    async def lacks(self, place: Place) -> str:
        """Say which right is missing to post in a place and how to give it, or nothing."""


@runtime_checkable
class Discreet(Protocol):
    """What a network with channels that not everybody sees can say of a person."""

    async def seen_by(self, workspace: str, person: str) -> frozenset[str]:
        """Return the channels a person is sure to see; what cannot be found out is left out. Never raises."""


class Chat(Protocol):
    """A chat network.

    Errors: `post` and `edit` raise `DeliveryError` with `permanent`, `uncertain` and `retry_after` set.
    """

    name: str

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Connect, and hand every command and button press to `answer`; return once connected."""

    async def reach(self) -> None:
        """Get ready to post, edit and find without hearing anybody: for a process that only tells."""

    async def stop(self) -> None:
        """Disconnect."""

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Post a message and return its receipt (Slack `ts`, Discord message id)."""

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Redraw a message that was posted before."""

    async def find(self, place: Place, delivery: str) -> str | None:
        """Return the receipt of a delivery that may have been posted, or None if it was not found."""
