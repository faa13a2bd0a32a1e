"""How a sentence stands to its provision, told from the words before and around the cue.

Rules only (`cues/_stance.toml`), the first match wins; a cue may bring its own stance and is then not asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from watchers.model import Stance
from watchers.provisions.cues import FOLDER, Pattern, TomlFile, read_macros
from watchers.provisions.sieve import Sieve

_LABEL = re.compile(r"[^.;:]{2,70}:\s([^.;]*+)")
_EXCEPTING = re.compile(r"\b(?:except(?:ions?|ing)?|unless|other than|apart from|only|save (?:for|as|that|where))\b")
_NAMED = re.compile(r"\bdo[- ]not[- ](?:track\b|(?:sell|share|call)(?: or share)? my\b)")
_CONDITION = re.compile(r"^(?:if|when|where|once) you\b[^,.;]{0,160},")
REFUSALS = (Stance.DOES_NOT, Stance.PROHIBITS_READER)


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found.group())


@dataclass(frozen=True, slots=True)
class Rule:
    """A stance and the patterns that tell it; `until`: only words up to the end of the cue are asked."""

    stance: Stance
    find: tuple[Pattern, ...]
    until: bool


@cache
def rules() -> tuple[Rule, ...]:
    """Return the project's rules in their order, read once; raises CatalogueError with file and line."""
    file = TomlFile(FOLDER / "_stance.toml", read_macros(FOLDER / "_macros.toml"))
    return tuple(
        Rule(Stance(entry["stance"]), file.patterns(entry, "find", line), entry.get("where") == "until")
        for entry, line in file.entries("rule")
    )


@cache
def _sieve() -> Sieve:
    """Return the sieve of all rules' patterns, without their edges: a cue may end, and `until` with it, in a word."""
    return Sieve(pattern.written.replace(r"\b", "") for rule in rules() for pattern in rule.find)


@lru_cache(maxsize=64)
def _likely(sentence: str) -> tuple[tuple[Rule, Pattern], ...]:
    """Return the rules with their patterns that may match a sentence, in order."""
    every = [(rule, pattern) for rule in rules() for pattern in rule.find]
    return tuple(every[number] for number in _sieve().through(sentence))


def stance(sentence: str, end: int, lead: str = "") -> Stance:
    """Judge a sentence in small letters whose cue ends at `end`; a plain statement is `DOES`.

    An entry of a list stands as its `lead` says ("we will not:"), unless that only leads to exceptions.
    A cue in the label a sentence begins with ("sale of data: we do not") is judged by what is said after it, and a
    name that sounds like a refusal ("do not track") by nothing of itself.
    """
    if lead and not _EXCEPTING.search(lead):
        sentence, end = f"{lead} {sentence}", len(lead) + 1 + end
    label = _LABEL.match(sentence)
    if label and end < label.start(1):
        end = label.end(1)
    sentence = _NAMED.sub(_blank, sentence)
    unconditional = _CONDITION.sub(_blank, sentence)  # "if you are not logged in, you can" refuses nothing
    for rule, pattern in _likely(sentence):
        asked = unconditional if rule.stance in REFUSALS else sentence
        if pattern.compiled.search(asked[:end] if rule.until else asked):
            return rule.stance
    return Stance.DOES
