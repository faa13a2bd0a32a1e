"""Phrases: what became of a provision as the end of a sentence about the company, made of its frame and its words.

Only provisions that came, went, were turned round or name another fact have one; what else changed is quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from watchers.model import Bearing, Finding, Stance, Touch, Turn
from watchers.provisions.frame_file import Rule, frames
from watchers.provisions.frames import Frame, read_frame
from watchers.provisions.taxonomy import PROVISIONS, TITLES

_DENIED = (Stance.DOES_NOT,)
_WITH_CHOICE = {Stance.OFFERS_CHOICE: " unless people opt out", Stance.ASKS_CONSENT: " with consent"}
_SLOT = re.compile(r"\{( \w+ )(\w+)\}")
#: Parts of a rule that are facts by themselves; and rules of which it says enough that they came or went.
_FACTS = frozenset({"law", "place", "age", "period", "cap"})
_SAID_BY_NAME = frozenset({"liability_limit", "warranty_disclaimer", "scraping_ban", "governing_law", "jurisdiction"})
#: Longest fact that is named in a phrase, in characters.
FACT = 40
#: From which confidence and weight on it is said in our words that a provision came or went.
SURE, GRAVE = 0.75, 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words; `predicate`: they go on from the company's name ("may now sell data"), else they stand alone.

    `quoted`: words of the clause that the phrase ends with.
    """

    words: str
    predicate: bool = False
    quoted: str = ""


def phrase(touch: Touch, old: str, new: str) -> Phrase | None:
    """Return what became of a provision in words, or None where only quoting would say it."""
    rule = frames().get(touch.provision)
    if rule is None:
        return None
    was, now = _frame(touch.before, old), _frame(touch.after, new)
    if was and now and (fact := _other_fact(touch.provision, was, now)):
        return Phrase(fact)
    change = _change(touch, was, now)
    if change is None:
        return None
    there, denied = change
    if rule.rule in (Rule.BAN, Rule.EXCLUSION, Rule.FACT) and touch.provision not in _SAID_BY_NAME:
        return None
    choice = "" if denied else _WITH_CHOICE.get(_stance(now), "")
    act, quoted = _act(rule.brief, (now or was) if not choice else None)
    return replace(_SAID[rule.rule](act, TITLES[touch.provision], there, denied, choice), quoted=quoted)


def _act(brief: str, frame: Frame | None) -> tuple[str, str]:
    """Return a brief act and the words of the slot that it names, or the act without."""
    found = _SLOT.search(brief)
    if not found:
        return brief, ""
    slot = frame.slot(found[2]) if frame else None
    if slot is None or slot.value:
        return brief[: found.start()] + brief[found.end() :], ""
    return brief[: found.start()] + found[1].rstrip(), " ".join(slot.words.split())


def _frame(finding: Finding | None, text: str) -> Frame | None:
    return read_frame(finding, text) if finding and finding.end <= len(text) else None


def _stance(frame: Frame | None) -> Stance:
    return frame.stance if frame else Stance.DOES


def _change(touch: Touch, was: Frame | None, now: Frame | None) -> tuple[bool, bool] | None:
    """Return whether the rule is there now, and whether what came or went is its denial; None for a shade."""
    found = touch.after or touch.before
    sure = found is not None and found.confidence >= SURE and PROVISIONS[touch.provision].weight >= GRAVE
    if touch.turn is Turn.APPEARED and now and sure:
        return True, now.stance in _DENIED
    if touch.turn is Turn.LEFT and was and sure:
        return False, was.stance in _DENIED
    measured = touch.bearing in (Bearing.WORSE, Bearing.BETTER)
    if was and now and measured and (was.stance in _DENIED) is not (now.stance in _DENIED):
        return True, now.stance in _DENIED
    return None


def _other_fact(provision: str, was: Frame, now: Frame) -> str:
    """Name a fact that is another one: a law, a place, an age, a period."""
    if was.stance is not now.stance and frames()[provision].rule is not Rule.FACT:
        return ""
    for slot in now.slots:
        before = was.slot(slot.name)
        if before and slot.name in _FACTS and not slot.value and _is_another(before.words, slot.words):
            return f"{TITLES[provision]}: “{slot.words}” instead of “{before.words}”"
    return ""


def _is_another(before: str, after: str) -> bool:
    """Tell whether two facts are short enough to be named and neither says what the other does."""
    was, now = _folded(before), _folded(after)
    return max(len(was), len(now)) <= FACT and was not in now and now not in was


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _permission(act: str, title: str, there: bool, denied: bool, choice: str) -> Phrase:
    if there:
        return Phrase(f"now says it does not {act}" if denied else f"may now {act}{choice}", predicate=True)
    return Phrase(f"no longer says that it {'does not' if denied else 'may'} {act}", predicate=True)


def _promise(act: str, title: str, there: bool, denied: bool, _: str) -> Phrase:
    if there:
        return Phrase(f"now says it does not {act}" if denied else f"now says it will {act}", predicate=True)
    return Phrase(f"no longer says that it {'does not' if denied else 'will'} {act}", predicate=True)


def _duty(act: str, title: str, there: bool, denied: bool, _: str) -> Phrase:
    if there:
        return Phrase(f"people {'need not' if denied else 'must now'} {act}")
    return Phrase(f"the duty to {act} is gone" if not denied else f"no longer said that people need not {act}")


def _named(act: str, title: str, there: bool, denied: bool, _: str) -> Phrase:
    return Phrase(f"{title} {'added' if there else 'removed'}")


_SAID = {
    Rule.PERMISSION: _permission,
    Rule.PROMISE: _promise,
    Rule.DUTY: _duty,
    Rule.BAN: _named,
    Rule.EXCLUSION: _named,
    Rule.FACT: _named,
}
