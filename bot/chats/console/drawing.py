"""A composed message as rich draws it in a terminal: panels, colours, struck and inserted words.

Words of a watched page are cleaned of control characters first, so they cannot steer the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.panel import Panel
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style as Ink
from rich.table import Column
from rich.table import Table as Grid
from rich.text import Text as Words

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

INKS = {
    Style.PLAIN: "",
    Style.BOLD: "bold",
    Style.ITALIC: "italic dim",
    Style.STRUCK: "strike red",
    Style.INSERTED: "bold green",
    Style.CODE: "cyan",
    Style.PERSON: "bold",
    Style.ROLE: "bold",
    Style.CHANNEL: "bold",
}
COLOURS = {"high": "red", "medium": "yellow", "low": "green", "": "blue"}
SIGNS = {Style.PERSON: "@", Style.ROLE: "@", Style.CHANNEL: "#"}
MARKS = {Style.STRUCK: ("[-", "-]"), Style.INSERTED: ("{+", "+}")}  # where there is no colour
CONTROLS = (*range(9), *range(11, 32), *range(127, 160))
TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))  # marks of writing direction
STEERING = dict.fromkeys((*CONTROLS, *TURNING))
WIDEST = 100
GLANCE = 120
TITLE = 72  # a longer title stands inside its frame, where it can break


def clean(text: str) -> str:
    """Drop what could steer a terminal: control characters and marks that turn the writing direction."""
    return text.translate(STEERING)


class Barred:
    """Lines with a bar at their left, as a quotation has."""

    def __init__(self, inside: RenderableType, ink: str) -> None:
        self.inside, self.ink = inside, Ink.parse(ink)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.inside, options.update(width=max(10, options.max_width - 2)), pad=False):
            yield Segment("▎ ", self.ink)
            yield from line
            yield Segment.line()


def draw(message: Message, numbers: Mapping[Button, int], *, colour: bool = True) -> RenderableType:
    """Draw a message. `numbers` are what is typed to press its buttons."""
    blocks = message.blocks or (Text((Span(message.text),)),)
    ink = COLOURS.get(message.exposure, "blue")
    title = blocks[0].text if isinstance(blocks[0], Heading) else ""
    body = Group(*_spaced(blocks[bool(title) :], numbers, colour))
    if not title:
        return body
    if len(title) > TITLE:
        body, title = Group(Words(clean(title), f"bold {ink}"), body), ""
    return Panel(
        body,
        title=Words(clean(title), f"bold {ink}"),
        title_align="left",
        border_style=ink,
        box=box.ROUNDED,
        padding=(0, 1),
    )


def _spaced(blocks: Sequence[Block], numbers: Mapping[Button, int], colour: bool) -> Iterator[RenderableType]:
    before: Block | None = None
    for block in blocks:
        if (before and isinstance(block, Quote | Buttons | Heading | Table)) or isinstance(before, Quote):
            yield Words("")
        before = block
        yield drawn(block, numbers, colour)


def drawn(block: Block, numbers: Mapping[Button, int], colour: bool) -> RenderableType:
    """Draw one block."""
    match block:
        case Heading(text):
            return Words(clean(text), "bold")
        case Text(spans):
            return words(spans, colour)
        case Note(spans):
            noted = words(spans, colour)
            noted.stylize_before("dim")
            return noted
        case Quote(spans, label):
            return Group(Words(clean(label), "dim"), Barred(words(spans, colour), _bar(spans)))
        case Facts(pairs):
            return facts(pairs)
        case Table(header, rows):
            return table(header, rows)
        case Divider():
            return Rule(style="dim")
        case Picture(_, alt):  # the words beside it say the same, so its beginning is enough
            said = clean(alt) if len(alt) <= GLANCE else f"{clean(alt[:GLANCE])}…"
            return Words(f"🖼  {said}", "italic dim")
        case File(content, name):
            return Group(Words(clean(name), "bold"), Words(clean(content.decode("utf8", "replace"))))
        case Buttons(row):
            return buttons(row, numbers)


def words(spans: Sequence[Span], colour: bool) -> Words:
    """Draw spans in a row."""
    drawn = Words()
    for span in spans:
        before, after = ("", "") if colour else MARKS.get(span.style, ("", ""))
        text = f"{SIGNS.get(span.style, '')}{span.text}"
        ink = Ink.parse(INKS[span.style]) + (Ink(link=clean(span.link), underline=True) if span.link else Ink())
        drawn.append(f"{before}{clean(text)}{after}", ink)
    return drawn


def _bar(spans: Sequence[Span]) -> str:
    styles = {span.style for span in spans}
    if Style.STRUCK in styles and Style.INSERTED in styles:
        return "yellow"
    return "red" if Style.STRUCK in styles else "green" if Style.INSERTED in styles else "dim"


def facts(pairs: Sequence[tuple[str, str]]) -> Grid:
    """Draw pairs as two columns."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in pairs:
        ink = f"bold {COLOURS[value]}" if name == "Exposure" and value in COLOURS else ""
        grid.add_row(Words(clean(name)), Words(clean(value), ink))
    return grid


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """Draw rows under a header."""
    columns = (Column(Words(clean(name))) for name in header)
    grid = Grid(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for row in rows:
        grid.add_row(*(Words(clean(cell)) for cell in row))
    return grid


def buttons(row: Sequence[Button], numbers: Mapping[Button, int]) -> Words:
    """Draw buttons with the numbers that press them."""
    drawn = Words()
    for button in row:
        ink = "bold red" if button.danger else "bold cyan"
        drawn.append(f" {numbers.get(button, '→')} ", f"reverse {ink}").append(f" {clean(button.label)}   ", ink)
    return drawn
