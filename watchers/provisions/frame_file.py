"""Frames as data: the kind of rule of each type of provision, its verb, and how its slots are filled.

Read from `data/<provision>.toml`, checked on load. Nothing is matched against a text here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from watchers.errors import CatalogueError

FOLDER = Path(__file__).parent / "data"
_KEYS = frozenset(("rule", "act", "brief", "verb", "optional", "slot"))
_SLOT_KEYS = frozenset(("name", "find", "operative", "near", "until", "phrase", "open"))


class Rule(StrEnum):
    """What kind of rule a provision is; it gives a denial its meaning."""

    PERMISSION = "permission"
    """The service may do it to the reader; a denial is a promise not to."""
    PROMISE = "promise"
    """The service gives it to the reader; a denial refuses it."""
    DUTY = "duty"
    """The reader has to; a denial lifts it."""
    BAN = "ban"
    """The reader must not: said in the negative, it is there."""
    EXCLUSION = "exclusion"
    """The platform does not answer: said in the negative, it is there."""
    FACT = "fact"
    """It names something: a law, a place, an age."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that fill a slot: the group `words` of a match, or a fixed `value` that they stand for."""

    words: re.Pattern[str]
    value: str = ""


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A part of a rule. `near`: may stand beside, up to `until`. `open`: what a lawyer asks where it is empty."""

    name: str
    find: tuple[Filler, ...]
    operative: bool = False
    near: bool = False
    phrase: str = ""
    open: str = ""
    until: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class FrameRule:
    """The frame of one type of provision. `act` completes a sentence of its kind of rule, `brief` one in a headline.

    A brief act may name a slot in braces ("train AI models{ on data}"): the words between are left out with it.
    """

    provision: str
    rule: Rule
    act: str
    verb: re.Pattern[str]
    optional: re.Pattern[str] | None = None
    slots: tuple[SlotRule, ...] = ()
    brief: str = ""


def parse_frame(provision: str, text: str) -> FrameRule:
    """Read one file's text; raises CatalogueError with file, line and what is wrong."""
    file = f"data/{provision}.toml"
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        raise CatalogueError(file, int(line[1]) if line else None, str(wrong)) from wrong
    if unknown := table.keys() - _KEYS:
        _fail(file, text, sorted(unknown)[0], f"unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(_KEYS))}")
    for key in ("rule", "act", "verb"):
        if not isinstance(table.get(key), str):
            _fail(file, text, "", f"`{key}` is missing")
    if table["rule"] not in set(Rule):
        _fail(file, text, "rule", f"`rule` must be one of {', '.join(Rule)}")
    optional = _pattern(file, text, table["optional"]) if "optional" in table else None
    slots = tuple(_slots(file, text, table.get("slot", ())))
    return FrameRule(
        provision, Rule(table["rule"]), table["act"], _pattern(file, text, table["verb"]), optional, slots,
        table.get("brief", table["act"]),
    )  # fmt: skip


def _slots(file: str, text: str, entries: Any) -> Iterator[SlotRule]:
    for entry in entries:
        name = str(entry.get("name", ""))
        if not name or not entry.get("find"):
            _fail(file, text, "[[slot]]", "a slot needs a `name` and something to `find`")
        if unknown := entry.keys() - _SLOT_KEYS:
            _fail(file, text, sorted(unknown)[0], f"slot {name}: unknown key {sorted(unknown)[0]!r}")
        fillers = tuple(_filler(file, text, name, one) for one in entry["find"])
        flags = bool(entry.get("operative")), bool(entry.get("near"))
        until = _pattern(file, text, entry["until"]) if "until" in entry else None
        yield SlotRule(name, fillers, *flags, entry.get("phrase", ""), entry.get("open", ""), until)


def _filler(file: str, text: str, name: str, one: Any) -> Filler:
    words, value = (one, "") if isinstance(one, str) else (one.get("words", ""), one.get("value", ""))
    pattern = _pattern(file, text, words)
    if not value and "words" not in pattern.groupindex:
        _fail(file, text, words[:40], f"slot {name}: a pattern names its `words`, or a `value` they stand for")
    return Filler(pattern, value)


def _pattern(file: str, text: str, words: str) -> re.Pattern[str]:
    try:
        return re.compile(words)
    except re.error as wrong:
        _fail(file, text, words[:40], f"the pattern is wrong: {wrong}")


def _fail(file: str, text: str, near: str, message: str) -> NoReturn:
    line = next((number for number, line in enumerate(text.splitlines(), 1) if near and near in line), None)
    raise CatalogueError(file, line, message)


@cache
def frames() -> Mapping[str, FrameRule]:
    """Return the frame of every provision, read once."""
    files = sorted(FOLDER.glob("*.toml"))
    return {path.stem: parse_frame(path.stem, path.read_text(encoding="utf8")) for path in files}
