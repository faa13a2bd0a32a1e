"""Finds the clauses that answer a question: by the provisions it speaks of and the words it shares with them.

Clauses are ranked, never phrased anew; where too little is shared, nothing is found rather than anything.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from watchers.model import Clause, ClauseKind
from watchers.provisions import taxonomy
from watchers.provisions.source import Source

LONGEST = 5  # words of a provision's name
ABOUT = 4.0  # what a recognised provision is worth, beside shared words
ENOUGH = 0.5  # share of the question's weight that words alone must cover
NEARLY = 0.8
HEADINGS = 0.5  # a word in a heading above counts half
SURE = 0.3  # what the confidence in what was recognised is worth
LEADING = 0.5  # a sentence that only leads to a list answers less than the list
LINE = 8  # words of a line that may be set like a heading
MOST = 20
WORD = re.compile(r"[^\W_]+")
EMPTY = frozenset(
    "a about all also am an and any are as at be because been but by can could did do does doing for from get had has "
    "have having he her his how i if in into is it its just let like may me might mine more most my no not of off on "
    "one only or our out over own per please said say says she should so some such tell than that the their them then "
    "there these they this those through to too under up us use used uses using very via was we were what when where "
    "which while who whom whose why will with would you your yours".split()
)
IRREGULAR = {
    "kept": "keep",
    "sold": "sell",
    "given": "give",
    "gave": "give",
    "taken": "take",
    "paid": "pay",
    "child": "children",
}
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "es", "ed", "s", "e")


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that may answer, with the document it stands in.

    `focus` is where in the clause's text the words stand that were recognised as what is asked about.
    """

    source: Source
    clause: Clause
    score: float
    provisions: tuple[str, ...] = ()
    focus: tuple[int, int] | None = None


def answering(question: str, sources: Sequence[Source]) -> tuple[Found, ...]:
    """Return the clauses that answer best, best first; none where nothing answers."""
    wanted = terms(question)
    about = frozenset(subjects(question))
    read = [(source, clause, terms(clause.text)) for source in sources for clause in _sayings(source)]
    spread = Counter(term for _, _, words in read for term in words if term in wanted)
    weights = {term: math.log(1 + len(read) / (1 + spread[term])) for term in wanted}
    scored = [_scored(source, clause, words, weights, about) for source, clause, words in read]
    found = sorted((one for one in scored if one), key=lambda one: -one.score)
    surely = any(one.provisions for one in found)  # then words alone have to say nearly the same
    told = {one.clause.text: one for one in reversed(found) if one.provisions or not surely or one.score >= NEARLY}
    return tuple(one for one in found if told.get(one.clause.text) is one)[:MOST]


def subjects(question: str) -> Iterator[str]:
    """Name the provisions a question speaks of; a longer name says better than a shorter one what is meant.

    Names are known as people bend them ("in court", "delete my account"), after those that stand as they are.
    """
    words = WORD.findall(question.casefold())
    bent = [_stem(word) for word in words if word not in EMPTY]
    for size in range(min(LONGEST, len(words)), 0, -1):
        named = [
            provision.id for name in _runs(words, size) if name not in EMPTY and (provision := taxonomy.find(name))
        ]
        if found := named or [one for name in _runs(bent, size) if (one := _bent_names().get(name))]:
            yield from found
            return


def _runs(words: Sequence[str], size: int) -> Iterator[str]:
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


@cache
def _bent_names() -> dict[str, str]:
    """Return the id of each provision by its names without empty words and endings."""
    names: dict[str, str] = {}
    for name, provision in taxonomy.names().items():
        bent = " ".join(_stem(word) for word in WORD.findall(name) if word not in EMPTY)
        if bent and (" " in bent or " " not in name):  # what is left of a longer name may be any word
            names.setdefault(bent, provision.id)
    return names


def terms(text: str) -> frozenset[str]:
    """Return the words that carry a meaning, without their endings."""
    return frozenset(_stem(word) for word in WORD.findall(text.casefold()) if word not in EMPTY and len(word) > 1)


def _stem(word: str) -> str:
    word = IRREGULAR.get(word, word)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _sayings(source: Source) -> Iterator[Clause]:
    return (clause for clause in source.clauses if not _heads(clause))


def _heads(clause: Clause) -> bool:
    """Tell whether a clause is a heading, or a line set like one: short, and without the end of a sentence."""
    if clause.kind is not ClauseKind.PARAGRAPH:
        return clause.kind is ClauseKind.HEADING
    text = clause.text.rstrip()
    return text[-1:].isalnum() and len(text.split()) <= LINE


def _scored(
    source: Source, clause: Clause, words: frozenset[str], weights: dict[str, float], about: frozenset[str]
) -> Found | None:
    above = terms(" ".join(clause.path))
    whole = sum(weights.values()) or 1.0
    shared = sum(weight for term, weight in weights.items() if term in words)
    shared += sum(HEADINGS * weight for term, weight in weights.items() if term in above - words)
    mine = [one for one in source.findings if one.provision in about and clause.start <= one.start < clause.end]
    here = tuple(dict.fromkeys(one.provision for one in mine))
    surest = max(mine, key=lambda one: one.confidence, default=None)
    focus = (surest.start - clause.start, min(surest.end, clause.end) - clause.start) if surest else None
    if not here and shared / whole < ENOUGH:
        return None
    score = ABOUT * bool(here) + shared / whole + 0.1 * len(here) - LEADING * clause.text.rstrip().endswith(":")
    score += SURE * surest.confidence if surest else 0.0
    return Found(source, clause, score, here, focus)
