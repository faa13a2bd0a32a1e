"""Stakes: what a sentence means for whoever reads the document, told from who acts, on what, and whether it is denied.

Nothing is compared here, and no provision is known; the rules with their examples are `rules/stakes.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from watchers.errors import CatalogueError

_FILE = "stakes.toml"
#: A condition the sentence opens with decides nothing of what it rules.
_CONDITION = re.compile(r"^(?:if|when|where|once|in|by|upon|before|after|unless|as|for)\b[^,.;]{0,120},\s*")
#: What denies the verb that follows, and what ends its reach.
_NEGATION = re.compile(
    r"\b(?:not|never|no(?! (?:later|less|more))|no longer|nor|neither|cannot|unable to|refuse to)\b|n't\b"
)
_END = re.compile(
    r"[.;:]|,? (?:but|unless|except|if|because|although|however|and (?:we|you)|so that)\b|, (?:we|you|which)\b"
)
_NAME = re.compile(
    r"[-*•|\s]*((?:The )?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}) "
    r"(?:may|might|will|can|could|shall|does|do|is|has|reserves?|collects?|uses?|shares?|process(?:es)?|stores?|receives?|discloses?|transfers?|sells?|retains?|disclaims?|never)\b"
)
_NO_NAMES = frozenset(
    "You Your Users User Customers Customer Members Member Sellers Developers If This These Any All Personal No The It "
    "They Such Each Information Data Content Cookies Claims Fees "
    "Disputes Residents Children Third Claim There That Those What Who How When Where Access Use".split()
)
#: How far, in characters, a negation reaches before what it denies.
REACH = 90


class Stake(IntEnum):
    """What a sentence means for its reader."""

    COSTS = -1
    NEITHER = 0
    SERVES = 1

    @property
    def reverse(self) -> Stake:
        """Return the stake of the sentence that says the opposite."""
        return Stake(-self)


class Kind(StrEnum):
    """What a sentence does: to the reader, or what the company takes upon itself or permits itself."""

    FREED = "freed"
    BARRED = "barred"
    DUTY = "duty"
    RIGHT = "right"
    EXCLUSION = "exclusion"
    ANSWERS = "answers"
    BAN = "ban"
    LIFTED = "lifted"
    CARE = "care"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that tell a kind and its stake; where it `turns`, a negation before them tells the reverse stake."""

    name: str
    kind: Kind
    stake: Stake
    find: tuple[re.Pattern[str], ...]
    turns: bool
    says: tuple[str, ...]
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says by the first rule that fits, and whether it denies it; [start:end] gave it away."""

    kind: Kind
    stake: Stake
    denied: bool
    words: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in their order, read once; raises CatalogueError when the file is wrong."""
    table = tomllib.loads((files("watchers.comparing") / "rules" / _FILE).read_text(encoding="utf8"))
    return tuple(_rule(entry, table["macros"]) for entry in table["rule"])


def _rule(entry: dict[str, Any], macros: dict[str, str]) -> Rule:
    try:
        return Rule(
            name=entry["name"],
            kind=Kind(entry["kind"]),
            stake=Stake[entry["stake"].upper()],
            find=tuple(re.compile(_filled(one, macros)) for one in entry["find"]),
            turns=bool(entry.get("turns")),
            says=tuple(entry["says"]),
            spares=tuple(entry["not"]),
        )
    except (KeyError, ValueError, re.error) as wrong:
        raise CatalogueError(f"rules/{_FILE}", None, f"{entry.get('name')!r}: {wrong}") from wrong


def _filled(pattern: str, macros: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda found: macros[found[1]], pattern)


@lru_cache(maxsize=2048)
def said(sentence: str) -> Said | None:
    """Return what a sentence says to its reader, or None where no rule tells.

    Example: "We share your data." costs; "We do not share your data." serves; "You may not leave." costs.
    """
    low = _CONDITION.sub("", plain(sentence), count=1)
    for rule in rules():
        spans = [found.span() for one in rule.find if (found := one.search(low))]
        if spans:
            start, end = min(spans)
            no = rule.turns and denied(low, start, end)
            return Said(rule.kind, rule.stake.reverse if no else rule.stake, no, low[start:end])
    return None


def stake(sentence: str) -> Stake:
    """Return what a sentence means for its reader; NEITHER where no rule tells."""
    found = said(sentence)
    return found.stake if found else Stake.NEITHER


def plain(sentence: str) -> str:
    """Return a sentence in small letters with plain apostrophes, without what marks it as an item.

    A name that acts at its beginning ("Tern may share …") counts as the company, which calls itself that.
    """
    named = _NAME.match(sentence)
    if named and named[1].split()[0] not in _NO_NAMES:
        sentence = "we " + sentence[named.end(1) :].lstrip()
    return sentence.lower().replace("’", "'").lstrip("-*•| \t").strip()


def denied(sentence: str, start: int, end: int) -> bool:
    """Tell whether a negation before some words, or among them, reaches to where they end."""
    found = list(_NEGATION.finditer(sentence, max(0, start - REACH), end))
    return bool(found) and not _END.search(sentence, found[-1].end(), end)
