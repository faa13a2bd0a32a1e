"""Law as data: which instruments a type of provision may engage, where it matters, and what to ask.

Describes, never judges: a hook says that a rule may be engaged, not that it is broken. Lines marked
`unsure` are kept for counsel and never shown. Source: research compiled for this project; the date,
the scope and the notice stand in `law/instruments.toml` and belong on everything that shows a hook.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from watchers.errors import CatalogueError

_CHECKED = ("text", "knowledge", "unsure")
_BANNED = ("violat", "in breach of", "is illegal")
"""Words of a determination; a description of what a rule is about does not need them."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, directive, rule or guidance, with where it applies and its status when it was compiled."""

    id: str
    title: str
    citation: str
    jurisdiction: str
    kind: str
    in_force_note: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """An instrument that a provision may engage: the place in it and why."""

    instrument: Instrument
    locator: str
    why: str
    checked: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A jurisdiction whose readers should look closer, and why."""

    jurisdiction: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Landscape:
    """All that is kept about one type of provision, without what is unsure."""

    hooks: tuple[Hook, ...] = ()
    flags: tuple[Flag, ...] = ()
    considerations: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """The whole data: landscapes by provision, and what must be said when any of it is shown."""

    compiled: date
    scope: str
    notice: str
    notes: tuple[str, ...]
    jurisdictions: Mapping[str, str]
    instruments: Mapping[str, Instrument]
    landscapes: Mapping[str, Landscape]


@cache
def law() -> Law:
    """Return the project's own data. Raises CatalogueError with file and line if a line is wrong."""
    folder = resources.files("watchers.provisions").joinpath("law")
    texts = {entry.name: entry.read_text(encoding="utf8") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return parse_law(texts)


def landscape(provision: str) -> Landscape:
    """Return what a type of provision may engage; empty for a type that is not in the data."""
    return law().landscapes.get(provision, Landscape())


def parse_law(texts: Mapping[str, str]) -> Law:
    """Read the data from the texts of its files, by name; `instruments.toml` must be among them.

    Raises CatalogueError(file, line) for bad TOML, a missing or empty field, an instrument or
    jurisdiction that is not declared, a wrong `checked`, and wording that sounds like a determination.
    """
    head = _parse("instruments.toml", texts["instruments.toml"])
    names = head["jurisdictions"]
    instruments = {entry.id: entry for entry in (_instrument(each, texts, names) for each in head["instrument"])}
    landscapes: dict[str, Landscape] = {}
    for file in sorted(texts.keys() - {"instruments.toml"}):
        for provision, table in _parse(file, texts[file]).items():
            landscapes[provision] = _Reader(file, texts[file], instruments, names).landscape(provision, table)
    return Law(head["compiled"], head["scope"], head["notice"], tuple(head["notes"]), names, instruments, landscapes)


def _parse(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"law/{file}", None, f"{error}") from error


def _instrument(table: dict[str, Any], texts: Mapping[str, str], names: Mapping[str, str]) -> Instrument:
    text = texts["instruments.toml"]
    try:
        found = Instrument(**table)
    except TypeError as error:
        raise CatalogueError("law/instruments.toml", _line(text, str(table.get("id", ""))), str(error)) from error
    if found.jurisdiction not in names:
        line = _line(text, f'id = "{found.id}"')
        raise CatalogueError("law/instruments.toml", line, f"{found.jurisdiction} is not under [jurisdictions]")
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of one file, naming the line of what is wrong."""

    file: str
    text: str
    instruments: Mapping[str, Instrument]
    names: Mapping[str, str]

    def landscape(self, provision: str, table: dict[str, Any]) -> Landscape:
        hooks = tuple(self._hook(provision, each) for each in table.get("hook", ()))
        return Landscape(
            tuple(hook for hook in hooks if hook.checked != "unsure"),
            tuple(self._flag(provision, each) for each in table.get("flag", ())),
            tuple(table.get("considerations", ())),
            tuple(table.get("contract", ())),
        )

    def _hook(self, provision: str, table: dict[str, Any]) -> Hook:
        self._need(provision, table, ("instrument", "locator", "why", "checked"))
        if table["instrument"] not in self.instruments:
            self._fail(f'"{table["instrument"]}"', f"{table['instrument']} is not an instrument of instruments.toml")
        if table["checked"] not in _CHECKED:
            self._fail(table["why"], f"checked must be one of {', '.join(_CHECKED)}")
        if any(word in table["why"].lower() for word in _BANNED):
            self._fail(table["why"], 'says more than a description may: word it "engages" or "may require"')
        return Hook(self.instruments[table["instrument"]], table["locator"], table["why"], table["checked"])

    def _flag(self, provision: str, table: dict[str, Any]) -> Flag:
        self._need(provision, table, ("jurisdiction", "why"))
        if table["jurisdiction"] not in self.names:
            self._fail(table["why"], f"{table['jurisdiction']} is not under [jurisdictions] of instruments.toml")
        return Flag(table["jurisdiction"], self.names[table["jurisdiction"]], table["why"])

    def _need(self, provision: str, table: dict[str, Any], fields: tuple[str, ...]) -> None:
        for field in fields:
            if not table.get(field):
                known = next((f'"{table[other]}"' for other in fields if table.get(other)), f"[{provision}]")
                self._fail(known, f"{provision}: {field} is missing")

    def _fail(self, near: str, message: str) -> None:
        raise CatalogueError(f"law/{self.file}", _line(self.text, near), message)


def _line(text: str, near: str) -> int | None:
    """Return the number of the first line that holds `near`, or None."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if near and near in line), None)
