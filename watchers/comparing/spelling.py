"""Words that are the same but for spelling, inflection or a typing mistake.

A rule here must never take a number, a negation, a modal verb, a legal form or a role for another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

TYPO = "typing mistake put right"
GRAMMAR = "grammar"
#: Words whose coming or going is never a matter of style.
WEIGHTY = frozenset(
    "not no nor never none neither without unless except only all any every each must may can cannot shall should will "
    "would could might or and either if until before after free paid opt allow allowed prohibit prohibited permit "
    "permitted require required optional nicht kein keine ohne nur muss darf kann soll und oder pas ne sans sauf "
    "seulement doit peut et ou no sin sólo debe puede y".split()
)
LEGAL_FORMS = frozenset(
    "inc incorporated llc llp ltd limited corp corporation company co plc gmbh ag kg ug sa sas sarl srl spa bv nv oy "
    "ab as aps pbc pty pte kk unlimited".split()
)
#: Legal forms that are no everyday word beside.
NAMED_FORMS = LEGAL_FORMS - {"as", "company", "co", "limited", "sa", "ab", "ag", "unlimited", "se"}
_NUMBERS = re.compile(
    r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million|billion)$"
)
_ROLE = re.compile(r"(?:or|er|ee|ors|ers|ees)$")
_PREFIX = re.compile(r"^(?:un|in|im|il|ir|non|dis|ex|de|re|pre|post|over|under|sub|inter|intra|anti|mis)")
_ENDING = re.compile(r"(?:ies|es|s|ed|d|ing|'s|ely|ly|e|y|n|en|er)$")
_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|ation|ations|er|ers|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|es|ed|ing|er|ers)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ably|ite|ites|al|ful|er|ers|hood|less)?$)"), "or"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers|ation|ations)$)"), "l"),
    (re.compile(r"(?<=[a-z])(?:tre)(?=s?$)"), "ter"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z])ence(?=s?$)"), "ense"),
    (re.compile(r"ement(?=s?$)"), "ment"),
    (re.compile(r"^programme"), "program"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^cheque"), "check"),
    (re.compile(r"(?<=[a-z])wards$"), "ward"),
    (re.compile(r"^(whil|among|amid)st$"), r"\1"),
    (re.compile(r"^whil$"), "while"),
    (re.compile(r"licence"), "license"),
)
_EITHER_WAY = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _BRITISH))


@lru_cache(maxsize=8192)
def spelled(word: str) -> str:
    """Return an English word in one spelling of the two."""
    stem, apostrophe, rest = word.partition("'")
    if not _EITHER_WAY.search(stem):  # nearly always: fifteen rules to be tried in turn cost ten times as much
        return word
    for pattern, american in _BRITISH:
        stem = pattern.sub(american, stem)
    return stem + apostrophe + rest


def same_word(a: str, b: str) -> str:
    """Tell an inflection or a repaired typing mistake from another word."""
    if not (a.isalpha() and b.isalpha()) or {a, b} & (WEIGHTY | LEGAL_FORMS) or _NUMBERS.match(a) or _NUMBERS.match(b):
        return ""
    if _ENDING.sub("", a) == _ENDING.sub("", b) and min(len(a), len(b)) >= 4 and not _swaps_roles(a, b):
        return GRAMMAR
    short = min(len(a), len(b))
    swapped = short == 4 and sorted(a) == sorted(b)
    allowed = (1 if swapped else 0) if short < 5 else 1 if short < 9 else 2
    if a[0] != b[0] or OSA.distance(a, b) > allowed or _swaps_roles(a, b):
        return ""
    return "" if bool(_PREFIX.match(a)) != bool(_PREFIX.match(b)) else TYPO


def _swaps_roles(a: str, b: str) -> bool:
    """Tell a lessor from a lessee."""
    ends = [_ROLE.search(word) for word in (a, b)]
    return all(ends) and ends[0].group()[:2] != ends[1].group()[:2]  # type: ignore[union-attr]
