"""What a page nobody declared is: its type, and whose it is, from its title and its address.

Nothing is fetched here, and nothing is guessed from the body of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from watchers import catalogue

FALLBACK = "Terms of Service"
LONGEST_NAME = 60
BETWEEN = re.compile(r"\s+[|–—·•:»-]\s+|\s*[|»]\s*|:\s+")
WORD = re.compile(r"[^\W_]+")
LONGEST_TYPE = 5  # words
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})  # as in example.co.uk
DULL = frozenset({"home", "legal", "policies", "policy", "terms", "official site", "welcome", "help center", "support"})


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a page was found to be: its terms type and the name of whose it is."""

    type: str
    platform: str


def discover(title: str, address: str) -> Discovery:
    """Tell what a page is from its title and address; the address decides where the title says nothing."""
    path = " ".join(WORD.findall(unquote(urlsplit(address).path)))
    return Discovery(type_in(title) or type_in(path) or FALLBACK, name_in(title) or name_of_host(address))


def type_in(words: str) -> str:
    """Return the terms type that words name, the longest name first, or nothing."""
    tokens = WORD.findall(words)
    for size in range(min(LONGEST_TYPE, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            if found := catalogue.find_type(" ".join(tokens[at : at + size])):
                return found
    return ""


def name_in(title: str) -> str:
    """Return the part of a title that names somebody: the last one that names no type of terms."""
    parts = [part.strip() for part in BETWEEN.split(title) if part.strip()]
    named = [part for part in parts if not type_in(part) and part.casefold() not in DULL and WORD.search(part)]
    if named and len(parts) > 1:
        return min(named[-1], named[0], key=len)[:LONGEST_NAME]
    return ""


def name_of_host(address: str) -> str:
    """Return the telling part of an address's host ("https://www.example.co.uk/x" → "Example")."""
    labels = [label for label in (urlsplit(address).hostname or "").split(".") if label]
    if len(labels) > 2 and labels[-2] in SECOND_LEVEL:
        labels = labels[:-1]
    name = labels[-2] if len(labels) > 1 else "".join(labels)
    return name.replace("-", " ").title()[:LONGEST_NAME]
