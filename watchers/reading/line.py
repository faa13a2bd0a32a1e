"""The line of words under way: white space folded as a browser folds it, links kept by their place.

It does not know elements; `walk` tells it what was said and where a link opens and shuts.
"""

from __future__ import annotations

from watchers.reading.blocks import visible

LinkPlace = tuple[int, int, str]


class Line:
    """Words gathered for one block."""

    __slots__ = ("_address", "_link_at", "_links", "_pieces", "_space", "length")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._links: list[LinkPlace] = []
        self._space = False
        self._address = ""
        self._link_at = -1
        self.length = 0

    def say(self, raw: str) -> None:
        """Add words; runs of white space count as one space, none at the start."""
        raw = visible(raw)
        words = raw.split()
        if not words:
            self._space = self._space or bool(raw)
            return
        if self.length and (self._space or raw[0].isspace()):
            self._add(" ")
        if self._link_at < 0:
            self._link_at = self.length
        self._add(" ".join(words))
        self._space = raw[-1].isspace()

    def space(self) -> None:
        """Part what comes from what came by a space."""
        self._space = True

    def bar(self) -> None:
        """Part two cells of a row."""
        self._add(" |")
        self._space = True

    def open_link(self, address: str) -> None:
        """Let the words that follow lead to `address` (nowhere, when empty)."""
        self.shut_link()
        self._address, self._link_at = address, -1

    def shut_link(self) -> None:
        """End the link under way; without words it is none."""
        if self._address and 0 <= self._link_at < self.length:
            self._links.append((self._link_at, self.length, self._address))
        self._address = ""

    def take(self) -> tuple[str, tuple[LinkPlace, ...]]:
        """Return the words and links so far and start anew; a link under way goes on in the next block."""
        address = self._address
        self.shut_link()
        taken = "".join(self._pieces), tuple(self._links)
        self._pieces, self._links, self.length, self._space = [], [], 0, False
        self._address, self._link_at = address, -1
        return taken

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)
