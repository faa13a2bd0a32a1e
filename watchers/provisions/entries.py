"""Rows and items that name a recipient of data: what their coming or going touches.

An entry names somebody and rules nothing, so that the recogniser finds in it at best the place or the trade it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchers.comparing import substance
from watchers.comparing.tables import pattern
from watchers.model import Finding, Passage, Stance
from watchers.provisions.exposure import weigh

PROVISION = "service_providers"
#: An entry that only names somebody has at most this many words.
LONGEST = 25
#: Read off the head of the list it stands in, or off the service it says somebody does.
CONFIDENCE = 0.8
_RECIPIENTS = pattern("direction", "recipients")
_SERVICE = pattern("direction", "service")


def named(passages: Sequence[Passage], *, after: bool) -> Iterator[Finding]:
    """Yield a finding for each recipient that came (`after`) or went, over the whole entry; its name is the cue."""
    for passage in passages:
        text, start = (passage.after, passage.after_start) if after else (passage.before, passage.before_start)
        if text and is_recipient(passage):
            name = text.split(" | ")[0].strip("|*-• ")
            at = start + text.index(name)
            exposure, factors = weigh(PROVISION, text, start, Stance.DOES)
            yield Finding(
                *(PROVISION, start, start + len(text), Stance.DOES, exposure, CONFIDENCE),
                *(at, at + len(name), "an entry of a list of recipients", factors),
            )


def is_recipient(passage: Passage) -> bool:
    """Tell whether a passage is an entry that came or went and names a recipient of data."""
    text = passage.after or passage.before
    if passage.edits or not {substance.ROW, substance.ITEM} & {*passage.reasons} or len(text.split()) > LONGEST:
        return False
    return any(map(_RECIPIENTS.search, passage.path[-2:])) or bool(_SERVICE.search(text))


def elsewhere(findings: Sequence[Finding], passages: Sequence[Passage], *, after: bool) -> tuple[Finding, ...]:
    """Return the findings whose cue does not lie in an entry."""
    spans = [
        (start, start + len(text))
        for passage in filter(is_recipient, passages)
        for text, start in [(passage.after, passage.after_start) if after else (passage.before, passage.before_start)]
        if text
    ]
    return tuple(f for f in findings if not any(low <= f.cue_start < high for low, high in spans))
