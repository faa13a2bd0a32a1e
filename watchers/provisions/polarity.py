"""Polarity: what a denial, a condition or another actor means for each kind of rule.

An exclusion of liability is there when liability is denied; a permission that is denied is a promise not to. The
words' reach is told by `watchers.language.scope`; which words are the rule's verb, by its frame.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from watchers.language.modifiers import Kind
from watchers.language.scope import Scope
from watchers.model import Stance
from watchers.provisions.frame_file import FrameRule, Rule

_LIFTS = re.compile(r"\b(?:does|do|shall|will) not apply\b|\bapplies only to\b|\bnot (?:required|obliged|subject) to\b")
_KEEPS = re.compile(
    r"\b(?:gross negligence|wil+ful|intent(?:ional)?|fraud|death or personal injury|statutory rights"
    r"|consumer rights|mandatory|(?:does|do|shall|will) not (?:limit|exclude|affect)|nothing in)\b"
)


def stance_of(rule: FrameRule, scope: Scope, said: str) -> Stance:
    """Return how a sentence in small letters stands to its provision, by the kind of the rule."""
    if rule.optional and rule.optional.search(said):
        return Stance.OFFERS_CHOICE
    return _BY_RULE[rule.rule](scope, said)


def _permission(scope: Scope, _: str) -> Stance:
    if scope.negated or scope.modality is Kind.BAN:
        if scope.actor is Kind.READER:
            return Stance.PROHIBITS_READER
        if scope.actor is Kind.THIRD_PARTY:
            return Stance.THIRD_PARTY  # what others promise clears nobody else
        if scope.consent:
            return Stance.ASKS_CONSENT
        return Stance.LIMITED if scope.exceptions else Stance.DOES_NOT
    if scope.actor is Kind.THIRD_PARTY:
        return Stance.THIRD_PARTY
    if scope.consent:
        return Stance.ASKS_CONSENT
    if scope.way_out:
        return Stance.OFFERS_CHOICE
    return Stance.MAY if scope.modality is Kind.MAY else Stance.DOES


def _promise(scope: Scope, _: str) -> Stance:
    if scope.negated and scope.actor is not Kind.READER:
        return Stance.DOES_NOT
    return Stance.LIMITED if scope.exceptions or scope.limit else Stance.DOES


def _duty(scope: Scope, said: str) -> Stance:
    if scope.no_duty or _LIFTS.search(said):
        return Stance.DOES_NOT
    return Stance.LIMITED if scope.exceptions else Stance.DOES


def _exclusion(scope: Scope, said: str) -> Stance:
    return Stance.LIMITED if _KEEPS.search(said) else Stance.DOES


def _ban(scope: Scope, _: str) -> Stance:
    if scope.modality is Kind.MAY and scope.actor is Kind.READER and not scope.negated:
        return Stance.LIMITED if scope.limit or scope.exceptions else Stance.DOES_NOT
    return Stance.LIMITED if scope.exceptions else Stance.DOES


def _fact(_: Scope, __: str) -> Stance:
    return Stance.DOES


_BY_RULE: Mapping[Rule, Callable[[Scope, str], Stance]] = {
    Rule.PERMISSION: _permission,
    Rule.PROMISE: _promise,
    Rule.DUTY: _duty,
    Rule.EXCLUSION: _exclusion,
    Rule.BAN: _ban,
    Rule.FACT: _fact,
}
