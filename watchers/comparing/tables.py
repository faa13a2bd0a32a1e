"""Tables of patterns, kept as data beside the code that reads them.

Only loading lives here; what a pattern means is said where it is used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from watchers.errors import CatalogueError


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of patterns of `rules/NAME.toml`. Raises CatalogueError when the file is wrong."""
    file = files("watchers.comparing") / "rules" / f"{name}.toml"
    try:
        lists = tomllib.loads(file.read_text(encoding="utf8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise CatalogueError(f"rules/{name}.toml", None, str(wrong)) from wrong
    return {key: tuple(_checked(name, pattern) for pattern in patterns) for key, patterns in lists.items()}


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
