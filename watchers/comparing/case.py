"""One case: two readings with their difference, as those ask it who judge how a change is told.

Facts about the changed words live here; what they speak for is named in `clues` and weighed in `judge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from watchers.comparing.folding import folded
from watchers.comparing.own_date import DateMove, date_move
from watchers.model import Difference, Passage, PassageKind, Past, Reading, Significance

#: From so many words on a line says something; below it is a label, a link or a heading.
SENTENCE = 9
_ENDS = (".", ";", ":", "。", "!", "?")


@dataclass(frozen=True)
class Case:
    """Two readings with their difference, and what was remembered when they were compared."""

    old: Reading
    new: Reading
    difference: Difference
    past: Past | None = None

    @cached_property
    def told(self) -> tuple[Passage, ...]:
        """Return the passages that were found to matter."""
        return tuple(p for p in self.difference.passages if p.significance is Significance.SUBSTANTIVE)

    @cached_property
    def words(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Return the words that went and that came, passage by passage."""
        return tuple((folded(gone), folded(come)) for gone, come in map(bare, self.told))

    @cached_property
    def volume(self) -> int:
        """Return how many words went or came."""
        return sum(len(gone) + len(come) for gone, come in self.words)

    @cached_property
    def move(self) -> DateMove:
        """Return what became of the document's own date."""
        return date_move(self.old.text, self.new.text)


def bare(p: Passage) -> tuple[str, str]:
    """Return only what went and what came, without the words around."""
    if not p.edits:
        return p.before, p.after
    return (
        " … ".join(p.before[e.a0 : e.a1] for e in p.edits if e.a1 > e.a0),
        " … ".join(p.after[e.b0 : e.b1] for e in p.edits if e.b1 > e.b0),
    )


def is_sentence(p: Passage) -> bool:
    text = (p.after or p.before).rstrip()
    long = len(folded(text)) >= SENTENCE or (p.kind is not PassageKind.ADDED and len(folded(p.before)) >= SENTENCE)
    return long and text.endswith(_ENDS)
