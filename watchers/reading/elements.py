"""What the elements of a page are to its words: silent, within a line, headings; and a range between two of them.

Tables only; what entering and leaving an element does is `walk`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

#: Elements that hold no words of a document.
SILENT = frozenset(
    "script style noscript noframes template svg head iframe object embed video audio canvas map select option "
    "datalist input img picture source track meter progress colgroup title meta link".split()
)
#: Elements that flow inside a line; every other known one stands on its own.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr output q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
HEADINGS = MappingProxyType({f"h{level}": level for level in range(1, 7)})
#: Inside a heading these only part words: accordions put a button or a div there.
SOFT_IN_HEADING = frozenset("div p button section header summary br".split())
#: A "heading" longer than this is a page's mistake: its words are a paragraph (our choice; real ones stay below 200).
LONGEST_HEADING = 300
DEEPEST_LIST = 6


@dataclass(frozen=True, slots=True)
class Gate:
    """A range of a page: it opens at one element and shuts at another, each itself inside or not (by `mem_id`)."""

    start: int
    start_inside: bool = True
    end: int = 0
    end_inside: bool = False
