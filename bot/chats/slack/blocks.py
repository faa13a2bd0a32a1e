"""Drawing a message as Slack's Block Kit, within every limit Slack has, and its fallback text.

Nothing is sent here. Sources of the limits: Slack's Block Kit reference; the sum of all letters of a message
is refused above about 12,000 (`msg_blocks_too_long`, undocumented), so 10,000 is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chats.foreign import cards, clean, columns, cut, fenced, pieces, safe_link, shorten, size, uniform
from bot.chats.parts import Piece, Room, pack, unshown
from bot.chats.slack.words import Json, as_typed_here, elements, escape, mrkdwn, plainly
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

HEADER, SECTION, FIELD, FIELDS, SMALL = 150, 2800, 900, 10, 1800
LABEL, LABEL_ABOVE, VALUE, LINK, ALT, FALLBACK, ROW, ROWS = 75, 180, 2000, 3000, 1900, 3000, 5, 20
MESSAGE = Room(letters=10_000, pieces=50)
VIEW = Room(letters=10_000, pieces=90, messages=1)
SPARE = 400  # letters kept free in each message for saying what is not shown
COLOURS = {"high": "🔴 ", "medium": "🟠 ", "low": "🟢 "}

Pictures = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message as Slack takes it."""

    text: str
    blocks: tuple[Json, ...]


def draw(message: Message, pictures: Pictures | None = None, room: Room = MESSAGE) -> tuple[Drawn, ...]:
    """Draw a message as one or, when it is too long, several Slack messages; buttons stand under the last.

    `pictures` maps a picture's name to the id of the file that was uploaded for it.
    """
    shown = [block for block in message.blocks if not isinstance(block, Buttons)]
    rows = [row for block in message.blocks if isinstance(block, Buttons) for row in _rows(block.buttons)][:ROWS]
    foot = sum(map(letters, rows)) + SPARE
    drawn = [piece for block in shown for piece in _drawn(block, pictures or {})] or _paragraph(
        _ours(_plain(message.text))
    )
    fit = Room(room.letters - foot, room.pieces - len(rows) - 1, room.messages)
    packed, clauses, left = pack(_coloured(drawn, message.exposure), fit)
    parts = [[piece.drawn for piece in part] for part in packed]
    parts[-1] += [_small(unshown(clauses, left))] * bool(left) + rows
    fallback = escape(fenced(shorten(as_typed_here(message.text), FALLBACK))) or "…"
    return tuple(Drawn(fallback, tuple(part)) for part in parts)


def letters(block: Any) -> int:
    """Count the letters of a block that may count against Slack's limit on the sum of them."""
    if isinstance(block, dict):
        own = sum(size(block[key]) for key in ("text", "alt_text", "url") if isinstance(block.get(key), str))
        return own + sum(letters(value) for value in block.values() if not isinstance(value, str))
    return sum(map(letters, block)) if isinstance(block, list | tuple) else 0


def _drawn(block: Block, pictures: Pictures) -> list[Piece[Json]]:
    match block:
        case Heading(text):
            return _heading(text)
        case Text(spans):
            return _paragraph(_ours(spans))
        case Quote():
            return _quote(block)
        case Facts(pairs):
            return _facts(pairs)
        case Table():
            return _table(block)
        case Note(spans):
            return [_piece(_context(words)) for words in _notes(_ours(spans))]
        case Picture():
            return [_piece(_picture(block, pictures.get(block.name, "")))]
        case File():
            return [_piece(_small(f"📎 {block.title or block.name}"))]
        case Divider():
            return [_piece({"type": "divider"})]
        case Buttons():
            return []


def _piece(block: Json, *, clause: bool = False, joined: bool = False, leads: bool = False) -> Piece[Json]:
    return Piece(block, letters(block), clause, joined, leads)


