"""Hostile inputs made from small honest ones: cut, repeated, spliced and sprinkled with what parsers stumble over.

Everything follows from a seed, so that an input can be made again. What an input does is no matter of this file.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

ODD = (
    *("\x00", "\x1b[31m", "\r\n", "\n\n", "\t", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2028"),
    *("é", "e\u0301", "ß", "İ", "ı", "ǆ", "漢字", "🇩🇪", "👩‍👩‍👧", "１２", "٣", "𝟘", "Ⅷ", "½", "ﬁ"),
    *("&amp;", "&#0;", "&#x110000;", "<!--", "-->", "]]>", "<![CDATA[", "%00", "%", "\\", "'", '"', "`", "{{7*7}}"),
    *("0", "-1", "1e999", "99999999999999999999", "31 February 2026", "2026-13-45", "..", "//", "@everyone", "<@U1>"),
)
MOST_REPEATS = 4_000
OPERATIONS = 8


class Inputs:
    """Makes inputs for one target. `tokens` are pieces of its language; none is longer than `largest` bytes."""

    def __init__(self, seed: int, seeds: Sequence[bytes], tokens: Sequence[str], largest: int) -> None:
        self._random = random.Random(seed)
        self._seeds = tuple(seeds) or (b"",)
        self._tokens = tuple(token.encode() for token in (*tokens, *tokens, *ODD))
        self._largest = largest

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self.one()

    def one(self) -> bytes:
        """Return the next input."""
        chance = self._random
        body = bytearray(chance.choice(self._seeds) if chance.random() < 0.85 else b"")
        for _ in range(chance.randint(1, OPERATIONS)):
            self._change(body)
        return bytes(body[: self._largest])

    def _change(self, body: bytearray) -> None:
        chance = self._random
        at, end = sorted((chance.randint(0, len(body)), chance.randint(0, len(body))))
        match chance.randrange(9):
            case 0:
                del body[at : min(end, at + 40)]
            case 1:
                body[at:at] = body[at : min(end, at + 400)]
            case 2:
                body[at:at] = chance.choice(self._tokens) * self._often()
            case 3 | 4:
                body[at:at] = chance.choice(self._tokens)
            case 5 if body:
                body[chance.randrange(len(body))] = chance.randrange(256)
            case 6:
                other = chance.choice(self._seeds)
                body[at:at] = other[chance.randint(0, len(other)) :][:400]
            case 7:
                body[at:at] = "".join(chr(self._letter()) for _ in range(chance.randint(1, 12))).encode(
                    "utf8", "replace"
                )
            case _:
                del body[end:]

    def _often(self) -> int:
        """Return how often a piece is repeated: mostly a few times, now and then thousands of times."""
        return max(1, int(MOST_REPEATS ** self._random.random() ** 2))

    def _letter(self) -> int:
        return self._random.choice((127, 0x2FF, 0x2FFF, 0x1FFFF, 0x10FFFF)) * self._random.randrange(1000) // 1000
