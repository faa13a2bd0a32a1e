"""One platform file: TOML in, a Platform out, or the first mistake in it with its line and its mend.

It does not touch the disk and does not know the other platforms; `catalogue` does both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from rapidfuzz import process
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from watchers.errors import AddressRefused, CatalogueError
from watchers.fetchers.addresses import inner_name, inner_number, target
from watchers.model import Document, Part, Platform, Reader, Selector
from watchers.rules.schema import Where, lines, parse

GROUPS = (
    *("AI services", "cloud", "developer tools", "health", "marketplaces", "payments"),
    *("social media", "streaming", "travel", "work tools"),
)

READING_KEYS = ("select", "remove", "reader", "drop_query", "note")
PART_KEYS = ("address", *READING_KEYS)
DOCUMENT_KEYS = ("type", "language", "part", *PART_KEYS)
PLATFORM_KEYS = ("id", "name", "aliases", "group", "document")
SELECTOR_KEYS = ("css", "start", "start_inside", "end", "end_inside")

_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_EMPTY_PAGE = LexborHTMLParser("<p></p>")

Table = Mapping[str, Any]


def slug(name: str) -> str:
    """Return the name as used in ids: lower-case ASCII letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", " and ")).strip("-")


def near(wrong: str, right: Collection[str]) -> str:
    """Return "; did you mean …?" for a mistyped word, or name what is possible."""
    close = process.extractOne(wrong, list(right), score_cutoff=70)
    return f"; did you mean “{close[0]}”?" if close else f"; possible are {', '.join(right)}"


def read_platform(text: str, file: str, stem: str, types: Collection[str]) -> Platform:
    """Read one platform file, or raise `CatalogueError` for the first mistake. `stem` is the expected id."""
    tables = parse(text, file)
    return _PlatformFile(text, file, types).platform(tables, stem)


