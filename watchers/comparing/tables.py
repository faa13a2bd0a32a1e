"""Tables of patterns, kept as data beside the code that reads them.

Only loading lives here; what a pattern means is said where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from watchers.errors import CatalogueError
from watchers.rules.schema import read


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of patterns of `rules/NAME.toml`. Raises CatalogueError when the file is wrong."""
    lists = _read(name).items()
    return {key: tuple(_checked(name, one) for one in rows if isinstance(one, str)) for key, rows in lists}


@cache
def pairs(name: str, key: str) -> tuple[tuple[str, str], ...]:
    """Return the rows of a list of `rules/NAME.toml` that hold a pattern and what it becomes."""
    rows = (row for row in _read(name)[key] if not isinstance(row, str))
    return tuple((_checked(name, pattern), become) for pattern, become in rows)


@cache
def _read(name: str) -> Mapping[str, Sequence[str | list[str]]]:
    file = files("watchers.comparing") / "rules" / f"{name}.toml"
    try:
        text = file.read_text(encoding="utf8")
    except OSError as missing:
        raise CatalogueError(f"rules/{name}.toml", None, f"the file cannot be read: {missing}") from missing
    return read(dict[str, list[str | list[str]]], text, f"rules/{name}.toml")


def _checked(name: str, pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as wrong:
        raise CatalogueError(f"rules/{name}.toml", None, f"{pattern!r}: {wrong}") from wrong
    return pattern


@cache
def pattern(name: str, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return one pattern that matches any of a list, between two fixed ends."""
    return re.compile(f"{before}(?:{'|'.join(f'(?:{p})' for p in table(name)[key])}){after}", re.IGNORECASE)


@cache
def halves(name: str, key: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return one pattern for the beginnings of a line and one for the rest of a list."""
    rows = table(name)[key]
    first = [row for row in rows if row.startswith("^") and "|" not in _outside(row)]
    return tuple(  # type: ignore[return-value]
        re.compile("|".join(f"(?:{row})" for row in half) or r"(?!)", re.IGNORECASE)
        for half in (first, [row for row in rows if row not in first])
    )


def _outside(row: str) -> str:
    """Return what of a pattern stands outside of all brackets."""
    plain = re.sub(r"\\.|\[[^\]]*+\]?", "", row)
    while (less := re.sub(r"\([^()]*\)", "", plain)) != plain:
        plain = less
    return plain
