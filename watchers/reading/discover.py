"""What a page nobody declared is: its title, its type, and whose it is, from its head, its headings and its address.

Nothing is fetched here, and nothing is guessed from the sentences of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from watchers import catalogue
from watchers.reading.tame import tame

FALLBACK = "Terms of Service"
LONGEST_NAME = 60
LONGEST_TITLE = 120
BETWEEN = re.compile(r"(?<!\s)(?:\s++[|–—·•:»-]+\s+|\s*+[|»]\s*)|[|»]\s*|:\s+")
WORD = re.compile(r"[^\W_]+")
LONGEST_TYPE = 6  # words
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})  # as in example.co.uk
DULL = frozenset(
    (
        *("home", "legal", "policies", "policy", "terms", "official site", "welcome", "help center", "help centre"),
        *("support", "legal center", "legal centre", "trust center", "trust centre", "privacy center", "index"),
    )
)
#: Where a page's head names its site, the surest first.
_SITE_NAMES = (
    'meta[property="og:site_name"]',
    'meta[name="application-name"]',
    'meta[name="apple-mobile-web-app-title"]',
)
_OWNERS = frozenset({"Organization", "Corporation", "WebSite", "OnlineBusiness", "NewsMediaOrganization"})
_LONGEST_DATA = 100_000
_MOST_DATA = 5
_MOST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself: its titles, its first headings, and the names of its site, the surest first."""

    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a page was found to be: its terms type and the name of whose it is. `guessed`: nothing names the type."""

    type: str
    platform: str
    title: str = ""
    guessed: bool = field(default=False, compare=False)


def head_of(html: str) -> Head:
    """Return what an HTML page says of itself in its head and in its first headings."""
    tree = LexborHTMLParser(tame(html))
    titles = [node.text_lexbor() for node in tree.css("head > title")[:1]]
    titles += [_content(tree, 'meta[property="og:title"]')]
    headings = [node.text_lexbor() for node in tree.css("h1")[:_MOST_HEADINGS]]
    sites = [*(_content(tree, css) for css in _SITE_NAMES), *_owners(tree)]
    return Head(*(tuple(filter(None, map(_line, lines))) for lines in (titles, headings, sites)))


def discover(head: Head | str, address: str) -> Discovery:
    """Tell what a page is from its head (or its title alone) and its address, which decides where they say nothing.

    The longest name of a type wins, wherever it stands; of equals the title's before a heading's before the path's.
    """
    said = Head((head,) if head else ()) if isinstance(head, str) else head
    path = " ".join(WORD.findall(unquote(urlsplit(address).path)))
    named = [_type_in(words) for words in (*said.titles, *said.headings, path)]
    size, type_ = max(named, key=lambda pair: pair[0])
    title = next(iter((*said.titles, *said.headings)), "")[:LONGEST_TITLE]
    return Discovery(type_ or FALLBACK, _name(said, address), title, guessed=not size)


def type_in(words: str) -> str:
    """Return the terms type that words name, the longest name first, or nothing."""
    return _type_in(words)[1]


def _type_in(words: str) -> tuple[int, str]:
    """Return how many words name a terms type, and the type."""
    tokens = WORD.findall(words)[:100]
    for size in range(min(LONGEST_TYPE, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            if found := catalogue.find_type(" ".join(tokens[at : at + size])):
                return size, found
    return 0, ""


def _name(said: Head, address: str) -> str:
    """Return whose a page is: as its head says, as a title says it beside the type, or by its host."""
    host = name_of_host(address)
    from_titles = [name for name in map(name_in, said.titles) if name]
    written = [name for name in (*said.sites, *from_titles) if not type_in(name) and name.casefold() not in DULL]
    own = [name for name in written if _plain(name) == _plain(host)]
    named = own or written or list(_cased(host, (*said.titles, *said.headings)))
    return named[0][:LONGEST_NAME] if named else host


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


def _cased(host: str, lines: Sequence[str]) -> Iterator[str]:
    """Give a host's name as the page writes it ("Petrelmail" → "PetrelMail", "Petrel Mail")."""
    for line in lines:
        words = WORD.findall(line)[:50]
        runs = (words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1))
        yield from (" ".join(run) for run in runs if _plain("".join(run)) == _plain(host))


def _plain(name: str) -> str:
    return "".join(WORD.findall(name)).casefold()


def _line(words: str) -> str:
    return " ".join(words.split())[:300]


def _content(tree: LexborHTMLParser, css: str) -> str:
    node = tree.css_first(css)
    return (node.attributes.get("content") or "") if node is not None else ""


def _owners(tree: LexborHTMLParser) -> Iterator[str]:
    """Give the names of site and organisation that the page declares for machines (schema.org, JSON-LD)."""
    for node in tree.css('script[type="application/ld+json"]')[:_MOST_DATA]:
        text = node.text_lexbor()
        try:
            declared = json.loads(text) if len(text) < _LONGEST_DATA else None
        except (ValueError, RecursionError):
            continue
        yield from _named(declared)


def _named(declared: Any) -> Iterator[str]:
    things = declared.get("@graph", [declared]) if isinstance(declared, dict) else declared
    for thing in things if isinstance(things, list) else ():
        if isinstance(thing, dict) and thing.get("@type") in _OWNERS and isinstance(thing.get("name"), str):
            yield thing["name"]
