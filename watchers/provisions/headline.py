"""The headline of a change: one sentence that can be forwarded, made of frames and verbatim words.

What is weightiest comes first, the rest is counted; where nothing was recognised that is said. No language model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchers.comparing.summary import is_rolled_back
from watchers.model import Difference, Significance, Touch, Turn
from watchers.provisions.facts import SHORT, Fact, cut, facts_of
from watchers.provisions.taxonomy import TITLES
from watchers.provisions.weighing import gravity

#: Longest headline, and longest name of a platform with its document in it, in characters.
MOST, TITLE = 110, 60
#: A change is a rewrite where this share of the new text is new, in at least so many clauses.
REWRITTEN, CLAUSES = 0.5, 12
#: Room, in characters, that the first fact has at least for its quotation.
LEAST = 8
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SHORTER = {"Terms of Service": "Terms"}
_TURN = {Turn.APPEARED: "added", Turn.LEFT: "removed", Turn.STRENGTHENED: "widened", Turn.WEAKENED: "narrowed"}


def headline(
    name: str, doc_type: str, difference: Difference, touches: Sequence[Touch] = (), old: str = "", new: str = ""
) -> str:
    """Return the headline of a change, or nothing where there is nothing to tell.

    `name` is the platform's (it may be empty), `old` and `new` are the whole texts. At most `MOST` characters.
    """
    if difference.significance is Significance.UNREADABLE or not difference.passages:
        return ""
    if difference.significance is Significance.COSMETIC:
        return f"{_titled(name, doc_type)}: wording only ({', '.join(difference.reasons)})"
    when = _when(difference)
    if is_rolled_back(difference):
        facts = facts_of(difference, touches, old, new)
        return _fitted(f"{_titled(name, doc_type)}: rolled back to earlier words", facts, when, joint=";")
    share = new_share(difference, len(new))
    if share >= REWRITTEN:
        told = [Fact(words) for words in _in_short(touches)]
        return _fitted(f"{_titled(name, doc_type)} rewritten: {round(100 * share)} % new", told, when, joint=";")
    facts = facts_of(difference, touches, old, new)
    if not facts:
        return _coarse(_titled(name, doc_type), difference, when)
    if facts[0].predicate:
        return _fitted(name or "The service", facts, when, joint="")
    return _fitted(_titled(name, doc_type), facts, when)


def _titled(name: str, doc_type: str) -> str:
    if len(name) + len(doc_type) > TITLE:
        return cut(name or doc_type, TITLE)
    return " ".join(filter(None, (name, _SHORTER.get(doc_type, doc_type)))) or "The document"


def _when(difference: Difference) -> str:
    day = difference.effective
    return f" (from {day.day} {_MONTHS[day.month - 1]} {day.year})" if day else ""


def _fitted(begun: str, facts: Sequence[Fact], when: str, joint: str = ":") -> str:
    """Return the beginning with as many facts as there is room for, the others counted."""
    said, left = begun, list(facts)
    while left:
        more = len(f", and {len(left) - 1} more") if len(left) > 1 else 0
        told = left[0].within(MOST - len(said) - len(joint) - 1 - more - len(when), SHORT if joint == ";" else LEAST)
        if not told and joint != ";":
            told = cut(left[0].words, MOST - len(said) - len(joint) - 1 - more - len(when))
        if not told:
            break
        said, joint = f"{said}{joint} {told}", ";"
        left.pop(0)
    more_said = f", and {len(left)} more" if left else ""
    room = MOST - len(more_said) - len(when)
    if len(said) > room:
        said = said[: room - 2].rsplit(" ", 1)[0].rstrip(" ,;:(“") + " …"
    return f"{said}{more_said}{when}"


def new_share(difference: Difference, length: int) -> float:
    """Return which share of the new text is new, counted in the clauses that came or became others."""
    told = [p for p in difference.passages if p.significance is Significance.SUBSTANTIVE]
    if not length or len(told) < CLAUSES:
        return 0.0
    come = sum(sum(e.b1 - e.b0 for e in p.edits) if p.edits else len(p.after) for p in told)
    return min(1.0, come / length)


def _in_short(touches: Sequence[Touch]) -> Iterator[str]:
    """Name the provisions that came, went or go further, the gravest first."""
    for touch in sorted(touches, key=gravity, reverse=True):
        if gravity(touch) and (turn := _TURN.get(touch.turn)):
            yield f"{TITLES[touch.provision]} {turn}"


def _coarse(title: str, difference: Difference, when: str) -> str:
    places = sum(p.significance is Significance.SUBSTANTIVE for p in difference.passages)
    where = f"{places:,} places" if places != 1 else "one place"
    return f"{title} changed in {where}; nothing about people's rights was recognised{when}"
