"""How a change is told: an ordered table of named rules, then a small model, decide between ping, digest and silence.

Works on a difference whose passages are judged already (`significance`); nothing is told from here. The weights of
the model are data (`rules/tiers.toml`), made by `bench/train_tiers.py`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from watchers.comparing import whole
from watchers.comparing.case import Case
from watchers.comparing.clues import clues
from watchers.comparing.own_date import DateMove
from watchers.errors import CatalogueError
from watchers.model import Difference, Past, Reading, Ruling, Significance, Tier

Clues = Mapping[str, float]

#: The clues that stand against a change, at most so many, are named to people.
NAMED = 2


class Rule(StrEnum):
    """What decided, in the order the rules are asked."""

    PUT_RIGHT = "characters put right"
    EARLIER_EDITION = "earlier edition"
    TAKEN_BACK = "taken back"
    ICONS = "the same line again and again"
    FIGURE = "figure, party or contact"
    WHOLE_PART = "whole part"
    WEIGHED = "weighed"


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of the table: when it fires, how the change is told then, and the doubt as people read it."""

    rule: Rule
    fires: Callable[[Case, Clues], bool]
    tier: Tier
    doubt: str


def _put_right(case: Case, found: Clues) -> bool:
    """Says: "Cloudflare��s" became "Cloudflare’s". Not: "15 days" became "1.5 days", or ✖ in a table became ✔."""
    return found.get(LETTERS, 0) == 1 and not found.get("digits changed") and not _signs_changed(case)


def _signs_changed(case: Case) -> bool:
    """Tell whether marks that answer in a table, such as ✔, ✖, ● and ○, came or went."""
    passages = case.difference.passages
    gone = sorted(sign for passage in passages for sign in _SIGNS.findall(passage.before))
    return gone != sorted(sign for passage in passages for sign in _SIGNS.findall(passage.after))


def _earlier_edition(case: Case, found: Clues) -> bool:
    """Says: "Last updated: May 2024" is "Last updated: March 2023" again. Not: a date of one clause."""
    return case.move is DateMove.BACK


def _taken_back(case: Case, found: Clues) -> bool:
    """Says: words of last month are back under the same date. Not: they are back under a new date."""
    return "rolled back" in found and case.move not in (DateMove.FORWARD, DateMove.CAME)


def _icons(case: Case, found: Clues) -> bool:
    """Says: "Badge Check" came in seven places. Not: three partners came, each with a name of its own."""
    return found.get(REPEATED, 0) == 1


def _figure(case: Case, found: Clues) -> bool:
    """Says: "30 days" became "90 days" in a clause. Not: a telephone number in a page whose menu came too."""
    reworded = "some reworded" in found and "rolled back" not in found
    furnished = found.get("share of differences that are furniture or wording", 0) >= MOSTLY
    return reworded and not furnished and any(f"reason: {reason}" in found for reason in FIGURES)


_SIGNS = re.compile("[\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]")
REPEATED = "share of lines that stand several times"
#: From this share on most of what differs is furniture of the page or wording.
MOSTLY = 0.5
FIGURES = ("a number changed", "an age changed", "a company named", "contact or address")
LETTERS = "share of letters kept"

TABLE = (
    Row(Rule.PUT_RIGHT, _put_right, Tier.SILENT, "only characters were put right"),
    Row(Rule.EARLIER_EDITION, _earlier_edition, Tier.DIGEST, "its own date went back: another edition may be served"),
    Row(Rule.TAKEN_BACK, _taken_back, Tier.DIGEST, "earlier words are back and its own date did not move"),
    Row(Rule.ICONS, _icons, Tier.DIGEST, "the same short line came or went several times"),
    Row(Rule.FIGURE, _figure, Tier.PING, ""),
)
"""In order: the first rule that fires decides. What no rule decides is weighed."""


def told_as(difference: Difference, old: Reading, new: Reading, past: Past | None = None) -> Difference:
    """Return a difference with how it is told and why.

    What is not substantive stays silent, but for a whole page that came or went, which the digest names: its words
    may have stood elsewhere. A rule that silences makes the difference cosmetic, with its doubt as the reason.
    """
    if difference.reasons and difference.reasons[0] in (whole.PART_ADDED, whole.PART_REMOVED):
        ruling = Ruling(Rule.WHOLE_PART, Tier.DIGEST, f"{difference.reasons[0]}; its words may have stood elsewhere")
        return replace(difference, significance=Significance.SUBSTANTIVE, tier=Tier.DIGEST, ruling=ruling)
    if difference.significance is not Significance.SUBSTANTIVE:
        return replace(difference, tier=Tier.SILENT)
    case = Case(old, new, difference, past)
    ruling = judged(case)
    if ruling.tier is Tier.SILENT:
        silent = replace(difference, significance=Significance.COSMETIC, reasons=(ruling.doubt,))
        return replace(silent, tier=Tier.SILENT, ruling=ruling)
    return replace(difference, tier=ruling.tier, ruling=ruling)


def judged(case: Case) -> Ruling:
    """Return how a substantive change is told, by which rule, and what spoke for and against."""
    found = clues(case)
    for row in TABLE:
        if row.fires(case, found):
            return Ruling(row.rule, row.tier, row.doubt)
    return _weighed(found)


def _weighed(found: Clues) -> Ruling:
    model = weights()
    parts = sorted((model.of[name] * value, name) for name, value in found.items() if name in model.of)
    likely = 1 / (1 + math.exp(-(model.start + sum(part for part, _ in parts))))
    speaks_for = tuple(f"{name} {part:+.2f}" for part, name in reversed(parts) if part > 0)
    against = tuple(f"{name} {part:+.2f}" for part, name in parts if part < 0)
    tier = Tier.PING if likely >= model.ping_from else Tier.DIGEST
    doubt = "" if tier is Tier.PING else _in_words(tuple(name for part, name in parts if part < 0))
    return Ruling(Rule.WEIGHED, tier, doubt, round(likely, 3), speaks_for, against)


def _in_words(against: tuple[str, ...]) -> str:
    """Say what stands against a change, the weightiest first, in the words kept for people."""
    said = dict.fromkeys(weights().said[name] for name in against if name in weights().said)
    return "; ".join([*said][:NAMED]) or "little of what changed reads like a rule"


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: what each clue adds, where the sum starts, and from which likelihood on a change is a ping.

    `said`: how a clue that stands against a change is put for people.
    """

    start: float
    ping_from: float
    of: Mapping[str, float]
    said: Mapping[str, str]


@cache
def weights() -> Weights:
    """Return the weights of `rules/tiers.toml`. Raises CatalogueError when the file is wrong."""
    try:
        rows: dict[str, Any] = tomllib.loads((files("watchers.comparing") / "rules/tiers.toml").read_text("utf8"))
        return Weights(rows["start"], rows["ping_from"], rows["weights"], rows["said"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as wrong:
        raise CatalogueError("rules/tiers.toml", None, str(wrong)) from wrong
