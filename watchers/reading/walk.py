"""One pass over a page's elements, from the tree to blocks of words.

It does not choose what of the page is the document (`choose`), nor which blocks are noise (`volatile`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from watchers.reading.blocks import Block
from watchers.reading.line import Line
from watchers.reading.links import clean

#: Elements that hold no words of a document.
SILENT = frozenset(
    "script style noscript template svg head iframe object embed video audio canvas map select option datalist "
    "textarea input img picture source track meter progress colgroup title meta link".split()
)
#: Elements that flow inside a line; every other one stands on its own, as custom elements mostly do.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr output q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
_HEADINGS = MappingProxyType({f"h{level}": level for level in range(1, 7)})
#: Inside a heading these only part words: accordions put a button or a div there.
_SOFT_IN_HEADING = frozenset("div p button section header summary br".split())
#: A "heading" longer than this is a page's mistake: its words are a paragraph (our choice; real ones stay below 200).
_LONGEST_HEADING = 300
_DEEPEST_LIST = 6


@dataclass(frozen=True, slots=True)
class Gate:
    """A range of a page: it opens at one element and shuts at another, each itself inside or not (by `mem_id`)."""

    start: int
    start_inside: bool = True
    end: int = 0
    end_inside: bool = False


_Act = tuple[Callable[["Walk", LexborNode], None], Callable[["Walk"], None]]


class Walk:
    """Collects blocks while elements are entered and left in document order.

    `instead` maps elements (`mem_id`) to the words said in their place: none, for those left out.
    """

    def __init__(
        self,
        base: str = "",
        instead: Mapping[int, str] = MappingProxyType({}),
        drop_query: tuple[str, ...] = (),
    ) -> None:
        self.blocks: list[Block] = []
        self._base, self._instead, self._drop_query = base, instead, drop_query
        self._line = Line()
        self._heading = 0
        self._lists: list[int] = []  # the next number of each open list, 0 where items are not numbered
        self._mark = ""
        self._rows: list[bool] = []  # for each open table: does it hold data, or only lay out the page?
        self._open = True
        self._gate: Gate | None = None

    def over(self, root: LexborNode, gate: Gate | None = None) -> None:
        """Walk `root` and everything below it; with a gate, only words inside the range are kept.

        The loop keeps its own stack, so that no page is too deep for it.
        """
        self._open, self._gate = gate is None, gate
        say, guarded = self._line.say, bool(self._instead) or gate is not None
        stack: list[tuple[LexborNode, _Act]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag
            if tag == "-text":
                if self._open:
                    say(node.text_content or "")
            elif (act := _ACTS.get(tag, _BLOCK)) is not None and not (guarded and self._is_barred(node)):
                act[0](self, node)
                below = node.child
                if below is not None:
                    stack.append((node, act))
                    node = below
                    continue
                self._leave(node, act)
            sibling = node.next if stack else None
            node = sibling if sibling is not None else self._upwards(stack)
        self._flush()

    def _upwards(self, stack: list[tuple[LexborNode, _Act]]) -> LexborNode | None:
        """Leave elements whose words are all said; return the next sibling of one, None at the end of the root."""
        while stack:
            node, act = stack.pop()
            self._leave(node, act)
            if stack and (sibling := node.next) is not None:
                return sibling
        return None

    def _leave(self, node: LexborNode, act: _Act) -> None:
        act[1](self)
        if self._gate is not None:
            self._pass(node.mem_id, self._gate, entering=False)

    def _is_barred(self, node: LexborNode) -> bool:
        """Tell whether an element is left out or replaced; pass the gate where it is not."""
        words = self._instead.get(node.mem_id)
        if words is not None:
            self._line.say(words)
        elif self._gate is not None:
            self._pass(node.mem_id, self._gate, entering=True)
        return words is not None

    def _pass(self, identity: int, gate: Gate, *, entering: bool) -> None:
        """Open or shut the gate at one of its two elements."""
        if identity == gate.start and entering == gate.start_inside:
            self._open = True
        elif identity == gate.end and entering != gate.end_inside:
            self._flush()
            self._open = False

    def part(self, _node: LexborNode | None = None) -> None:
        """Part what comes from what came: by a new block, or inside a row only by a space."""
        if self._in_row():
            self._line.space()
        else:
            self._flush()

    def part_softly(self, _node: LexborNode | None = None) -> None:
        """Part what comes from what came, inside a heading too only by a space."""
        if self._heading:
            self._line.space()
        else:
            self.part()

    def flow(self, _node: LexborNode | None = None) -> None:
        """Go on within the line."""

    def _in_row(self) -> bool:
        return bool(self._rows) and self._rows[-1]

    def _flush(self) -> None:
        """End the block under way, if it has any words."""
        if self._line.length:
            words, links = self._line.take()
            self.blocks.append(Block(self._take_mark(words), words, links))

    def _take_mark(self, words: str) -> str:
        mark, self._mark = self._mark, ""
        return "#" * self._heading + " " if self._heading and len(words) <= _LONGEST_HEADING else mark

    def enter_link(self, node: LexborNode) -> None:
        """Let the words of an `a` lead to its address."""
        self._line.open_link(clean(node.attributes.get("href") or "", self._base, self._drop_query))

    def leave_link(self) -> None:
        """End the words of an `a`."""
        self._line.shut_link()

    def enter_heading(self, node: LexborNode) -> None:
        """Start a heading on a line of its own; in a row it is only words."""
        self.part()
        self._heading = 0 if self._in_row() else _HEADINGS[node.tag or ""]

    def leave_heading(self) -> None:
        """End a heading."""
        self.part()
        self._heading = 0

    def enter_list(self, node: LexborNode) -> None:
        """Open a list, numbered from its `start` where it is an `ol`."""
        self.part()
        start = (node.attributes.get("start") or "1") if node.tag == "ol" else "0"
        self._lists.append(int(start) if start.isdecimal() and len(start) < 5 else 1)

    def leave_list(self) -> None:
        """Shut a list."""
        self.part()
        if self._lists:
            self._lists.pop()

    def enter_item(self, node: LexborNode) -> None:
        """Start a list item: the next words carry its mark."""
        self.part()
        depth = min(len(self._lists), _DEEPEST_LIST)
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        if not self._in_row():
            self._mark = "  " * (depth - 1) + (f"{number}. " if number else "- ")

    def leave_item(self) -> None:
        """End a list item; one without words leaves no mark behind."""
        self.part()
        self._mark = self._mark if self._in_row() else ""

    def enter_table(self, node: LexborNode) -> None:
        """Open a table: of data when it has no headings or tables inside and a row of two cells."""
        self.part()
        layout = len(node.css("table")) > 1 or node.css_first("h1, h2, h3, h4, h5, h6") is not None
        self._rows.append(not layout and node.css_first("td + td, th + td, th + th, td + th") is not None)

    def leave_table(self) -> None:
        """Shut a table."""
        if self._rows:
            self._rows.pop()
        self.part()

    def leave_cell(self) -> None:
        """End a cell."""
        if self._in_row():
            self._line.bar()
        else:
            self._flush()

    def leave_row(self) -> None:
        """End a row of a table as one block; a row without words is none."""
        if not self._in_row():
            self._flush()
            return
        words, links = self._line.take()
        if words.strip(" |"):
            self.blocks.append(Block("| ", words, links))


#: What entering and leaving an element does, by its tag; None for elements without words of the document.
_BLOCK: _Act = (Walk.part, Walk.part)
_ACTS: Mapping[str | None, _Act | None] = MappingProxyType(
    {
        None: None,  # comments and the like
        **dict.fromkeys(SILENT),
        **dict.fromkeys(INLINE, (Walk.flow, Walk.flow)),
        **dict.fromkeys(_SOFT_IN_HEADING, (Walk.part_softly, Walk.part_softly)),
        **dict.fromkeys(_HEADINGS, (Walk.enter_heading, Walk.leave_heading)),
        **dict.fromkeys(("ul", "ol", "menu"), (Walk.enter_list, Walk.leave_list)),
        **dict.fromkeys(("td", "th"), (Walk.part, Walk.leave_cell)),
        "a": (Walk.enter_link, Walk.leave_link),
        "li": (Walk.enter_item, Walk.leave_item),
        "table": (Walk.enter_table, Walk.leave_table),
        "tr": (Walk.part, Walk.leave_row),
    }
)
