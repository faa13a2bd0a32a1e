"""The two readings a passage is judged in, with what is found out about both of them once.

Only facts about the whole texts live here; whether a passage matters is judged in `significance`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from watchers.comparing import furniture, wording
from watchers.comparing.copies import Editions
from watchers.comparing.cuts import cut_off
from watchers.comparing.folding import key, leading_number, without_number
from watchers.comparing.lists import Lists
from watchers.comparing.renaming import renames
from watchers.model import Clause, Passage, Past, Reading

_HEADING = re.compile(r"(?m)^#{1,6} .+$")


@dataclass(frozen=True)
class Scene:
    """The two readings a passage is judged in, with what is found out about them once."""

    old: Reading
    new: Reading
    old_clauses: Sequence[Clause]
    new_clauses: Sequence[Clause]
    editions: Editions
    past: Past | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages to be judged."""
        return self.editions.passages

    @cached_property
    def old_at(self) -> Mapping[int, int]:
        """Return the number of the old clause that starts at an offset."""
        return {c.start: n for n, c in enumerate(self.old_clauses)}

    @cached_property
    def new_at(self) -> Mapping[int, int]:
        """Return the number of the new clause that starts at an offset."""
        return {c.start: n for n, c in enumerate(self.new_clauses)}

    @cached_property
    def headings(self) -> frozenset[str]:
        """Return the folded headings of both texts."""
        lines = (*_HEADING.findall(self.old.text), *_HEADING.findall(self.new.text))
        return frozenset(key(without_number(line)) for line in lines)

    @cached_property
    def lasting_headings(self) -> frozenset[str]:
        """Return the folded headings that both texts have."""
        old, new = (_HEADING.findall(text) for text in (self.old.text, self.new.text))
        return frozenset(key(line) for line in old) & frozenset(key(line) for line in new)

    @cached_property
    def hidden_addresses(self) -> frozenset[str]:
        """Return the words of clauses with any mail address masked, where one of the texts hides addresses."""
        if not any(map(wording.hides_addresses, (self.old.text, self.new.text))):
            return frozenset()
        old, new = ({wording.without_addresses(c.text) for c in side} for side in (self.old_clauses, self.new_clauses))
        return frozenset(old & new)

    @cached_property
    def renames(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return names and terms replaced throughout."""
        reworded = [(p.before, p.after) for p in self.passages if p.edits]
        if len(reworded) < 3:
            return {}
        return renames(reworded, self.old.text, self.new.text)

    @cached_property
    def old_lists(self) -> Lists:
        """Return the lists of the old text."""
        return Lists(self.old_clauses)

    @cached_property
    def new_lists(self) -> Lists:
        """Return the lists of the new text."""
        return Lists(self.new_clauses)

    @cached_property
    def cut_off(self) -> frozenset[Passage]:
        """Return pairs of a clause and of one before or after it that together say what stood in one."""
        return cut_off(self.passages)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Return which section number became which."""
        found = {}
        for p in self.passages:
            before, after = leading_number(p.before).strip("().:"), leading_number(p.after).strip("().:")
            if before and after and before != after and key(without_number(p.before)) == key(without_number(p.after)):
                found[before] = after
        return found

    @cached_property
    def people(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the numbers of old and new clauses that present people."""
        return furniture.profiles(self.old_clauses), furniture.profiles(self.new_clauses)

    def presents_people(self, passage: Passage) -> bool:
        """Tell whether a passage lies wholly where people are presented."""
        old, new = self.old_at.get(passage.before_start), self.new_at.get(passage.after_start)
        return (old is None or old in self.people[0]) and (new is None or new in self.people[1])

    def clauses_of(self, passage: Passage) -> tuple[Sequence[Clause], Sequence[Clause]]:
        """Return the old and the new clauses a passage runs over."""
        return (
            _run(self.old_clauses, self.old_at, passage.before_start, len(passage.before)),
            _run(self.new_clauses, self.new_at, passage.after_start, len(passage.after)),
        )


def _run(clauses: Sequence[Clause], at: Mapping[int, int], start: int, length: int) -> Sequence[Clause]:
    first = at.get(start)
    if first is None:
        return ()
    end = first
    while end < len(clauses) and clauses[end].start < start + length:
        end += 1
    return clauses[first:end]
