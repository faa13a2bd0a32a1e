"""Scope of modifiers: who acts, whether it is allowed, denied or conditional, for one verb of a sentence.

A modifier governs what its clause holds in its direction, and ends at the clause's border. The words are data
(`modifiers.py`); what a rule is about is not known here, only the place of its verb.

    >>> scope_of("if your payment is not successful, we may suspend your account.", 42, 49).negated
    False
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from watchers.language.modifiers import ACTORS, MODALS, Kind, Mark, borders, marks

_STOP = re.compile(r"[;:.!?](?=\s|$)")
_COMMA = re.compile(r",(?=\s)")
_SUBJECT = re.compile(r"\s+(?:then )?(?:we|you|they|it|the|our|your|any|all|disputes?|no|this|such)\b")
_BY = re.compile(r"\bby (?:us\b|(?:our )?(?:third[- ]part\w+|partners|advertisers|providers|vendors|you\b|users))")
_LIST_OF_THINGS = re.compile(r"[ ,]*(?:including|such as)\b")

_ACTS = re.compile(r"[ ,]+(?:\w+ ){0,2}?(?:may|will|can|do|does|must|shall|agree|grant)\b")
_IMPERATIVE = re.compile(r"\W*(?:please )?(?:do not|don't|never) \w+")
_OBJECT = re.compile(
    r"\b(?:to|with|by|from|for|of|about|on|against|between|upon|provide|give|tell|send|allow|grant|let|help|ask|require|notify|contact|inform)\s+$"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What governs one verb: the actor and the modality in force, and the spans of what denies or limits it."""

    actor: Kind | None = None
    modality: Kind | None = None
    negation: Span | None = None
    no_duty: bool = False
    conditions: tuple[Span, ...] = ()
    exceptions: tuple[Span, ...] = ()
    consent: Span | None = None
    way_out: Span | None = None
    limit: Span | None = None

    @property
    def negated(self) -> bool:
        """Tell whether the verb itself is denied."""
        return self.negation is not None


@lru_cache(maxsize=256)
def clauses(sentence: str) -> tuple[Span, ...]:
    """Return the clauses of a sentence: between its borders, with conditions set apart."""
    cuts = {0, len(sentence)}
    for border in borders():
        cuts.update(match.end() for match in border.finditer(sentence))
    for start, end in _conditions(sentence):
        cuts.update((start, end))
    edges = sorted(cuts)
    return tuple((a, b) for a, b in pairwise(edges) if sentence[a:b].strip())


@lru_cache(maxsize=256)
def _conditions(sentence: str) -> tuple[Span, ...]:
    """Return the spans of conditions and exceptions: from their word to the comma that a new subject follows."""
    spans: list[Span] = []
    for mark in marks(sentence):
        if mark.kind in (Kind.CONDITION, Kind.EXCEPTION) and not (spans and mark.start < spans[-1][1]):
            spans.append((mark.start, _ends(sentence, mark)))
    return tuple(spans)


def _ends(sentence: str, mark: Mark) -> int:
    stop = _STOP.search(sentence, mark.end)
    last = stop.start() if stop else len(sentence)
    for comma in _COMMA.finditer(sentence, mark.end, last):
        if _SUBJECT.match(sentence, comma.end()) and not _LIST_OF_THINGS.match(sentence, comma.end()):
            return comma.end()
    opens = not sentence[: mark.start].strip(" \"'([-*")
    first = _COMMA.search(sentence, mark.end, last) if opens else None
    return first.end() if first else last


def scope_of(sentence: str, start: int, end: int) -> Scope:
    """Return what governs the verb at [start:end] of a sentence in small letters."""
    home = next(((a, b) for a, b in clauses(sentence) if a <= start < b), (0, len(sentence)))
    conditions = _conditions(sentence)
    inside = any(a <= start < b for a, b in conditions)
    own = [mark for mark in marks(sentence) if inside or not any(a <= mark.start < b for a, b in conditions)]
    before = [
        mark for mark in own if home[0] <= mark.start < start or (mark.start == start and mark.kind is Kind.NEGATION)
    ]
    modal = next((mark for mark in reversed(before) if mark.kind in MODALS), None)
    every = marks(sentence)
    return Scope(
        actor=_actor(sentence, before, own, home, start, end),
        modality=_strongest(before, modal),
        negation=_negation(before, home),
        no_duty=any(mark.kind is Kind.NO_DUTY for mark in before),
        conditions=tuple(_of(conditions, every, Kind.CONDITION)),
        exceptions=tuple(_of(conditions, every, Kind.EXCEPTION)),
        consent=_first(every, Kind.CONSENT),
        way_out=_first(every, Kind.WAY_OUT),
        limit=_first(every, Kind.LIMIT),
    )


def _first(every: tuple[Mark, ...], kind: Kind) -> Span | None:
    return next(((mark.start, mark.end) for mark in every if mark.kind is kind), None)


def _of(conditions: tuple[Span, ...], every: tuple[Mark, ...], kind: Kind) -> Iterator[Span]:
    begins = {mark.start for mark in every if mark.kind is kind}
    yield from (span for span in conditions if span[0] in begins)


def _negation(before: list[Mark], home: Span) -> Span | None:
    """Return the denial in force before a verb; one that only lifts a duty denies nothing."""
    lifted = [mark for mark in before if mark.kind is Kind.NO_DUTY]
    for mark in reversed(before):
        if mark.kind is Kind.NEGATION and not any(one.start <= mark.start < one.end for one in lifted):
            return (mark.start, mark.end)
    return None


def _strongest(before: list[Mark], modal: Mark | None) -> Kind | None:
    """Return the modality nearest to the verb; a ban counts wherever in the clause it stands."""
    if any(mark.kind is Kind.BAN for mark in before):
        return Kind.BAN
    return modal.kind if modal else None


def _actor(sentence: str, before: list[Mark], own: list[Mark], home: Span, start: int, end: int) -> Kind | None:
    """Return who does it: named by "by …" behind a passive, else the subject before, else that of the clause before."""
    by = _BY.search(sentence, end, min(len(sentence), end + 60))
    if by:
        return _agent(by.group())
    subjects = [mark for mark in before if mark.kind in ACTORS and _is_subject(sentence, mark)]
    if subjects:
        return subjects[0].kind if _shares_a_subject(sentence, subjects) else subjects[-1].kind
    if _IMPERATIVE.match(sentence, home[0]):
        return Kind.READER
    earlier = [mark for mark in own if mark.kind in ACTORS and mark.end <= home[0] and _is_subject(sentence, mark)]
    return earlier[-1].kind if earlier else None


def _agent(named: str) -> Kind:
    if named.endswith("us"):
        return Kind.SERVICE
    return Kind.READER if "you" in named or "user" in named else Kind.THIRD_PARTY


def _shares_a_subject(sentence: str, subjects: list[Mark]) -> bool:
    """Tell whether later subjects are only objects on the way ("we share with partners and use …")."""
    return not any(_ACTS.match(sentence, mark.end) for mark in subjects[1:])


def _is_subject(sentence: str, mark: Mark) -> bool:
    """Tell whether an actor is named as the one who acts, not as the object of a verb or a preposition."""
    return sentence[mark.start : mark.end] not in ("us", "yourself") and not _OBJECT.search(
        sentence, max(0, mark.start - 16), mark.start
    )
