"""A message as composed, once, for every chat: blocks of spans and buttons.

Nothing here knows a chat's markup or limits; each chat draws these values its own way and escapes
every span's text, so words of a watched page can never become markup, links or mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a span is set apart."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    INSERTED = "inserted"
    CODE = "code"
    PERSON = "person"  # the text is a person's id in this chat: drawn by name, without calling them
    CHANNEL = "channel"  # the text is a channel's id in this chat: drawn by name
    ROLE = "role"  # the text is the id of a role the channel asked to be called: the only mention there is


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style; `link` must be an address of ours or of the watched page."""

    text: str
    style: Style = Style.PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A short title line."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of an archived version; split only at clause borders, never shortened unsaid."""

    spans: tuple[Span, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of name and value, drawn side by side where the chat can."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; drawn as code or as fields where the chat has no tables."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the words that say the same."""

    png: bytes
    alt: str
    name: str = "picture.png"


@dataclass(frozen=True, slots=True)
class File:
    """A file handed over with the message, for what is too long to be read in a chat."""

    content: bytes
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: `action` is a command of `bot/commands/commands.py`, `value` what it is about (at most 80 characters).

    With `link` it only opens an address.
    """

    label: str
    action: str = ""
    value: str = ""
    link: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of at most five buttons."""

    buttons: tuple[Button, ...]


Block = Heading | Text | Quote | Facts | Table | Note | Divider | Picture | File | Buttons


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: a plain sentence for notifications and screen readers, and the blocks.

    `exposure` ("low", "medium", "high" or "") colours the message where the chat has colours.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    exposure: str = ""
