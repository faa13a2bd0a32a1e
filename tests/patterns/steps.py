"""A matcher that goes back and forth as Python's does, and counts its steps: a clock that is the same on every machine.

Slow, and for short strings only. What it answers must be what `re` answers; the tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
CATEGORIES = {
    sre.CATEGORY_DIGIT: re.compile(r"\d"),
    sre.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    sre.CATEGORY_SPACE: re.compile(r"\s"),
    sre.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    sre.CATEGORY_WORD: re.compile(r"\w"),
    sre.CATEGORY_NOT_WORD: re.compile(r"\W"),
}

MOST = 300_000


class Endless(Exception):
    """A pattern took more steps than anybody waits for."""


class Steps:
    """One pattern over one text. `taken` counts every try of a part of the pattern at a place.

    Whoever takes more than `MOST` is ended with `Endless`.
    """

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._tree = _parsed(pattern)
        self._flags = pattern.flags
        self._text = text
        self._groups: dict[int, tuple[int, int]] = {}
        self._fitting: dict[tuple[int, str, int], bool] = {}
        self.taken = 0

    def search(self) -> bool:
        """Tell whether the pattern is found anywhere."""
        return any(self.match(at) for at in range(len(self._text) + 1))

    def match(self, at: int = 0) -> bool:
        """Tell whether the pattern matches from that place on."""
        self._groups = {}
        return self._row(self._tree, 0, at, lambda _: True)

    def _row(self, row: Any, number: int, at: int, then: Then) -> bool:
        if number == len(row):
            return then(at)
        self.taken += 1
        if self.taken > MOST:
            raise Endless
        return self._part(row[number], at, lambda end: self._row(row, number + 1, end, then))

    def _part(self, part: Any, at: int, then: Then) -> bool:
        op, given = part
        if op in SINGLE:
            return self._fits(part, at) and then(at + 1)
        if op is sre.AT:
            return self._is_at(given, at) and then(at)
        if op is sre.BRANCH:
            return any(self._row(list(branch), 0, at, then) for branch in given[1])
        if op is sre.SUBPATTERN:
            return self._group(given, at, then)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeat(op is sre.MAX_REPEAT, given, at, then)
        if op is sre.ATOMIC_GROUP:
            return self._once(lambda done: self._row(list(given), 0, at, done), then)
        if op is sre.POSSESSIVE_REPEAT:
            return self._once(lambda done: self._repeat(True, given, at, done), then)
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            return self._looks(given, at) is (op is sre.ASSERT) and then(at)
        if op is sre.GROUPREF:
            return self._same_again(given, at, then)
        raise NotImplementedError(op)

    def _fits(self, part: Any, at: int) -> bool:
        self.taken += 1
        if at >= len(self._text):
            return False
        known = (id(part), self._text[at], self._flags)
        if known not in self._fitting:
            self._fitting[known] = self._allows(part, self._text[at])
        return self._fitting[known]

    def _allows(self, part: Any, letter: str) -> bool:
        cases = {letter, letter.lower(), letter.upper()} if self._flags & re.IGNORECASE else {letter}
        op, given = part
        if op is sre.ANY:
            return letter != "\n" or bool(self._flags & re.DOTALL)
        if op is sre.NOT_LITERAL:
            return chr(given) not in cases
        members = [part] if op is sre.LITERAL else given
        inside = any(_is_in(member, case) for member in members for case in cases if len(case) == 1)
        return inside is not (members[0][0] is sre.NEGATE)

    def _is_at(self, place: Any, at: int) -> bool:
        text, lines = self._text, bool(self._flags & re.MULTILINE)
        if place is sre.AT_BEGINNING_STRING or place is sre.AT_BEGINNING:
            return at == 0 or (place is sre.AT_BEGINNING and lines and text[at - 1] == "\n")
        if place is sre.AT_END_STRING:
            return at == len(text)
        if place is sre.AT_END:
            return at == len(text) or (text[at] == "\n" and (lines or at == len(text) - 1))
        edge = _is_word(text[at - 1 : at] if at else "") is not _is_word(text[at : at + 1])
        return edge is (place is sre.AT_BOUNDARY)

    def _group(self, given: Any, at: int, then: Then) -> bool:
        number, added, taken_off, inner = given
        flags, before = self._flags, self._groups.get(number)
        self._flags = (flags | added) & ~taken_off

        def ended(end: int) -> bool:
            inside, self._flags = self._flags, flags
            if number is not None:
                self._groups[number] = (at, end)
            found = then(end)
            self._flags = inside
            return found

        found = self._row(list(inner), 0, at, ended)
        self._flags = flags
        if not found and number is not None and before:
            self._groups[number] = before
        return found

    def _repeat(self, greedy: bool, given: Any, at: int, then: Then) -> bool:
        least, most, inner = given[0], int(given[1]), list(given[2])
        if len(inner) == 1 and inner[0][0] in SINGLE:
            return self._run(greedy, least, most, inner[0], at, then)

        def again(count: int, start: int, last: int) -> bool:
            def more() -> bool:
                may = count < most and (count < least or start != last)
                return may and self._row(inner, 0, start, lambda end: again(count + 1, end, start))

            if greedy:
                return more() or (count >= least and then(start))
            return (count >= least and then(start)) or more()

        return again(0, at, -1)

    def _run(self, greedy: bool, least: int, most: int, single: Any, at: int, then: Then) -> bool:
        """Repeat a single letter without going deeper for each."""
        end = at
        if greedy:
            while end - at < most and self._fits(single, end):
                end += 1
            return any(then(place) for place in range(end, at + least - 1, -1))
        while True:
            if end - at >= least and then(end):
                return True
            if end - at >= most or not self._fits(single, end):
                return False
            end += 1

    def _once(self, inner: Callable[[Then], bool], then: Then) -> bool:
        """Match without ever coming back for another way."""
        ends: list[int] = []

        def stop(end: int) -> bool:
            ends.append(end)
            return True

        return inner(stop) and then(ends[0])

    def _looks(self, given: Any, at: int) -> bool:
        direction, inner = given
        start = at if direction > 0 else at - inner.getwidth()[0]
        return start >= 0 and self._row(list(inner), 0, start, lambda end: direction > 0 or end == at)

    def _same_again(self, number: int, at: int, then: Then) -> bool:
        if number not in self._groups:
            return False
        start, end = self._groups[number]
        said, here = self._text[start:end], self._text[at : at + end - start]
        self.taken += len(said)
        return said.casefold() == here.casefold() and then(at + len(said))


@lru_cache(maxsize=4)  # one pattern is tried on many texts in a row
def _parsed(pattern: re.Pattern[str]) -> list[Any]:
    return list(parser.parse(pattern.pattern, pattern.flags))


def _is_in(member: Any, letter: str) -> bool:
    op, given = member
    if op is sre.LITERAL:
        return bool(ord(letter) == given)
    if op is sre.RANGE:
        return bool(given[0] <= ord(letter) <= given[1])
    return op is sre.CATEGORY and CATEGORIES[given].match(letter) is not None


def _is_word(letter: str) -> bool:
    return bool(letter) and CATEGORIES[sre.CATEGORY_WORD].match(letter) is not None
