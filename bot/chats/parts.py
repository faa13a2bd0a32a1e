"""Packing: what does not fit into one message of a chat goes into a next one, and what is left is counted.

What a piece looks like is the chat's own affair; here it only has a size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Drawn]):
    """Something drawn that is not cut any further.

    `clause`: it shows (part of) a clause, which must be counted when it is left out; `joined`: it belongs
    to the piece before, so it is left out with it; `leads`: it stands above the next and may not end a message.
    """

    drawn: Drawn
    size: int
    clause: bool = False
    joined: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What one message holds: letters and pieces; and how many messages there may be."""

    letters: int
    pieces: int
    messages: int = 4


def pack(pieces: Sequence[Piece[Drawn]], room: Room) -> tuple[list[list[Piece[Drawn]]], int, int]:
    """Pack pieces in order into messages. Returns the messages, and how many clauses and letters were left out.

    A clause that no longer fits whole is left out whole, unless it alone is more than all the messages hold.
    """
    packed: list[list[Piece[Drawn]]] = [[]]
    for place, piece in enumerate(pieces):
        if _full(packed[-1], piece, room):
            if len(packed) == room.messages:
                return _left(packed, pieces, place)
            packed.append(_carried(packed[-1]))
        packed[-1].append(piece)
    return packed, 0, 0


def _full(message: Sequence[Piece[Drawn]], piece: Piece[Drawn], room: Room) -> bool:
    taken = sum(one.size for one in message) + piece.size
    return bool(message) and (taken > room.letters or len(message) >= room.pieces)


def _carried(message: list[Piece[Drawn]]) -> list[Piece[Drawn]]:
    """Take the headings at the end of a message along into the next."""
    carried: list[Piece[Drawn]] = []
    while len(message) > 1 and message[-1].leads:
        carried.insert(0, message.pop())
    return carried


def _left(
    packed: list[list[Piece[Drawn]]], pieces: Sequence[Piece[Drawn]], place: int
) -> tuple[list[list[Piece[Drawn]]], int, int]:
    start = place
    while start and pieces[start].joined:
        start -= 1
    if start:
        for _ in range(place - start):
            _drop(packed)
    left = pieces[start if start else place :]
    return packed, sum(one.clause and not one.joined for one in left) or 1, sum(one.size for one in left)


def _drop(packed: list[list[Piece[Drawn]]]) -> None:
    packed[-1].pop()
    if not packed[-1] and len(packed) > 1:
        packed.pop()


def unshown(clauses: int, left: int) -> str:
    """Say what did not fit, counted."""
    return (
        f"Not shown here for length: {clauses:,} more {'passage' if clauses == 1 else 'passages'} ({left:,} letters)."
    )
