"""Drawing a message as Discord embeds, within every limit Discord has; nothing is sent here.

Embeds are given as plain values. Source of the limits: Discord's developer documentation, "Embed limits".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chats.discord.words import ID, fixed, marked, plainly, quoted
from bot.chats.foreign import cards, columns, cut, head, pieces, safe_link, shorten, size, uniform
from bot.chats.parts import Piece, Room, pack, unshown
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

Json = dict[str, Any]

CONTENT, TITLE, DESCRIPTION, TEXT, LABEL, CUSTOM, ALT = 1900, 250, 4000, 1300, 80, 100, 1000
MOST_BUTTONS, MOST_FILES = 25, 10
WIDE = 52  # columns of fixed letters that an embed shows without scrolling
BLANK, GAP = "\u200b", "\n\n"
MESSAGE = Room(letters=5_450, pieces=200)
COLOURS = {"high": 0xD93F4C, "medium": 0xE8912D, "low": 0x2E9E6B, "": 0x5B6EE1}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message as Discord takes it. `roles` are the only ones it may call."""

    content: str
    embeds: tuple[Json, ...]
    buttons: tuple[Button, ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[File, ...] = ()
    roles: tuple[int, ...] = ()


Bit = str | Picture


def draw(message: Message, room: Room = MESSAGE) -> tuple[Drawn, ...]:
    """Draw a message as one or, when it is too long, several; buttons and files hang on the last."""
    title, blocks = _titled(message)
    drawn = [piece for block in blocks for piece in _drawn(block)]
    packed, clauses, left = pack(drawn, room)
    bits = [[piece.drawn for piece in part] for part in packed]
    bits[-1] += [unshown(clauses, left)] * bool(left)
    colour, roles = COLOURS.get(message.exposure, COLOURS[""]), _roles(message)
    parts = [Drawn("", tuple(_embeds(part, colour)), pictures=_pictures(part)) for part in bits]
    if title:
        first = parts[0].embeds or ({"color": colour},)
        parts[0] = replace(parts[0], embeds=({"title": plainly(title), **first[0]}, *first[1:]))
    parts[0] = replace(parts[0], content=_content(message, roles), roles=roles)
    parts[-1] = replace(parts[-1], buttons=_buttons(message), files=_files(message))
    return tuple(parts)


def _embeds(bits: Sequence[Bit], colour: int) -> Iterator[Json]:
    """Set bits into embeds: a new one when a description is full, and after each picture."""
    lines: list[str] = []
    for bit in bits:
        if isinstance(bit, Picture):
            yield _embed(lines, colour) | {"image": {"url": f"attachment://{file_name(bit.name)}"}}
            lines = []
        elif size(GAP.join((*lines, bit))) > DESCRIPTION:
            yield _embed(lines, colour)
            lines = [bit]
        else:
            lines.append(bit)
    if any(line != BLANK for line in lines):
        yield _embed(lines, colour)


def _embed(lines: Sequence[str], colour: int) -> Json:
    return {"color": colour} | ({"description": GAP.join(lines)} if lines else {})


def file_name(name: str) -> str:
    """Return a name that Discord keeps as it is; it rewrites others, and the embed would not find its picture."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name)[-60:] or "file"


def _pictures(bits: Sequence[Bit]) -> tuple[Picture, ...]:
    return tuple({bit.name: bit for bit in bits if isinstance(bit, Picture)}.values())


def _files(message: Message) -> tuple[File, ...]:
    return tuple(block for block in message.blocks if isinstance(block, File))[:MOST_FILES]


def _buttons(message: Message) -> tuple[Button, ...]:
    """Give the buttons there is room for; the same one twice would be refused."""
    found = [button for block in message.blocks if isinstance(block, Buttons) for button in block.buttons]
    fit = [replace(button, label=shorten(button.label, LABEL) or "…", link=safe_link(button.link)) for button in found]
    return tuple({custom_id(button) or button.link: button for button in fit}.values())[:MOST_BUTTONS]


def custom_id(button: Button) -> str:
    """Return what comes back when a button is pressed; buttons that only open an address have none."""
    return "" if button.link else head(f"cw:{button.action or 'none'}:{button.value}", CUSTOM)


def _titled(message: Message) -> tuple[str, tuple[Block, ...]]:
    """Take the first heading off as the title, or away when the text above says it already."""
    blocks = tuple(block for block in message.blocks if not (_called(block) or _said(message, block)))
    if not blocks or not isinstance(blocks[0], Heading):
        return "", blocks
    heading = " ".join(blocks[0].text.split())
    if heading in message.text:
        return "", blocks[1:]
    return ("", blocks) if size(plainly(heading)) > TITLE else (heading, blocks[1:])


def _said(message: Message, block: Block) -> bool:
    """Tell whether a paragraph of ours stands word for word in the text above the embeds, and would be read twice."""
    if not isinstance(block, Text | Note) or any(span.link for span in block.spans):
        return False
    words = "".join(span.text for span in block.spans).strip()
    return bool(words) and words in message.text


def _called(block: Block) -> bool:
    return isinstance(block, Text) and bool(block.spans) and all(span.style is Style.ROLE for span in block.spans)


def _roles(message: Message) -> tuple[int, ...]:
    spans = (span for block in message.blocks if isinstance(block, Text) for span in block.spans)
    return tuple(
        dict.fromkeys(int(span.text) for span in spans if span.style is Style.ROLE and ID.fullmatch(span.text))
    )


def _content(message: Message, roles: Sequence[int]) -> str:
    """Say the sentence above the embeds, so that it is read in notifications and where embeds are switched off."""
    called = "".join(f"<@&{role}> " for role in roles[:5])
    bold = next((block.text for block in message.blocks if isinstance(block, Heading)), "")
    said = ""
    for part in (CONTENT, CONTENT // 2, CONTENT // 4):
        words = shorten(message.text, part)
        start, found, end = words.partition(bold) if bold else (words, "", "")
        said = called + plainly(start) + (f"**{plainly(found)}**" if found else "") + plainly(end)
        if size(said) <= CONTENT + 90:
            break
    return said or "…"


def _drawn(block: Block) -> list[Piece[Bit]]:
    match block:
        case Heading(text):
            return [_piece(f"### {plainly(shorten(text, 600))}", leads=True)]
        case Text(spans):
            return _paragraph(spans)
        case Quote():
            return _quote(block)
        case Facts(pairs):
            return [_piece("\n".join(lines)) for lines in _grouped([_fact(*pair) for pair in pairs])]
        case Table():
            return _table(block)
        case Note(spans):
            return [_piece(part) for part in _parts(spans)]
        case Picture():
            return [Piece(block, 0)]
        case File():
            return [_piece(f"📎 {plainly(shorten(block.title or block.name, TITLE))}")]
        case Divider():
            return [_piece(BLANK)]
        case Buttons():
            return []


def _piece(text: str, *, clause: bool = False, joined: bool = False, leads: bool = False) -> Piece[Bit]:
    return Piece(text, size(text) + 2, clause, joined, leads)


def _parts(spans: tuple[Span, ...], room: int = TEXT, *, verbatim: bool = False) -> list[str]:
    """Draw spans in pieces that fit after escapes and addresses; addresses go before words do."""
    for part in (room, room // 2, room // 6):
        if (
            max(map(size, drawn := [marked(piece, verbatim=verbatim) for piece in pieces(spans, part)]), default=0)
            <= room * 1.1
        ):
            return drawn
    return [marked(piece) for piece in pieces(tuple(Span(span.text) for span in spans), room // 6)]


def _paragraph(spans: tuple[Span, ...]) -> list[Piece[Bit]]:
    parts = [part for part in _parts(spans) if part.strip()]
    return [_piece(part, clause=not place, joined=place > 0) for place, part in enumerate(parts)]


def _quote(quote: Quote) -> list[Piece[Bit]]:
    label = f"**{plainly(shorten(quote.label, TITLE))}**\n" if quote.label.strip() else ""
    drawn: list[Piece[Bit]] = []
    for part in _parts(uniform(quote), verbatim=True):
        words = (label if not drawn else "") + quoted(part.strip("\n"))
        drawn.append(_piece(words, clause=not drawn, joined=bool(drawn)))
    return drawn


def _fact(name: str, value: str) -> str:
    return f"**{plainly(shorten(name, 100)) or BLANK}:** {plainly(shorten(value, 400))}"


def _grouped(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if group and sum(map(size, group)) + size(line) > TEXT:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _table(table: Table) -> list[Piece[Bit]]:
    if lines := columns(table, WIDE):
        return [_piece(fixed(part)) for part in cut("\n".join(lines), TEXT // 2)]
    return [piece for card in cards(table) for piece in _paragraph(card)]
