"""One way to read the data files: TOML in, checked values out, and every mistake with its file and line.

What a file must look like is said by a model beside the code that needs it; only reading and checking live here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from watchers.errors import CatalogueError

T = TypeVar("T")
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""
Where = tuple[str | int, ...]
"""The way to a value: keys of tables, and positions in lists of tables."""

_HEADER = re.compile(r"\s*\[(\[)?\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]+\")\s*=")
_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is no key that is known here",
    "string_too_short": "is empty",
    "too_short": "is empty",
}
"""What pydantic's kinds of mistakes are called for people; its own words stand for the others."""


class Table(BaseModel):
    """A table of a data file: no key but those declared, and no value of another type taken for one that fits."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=False)


def parse(text: str, file: str) -> dict[str, Any]:
    """Return a TOML text as plain values. Raises CatalogueError with the line on which it stops to be TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))  # without one it is the end of the document
        at = int(line[1]) if line else max(1, len(text.splitlines()))
        raise CatalogueError(file, at, f"this is not TOML: {error}") from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError(file, None, "this TOML cannot be read: a number too long, or nested too deep") from error


def read(shape: type[T], text: str, file: str) -> T:
    """Return a TOML text as a value of a shape, such as `dict[str, Entry]` with `class Entry(Table)`.

    Raises CatalogueError for the first mistake, e.g. `types/data.toml:12: data_sharing: “weight” is missing`.
    """
    values = parse(text, file)
    try:
        return TypeAdapter(shape).validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise wrong(text, file, tuple(first["loc"]), _sentence(first)) from error


def wrong(text: str, file: str, where: Where, message: str) -> CatalogueError:
    """Return the error for a place in a text: the line of its key, or of the nearest table around it."""
    known = lines(text)
    while where and where not in known:
        where = where[:-1]
    return CatalogueError(file, known.get(where), message)


def lines(text: str) -> dict[Where, int]:
    """Return the line on which each key and each table of a TOML text stands, counted from 1."""
    found: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _place(header[2].split("."), bool(header[1]), counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1].strip('"')), number)
    return found


def _place(names: list[str], is_list: bool, counts: dict[Where, int]) -> Where:
    """Return the way to the table under a header; `counts` holds how many of each list of tables have begun."""
    way: Where = ()
    for name in names[:-1]:
        way = (*way, name)
        if way in counts:
            way = (*way, counts[way] - 1)
    way = (*way, names[-1])
    if not is_list:
        return way
    counts[way] = counts.get(way, 0) + 1
    return (*way, counts[way] - 1)


def _sentence(mistake: Mapping[str, Any]) -> str:
    """Say what is wrong in a sentence: the table, the key, and why."""
    where = [str(step) for step in mistake["loc"] if isinstance(step, str)]
    table, key = ": ".join(where[:-1]), where[-1] if where else "the file"
    said = _REASONS.get(mistake["type"])
    if said is None:
        message = str(mistake["msg"]).removeprefix("Value error, ")
        given = mistake.get("input")
        said = f"= {given!r}: {message[0].lower()}{message[1:]}" if _is_short(given) else f": {message}"
    return f"{table}{': ' if table else ''}“{key}” {said}".replace("” :", "”:")


def _is_short(given: object) -> bool:
    return isinstance(given, str | int | float | bool) and len(str(given)) <= 60
