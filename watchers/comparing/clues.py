"""Clues: what speaks for and against a change being the platform's act, each a name with a yes or no.

The rules and the small model of `judge` weigh them; nothing is decided here. Pure: two readings, their
difference, the memory of earlier versions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from watchers.comparing import substance
from watchers.comparing.case import SENTENCE, Case, bare, is_sentence
from watchers.comparing.folding import folded, key
from watchers.comparing.history import sentence_marks
from watchers.comparing.spelling import WEIGHTY
from watchers.model import Bearing, Direction, Link, Passage

_MODALS = WEIGHTY - {"and", "or", "und", "oder", "et", "ou", "y", "all", "any", "every", "can", "if", "after", "before"}
_READER = frozenset(
    "you your yours we our us ours sie ihr ihre ihren ihrer wir uns unser unsere du dein deine vous votre vos nous "
    "notre nos usted su sus nosotros nuestro nuestra nuestros tu tus tú ti tuo tua suo sua noi nostro nostra você seu "
    "sua nós nosso nossa u uw wij ons onze je jouw ty twój twoje my nasz nasze dig din ditt vi vår våra dine "
    "vores".split()
)
COUNTS = frozenset(
    (
        *(f"reason: {reason}" for reason in (substance.NUMBER, substance.AGE, substance.ENTITY, substance.CONTACT)),
        *(f"reason: {reason}" for reason in (substance.PROHIBITION, substance.PROMISE, substance.DATE)),
        *("a clause is better or worse for the reader", "a mail address was replaced", "a street address was replaced"),
    )
)
"""The clues of a change that is hardly ever a matter of wording: a figure, a party, an address, a ban, a promise."""

RENAMED_FROM = 3
#: What is left of characters that were decoded wrongly.
BROKEN = re.compile("\ufffd|[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u0178]{1,2}")


def clues(case: Case) -> dict[str, float]:
    """Return the clues that hold, by name, each 1.0 or a share between 0 and 1."""
    found = dict.fromkeys(_named(case), 1.0)
    found |= dict.fromkeys(_together(frozenset(found)), 1.0)
    found |= {name: share for name, share in _shares(case) if share}
    return found


def _together(found: frozenset[str]) -> Iterator[str]:
    """Yield what holds where two clues meet: a date that stood still says more where nothing that counts changed."""
    reworded = "some reworded" in found
    if found & COUNTS:
        yield "what counts changed"
        if reworded:
            yield "what counts changed in a reworded clause"
    else:
        alone = found & {"date: same", "date: none", "passages: 0 to 1"}
        yield from (f"{clue}, and nothing that counts changed" for clue in sorted(alone))
    if reworded and found & {"a modal or negation changed"}:
        yield "a modal or negation changed in a reworded clause"


def _named(case: Case) -> Iterator[str]:
    yield f"date: {case.move.name.lower()}"
    yield from _reasons(case)
    yield from _kinds(case.told)
    yield _step("passages", len(case.told), (1, 2, 5, 15))
    yield _step("words changed", case.volume, (1, 3, 8, 25, 80, 250, 1000))
    yield _step(
        "longest passage", max((len(folded(p.after or p.before)) for p in case.told), default=0), (3, 8, 20, 60)
    )
    if any({*gone, *come} & _MODALS for gone, come in case.words):
        yield "a modal or negation changed"
    if any({*gone, *come} & _READER for gone, come in case.words):
        yield "the changed words speak to the reader"
    if any({*folded(p.before + " " + p.after)} & _READER for p in case.told):
        yield "a changed clause speaks to the reader"
    if any(any(map(str.isdigit, "".join(gone + come))) for gone, come in case.words):
        yield "digits changed"
    if not any(is_sentence(p) for p in case.told):
        yield "no changed line is a sentence"
    if any(p.direction not in (Direction.UNCLEAR, Direction.WORDING_ONLY) for p in case.told):
        yield "what a clause does to people is known"
    if any(p.bearing is not Bearing.NEUTRAL for p in case.told):
        yield "a clause is better or worse for the reader"
    if max(Counter(_pairs(case)).values(), default=0) >= RENAMED_FROM:
        yield "the same words became the same others in several places"
    if any(BROKEN.search(p.before + p.after) for p in case.told):
        yield "broken characters"
    yield from _inside(case)
    if case.old.title != case.new.title:
        yield "the title changed"


def _inside(case: Case) -> Iterator[str]:
    """Yield how words changed inside clauses: put in, taken out, or replaced; an address or a name by another."""
    sides = {(a > 0, b > 0) for p in case.told for a, b in ((e.a1 - e.a0, e.b1 - e.b0) for e in p.edits)}
    if sides and all(p.edits for p in case.told) and len(sides) == 1:
        yield f"words were only {_SIDES[sides.pop()]}"
    changed = [bare(p) for p in case.told if p.edits]
    if any(_replaced(_MAIL, p.before, p.after) for p in case.told if p.edits):
        yield "a mail address was replaced"
    if any(
        _STREET.search(gone.replace(" … ", " ")) and _STREET.search(come.replace(" … ", " ")) for gone, come in changed
    ):
        yield "a street address was replaced"
    if any(_NAME.fullmatch(gone.strip()) and _NAME.fullmatch(come.strip()) for gone, come in changed):
        yield "a name was replaced"


_SIDES = {(True, False): "taken out", (False, True): "put in", (True, True): "replaced", (False, False): "moved"}
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_STREET = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŠŽČĆŁŚ][^\W\d]{3,40}+\.?,? \d{1,5}[A-Za-z]?\b|\b\d{1,5} [A-Z][\w.]*+ ?[A-Z]?")
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-ÞŠŽČĆŁŚ][\w&.-]*\s?){1,5}")


def _replaced(pattern: re.Pattern[str], before: str, after: str) -> bool:
    """Tell whether what a pattern finds stands on both sides and none of it is the same."""
    gone, come = ({found.casefold() for found in pattern.findall(text)} for text in (before, after))
    return bool(gone - come and come - gone)


def _reasons(case: Case) -> Iterator[str]:
    said = {reason for p in case.told for reason in p.reasons}
    yield from (f"reason: {reason}" for reason in sorted(said & _WEIGHED))
    if any(reason.startswith("rolled back") for reason in case.difference.reasons):
        yield "rolled back"


_WEIGHED = frozenset(
    (
        *(substance.NUMBER, substance.AGE, substance.DATE, substance.ENTITY, substance.CONTACT, substance.PROMISE),
        *(substance.PROHIBITION, substance.ROW, substance.ITEM, "back to words of an earlier version"),
    )
)


def _kinds(told: Sequence[Passage]) -> Iterator[str]:
    kinds = {p.kind for p in told}
    yield from (f"some {kind.value}" for kind in sorted(kinds))
    if len(kinds) == 1:
        yield f"only {next(iter(kinds)).value}"


def _shares(case: Case) -> Iterator[tuple[str, float]]:
    gone = frozenset().union(*(sentence_marks(p.before) for p in case.told))
    come = frozenset().union(*(sentence_marks(p.after) for p in case.told))
    earlier = case.past.sentences - sentence_marks(case.old.text) if case.past else frozenset()
    fresh = come - gone
    yield "share of new sentences seen in earlier versions", len(fresh & earlier) / max(1, len(fresh))
    every = max(1, len(case.difference.passages))
    yield "share of differences that are furniture or wording", 1 - len(case.told) / every
    longer = max(len(case.old.text), len(case.new.text), 1)
    yield "shrank by", max(0, len(case.old.text) - len(case.new.text)) / longer
    yield "grew by", max(0, len(case.new.text) - len(case.old.text)) / longer
    yield "share of changed lines at the foot", _share(case, lambda place: place > 0.93)
    yield "share of changed lines at the head", _share(case, lambda place: place < 0.04)
    yield (
        "share of changed lines that are no sentence",
        sum(not is_sentence(p) for p in case.told) / max(1, len(case.told)),
    )
    yield "share of letters kept", _letters_kept(case)
    yield "share of clauses renamed alike", _renamed_alike(case)
    yield "share of lines that stand several times", _repeated(case)
    yield "share of changed words that are labels of links", _labels(case)
    yield (
        "share of clauses with a known effect",
        sum(p.direction is not Direction.UNCLEAR for p in case.told) / max(1, len(case.told)),
    )
    changed = sum(len(p.before) + len(p.after) for p in case.told if not p.edits)
    yield "share of the text that came or went whole", min(1.0, changed / longer)


def _share(case: Case, within: Callable[[float], bool]) -> float:
    places = [_place(p, case) for p in case.told]
    return sum(map(within, places)) / max(1, len(places))


def _place(p: Passage, case: Case) -> float:
    if p.after_start >= 0:
        return p.after_start / max(1, len(case.new.text))
    return p.before_start / max(1, len(case.old.text))


def _letters_kept(case: Case) -> float:
    """Return the share of reworded passages whose letters are the same once blanks and signs are dropped."""
    reworded = [p for p in case.told if p.edits]
    same = sum(_letters(p.before) == _letters(p.after) for p in reworded)
    return same / max(1, len(case.told))


def _pairs(case: Case) -> Iterator[tuple[str, str]]:
    """Yield what became what, run by run."""
    for p in case.told:
        for e in p.edits:
            yield key(p.before[e.a0 : e.a1]), key(p.after[e.b0 : e.b1])


def _renamed_alike(case: Case) -> float:
    """Return the share of clauses in which nothing changed but words that changed alike elsewhere too."""
    often = {pair for pair, count in Counter(_pairs(case)).items() if count >= RENAMED_FROM}
    alike = sum(
        bool(p.edits) and all((key(p.before[e.a0 : e.a1]), key(p.after[e.b0 : e.b1])) in often for e in p.edits)
        for p in case.told
    )
    return alike / max(1, len(case.told))


def _repeated(case: Case) -> float:
    """Return the share of short lines that came (or went) several times: icons, labels, buttons."""
    lines = Counter(key(p.after or p.before) for p in case.told if not p.edits)
    often = sum(count for line, count in lines.items() if count >= RENAMED_FROM and len(line.split()) <= SENTENCE)
    return often / max(1, len(case.told))


def _labels(case: Case) -> float:
    """Return the share of changed letters that stand within links."""
    inside = every = 0
    for p in case.told:
        for e in p.edits or (None,):
            a0, a1, b0, b1 = (e.a0, e.a1, e.b0, e.b1) if e else (0, len(p.before), 0, len(p.after))
            inside += _covered(case.old.links, p.before_start + a0, p.before_start + a1) if a1 > a0 else 0
            inside += _covered(case.new.links, p.after_start + b0, p.after_start + b1) if b1 > b0 else 0
            every += a1 - a0 + b1 - b0
    return inside / max(1, every)


def _covered(links: Sequence[Link], start: int, end: int) -> int:
    first = bisect_right(links, start, key=lambda link: link.end)
    covered = 0
    for link in links[first:]:
        if link.start >= end:
            break
        covered += min(end, link.end) - max(start, link.start)
    return covered


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, BROKEN.sub("", text).casefold()))


def _step(name: str, count: int, steps: Sequence[int]) -> str:
    """Return a count as the step of a staircase it stands on: "passages 3 to 5"."""
    below = 0
    for step in steps:
        if count <= step:
            return f"{name}: {below} to {step}"
        below = step + 1
    return f"{name}: more than {steps[-1]}"