def _ours(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(Span(as_typed_here(span.text), span.style, span.link) for span in spans)


def _plain(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def _rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def _section(spans: tuple[Span, ...]) -> Json:
    return {"type": "rich_text_section", "elements": elements(spans)}


def _paragraph(spans: tuple[Span, ...]) -> list[Piece[Json]]:
    parts = pieces(spans, SECTION)
    return [_piece(_rich(_section(part)), clause=not place, joined=place > 0) for place, part in enumerate(parts)]


def _heading(text: str) -> list[Piece[Json]]:
    words = fenced(" ".join(clean(text).split()))
    if size(words) > HEADER - size(COLOURS["high"]):
        return [_piece(_rich(_section((Span(shorten(text, SECTION), Style.BOLD),))), leads=True)]
    header: Json = {"type": "header", "text": {"type": "plain_text", "text": words or " ", "emoji": True}}
    return [_piece(header, leads=True)]


def _coloured(drawn: Sequence[Piece[Json]], exposure: str) -> list[Piece[Json]]:
    """Set the colour of the exposure in front of the first heading; the words say it too."""
    mark, coloured = COLOURS.get(exposure, ""), list(drawn)
    for place, piece in enumerate(coloured):
        if mark and piece.drawn["type"] == "header":
            text = piece.drawn["text"] | {"text": mark + piece.drawn["text"]["text"]}
            coloured[place] = _piece(piece.drawn | {"text": text}, leads=True)
            break
    return coloured


def _quote(quote: Quote) -> list[Piece[Json]]:
    drawn: list[Piece[Json]] = []
    for part in pieces(uniform(quote), SECTION):
        quoted: Json = {"type": "rich_text_quote", "elements": elements(part, verbatim=True)}
        above = [_section((Span(shorten(quote.label, LABEL_ABOVE), Style.ITALIC),))]
        above = above if quote.label.strip() and not drawn else []
        drawn.append(_piece(_rich(*above, quoted), clause=not drawn, joined=bool(drawn)))
    return drawn


def _facts(pairs: Sequence[tuple[str, str]]) -> list[Piece[Json]]:
    fields = [{"type": "mrkdwn", "text": _fact(name, value), "verbatim": True} for name, value in pairs]
    rows = (fields[start : start + FIELDS] for start in range(0, len(fields), FIELDS))
    return [_piece({"type": "section", "fields": row}) for row in rows]


def _fact(name: str, value: str) -> str:
    return f"*{_fitted(name, 200) or ' '}*\n{_fitted(value, FIELD)}"


def _fitted(text: str, room: int) -> str:
    """Shorten a text so that it fits after its escapes, which may take five letters for one."""
    rooms = (room, room // 2, room // 6)
    return next(words for part in rooms if size(words := plainly(shorten(text, part))) <= room or part == rooms[-1])


def _notes(spans: tuple[Span, ...]) -> list[str]:
    """Draw small print in pieces that fit after escapes and addresses; addresses go before words do."""
    for room in (SMALL, SMALL // 3, SMALL // 9):
        if max(map(size, drawn := [mrkdwn(part) for part in pieces(spans, room)]), default=0) <= SMALL:
            return drawn
    return [mrkdwn(part) for part in pieces(tuple(Span(span.text, span.style) for span in spans), SMALL // 6)]


def _table(table: Table) -> list[Piece[Json]]:
    if lines := columns(table):
        return [_piece(_rich(_fixed(part.rstrip("\n")))) for part in cut("\n".join(lines), SECTION)]
    return [piece for card in cards(table) for piece in _paragraph(card)]


def _fixed(text: str) -> Json:
    return {"type": "rich_text_preformatted", "border": 0, "elements": elements(_plain(text))}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text or " ", "verbatim": True}]}


def _small(text: str) -> Json:
    return _context(_fitted(text, SMALL))


def _picture(picture: Picture, file: str) -> Json:
    alt = shorten(picture.alt, ALT) or "Picture"
    if not file:
        return _small(f"🖼 {alt}")
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def _rows(buttons: Sequence[Button]) -> list[Json]:
    drawn = [_button(button, place) for place, button in enumerate(buttons)]
    return [{"type": "actions", "elements": drawn[start : start + ROW]} for start in range(0, len(drawn), ROW)]


def _button(button: Button, place: int) -> Json:
    label = {"type": "plain_text", "text": shorten(button.label, LABEL) or "…", "emoji": True}
    drawn: Json = {"type": "button", "text": label, "action_id": f"cw:{button.action or 'link'}:{place}"[:255]}
    if link := safe_link(button.link):
        return drawn | {"url": link[:LINK]}
    return drawn | {"value": button.value[:VALUE] or " "} | ({"style": "danger"} if button.danger else {})
