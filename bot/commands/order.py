"""What somebody asked for, read out of what they typed: platforms, documents, provisions, spans of time.

Any input is read, whatever it is; what nobody understood comes back in `unknown`. Nothing is looked up elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz, process

from watchers import catalogue
from watchers.model import Document, Platform
from watchers.provisions import taxonomy

LONGEST = 6  # words of the longest name
MOST_WORDS = 60  # more is not read: no order is that long
EVERY = frozenset({"all", "everything", "*", "any", "every"})
FILLERS = frozenset(
    {"for", "the", "of", "on", "and", "in", "last", "days", "policy", "policies", "document", "changes"}
)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"(?<![a-z0-9-])(?<![a-z0-9-]\.)(?:[a-z0-9-]++\.)+[a-z]{2,24}/\S*", re.IGNORECASE)
SPAN = re.compile(r"(\d{1,4})\s*(d|day|days|w|week|weeks|m|month|months|y|year|years)", re.IGNORECASE)
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
SINCE = re.compile(r"\bsince\s+(\d{4}(?:-\d{1,2}){0,2})(?![\w-])", re.IGNORECASE)
PAGE = re.compile(r"\bpage\s+(\d{1,5})\b", re.IGNORECASE)
LINKED = re.compile(r"<((?:https?://)[^<>|\s]++)(?:\|[^<>]*+)?>")  # how Slack writes an address it recognised


@dataclass(frozen=True, slots=True)
class Order:
    """An order as understood. No platform and `every` unset: none was named.

    `types` are terms types; `days` a span of time, `since` a day, month or year as typed;
    `unknown` the runs of words nobody understood, in order.
    """

    platforms: tuple[Platform, ...] = ()
    every: bool = False
    types: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    address: str = ""
    days: int | None = None
    page: int = 1
    unknown: tuple[str, ...] = ()
    since: str = ""

    @property
    def platform(self) -> Platform | None:
        """Return the platform named first."""
        return self.platforms[0] if self.platforms else None

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the platform that are of the types named, or all of them."""
        if self.platform is None:
            return ()
        return tuple(one for one in self.platform.documents if not self.types or one.type in self.types)


class Names:
    """The names an order may use: platforms, and provisions in every spelling people give them."""

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self.platforms = tuple(platforms)
        self.provisions = provision_names()
        self._platforms = {plain(name): one for one in platforms for name in (*one.aliases, one.name, one.id)}

    def knowing(self, platform: Platform, document: Document) -> Names:
        """Return these names with a document that may be new."""
        beside = tuple(one for one in platform.documents if one.id != document.id)
        grown = replace(platform, documents=(*beside, document))
        others = [one for one in self.platforms if one.id != platform.id]
        return Names((*others, grown))

    def platform(self, words: str) -> Platform | None:
        """Return the platform of that name, id or alias, or None."""
        return self._platforms.get(plain(words))

    def nearest(self, words: str, most: int = 3) -> tuple[Platform, ...]:
        """Return the platforms whose names come closest, best first."""
        ranked = process.extract(plain(words), self._platforms.keys(), scorer=fuzz.WRatio, limit=4 * most)
        return tuple(dict.fromkeys(self._platforms[name] for name, _, _ in ranked))[:most]

    def provision(self, words: str) -> str:
        """Return the provision of that name, or nothing."""
        return self.provisions.get(plain(words), "")


@cache
def provision_names() -> Mapping[str, str]:
    """Return the provisions by every name they go by, folded; ids and titles come before aliases."""
    every = taxonomy.PROVISIONS.values()
    aliases = {plain(alias): one.id for one in every for alias in one.aliases}
    return aliases | {plain(name): one.id for one in every for name in (one.title, one.id)}


def plain(name: str) -> str:
    """Fold a name to its letters and digits, so that "ai-training", "AI training" and "ai_training" are one."""
    folded = name.casefold() if name.isascii() else unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def understand(words: str, names: Names) -> Order:
    """Read an order. The first name is a platform's if it can be; provisions and document types may follow."""
    rest, address = _address(words)
    rest, page = _page(rest)
    rest, since = _since(rest)
    reader = _Reader(names, tuple(_tokens(rest)))
    reader.read()
    return Order(
        tuple(dict.fromkeys(reader.platforms)),
        reader.every,
        tuple(dict.fromkeys(reader.types)),
        tuple(dict.fromkeys(reader.provisions)),
        address,
        reader.days,
        page,
        tuple(reader.unknown),
        since,
    )


def span_of(words: str) -> int | None:
    """Read a span of time as days ("7d", "2 weeks"), or None."""
    found = SPAN.fullmatch(words.strip())
    return int(found[1]) * DAYS[found[2][0].lower()] if found else None


def _address(words: str) -> tuple[str, str]:
    words = LINKED.sub(r"\1", words)
    found = ADDRESS.search(words) or BARE_ADDRESS.search(words)
    if found is None:
        return words, ""
    address = found[0].rstrip(".,;)>")
    with_scheme = address if address.lower().startswith("http") else f"https://{address}"
    return f"{words[: found.start()]} {words[found.end() :]}", with_scheme


def _since(words: str) -> tuple[str, str]:
    found = SINCE.search(words)
    return (f"{words[: found.start()]} {words[found.end() :]}", found[1]) if found else (words, "")


def _page(words: str) -> tuple[str, int]:
    found = PAGE.search(words)
    if found is None:
        return words, 1
    return f"{words[: found.start()]} {words[found.end() :]}", max(1, int(found[1]))


def _tokens(words: str) -> Iterator[str]:
    for word in re.split(r"[\s,;]+", words)[:MOST_WORDS]:
        if bare := word.strip("\"'“”‘’`<>()"):
            yield bare


class _Reader:
    """Reads words from left to right, always the longest name first."""

    def __init__(self, names: Names, words: tuple[str, ...]) -> None:
        self.names, self.words = names, words
        self.platforms: list[Platform] = []
        self.types: list[str] = []
        self.provisions: list[str] = []
        self.unknown: list[str] = []
        self.every = False
        self.days: int | None = None
        self._strange = False

    def read(self) -> None:
        at = 0
        while at < len(self.words):
            taken = self._longest(at)
            if not taken:
                self._not_understood(self.words[at])
            self._strange = not taken
            at += max(1, taken)

    def _longest(self, at: int) -> int:
        for size in range(min(LONGEST, len(self.words) - at), 0, -1):
            if self._take(" ".join(self.words[at : at + size])):
                return size
        return 0

    def _take(self, words: str) -> bool:
        if words.casefold() in EVERY:  # after a platform, known or not, it means all of its documents
            self.every = self.every or not (self.platforms or self.unknown)
        elif (days := span_of(words)) is not None:
            self.days = days
        elif self.platforms and (type_ := catalogue.find_type(words)):
            self.types.append(type_)
        elif platform := self.names.platform(words):
            self.platforms.append(platform)
        elif type_ := catalogue.find_type(words):
            self.types.append(type_)
        elif provision := self.names.provision(words):
            self.provisions.append(provision)
        else:
            return False
        return True

    def _not_understood(self, word: str) -> None:
        if word.casefold() in FILLERS:
            return
        if self._strange and self.unknown:
            self.unknown[-1] += f" {word}"
        else:
            self.unknown.append(word)
