"""What is measured of a page's text beside that of its last good version: size, opening, kinship.

It weighs nothing; the rules that do are `page_health`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from watchers.reading import page_signs as signs
from watchers.reading.words import count_words

#: Share of the last good version's words in runs of four that makes a text the same document.
KINSHIP = 0.5
OPENING = 300


@dataclass(frozen=True)
class Page:
    """A part's text with what is known of its last good version."""

    text: str
    title: str = ""
    link_share: float = 0.0
    links: int = 0
    last: str = ""
    expected: str = ""
    siblings: int = 1

    @cached_property
    def size(self) -> int:
        """Return the number of words."""
        return count_words(self.text)

    @cached_property
    def last_size(self) -> int:
        """Return the number of words of the last good version."""
        return count_words(self.last)

    @cached_property
    def opening(self) -> str:
        """Return the first words of the page, marks of headings and items aside."""
        return re.sub(r"^[#\-| ]+", "", self.text[:OPENING], flags=re.M).replace("’", "'")

    @cached_property
    def headed(self) -> str:
        """Return the title and the first line."""
        return f"{self.title}\n{self.text.lstrip('# ').partition(chr(10))[0][:120]}".replace("’", "'")

    @cached_property
    def kept_lines(self) -> float:
        """Return the share of the last good version that stands here line for line."""
        old, new = set(self.last.split("\n")), set(self.text.split("\n"))
        return sum(map(len, old & new)) / max(1, sum(map(len, old)))

    @cached_property
    def kinship(self) -> float:
        """Return the share of the last good version that this text still holds, by lines, else by runs of words."""
        return self.kept_lines if self.kept_lines >= KINSHIP else max(self.kept_lines, _shingled(self.last, self.text))

    @cached_property
    def law(self) -> float:
        """Return the share of words that documents of this kind are made of."""
        return len(signs.LEGAL.findall(self.text)) / max(1, self.size)


def _shingled(old: str, new: str) -> float:
    """Return the share of the old text's runs of four words that the new one holds too."""
    first, second = _runs(old), _runs(new)
    return len(first & second) / len(first) if first else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text.lower())
    return set(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
