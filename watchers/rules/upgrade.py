"""What another rule set makes of a document that is archived: the words and findings that come out otherwise.

Nothing is compared as the platform's doing here, and nothing is written or fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from watchers.model import Document, Exposure, Finding, Past
from watchers.pipeline import ruler
from watchers.provisions.again import stamp
from watchers.provisions.recogniser import recognise


@dataclass(frozen=True, slots=True)
class Shift:
    """A provision that today's rules see otherwise: exposure before and now (None: not there), and the excerpts."""

    provision: str
    was: Exposure | None
    now: Exposure | None
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What the rules of today make of a standing version: how many of its words, and which provisions, differ."""

    document: str
    made_by: str  # the rules that made the findings kept
    words_gone: int
    words_come: int
    shifts: tuple[Shift, ...]

    @property
    def nothing(self) -> bool:
        """Whether words and findings come out as they are kept."""
        return not (self.words_gone or self.words_come or self.shifts)


def upgrade(document: Document, past: Past) -> Upgrade:
    """Return what today's rules make of the last version of a document and its pages; it must have one."""
    version = past.version
    if version is None:
        raise ValueError(f"{document.id} was never read")
    reading = ruler(document, past)
    found = recognise(reading.text, doc_type=document.type, language=reading.language)
    gone, come = _differing(version.text.split(), reading.text.split())
    shifts = _shifts(version.text, past.findings, reading.text, found)
    return Upgrade(document.id, past.recognised, gone, come, shifts)


def findings_by_today(document: Document, text: str, language: str) -> tuple[tuple[Finding, ...], str]:
    """Return what today's rules find in archived words, and the name of these rules as it is kept with them."""
    return recognise(text, doc_type=document.type, language=language), stamp(document.type, language)


def _differing(old: list[str], new: list[str]) -> tuple[int, int]:
    before, after = Counter(old), Counter(new)
    return (before - after).total(), (after - before).total()


def _shifts(old_text: str, old: Iterable[Finding], new_text: str, new: Iterable[Finding]) -> tuple[Shift, ...]:
    before, after = _by_provision(old_text, old), _by_provision(new_text, new)
    shifts = []
    for provision in sorted(before.keys() | after.keys()):
        was, now = before.get(provision, {}), after.get(provision, {})
        gone = tuple(words for words in was if words not in now)
        come = tuple(words for words in now if words not in was)
        worst = _worst(was.values()), _worst(now.values())
        if gone or come or worst[0] != worst[1]:
            shifts.append(Shift(provision, *worst, gone, come))
    return tuple(shifts)


def _by_provision(text: str, findings: Iterable[Finding]) -> dict[str, dict[str, Exposure]]:
    found: dict[str, dict[str, Exposure]] = {}
    for finding in findings:
        found.setdefault(finding.provision, {})[finding.excerpt(text)] = finding.exposure
    return found


def _worst(some: Iterable[Exposure]) -> Exposure | None:
    return max(some, key=lambda one: one.rank, default=None)
