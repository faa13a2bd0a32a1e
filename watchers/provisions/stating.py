"""How a document stands to a provision, in neutral sentences: which finding speaks for it, and what it states.

Of what was recognised only; what the provision means is told in `explain/`, and the card is put together in `card.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchers.model import Exposure, Finding, Stance

_SAYS = {
    Stance.DOES: ("describes", "describe", "{activity}"),
    Stance.MAY: ("permits or reserves", "permit or reserve", "{activity}"),
    Stance.DOES_NOT: ("states a limit on, or rules out,", "state a limit on, or rule out,", "{activity}"),
    Stance.ASKS_CONSENT: ("makes", "make", "{activity} depend on consent"),
    Stance.OFFERS_CHOICE: ("offers a choice about", "offer a choice about", "{activity}"),
    Stance.PROHIBITS_READER: ("restricts what the reader may do:", "restrict what the reader may do:", "{activity}"),
    Stance.THIRD_PARTY: ("describes what third parties do:", "describe what third parties do:", "{activity}"),
}
_ALSO = {
    Stance.DOES: "describe it plainly",
    Stance.MAY: "permit or reserve it",
    Stance.DOES_NOT: "limit it or rule it out",
    Stance.ASKS_CONSENT: "make it depend on consent",
    Stance.OFFERS_CHOICE: "offer a choice about it",
    Stance.PROHIBITS_READER: "restrict what the reader may do",
    Stance.THIRD_PARTY: "speak of third parties doing it",
}
PROMISES = (Stance.DOES_NOT, Stance.PROHIBITS_READER, Stance.THIRD_PARTY)
"""What a document is known by only where it says nothing else as surely: a promise about one thing is not its rule."""

_WEIGHT = {Exposure.LOW: 0, Exposure.MEDIUM: 1, Exposure.HIGH: 2}
_PLURAL = re.compile(r"^(?:Terms|Conditions)\b|\b(?:Terms|Conditions|Guidelines)$")
_READER = re.compile(r"\b(?:you|your|users?|customers?|members?|people)\b", re.IGNORECASE)
OPENING = 20
"""Characters within which a sentence comes to the point."""

READABLE = 500
"""Characters from which on a sentence is too long to stand for a provision, if there is a shorter one."""


def ranked(findings: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """Order the findings of one provision in a text: the surest first, what is done before what is not.

    Then those that are about it from their first words on, speak of the reader, and say most; the gravest of equals.
    """

    def place(f: Finding) -> tuple[float, bool, bool, int, int, int]:
        central, reader = f.cue_start - f.start < OPENING, bool(_READER.search(text, f.start, f.end))
        says = len(f.factors) + 2 * central + reader
        sure, long = -round(f.confidence, 1), f.end - f.start > READABLE
        return sure, f.stance in PROMISES, long, -says, -_WEIGHT[f.exposure], f.start

    return tuple(sorted(findings, key=place))


def statement(title: str, doc_type: str, activity: str, found: Sequence[Finding], *, whole: bool = True) -> str:
    """Say in a sentence or two how a document stands to an activity, from its ranked findings.

    `title` names the document in a sentence, `doc_type` decides the number of its verb, `whole` says if all was read.
    """
    if not found:
        seen = "in the version kept" if whole else "in the part that could be read"
        return f"Nothing on {activity} was recognised in {title}, {seen}."
    best = found[0]
    one, several, what = _SAYS[best.stance]
    verb = several if _PLURAL.search(doc_type) else one
    return f"{title} {verb} {what.format(activity=activity)}.{_besides(found)}"


def _besides(found: Sequence[Finding]) -> str:
    """Say how else the document stands to it, in sentences recognised as surely as the one shown."""
    sure = [one for one in found if round(one.confidence, 1) >= round(found[0].confidence, 1)]
    said = {found[0].stance, Stance.MAY if found[0].stance is Stance.DOES else None}
    others = [one for one in dict.fromkeys(finding.stance for finding in sure) if one not in said]
    return f" Other sentences {' and '.join(_ALSO[one] for one in others)}." if others else ""
