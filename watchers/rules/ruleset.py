"""The version of the rules: one id over everything that a reading, a comparison or a finding depends on.

Two results may be compared as the platform's doing only if the same rules made both. The id is computed, not
declared: a constant that somebody must raise is forgotten exactly once. It covers everything under `watchers/` except
what is named in `APART`, so a new room is covered from its first day. It does not change for a comment, a docstring
or the layout of a file: code counts as its syntax tree, a TOML file as its values, any other file as its bytes.

The price: a rewrite that changes no result changes the id too. It costs one more reading of the page kept when the
next change of each document is looked at, and nobody is told anything (docs/decisions/0002-same-ruler.md).
"""

from __future__ import annotations

import ast
import hashlib
import json
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

FLOOR = Path(__file__).parents[1]

APART = {
    "fetchers": "bring the bytes; what was read off them is decided later",
    "platforms": "selectors are declared for each document, and named beside this id by `reading.extract.rules_of`",
    "law": "says what an instrument asks for; cards look it up when they are asked",
    "catalogue.py": "finds platforms",
    "platform_file.py": "reads the files of platforms",
    "terms_types.toml": "the names of document types, which platforms choose from",
    "errors.py": "says what went wrong",
    "pace.py": "says when to look, not what is seen",
}
"""What no result depends on, by the name of the file or folder, and why."""

LIBRARIES = ("selectolax", "charset-normalizer", "pypdfium2", "rapidfuzz", "google-re2")
"""Distributions that read and compare for us: another release may give other words for the same bytes."""

_ASIDE = {"__pycache__"}
_TOLD = {".md", ".pyc"}
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def ruleset_id() -> str:
    """Return the id of today's rules, e.g. `3f9c0a51be77`: 12 hexadecimal digits, the same in every process."""
    return identity(FLOOR, tuple(f"{name} {version(name)}" for name in LIBRARIES))


def identity(floor: Path, libraries: tuple[str, ...] = ()) -> str:
    """Return the id of the rules in a folder laid out as `watchers/` is, read by some releases of libraries."""
    total = hashlib.blake2b("\n".join(libraries).encode(), digest_size=6)
    for path in inputs(floor):
        total.update(b"\0%s\0" % path.relative_to(floor).as_posix().encode())
        total.update(_meaning(path))
    return total.hexdigest()


def inputs(floor: Path = FLOOR) -> tuple[Path, ...]:
    """Return the files that the id is over, sorted."""
    left_out = APART.keys() | _ASIDE
    found = (path for path in floor.rglob("*") if path.is_file() and path.suffix not in _TOLD)
    return tuple(sorted(path for path in found if not left_out & set(path.relative_to(floor).parts)))


def _meaning(path: Path) -> bytes:
    """Return what a file says to the program, without what it only says to people."""
    body = path.read_bytes()
    if path.suffix == ".py":
        return ast.dump(_undocumented(ast.parse(body))).encode()
    if path.suffix == ".toml":
        return json.dumps(tomllib.loads(body.decode()), default=str).encode()
    return body


def _undocumented(tree: ast.Module) -> ast.Module:
    """Take out of a syntax tree the strings that stand as statements: docstrings, also those of constants."""
    for node in ast.walk(tree):
        if isinstance(node, _Documented):
            node.body = [statement for statement in node.body if not _is_said(statement)]
    return tree


def _is_said(statement: Any) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return False
    return isinstance(statement.value.value, str)
