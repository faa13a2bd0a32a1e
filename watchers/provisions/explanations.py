"""Explanations as data: what each type of provision means, what its text may leave open, what weighs on it.

Read from `explain/*.toml`, checked on load; nothing is matched against a text here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from watchers.errors import CatalogueError


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


@cache
def absences() -> Mapping[str, Mapping[str, str]]:
    """Return, by kind of document ("privacy", "terms"), what to say when a provision is not in it."""
    text = resources.files("watchers.provisions").joinpath("explain", "rules.toml").read_text(encoding="utf8")
    absent: Mapping[str, Mapping[str, str]] = _parse("rules.toml", text)["absent"]
    return absent


def parse_explanations(texts: Mapping[str, str]) -> Mapping[str, Explanation]:
    """Read explanations from the texts of their files, by name; `rules.toml` must be among them."""
    rules = _parse("rules.toml", texts["rules.toml"])
    opens = {name: _open(name, table, texts["rules.toml"]) for name, table in rules["open"].items()}
    factors = {name: _factor(name, table, texts["rules.toml"]) for name, table in rules["factor"].items()}
    found: dict[str, Explanation] = {}
    for file in sorted(texts.keys() - {"rules.toml"}):
        for provision, table in _parse(file, texts[file]).items():
            found[provision] = _explanation(provision, table, opens, factors, file, texts[file])
    return found


def _parse(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"explain/{file}", None, str(error)) from error


def _open(name: str, table: dict[str, Any], text: str) -> OpenRule:
    if ("when" in table) == ("unless" in table) or not table.get("says"):
        _fail("rules.toml", text, f"[open.{name}]", "needs `says`, and either `when` or `unless`")
    return OpenRule(table["says"], _pattern(name, table.get("when"), text), _pattern(name, table.get("unless"), text))


def _factor(name: str, table: dict[str, Any], text: str) -> FactorRule:
    pattern = _pattern(name, table.get("when"), text, re.NOFLAG)  # only ever searched in small letters
    if pattern is None or not table.get("label") or not table.get("step"):
        _fail("rules.toml", text, f"[factor.{name}]", "needs `label`, `step` and `when`")
    assert pattern is not None
    return FactorRule(name, table["label"], table["step"], pattern)


def _pattern(name: str, words: str | None, text: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str] | None:
    if words is None:
        return None
    try:
        return re.compile(words, flags)
    except re.error as error:
        _fail("rules.toml", text, f".{name}]", f"the pattern is wrong: {error}")
    return None


def _explanation(
    provision: str,
    table: dict[str, Any],
    opens: Mapping[str, OpenRule],
    factors: Mapping[str, FactorRule],
    file: str,
    text: str,
) -> Explanation:
    for field in ("activity", "meaning"):
        if not table.get(field):
            _fail(file, text, f"[{provision}]", f"{field} is missing")
    for field, known in (("open", opens), ("factors", factors)):
        for name in table.get(field, ()):
            if name not in known:
                _fail(file, text, f'"{name}"', f"{name} is not a rule of rules.toml")
    return Explanation(
        provision,
        table["activity"],
        table["meaning"],
        tuple(opens[name] for name in table.get("open", ())),
        tuple(factors[name] for name in table.get("factors", ())),
    )


def _fail(file: str, text: str, near: str, message: str) -> None:
    line = next((number for number, line in enumerate(text.splitlines(), 1) if near in line), None)
    raise CatalogueError(f"explain/{file}", line, message)
