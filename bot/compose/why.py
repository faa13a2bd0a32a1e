"""Why: what decided a verdict, in words a reader can check. Composed of what is kept; nothing is judged anew."""

from __future__ import annotations

from collections.abc import Iterator

from watchers.model import Change, Direction, Finding, Passage, Significance, Touch
from watchers.provisions.exposure import label
from watchers.provisions.taxonomy import TITLES

LONGEST = 160
"""Characters of quoted words that are shown."""

UNREASONED = "no rule says that it is cosmetic, so it is told"


def of_change(change: Change) -> Iterator[str]:
    """Yield why a change was told, or was not: the verdict, each provision it touches, each passage."""
    difference = change.difference
    yield f"{difference.significance}: {'; '.join(difference.reasons) or UNREASONED}"
    if difference.suspicious:
        yield "it was held until a second look confirmed it"
    if difference.effective:
        yield f"a date of effect was read: {difference.effective.isoformat()}"
    for touch in change.touches:
        yield of_touch(touch)
    for number, passage in enumerate(difference.passages, 1):
        yield from (f"passage {number}, {line}" for line in of_passage(passage))


def of_touch(touch: Touch) -> str:
    """Say what became of a provision, and by which findings: rule and exposure before and after."""
    sides = (_side("before", touch.before), _side("after", touch.after))
    return f"{TITLES.get(touch.provision, touch.provision)} {touch.turn}: {'; '.join(filter(None, sides))}"


def of_passage(passage: Passage) -> Iterator[str]:
    """Yield why a passage is told or silent: the rules that made it cosmetic, the words its direction rests on."""
    where = f" under “{passage.path[-1]}”" if passage.path else ""
    silent = passage.significance is not Significance.SUBSTANTIVE
    verdict = "silent" if silent else "told"
    yield f"{passage.kind}{where}: {verdict}, {'; '.join(passage.reasons) or UNREASONED} (weight {passage.weight:.2f})"
    if passage.direction is not Direction.UNCLEAR:
        yield f"direction {passage.direction}: {', '.join(map(_quoted, passage.cues)) or 'by the words that changed'}"


def of_finding(finding: Finding, text: str) -> Iterator[str]:
    """Yield why a provision was found in a text: rule, words, stance, and what raised or lowered its exposure."""
    title = TITLES.get(finding.provision, finding.provision)
    words = _quoted(text[finding.cue_start : finding.cue_end])
    yield f"{title}: {_quoted(finding.excerpt(text))}"
    yield f"found by “{finding.cue}” in the words {words}, confidence {finding.confidence:.2f}"
    yield f"stance: {finding.stance.replace('_', ' ')}"
    for factor in finding.factors:
        weighs = "raises" if factor.raises else "lowers"
        cited = _quoted(text[factor.start : factor.end])
        yield f"{weighs} the exposure: {label(factor, finding.provision)}, in the words {cited}"
    yield f"exposure: {finding.exposure}"


def _side(when: str, finding: Finding | None) -> str:
    if finding is None:
        return ""
    rule = f"by “{finding.cue}”, " if finding.cue else ""
    return f"{when} {rule}{finding.stance.replace('_', ' ')}, {finding.exposure} exposure"


def _quoted(words: str) -> str:
    said = " ".join(words.split())
    return f"“{said}”" if len(said) <= LONGEST else f"“{said[: LONGEST - 1]}…”"
