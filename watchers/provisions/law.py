"""Law as data: which instruments a type of provision may engage, where it matters, and what to ask.

Describes, never judges: a hook says that a rule may be engaged, not that it is broken. Lines marked
`unsure` are kept for counsel and never shown. Source: research compiled for this project; the date,
the scope and the notice stand in `data/law/instruments.toml` and belong on everything that shows a hook.
Which of it concerns a reader of some region is in `regions`. An operator's own rows come over ours (`with_own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from watchers.errors import CatalogueError
from watchers.rules.schema import parse

_CHECKED = ("text", "knowledge", "unsure")
_STATUS = ("in_force", "partly_in_force", "not_yet_in_force", "guidance", "proposal", "")
OWN = "your own file"
"""How an operator's file is called in what is said of its mistakes."""
_BANNED = ("violat", "in breach of", "is illegal")
"""Words of a determination; a description of what a rule is about does not need them."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A date on which something of an instrument begins or ends; `when` is as written, `day` only where it is exact."""

    when: str
    what: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, directive, rule or guidance, with where it applies and its status at `status_as_of` (an ISO date)."""

    id: str
    title: str
    citation: str
    jurisdiction: str
    kind: str
    in_force_note: str = ""
    status: str = ""
    status_as_of: str = ""
    upcoming: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """An instrument that a provision may engage: the place in it and why, and how that was confirmed.

    `source` and `source_date` name the text compared, where it was recorded; `last_checked` is an ISO date.
    """

    instrument: Instrument
    locator: str
    why: str
    checked: str
    last_checked: str = ""
    source: str = ""
    source_date: str = ""
    note: str = ""


_HOOK_FIELDS = {field.name for field in fields(Hook)}


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
def compiled_law() -> Law:
    """Return the project's own data. Raises CatalogueError with file and line if a line is wrong."""
    folder = resources.files("watchers.provisions").joinpath("data", "law")
    texts = {entry.name: entry.read_text(encoding="utf8") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return parse_law(texts)


_own: list[str] = []


def law() -> Law:
    """Return the data in force in this program: the project's own, with an operator's rows over it."""
    return _with_own(_own[0]) if _own else compiled_law()


def use_own(text: str) -> None:
    """Lay an operator's file over the project's data from now on; said once, where the program is put together.

    Raises CatalogueError(file, line) and changes nothing if a line is wrong.
    """
    if text:
        _with_own(text)
    _own[:] = [text] if text else []


@cache
def _with_own(text: str) -> Law:
    return with_own(compiled_law(), text)


def with_own(ours: Law, text: str) -> Law:
    """Lay the rows of an operator's file over the data.

    The file has the form of ours in one: `[[instrument]]` tables, `[jurisdictions]`, and provisions with `hook`,
    `flag`, `considerations`, `contract`. An instrument or jurisdiction of a known id takes its place; a hook takes
    the place of the one with the same instrument and locator, else it is added; lists of a provision replace ours.
    """
    table = _parse(OWN, text)
    names = {**ours.jurisdictions, **table.pop("jurisdictions", {})}
    added = [_instrument(each, OWN, text, names) for each in table.pop("instrument", [])]
    instruments = {**ours.instruments, **{each.id: each for each in added}}
    landscapes = {name: _renewed(each, instruments) for name, each in ours.landscapes.items()}
    reader = _Reader(OWN, text, instruments, names)
    for provision, rows in table.items():
        if provision not in landscapes:
            raise CatalogueError(OWN, _line(text, f"[{provision}"), f"{provision} is no type of provision")
        landscapes[provision] = _merged(landscapes[provision], reader.landscape(provision, rows))
    return replace(ours, jurisdictions=names, instruments=instruments, landscapes=landscapes)


def _renewed(found: Landscape, instruments: Mapping[str, Instrument]) -> Landscape:
    hooks = tuple(replace(hook, instrument=instruments[hook.instrument.id]) for hook in found.hooks)
    return replace(found, hooks=hooks)


def _merged(ours: Landscape, own: Landscape) -> Landscape:
    hooks = {(hook.instrument.id, hook.locator): hook for hook in (*ours.hooks, *own.hooks)}
    flags = {flag.jurisdiction: flag for flag in (*ours.flags, *own.flags)}
    lists = own.considerations or ours.considerations, own.contract or ours.contract
    return Landscape(tuple(hooks.values()), tuple(flags.values()), *lists)


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
    file = "law/instruments.toml"
    read = (_instrument(each, file, texts["instruments.toml"], names) for each in head["instrument"])
    instruments = {entry.id: entry for entry in read}
    landscapes: dict[str, Landscape] = {}
    for file in sorted(texts.keys() - {"instruments.toml"}):
        for provision, table in _parse(file, texts[file]).items():
            landscapes[provision] = _Reader(file, texts[file], instruments, names).landscape(provision, table)
    return Law(head["compiled"], head["scope"], head["notice"], tuple(head["notes"]), names, instruments, landscapes)


def _parse(file: str, text: str) -> dict[str, Any]:
    return parse(text, _place(file))


def _place(file: str) -> str:
    return file if file == OWN else f"law/{file}"


def _instrument(table: dict[str, Any], file: str, text: str, names: Mapping[str, str]) -> Instrument:
    try:
        coming = tuple(_coming(each) for each in table.get("upcoming", ()))
        found = Instrument(**{**table, "upcoming": coming})
    except (TypeError, KeyError) as error:
        raise CatalogueError(file, _line(text, str(table.get("id", ""))), str(error)) from error
    line = _line(text, f'id = "{found.id}"')
    if found.jurisdiction not in names:
        raise CatalogueError(file, line, f"{found.jurisdiction} is not under [jurisdictions]")
    if found.status not in _STATUS:
        raise CatalogueError(file, line, f"status must be one of {', '.join(filter(None, _STATUS))}")
    return found


def _coming(table: dict[str, str]) -> Coming:
    try:
        return Coming(table["date"], table["what"], date.fromisoformat(table["date"]))
    except ValueError:
        return Coming(table["date"], table["what"])


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
        if unknown := table.keys() - _HOOK_FIELDS:
            self._fail(f'"{table["why"]}"', f"{min(unknown)} is no field of a hook")
        return Hook(**{**table, "instrument": self.instruments[table["instrument"]]})

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
        raise CatalogueError(_place(self.file), _line(self.text, near), message)


def _line(text: str, near: str) -> int | None:
    """Return the number of the first line that holds `near`, or None."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if near and near in line), None)
