"""Explanations as data: what each type of provision means, what its text may leave open, what weighs on it.

Read from `explain/*.toml`, checked on load; nothing is matched against a text here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import Field

from watchers.rules.schema import Table, Where, Words, read, wrong

RULES = "rules.toml"
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A note on what a clause leaves open: it holds if `when` is found, or if `unless` is not."""

    says: str
    when: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class FactorRule:
    """Words that raise or lower the exposure of a clause, by `step`."""

    name: str
    label: str
    step: int
    when: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one type of provision is explained."""

    provision: str
    activity: str
    meaning: str
    open: tuple[OpenRule, ...]
    factors: tuple[FactorRule, ...]


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return all explanations by provision. Raises CatalogueError with file and line if one is wrong."""
    folder = resources.files("watchers.provisions").joinpath("explain")
    texts = {entry.name: entry.read_text(encoding="utf8") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return parse_explanations(texts)


class _Open(Table):
    says: Words
    when: str | None = None
    unless: str | None = None


class _Factor(Table):
    label: Words
    step: int
    when: str


class _Rules(Table):
    open: dict[str, _Open]
    factor: dict[str, _Factor]
    absent: dict[str, dict[str, Words]] = Field(default_factory=dict)


class _Explained(Table):
    activity: Words
    meaning: Words
    open: list[str] = Field(default_factory=list)
    factors: list[str] = Field(default_factory=list)


@cache
def absences() -> Mapping[str, Mapping[str, str]]:
    """Return, by kind of document ("privacy", "terms"), what to say when a provision is not in it."""
    text = resources.files("watchers.provisions").joinpath("explain", RULES).read_text(encoding="utf8")
    return read(_Rules, text, f"explain/{RULES}").absent


def parse_explanations(texts: Mapping[str, str]) -> Mapping[str, Explanation]:
    """Read explanations from the texts of their files, by name; `rules.toml` must be among them."""
    text = texts[RULES]
    rules = read(_Rules, text, f"explain/{RULES}")
    opens = {name: _open(name, table, text) for name, table in rules.open.items()}
    factors = {name: _factor(name, table, text) for name, table in rules.factor.items()}
    found: dict[str, Explanation] = {}
    for file in sorted(texts.keys() - {RULES}):
        for provision, table in read(dict[str, _Explained], texts[file], f"explain/{file}").items():
            where = _Place(texts[file], f"explain/{file}", provision)
            found[provision] = Explanation(
                provision,
                table.activity,
                table.meaning,
                where.named("open", table.open, opens),
                where.named("factors", table.factors, factors),
            )
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a type of provision is explained."""

    text: str
    file: str
    provision: str

    def named(self, key: str, names: Sequence[str], known: Mapping[str, Rule]) -> tuple[Rule, ...]:
        """Return the rules that a list names; raise CatalogueError for one that `rules.toml` does not have."""
        for name in names:
            if name not in known:
                raise wrong(self.text, self.file, (self.provision, key), f"{name} is not a rule of {RULES}")
        return tuple(known[name] for name in names)


def _open(name: str, table: _Open, text: str) -> OpenRule:
    if (table.when is None) == (table.unless is None):
        raise wrong(text, f"explain/{RULES}", ("open", name), "needs either `when` or `unless`")
    return OpenRule(
        table.says,
        _pattern(("open", name, "when"), table.when, text),
        _pattern(("open", name, "unless"), table.unless, text),
    )


def _factor(name: str, table: _Factor, text: str) -> FactorRule:
    pattern = _pattern(("factor", name, "when"), table.when, text, re.NOFLAG)  # only ever searched in small letters
    assert pattern is not None
    return FactorRule(name, table.label, table.step, pattern)


def _pattern(where: Where, words: str | None, text: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str] | None:
    if words is None:
        return None
    try:
        return re.compile(words, flags)
    except re.error as error:
        raise wrong(text, f"explain/{RULES}", where, f"the pattern is wrong: {error}") from error
