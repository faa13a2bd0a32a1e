"""Read a composed message as a person would: all of its words, in order."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compose.message import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    File,
    Heading,
    Message,
    Note,
    Picture,
    Quote,
    Span,
    Style,
    Table,
    Text,
)


def lines(message: Message) -> Iterator[str]:
    """Give the words of each block."""
    for block in message.blocks:
        yield words(block)


def words(block: Block) -> str:
    """Give the words of a block."""
    match block:
        case Heading(text):
            return text
        case Text(spans) | Note(spans):
            return "".join(span.text for span in spans)
        case Quote(spans, label):
            return f"[{label}] {marked(spans)}"
        case Facts(pairs):
            return "; ".join(f"{name}: {value}" for name, value in pairs)
        case Table(header, rows):
            return "\n".join(" | ".join(row) for row in (header, *rows))
        case Buttons(row):
            return " ".join(f"[{button.label}]" for button in row)
        case Picture(_, alt):
            return alt
        case File(_, name):
            return name
        case Divider():
            return "---"


def marked(spans: tuple[Span, ...]) -> str:
    """Write spans with what was struck and inserted."""
    marks = {Style.STRUCK: "[-{}-]", Style.INSERTED: "{{+{}+}}"}
    return "".join(marks.get(span.style, "{}").format(span.text) for span in spans)


def whole(message: Message) -> str:
    """Give all the words of a message."""
    return "\n".join((message.text, *lines(message)))


def buttons(message: Message) -> dict[str, Button]:
    """Give a message's buttons by label."""
    rows = [block.buttons for block in message.blocks if isinstance(block, Buttons)]
    return {button.label: button for row in rows for button in row}


def spans(message: Message) -> Iterator[Span]:
    """Give every span of a message."""
    for block in message.blocks:
        if isinstance(block, Text | Note | Quote):
            yield from block.spans