class _PlatformFile:
    """The reading of one file: knows where things stand, so that every mistake has its line."""

    def __init__(self, text: str, file: str, types: Collection[str]) -> None:
        self._file = file
        self._types = types
        self._lines = lines(text)

    def platform(self, table: Table, stem: str) -> Platform:
        self._check_keys(table, PLATFORM_KEYS, ())
        own_id = self._text(table, "id", ()) if "id" in table else stem
        if own_id != stem or own_id != slug(own_id):
            raise self._wrong(("id",), f"the id “{own_id}” must be the file's name, in lower case: “{slug(stem)}”")
        name = self._text(table, "name", ())
        group = table.get("group", "")
        if group and group not in GROUPS:
            raise self._wrong(("group",), f"there is no group “{group}”{near(str(group), GROUPS)}")
        documents = table.get("document", [])
        if not isinstance(documents, list) or not documents:
            raise self._wrong(("document",), "a platform has at least one [[document]]")
        read = tuple(self._document(one, ("document", at), stem) for at, one in enumerate(documents))
        self._check_types_differ(read)
        return Platform(stem, name, self._texts(table, "aliases", ()), group, read)

    def _document(self, table: Table, where: Where, platform: str) -> Document:
        self._check_keys(table, DOCUMENT_KEYS, where)
        type_ = self._text(table, "type", where)
        if type_ not in self._types:
            raise self._wrong((*where, "type"), f"there is no terms type “{type_}”{near(type_, self._types)}")
        language = table.get("language", "en")
        if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
            raise self._wrong((*where, "language"), "a language is two lower-case letters, such as “en”")
        return Document(f"{platform}/{slug(type_)}", platform, type_, self._parts(table, where), language)

    def _parts(self, table: Table, where: Where) -> tuple[Part, ...]:
        """Read the parts; what the document says about reading holds for each part that does not say otherwise."""
        if ("address" in table) == ("part" in table):
            raise self._wrong(where, "a document has either an address or several [[document.part]], one each")
        if "address" in table:
            return (self._part(table, where),)
        if not isinstance(table["part"], list) or not table["part"]:
            raise self._wrong((*where, "part"), "the parts are tables, each written [[document.part]]")
        shared = {key: table[key] for key in READING_KEYS if key in table}
        parts = []
        for at, one in enumerate(table["part"]):
            place = (*where, "part", at)
            self._check_keys(one, PART_KEYS, place)
            parts.append(self._part({**shared, **one}, place))
        if len({part.address for part in parts}) < len(parts):
            raise self._wrong(where, "two parts of this document have the same address; take one out")
        return tuple(parts)

    def _part(self, table: Table, where: Where) -> Part:
        address = self._text(table, "address", where)
        try:
            leads_to = target(address)
        except AddressRefused as error:
            raise self._wrong((*where, "address"), str(error)) from error
        if inner := inner_number(leads_to.host) if leads_to.literal else inner_name(leads_to.host):
            raise self._wrong((*where, "address"), f"{address} is no public page: {inner}")
        reader = table.get("reader", "http")
        if reader not in list(Reader):
            raise self._wrong((*where, "reader"), f"there is no reader “{reader}”{near(str(reader), list(Reader))}")
        return Part(
            address,
            select=self._selectors(table, "select", where),
            remove=self._selectors(table, "remove", where),
            reader=Reader(reader),
            drop_query=self._texts(table, "drop_query", where),
            note=self._text(table, "note", where) if "note" in table else "",
        )

    def _selectors(self, table: Table, key: str, where: Where) -> tuple[Selector, ...]:
        given = table.get(key, [])
        return tuple(self._selector(one, (*where, key)) for one in (given if isinstance(given, list) else [given]))

    def _selector(self, given: object, where: Where) -> Selector:
        if isinstance(given, str):
            return Selector(css=self._css(given, where))
        if not isinstance(given, dict):
            raise self._wrong(where, "a selector is a text, or a range such as { start = “h1”, end = “footer” }")
        self._check_keys(given, SELECTOR_KEYS, where)
        if ("css" in given) == bool({"start", "end"} & given.keys()):
            raise self._wrong(where, "a selector has either css, or start and end")
        if "css" not in given and "start" not in given:
            raise self._wrong(where, "a range says where it starts; the end of the page needs no end")
        for key, value in given.items():
            if not key.endswith("_inside"):
                self._css(value, where)
            elif not isinstance(value, bool):
                raise self._wrong(where, f"“{key}” is true or false")
        return Selector(**given)

    def _css(self, css: object, where: Where) -> str:
        try:
            _EMPTY_PAGE.css(str(css))
        except SelectolaxError as error:
            raise self._wrong(where, f"“{css}” is not a CSS selector that can be used here") from error
        return str(css)

    def _check_types_differ(self, documents: tuple[Document, ...]) -> None:
        seen: set[str] = set()
        for at, document in enumerate(documents):
            if document.type in seen:
                raise self._wrong(
                    ("document", at, "type"),
                    f"“{document.type}” stands twice; make the second address a [[document.part]] of the first",
                )
            seen.add(document.type)

    def _check_keys(self, table: object, possible: Collection[str], where: Where) -> None:
        if not isinstance(table, dict):
            raise self._wrong(where, "here stands a table of keys, such as [[document]]")
        for key in table:
            if key not in possible:
                raise self._wrong((*where, key), f"there is no key “{key}” here{near(key, possible)}")

    def _text(self, table: Table, key: str, where: Where) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong((*where, key), f"“{key}” is missing" if value is None else f"“{key}” must be a text")
        return value

    def _texts(self, table: Table, key: str, where: Where) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise self._wrong((*where, key), f"“{key}” must be a list of texts, such as [“a”, “b”]")
        return tuple(values)

    def _wrong(self, where: Where, message: str) -> CatalogueError:
        """Return the error for a place: its own line, that of the document it is inherited from, or of its table."""
        if where not in self._lines and (*where[:2], where[-1]) in self._lines:
            where = (*where[:2], where[-1])
        while where and where not in self._lines:
            where = where[:-1]
        return CatalogueError(self._file, self._lines.get(where, 1), message)
