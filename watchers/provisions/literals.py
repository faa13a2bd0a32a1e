"""What a pattern cannot do without, so that it is only tried where that is: letters within words, and how it may begin.

A small reading of the regular expressions the cue files use; it never runs one. What it does not
understand it leaves out, which costs time and never a match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Group = frozenset[str]  # at least one of these runs of letters has to occur within a word of the sentence
Firsts = frozenset[str] | None  # the beginnings of words a match may begin with; None: anywhere

BEGINNING = "^"  # among the firsts: the match begins where the sentence does

_SHORTEST = 3
_MET_OFTEN = """
information personal data your you our the and any may service services use not will with for that this collect
provid content terms user site
"""
_COMMON = frozenset(_MET_OFTEN.split())


@dataclass(frozen=True, slots=True)
class Needs:
    """What a piece needs; `bounded` are its firsts where a word is known to begin, `free` where it is not."""

    groups: tuple[Group, ...] = ()
    free: Firsts = None
    bounded: Firsts = None
    empty: bool = False  # nothing but assertions: it has no width of its own


def worth(group: Group) -> float:
    """Rate how seldom a group is expected to be met: long words of few alternatives are best."""
    return min(_SHORTEST if word in _COMMON else len(word) for word in group) - 0.15 * len(group)


class _Start:
    """How a sequence may begin, gathered piece by piece until one of them must be there."""

    def __init__(self, bounded: bool) -> None:
        self.bounded, self.found, self.known, self.open, self.run = bounded, set[str](), True, True, ""

    def letter(self, letter: str, least: bool, fixed: bool) -> None:
        if not self.open:
            return
        if least and (self.run or self.bounded):
            self.run += letter
        elif not self.run:
            self.known = self.open = False
        if self.open and not (least and fixed):
            self.close()

    def piece(self, firsts: Firsts, least: bool) -> None:
        if not self.open:
            return
        if self.run or firsts is None:
            self.known = self.known and bool(self.run)
            self.close()
            return
        self.found |= firsts
        self.open = not least

    def close(self) -> None:
        if self.open and self.run:
            self.found.add(self.run)
        self.open = False

    def firsts(self) -> Firsts:
        ended = not self.open or bool(self.run)
        self.close()
        return frozenset(self.found) if self.known and ended and self.found else None


class _Reader:
    """One walk over one pattern. `macros` gives the needs of the named pieces that were read before."""

    def __init__(self, pattern: str, macros: Mapping[str, Needs]) -> None:
        self.pattern, self.macros, self.at = pattern, macros, 0

    def branches(self) -> Needs:
        """Read alternatives up to the closing bracket or the end."""
        read = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            read.append(self.sequence())
        return read[0] if len(read) == 1 else _either(read)

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def sequence(self) -> Needs:
        groups: list[Group] = []
        run, free, bounded, empty = "", _Start(False), _Start(True), True
        while (letter := self.peek()) and letter not in "|)":
            literal, found, width = self.atom()
            empty = empty and not width
            least, fixed = self.quantity()
            if literal and least:
                run += literal
            if not literal or not fixed:
                groups += _kept(run)
                run = ""
            if least:
                groups += found.groups
            _begin(free, literal, found, width, least, fixed)
            _begin(bounded, literal, found, width, least, fixed)
        return Needs((*groups, *_kept(run)), free.firsts(), bounded.firsts(), empty)

    def atom(self) -> tuple[str, Needs, str]:
        """Read one piece: its letter if it is one, what it needs, and its width ("", "edge" or "some")."""
        letter = self.peek()
        self.at += 1
        if letter == "(":
            return self.bracket()
        if letter == "[":
            self.at = self._class_end()
        elif letter == "^":
            return "", Needs((), frozenset((BEGINNING,)), frozenset((BEGINNING,))), "some"
        elif letter == "\\":
            self.at += 1
            return "", Needs(), "edge" if self.pattern[self.at - 1] == "b" else "some"
        elif letter == "{":
            end = self.pattern.index("}", self.at)
            name, self.at = self.pattern[self.at : end], end + 1
            needs = self.macros.get(name, Needs())
            return "", needs, "" if needs.empty else "some"
        return (letter if letter.isalnum() else ""), Needs(), "some"

    def _class_end(self) -> int:
        at = self.at + (self.pattern[self.at : self.at + 1] == "^")
        at += self.pattern[at : at + 1] == "]"
        while self.pattern[at : at + 1] not in ("]", ""):
            at += 2 if self.pattern[at] == "\\" else 1
        return at + 1

    def bracket(self) -> tuple[str, Needs, str]:
        asserts = self.pattern.startswith(("?!", "?=", "?<!", "?<="), self.at)
        if self.peek() == "?":
            self.at += 3 if self.pattern.startswith("?<", self.at) else 2
        needs = self.branches()
        self.at += 1
        return ("", Needs(), "") if asserts else ("", needs, "some")

    def quantity(self) -> tuple[bool, bool]:
        """Read what follows a piece: must it occur at all, and exactly once?"""
        sign = self.peek()
        if sign == "{" and self.pattern[self.at + 1 : self.at + 2].isdigit():
            least = self.pattern[self.at + 1] != "0"
            self.at = self.pattern.index("}", self.at) + 1
            self._lazy()
            return least, False
        if sign and sign in "?*+":
            self.at += 1
            self._lazy()
            return sign == "+", False
        return True, True

    def _lazy(self) -> None:
        self.at += self.peek() == "?"


def _begin(start: _Start, literal: str, found: Needs, width: str, least: bool, fixed: bool) -> None:
    """Tell a start of the next piece."""
    if width == "edge" and not start.run:
        start.bounded = True
    elif literal:
        start.letter(literal, least, fixed)
    elif width:
        start.piece(found.bounded if start.bounded else found.free, least)


def _kept(run: str) -> list[Group]:
    return [frozenset((run,))] if len(run) >= _SHORTEST else []


def _either(read: list[Needs]) -> Needs:
    """Join alternatives: a group of the best of each, and all their beginnings if all are known."""
    groups: tuple[Group, ...] = ()
    if all(needs.groups for needs in read):
        groups = (frozenset().union(*(max(needs.groups, key=worth) for needs in read)),)
    return Needs(groups, _joined([one.free for one in read]), _joined([one.bounded for one in read]))


def _joined(firsts: list[Firsts]) -> Firsts:
    known = [one for one in firsts if one is not None]
    return frozenset().union(*known) if len(known) == len(firsts) else None


def needed(pattern: str, macros: Mapping[str, Needs]) -> Needs:
    """Return what a pattern needs, its groups with the rarest first."""
    read = _Reader(pattern, macros).branches()
    return replace(read, groups=tuple(sorted(set(read.groups), key=worth, reverse=True)))
