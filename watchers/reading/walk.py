"""One pass over a page's elements, from the tree to blocks of words.

It does not choose what of the page is the document (`choose`), nor which blocks are noise (`page_chrome`); how
items are numbered and what a cell without words says is `shown`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from watchers.reading.blocks import Block
from watchers.reading.elements import (
    DEEPEST_LIST,
    HEADINGS,
    INLINE,
    LONGEST_HEADING,
    SILENT,
    SOFT_IN_HEADING,
    Gate,
)
from watchers.reading.line import Line
from watchers.reading.links import clean
from watchers.reading.shown import Numbering, flows, instead_of_words, preformatted

_Act = tuple[Callable[["Walk", LexborNode], None], Callable[["Walk"], None]]


class Walk:
    """Collects blocks while elements are entered and left in document order.

    `instead` maps elements (`mem_id`) to the words said in their place: none, for those left out.
    `without_scripts` reads what stands there for browsers that run none.
    """

    def __init__(
        self,
        base: str = "",
        instead: Mapping[int, str] = MappingProxyType({}),
        drop_query: tuple[str, ...] = (),
        *,
        without_scripts: bool = False,
    ) -> None:
        self.blocks: list[Block] = []
        self._acts = _WITHOUT_SCRIPTS if without_scripts else _ACTS
        self._base, self._instead, self._drop_query = base, instead, drop_query
        self._line = Line()
        self._heading = 0
        self._lists: list[Numbering] = []
        self._mark = ""
        self._rows: list[bool] = []  # for each open table: does it hold data, or only lay out the page?
        self._cells: list[tuple[LexborNode, int]] = []  # each open cell, and how much stood in the line before it
        self._flowing: list[bool] = []  # for each open custom element: does it flow within the line?
        self._preformatted = 0
        self._open = True
        self._gate: Gate | None = None

    def over(self, root: LexborNode, gate: Gate | None = None) -> None:
        """Walk `root` and everything below it; with a gate, only words inside the range are kept.

        The loop keeps its own stack, so that no page is too deep for it.
        """
        self._open, self._gate = gate is None, gate
        say, acts, guarded = self._line.say, self._acts, bool(self._instead) or gate is not None
        stack: list[tuple[LexborNode, _Act]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag
            if tag == "-text":
                if self._open:
                    (self._say_lines if self._preformatted else say)(node.text_content or "")
            elif (act := acts.get(tag) or self._act(tag)) is not _SILENCE and not (guarded and self._is_barred(node)):
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

    def _act(self, tag: str | None) -> _Act:
        """Return what an element does that no table names: custom ones flow or stand on their own."""
        return _CUSTOM if tag and "-" in tag else _BLOCK

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
        return "#" * self._heading + " " if self._heading and len(words) <= LONGEST_HEADING else mark

    def enter_link(self, node: LexborNode) -> None:
        """Let the words of an `a` lead to its address."""
        self._line.open_link(clean(node.attributes.get("href") or "", self._base, self._drop_query))

    def leave_link(self) -> None:
        """End the words of an `a`."""
        self._line.shut_link()

    def enter_heading(self, node: LexborNode) -> None:
        """Start a heading on a line of its own; in a row it is only words."""
        self.part()
        self._heading = 0 if self._in_row() else HEADINGS[node.tag or ""]

    def leave_heading(self) -> None:
        """End a heading."""
        self.part()
        self._heading = 0

    def enter_custom(self, node: LexborNode) -> None:
        """Go on within the line where a custom element stands among words, else part."""
        self._flowing.append(flows(node))
        if not self._flowing[-1]:
            self.part_softly()

    def leave_custom(self) -> None:
        """End a custom element as it began."""
        if not self._flowing.pop():
            self.part_softly()

    def enter_preformatted(self, _node: LexborNode) -> None:
        """Start a text whose empty lines part paragraphs."""
        self.part()
        self._preformatted += 1

    def leave_preformatted(self) -> None:
        """End a preformatted text."""
        self._preformatted -= 1
        self.part()

    def _say_lines(self, raw: str) -> None:
        """Say preformatted words: empty lines part paragraphs, and a list mark starts an item."""
        for starts, line in preformatted(raw):
            if starts:
                self.part()
            self._line.say(line)

    def enter_list(self, node: LexborNode) -> None:
        """Open a list, numbered as an `ol` says."""
        self.part()
        self._lists.append(Numbering.of(node))

    def leave_list(self) -> None:
        """Shut a list."""
        self.part()
        if self._lists:
            self._lists.pop()

    def enter_item(self, node: LexborNode) -> None:
        """Start a list item: the next words carry its mark."""
        self.part()
        depth = min(len(self._lists), DEEPEST_LIST)
        mark = self._lists[-1].next(node) if self._lists else "- "
        if not self._in_row():
            self._mark = "  " * (depth - 1) + mark

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

    def enter_caption(self, _node: LexborNode) -> None:
        """Start the title of a table, which is no cell of its first row."""
        self._flush()
        self._rows.append(False)

    def leave_caption(self) -> None:
        """End the title of a table."""
        self._flush()
        self._rows.pop()

    def enter_cell(self, node: LexborNode) -> None:
        """Start a cell."""
        self.part()
        self._cells.append((node, self._line.length))

    def leave_cell(self) -> None:
        """End a cell; one without words says what its picture says."""
        node, before = self._cells.pop()
        if self._line.length == before and self._open and node.child is not None and node.css_first("table") is None:
            self._line.say(instead_of_words(node))
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


#: What entering and leaving an element does, by its tag; `_SILENCE` for elements without words of the document.
_BLOCK: _Act = (Walk.part, Walk.part)
_CUSTOM: _Act = (Walk.enter_custom, Walk.leave_custom)
_SILENCE: _Act = (Walk.flow, Walk.flow)
_FLOW: _Act = (Walk.flow, Walk.flow)
_ACTS: Mapping[str | None, _Act] = MappingProxyType(
    {
        None: _SILENCE,
        **dict.fromkeys(("-comment", "!--", "-pi", "!doctype"), _SILENCE),
        **dict.fromkeys(SILENT, _SILENCE),
        **dict.fromkeys(INLINE, _FLOW),
        **dict.fromkeys(SOFT_IN_HEADING, (Walk.part_softly, Walk.part_softly)),
        **dict.fromkeys(HEADINGS, (Walk.enter_heading, Walk.leave_heading)),
        **dict.fromkeys(("ul", "ol", "menu"), (Walk.enter_list, Walk.leave_list)),
        **dict.fromkeys(("td", "th"), (Walk.enter_cell, Walk.leave_cell)),
        **dict.fromkeys(("pre", "textarea", "xmp", "listing"), (Walk.enter_preformatted, Walk.leave_preformatted)),
        "a": (Walk.enter_link, Walk.leave_link),
        "li": (Walk.enter_item, Walk.leave_item),
        "table": (Walk.enter_table, Walk.leave_table),
        "caption": (Walk.enter_caption, Walk.leave_caption),
        "tr": (Walk.part, Walk.leave_row),
    }
)
_WITHOUT_SCRIPTS: Mapping[str | None, _Act] = MappingProxyType({**_ACTS, "noscript": _BLOCK})
