"""How a document stands to a provision, in neutral sentences: which finding speaks for it, and what it states.

Of what was recognised only; what the provision means is told in `explain/`, and the card is put together in `card.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchers.model import Finding, Stance

_SAYS = {
    Stance.DOES: ("describes", "describe", "{activity}"),
    Stance.MAY: ("permits or reserves", "permit or reserve", "{activity}"),
    Stance.DOES_NOT: ("states a limit on, or rules out,", "state a limit on, or rule out,", "{activity}"),
    Stance.ASKS_CONSENT: ("makes", "make", "{activity} depend on consent"),
    Stance.OFFERS_CHOICE: ("offers a choice about", "offer a choice about", "{activity}"),
    Stance.LIMITED: ("sets limits to", "set limits to", "{activity}"),
    Stance.PROHIBITS_READER: ("restricts what the reader may do:", "restrict what the reader may do:", "{activity}"),
    Stance.THIRD_PARTY: ("describes what third parties do:", "describe what third parties do:", "{activity}"),
}
_ALSO = {
    Stance.DOES: "describe it plainly",
    Stance.MAY: "permit or reserve it",
    Stance.DOES_NOT: "limit it or rule it out",
    Stance.ASKS_CONSENT: "make it depend on consent",
    Stance.OFFERS_CHOICE: "offer a choice about it",
    Stance.LIMITED: "set limits to it",
    Stance.PROHIBITS_READER: "restrict what the reader may do",
    Stance.THIRD_PARTY: "speak of third parties doing it",
}
_PLURAL = re.compile(r"^(?:Terms|Conditions)\b|\b(?:Terms|Conditions|Guidelines)$")


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
