"""Whom a rule binds: everybody, or a region or group that its headings or its own condition name.

Read off the words above and around the sentence; nothing is concluded from the platform.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

EVERYBODY = "all"
_GROUPS: tuple[tuple[str, str], ...] = (
    ("California", r"\bcalifornia|\bccpa\b|\bcpra\b"),
    ("US states", r"\b(?:u\.?s\.? |us )?state (?:privacy|law|specific)|\bvirginia\b|\bcolorado\b|\bnevada\b"),
    ("Brazil", r"\bbrazil|\blgpd\b"),
    ("EEA/UK/Switzerland", r"\beea\b.{0,40}\bswi|\beuropean economic area\b.{0,80}\bswi|\bgdpr\b.{0,40}\bswi"),
    ("EU/UK", r"\b(?:eea|eu|european (?:union|economic area)).{0,60}\b(?:uk|united kingdom)\b|\bgdpr\b"),
    ("EEA", r"\beea\b|\beuropean economic area\b"),
    ("EU", r"\beu\b|\beuropean union\b|\beurope\b"),
    ("US/Canada", r"\b(?:united states|u\.?s\.?a?)\b.{0,20}\bcanad"),
    ("US", r"\b(?:united states|u\.s\.|usa)\b|\bus (?:residents|users|customers|members|only)\b"),
    ("minors", r"\b(?:children|minors|kids|teens)\b"),
    ("business", r"\b(?:business|enterprise|commercial|api) (?:users?|customers?|accounts?|terms)\b"),
)
_PATTERNS = tuple((name, re.compile(words)) for name, words in _GROUPS)
_CONDITION = re.compile(
    r"^\W*(?:if|for|where|when) (?:you(?:'re| are| live| reside)?|(?:our )?(?:users|residents|customers"
    r"|individuals|consumers|people|those))\b[^,.;:]{0,120}"
    r"|\b(?:residents? of|users in|if you (?:are|live|reside) in)\b[^,.;:]{0,80}"
)
_OF_CHILDREN = ("children",)


def bound(provision: str, sentence: str, path: Sequence[str]) -> str:
    """Return whom a sentence in small letters binds, by the headings above (the title aside) and its condition."""
    condition = _CONDITION.search(sentence)
    for words in (condition.group() if condition else "", *reversed(path[1:])):
        for name, pattern in _PATTERNS:
            if words and pattern.search(words.lower()) and not (name == "minors" and provision in _OF_CHILDREN):
                return name
    return EVERYBODY
