"""A text cut into sections, each from one heading to the next: what has changed nowhere is not laid out again.

Nothing is recognised here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from watchers.provisions.layout import Block, Path, lay_out, plain

_HEADING = re.compile(r"(?m)^[^\S\n]*#{1,6}[^\S\n]+(\S[^\n]*)")
_ODD = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029\u0130]")
"""Other breaks of lines, and the one letter that grows when it is made small: such a text is one section."""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a text, which begins at `start`, and the headings above its first line, as depths and titles."""

    start: int
    text: str
    path: Path = ()

    @property
    def end(self) -> int:
        """Return where it ends in the whole text."""
        return self.start + len(self.text)

    @property
    def key(self) -> tuple[str, Path]:
        """Return all that recognising it rests on, but for the text having nothing but headings."""
        return self.text, self.path

    def laid(self) -> tuple[str, tuple[Block, ...]]:
        """Return its words in small letters, and its blocks; they count from its own beginning."""
        low = plain(self.text)
        return low, tuple(lay_out(self.text, low, self.path))


def sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a text in order; laid out one by one they have the blocks of the whole."""
    found: list[Section] = []
    path, above, start = Path(), Path(), 0
    for heading in () if _ODD.search(text) else _HEADING.finditer(text):
        found.append(Section(start, text[start : heading.start()], above))
        start, above = heading.start(), path
        depth = text.rfind("#", start, heading.start(1)) - start + 1
        path = (*(step for step in path if step[0] < depth), (depth, plain(heading[1].rstrip())))
    return (*found, Section(start, text[start:], above))


def bare(some: Iterable[Section]) -> bool:
    """Tell whether there is nothing in any of them but headings."""
    return all(block.heading for section in some for block in section.laid()[1])
