"""The types of provisions: what each is, what people expect, what it must not be confused with.

Read from `types/*.toml` and checked on load. How a provision is recognised is told in `cues/`, not here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from watchers.errors import CatalogueError

FOLDER = Path(__file__).parent / "types"
OF_DATA = ("Privacy Policy", "Terms of Service")
OF_TERMS = ("Terms of Service", "Commercial Terms", "Privacy Policy")
"""Where people look first: for what is done with data, and for all else."""

GROUPS = ("ai", "platform", "content", "disputes", "contract", "data")
TIERS = ("core", "extended")
SIDES = ("reader", "company", "neither")
"""Whom a provision serves where it is stated plainly: a right serves the reader, a licence the company."""
_TEXTS = ("title", "tier", "definition", "expectation")
_LISTS = ("not", "aliases")


@dataclass(frozen=True, slots=True)
class Provision:
    """A type of provision. `near_misses` look alike and are something else; `weight` runs from 1 to 4.

    `serves` is one of `SIDES`.
    """

    id: str
    title: str
    group: str
    tier: str
    definition: str
    expectation: str
    near_misses: tuple[str, ...]
    aliases: tuple[str, ...]
    weight: int
    serves: str = "company"


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\W_]+", name.casefold())).strip()


def _line(text: str, identity: str) -> int | None:
    lines = text.splitlines()
    return lines.index(f"[{identity}]") + 1 if f"[{identity}]" in lines else None


def _mistake(entry: Mapping[str, Any]) -> str:
    """Say what is wrong with the entry of a type, or nothing."""
    if unknown := entry.keys() - {*_TEXTS, *_LISTS, "weight", "serves"}:
        return f"unknown key {sorted(unknown)[0]!r}"
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return f"`{key}` is missing"
    for key in _LISTS:
        listed = entry.get(key)
        if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
            return f"`{key}` must be a list of words"
    if entry["tier"] not in TIERS:
        return f"`tier` must be one of {', '.join(TIERS)}"
    if entry.get("serves", "company") not in SIDES:
        return f"`serves` must be one of {', '.join(SIDES)}"
    return "" if entry.get("weight") in (1, 2, 3, 4) else "`weight` must be 1, 2, 3 or 4"


def read_types(path: Path) -> Iterator[Provision]:
    """Yield the types of one file, whose name is their group; raises CatalogueError with file and line."""
    text = path.read_text(encoding="utf8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        found = re.search(r"line (\d+)", str(wrong))
        raise CatalogueError(path.name, int(found[1]) if found else None, str(wrong)) from wrong
    for identity, entry in table.items():
        if mistake := _mistake(entry) if isinstance(entry, dict) else "a type is a table":
            raise CatalogueError(path.name, _line(text, identity), f"{identity}: {mistake}")
        words = {key: entry[key] for key in _TEXTS}
        yield Provision(
            identity, group=path.stem, near_misses=tuple(entry["not"]), aliases=tuple(entry["aliases"]),
            weight=entry["weight"], serves=entry.get("serves", "company"), **words,
        )  # fmt: skip


def _load() -> dict[str, Provision]:
    return {one.id: one for group in GROUPS for one in read_types(FOLDER / f"{group}.toml")}


PROVISIONS: Mapping[str, Provision] = _load()
TITLES: Mapping[str, str] = {one.id: one.title for one in PROVISIONS.values()}
"""What provisions are called where people read of them, by id."""


@cache
def names() -> Mapping[str, Provision]:
    """Return every name a type goes by; where two claim one, ids and titles come before aliases."""
    found: dict[str, Provision] = {}
    for one in PROVISIONS.values():
        found[_plain(one.id)] = one
        found.setdefault(_plain(one.title), one)
    for one in PROVISIONS.values():
        for alias in one.aliases:
            found.setdefault(_plain(alias), one)
    return found


def find(name: str) -> Provision | None:
    """Return the type of that id, title or alias, however it is cased and joined (`ai-training`), or None."""
    return names().get(_plain(name))


def looked_first(provision: str, document_type: str) -> int:
    """Return how soon people look into a document of that type for a provision: 0 for where they look first."""
    places = OF_DATA if PROVISIONS[provision].group in ("ai", "data") else OF_TERMS
    return places.index(document_type) if document_type in places else len(places)


def nearest(name: str, n: int = 3) -> tuple[Provision, ...]:
    """Return the `n` types whose names come closest to what was typed, best first."""
    ranked = process.extract(_plain(name), names().keys(), scorer=fuzz.WRatio, limit=4 * n)
    return tuple({names()[found].id: names()[found] for found, _, _ in ranked}.values())[:n]
