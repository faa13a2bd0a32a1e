"""Reads declarations of Open Terms Archive into our own values: all their forms, none of their JavaScript.

Format: https://docs.opentermsarchive.org (declarations `<service>.json` and `<service>.history.json`). A
document with a custom filter is read without it and says so in its note.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from watchers.errors import CatalogueError
from watchers.model import Document, Part, Platform, Reader, Selector
from watchers.platform_file import slug

SOURCE, LICENCE = "Open Terms Archive", "EUPL-1.2"
INHERITED = ("fetch", "select", "remove", "filter", "executeClientScripts")
BUILT_IN = "removeQueryParams"

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a document was read until a moment."""

    type: str
    parts: tuple[Part, ...]
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Declared:
    """What a folder of declarations came to: platforms, and one mistake for each file that was skipped.

    `earlier` counts the declarations of `.history.json` files: they are checked and used for nothing, as pages old
    and new are read with today's declaration before they are compared (same ruler).
    """

    platforms: tuple[Platform, ...]
    mistakes: tuple[CatalogueError, ...]
    earlier: int = 0


def read_folder(folder: Path, source: str = SOURCE, licence: str = LICENCE) -> Declared:
    """Return the platforms of a folder of declarations; a wrong file is reported and skipped."""
    platforms, mistakes, earlier = [], [], 0
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".filters.json"):
            continue
        try:
            text = path.read_text(encoding="utf8")
            if path.name.endswith(".history.json"):
                earlier += len(read_history(text, str(path)))
            else:
                platforms.append(read_platform(text, str(path), source, licence))
        except UnicodeDecodeError:
            mistakes.append(CatalogueError(str(path), None, "this is not UTF-8 text"))
        except CatalogueError as mistake:
            mistakes.append(mistake)
    return Declared(tuple(platforms), tuple(mistakes), earlier)


def read_platform(text: str, file: str, source: str = SOURCE, licence: str = LICENCE) -> Platform:
    """Return the platform a declaration describes; no documents when the service was terminated.

    Raises CatalogueError naming the file and, where JSON says so, the line.
    """
    table = _table(text, file)
    name = str(table.get("name") or Path(file).stem)
    identity = slug(name)
    if not identity:
        raise CatalogueError(file, None, f"the service {name!r} has no letter an id could be made of")
    terms = table.get("terms", table.get("documents"))
    if not isinstance(terms, Mapping):
        raise CatalogueError(file, None, "there is neither “terms” nor “documents”")
    documents = tuple(
        Document(f"{identity}/{slug(kind)}", identity, kind, _parts(terms[kind], file), source=source, licence=licence)
        for kind in terms
    )
    return Platform(identity, name, documents=documents)


def read_history(text: str, file: str) -> tuple[Earlier, ...]:
    """Return the earlier declarations of a service, in the order of the file."""
    table = _table(text, file)
    return tuple(
        Earlier(kind, _parts(entry, file), _moment(entry.get("validUntil"), file))
        for kind, entries in table.items()
        if isinstance(entries, list)
        for entry in entries
    )


def _table(text: str, file: str) -> Table:
    try:
        table = json.loads(text)
        json.dumps(table, ensure_ascii=False).encode()  # half a letter ("\\ud800") can be written, and kept nowhere
    except json.JSONDecodeError as error:
        raise CatalogueError(file, error.lineno, f"this is not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:  # numbers or nesting that no declaration has
        raise CatalogueError(
            file, None, "this JSON cannot be read: half a letter, a number too long, or nested too deep"
        ) from error
    if not isinstance(table, dict):
        raise CatalogueError(file, None, "a declaration is an object, {…}")
    return table


def _parts(terms: Any, file: str) -> tuple[Part, ...]:
    if not isinstance(terms, Mapping):
        raise CatalogueError(file, None, "a document is an object, {…}")
    items = terms.get("combine")
    if items is None:
        return (_part(terms, file),)
    if not isinstance(items, list) or not items or not all(isinstance(item, Mapping) for item in items):
        raise CatalogueError(file, None, "“combine” is a list of objects, [{…}]")
    defaults = {key: terms[key] for key in INHERITED if key in terms}
    return tuple(_part({**defaults, **item}, file) for item in items)


def _part(table: Table, file: str) -> Part:
    address = table.get("fetch")
    if not isinstance(address, str) or not address:
        raise CatalogueError(file, None, "a document has no “fetch” address")
    custom, dropped = _filters(table.get("filter", ()), file)
    note = f"read without its custom filter {', '.join(custom)}" if custom else ""
    return Part(
        address,
        tuple(_selectors(table.get("select", ()), file)),
        tuple(_selectors(table.get("remove", ()), file)),
        _reader(table, address),
        dropped,
        note,
    )


def _reader(table: Table, address: str) -> Reader:
    if address.partition("?")[0].lower().endswith(".pdf"):
        return Reader.PDF
    return Reader.BROWSER if table.get("executeClientScripts") else Reader.HTTP


def _selectors(given: Any, file: str) -> Iterator[Selector]:
    for one in given if isinstance(given, list | tuple) else (given,):
        if isinstance(one, str):
            yield Selector(css=one)
        elif isinstance(one, Mapping):
            yield _range(one, file)
        else:
            raise CatalogueError(file, None, f"a selector is a string or a range, not {one!r}")


def _range(given: Table, file: str) -> Selector:
    starts = [key for key in ("startBefore", "startAfter") if key in given]
    ends = [key for key in ("endBefore", "endAfter") if key in given]
    if len(starts) != 1 or len(ends) != 1:
        raise CatalogueError(file, None, "a range has one start (startBefore, startAfter) and one end")
    if not (isinstance(given[starts[0]], str) and isinstance(given[ends[0]], str)):
        raise CatalogueError(file, None, "the ends of a range are selectors")
    return Selector(
        start=given[starts[0]],
        start_inside=starts[0] == "startBefore",
        end=given[ends[0]],
        end_inside=ends[0] == "endAfter",
    )


def _filters(given: Any, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (names of custom filters, query parameters to drop)."""
    custom: list[str] = []
    dropped: list[str] = []
    for one in given if isinstance(given, list | tuple) else (given,):
        if isinstance(one, str) and one != BUILT_IN:
            custom.append(one)
        elif isinstance(one, Mapping):
            dropped += _names(one.get(BUILT_IN, ()), file)
            custom += [name for name in one if name != BUILT_IN]
    return tuple(custom), tuple(dropped)


def _names(given: Any, file: str) -> list[str]:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise CatalogueError(file, None, f"“{BUILT_IN}” takes the names of query parameters")
    return list(names)


def _moment(words: Any, file: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words) if isinstance(words, str) else None
    except ValueError as error:
        raise CatalogueError(
            file, None, f"“validUntil” is a moment, as in 2026-01-31T12:00:00Z, not {words[:40]!r}"
        ) from error
