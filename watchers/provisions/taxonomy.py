"""The types of provisions: what each is, what people expect, what it must not be confused with.

Read from `types/*.toml` and checked on load. How a provision is recognised is told in `cues/`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from rapidfuzz import fuzz, process

from watchers.rules.schema import Table, Words, read

FOLDER = Path(__file__).parent / "types"
OF_DATA = ("Privacy Policy", "Terms of Service")
OF_TERMS = ("Terms of Service", "Commercial Terms", "Privacy Policy")
"""Where people look first: for what is done with data, and for all else."""

GROUPS = ("ai", "platform", "content", "disputes", "contract", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A type of provision. `near_misses` look alike and are something else; `weight` runs from 1 to 4.

    `serves` says whom a provision serves where it is stated plainly: a right serves the `reader`, a licence the
    `company`, some `neither`.
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


class _Entry(Table):
    """A type as it stands in its file."""

    title: Words
    tier: Literal["core", "extended"]
    definition: Words
    expectation: Words
    near_misses: Annotated[list[Words], Field(alias="not")]
    aliases: list[Words]
    weight: Annotated[int, Field(ge=1, le=4)]
    serves: Literal["reader", "company", "neither"] = "company"


def read_types(path: Path) -> Iterator[Provision]:
    """Yield the types of one file, whose name is their group; raises CatalogueError with file and line."""
    for identity, entry in read(dict[str, _Entry], path.read_text(encoding="utf8"), path.name).items():
        yield Provision(
            id=identity,
            title=entry.title,
            group=path.stem,
            tier=entry.tier,
            definition=entry.definition,
            expectation=entry.expectation,
            near_misses=tuple(entry.near_misses),
            aliases=tuple(entry.aliases),
            weight=entry.weight,
            serves=entry.serves,
        )


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
