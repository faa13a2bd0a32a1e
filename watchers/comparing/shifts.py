"""Shifts: sentence by sentence, what came, what went and what became another, whatever passage it stands in.

A sentence that stands in another passage in the same or nearly the same words has moved, and is no shift by itself.
Nothing is weighed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watchers.comparing import substance
from watchers.comparing.folding import folded, key
from watchers.comparing.similarity import Likeness, best_pairs, candidates, likeness
from watchers.model import Passage, PassageKind, Significance
from watchers.provisions.layout import sentences

#: From here on two sentences of one passage are one rewritten, and two of different passages.
ALIKE_HERE, ALIKE_ELSEWHERE = 0.45, 0.75
#: Signs looked back for the words that lead a list in.
LEAD_WITHIN, LEAD = 4000, 300


@dataclass(frozen=True, slots=True)
class Shift:
    """A sentence that came (`before` is empty), went or became another, and the number of its passage.

    `lead` and `lead_now` are the words that lead its list in, on either side; `moved` says that the two stand in
    different passages.
    """

    passage: int
    before: str
    after: str
    lead: str = ""
    lead_now: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: int
    text: str
    lead: str


def shifts(passages: Sequence[Passage], old: str = "", new: str = "") -> tuple[Shift, ...]:
    """Return the shifts of the passages that matter, in their order; `old` and `new` are the whole texts."""
    gone: list[_Sentence] = []
    come: list[_Sentence] = []
    for number, passage in enumerate(passages):
        if passage.significance is Significance.SUBSTANTIVE and passage.kind is not PassageKind.MOVED:
            was, now = _changed(passage)
            gone += [_Sentence(number, one, _lead(passage, passage.before_start, old)) for one in was]
            come += [_Sentence(number, one, _lead(passage, passage.after_start, new)) for one in now]
    gone, come = _without_moved(gone, come)
    pairs = _paired(gone, come)
    return tuple(sorted(_told(gone, come, pairs), key=lambda shift: shift.passage))


def _changed(passage: Passage) -> tuple[list[str], list[str]]:
    """Return the sentences of either side that the other side does not have."""
    old = [passage.before[start:end] for start, end in sentences(passage.before)]
    new = [passage.after[start:end] for start, end in sentences(passage.after)]
    return _but(old, new), _but(new, old)


def _but(these: Sequence[str], others: Iterable[str]) -> list[str]:
    left = Counter(map(key, others))
    kept = []
    for one in these:
        if left[key(one)] > 0:
            left[key(one)] -= 1
        else:
            kept.append(one)
    return kept


def _without_moved(gone: list[_Sentence], come: list[_Sentence]) -> tuple[list[_Sentence], list[_Sentence]]:
    """Leave out what stands in the same words on the other side, under the same lead."""
    marks = [Counter((key(one.text), key(one.lead)) for one in side) for side in (gone, come)]
    both = marks[0] & marks[1]
    return tuple(_less(side, both.copy()) for side in (gone, come))  # type: ignore[return-value]


def _less(side: list[_Sentence], both: Counter[tuple[str, str]]) -> list[_Sentence]:
    kept = []
    for one in side:
        mark = key(one.text), key(one.lead)
        if both[mark] > 0:
            both[mark] -= 1
        else:
            kept.append(one)
    return kept


def _paired(gone: Sequence[_Sentence], come: Sequence[_Sentence]) -> dict[int, int]:
    a = {number: folded(one.text) for number, one in enumerate(gone)}
    b = {number: folded(one.text) for number, one in enumerate(come)}
    near = {(i, j) for i, j in candidates(a, b)} | set(_neighbours(gone, come))
    found = []
    for i, j in near:
        here = gone[i].passage == come[j].passage
        score = likeness(a[i], b[j])
        if score >= (ALIKE_HERE if here else ALIKE_ELSEWHERE):
            found.append(Likeness(score + 0.1 * here, i, j))
    return best_pairs(found)


def _neighbours(gone: Sequence[_Sentence], come: Sequence[_Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the pairs within one passage, where there are few."""
    held: dict[int, tuple[list[int], list[int]]] = {}
    for side, these in enumerate((gone, come)):
        for number, one in enumerate(these):
            held.setdefault(one.passage, ([], []))[side].append(number)
    for was, now in held.values():
        if len(was) * len(now) <= 64:
            yield from ((i, j) for i in was for j in now)


def _told(gone: Sequence[_Sentence], come: Sequence[_Sentence], pairs: dict[int, int]) -> Iterator[Shift]:
    for i, one in enumerate(gone):
        if i in pairs:
            now = come[pairs[i]]
            yield Shift(now.passage, one.text, now.text, one.lead, now.lead, one.passage != now.passage)
        else:
            yield Shift(one.passage, one.text, "", one.lead)
    taken = set(pairs.values())
    for j, now in enumerate(come):
        if j not in taken:
            yield Shift(now.passage, "", now.text, "", now.lead)


def _lead(passage: Passage, start: int, text: str) -> str:
    """Return the sentence that leads an entry of a list in ("We will not:"), or nothing."""
    if start < 0 or not text or (not {substance.ITEM} & {*passage.reasons} and not _is_item(text, start)):
        return ""
    above = text[max(0, start - LEAD_WITHIN) : text.rfind("\n", 0, start) + 1]
    for line in reversed(above.splitlines()):
        if not line.strip() or line.lstrip()[:2] in ("- ", "* ", "+ ") or line[:1].isspace():
            continue
        return line.strip()[-LEAD:] if line.rstrip().endswith((":", "：")) else ""
    return ""


def _is_item(text: str, start: int) -> bool:
    return text[text.rfind("\n", 0, start) + 1 : start].lstrip()[:1] in ("-", "*", "+")
