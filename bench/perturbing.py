"""How an edit is made to a policy in Markdown: at one place, everywhere, within a list, at an edge.

Which edits are made and what they mean is told in `perturbations`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

Dice = random.Random
#: Returns the changed text, or nothing where there is no place for the edit.
Make = Callable[[str, Dice], str]


@dataclass(frozen=True, slots=True)
class Perturbation:
    """An edit by name: whether a reader must be told of it, and how it is made."""

    name: str
    told: bool
    make: Make


def swapped(pattern: str, become: Callable[[re.Match[str]], str]) -> Make:
    """Return an edit that changes one random place where a pattern stands."""
    found = re.compile(pattern)

    def make(text: str, dice: Dice) -> str:
        places = list(found.finditer(text))
        if not places:
            return ""
        one = dice.choice(places)
        new = text[: one.start()] + become(one) + text[one.end() :]
        return new if new != text else ""

    return make


def everywhere(pattern: str, become: str | Callable[[re.Match[str]], str], flags: int = 0) -> Make:
    """Return an edit that changes every place where a pattern stands."""
    found = re.compile(pattern, flags)

    def make(text: str, dice: Dice) -> str:
        new = found.sub(become, text)
        return new if new != text else ""

    return make


_LINK = re.compile(r"\]\(([^)\s]*)\)")
_ITEM = re.compile(r"(?m)^(\s*(?:[*-]|\d+\.)[ \t]+)(\S.*)$")
_ROW = re.compile(r"(?m)^\|(?![\s|:-]*$).+\|[ \t]*$")
PROSE = re.compile(r"(?m)^[A-ZÄÖÜÉÀ][^\n|#]{120,}[.!]$")


def list_runs(text: str) -> list[list[re.Match[str]]]:
    runs: list[list[re.Match[str]]] = []
    for one in _ITEM.finditer(text):
        between = text[runs[-1][-1].end() : one.start()] if runs else "x"
        if between.strip() or between.count("\n") > 3:
            runs.append([])
        runs[-1].append(one)
    return [run for run in runs if len(run) >= 3]


def in_lists(edit: Callable[[str, list[re.Match[str]], Dice], str]) -> Make:
    def make(text: str, dice: Dice) -> str:
        runs = list_runs(text)
        return edit(text, dice.choice(runs), dice) if runs else ""

    return make


def item_added(text: str, run: list[re.Match[str]], dice: Dice) -> str:
    one = dice.choice(run)
    words = dice.choice(("data brokers and credit bureaus", "your voice and fingerprints", "renting out an account"))
    return f"{text[: one.end()]}\n\n{one[1]}{words}{text[one.end() :]}"


def item_removed(text: str, run: list[re.Match[str]], dice: Dice) -> str:
    one = dice.choice([m for m in run if len(m[2].split()) >= 4] or run)
    return text[: one.start()] + text[one.end() :].lstrip("\n") if len(one[2].split()) >= 4 else ""


def item_to_another_list(text: str, dice: Dice) -> str:
    runs = list_runs(text)
    if len(runs) < 2:
        return ""
    left, right = dice.sample(runs, 2)
    item, at = dice.choice(left), right[-1].end()
    if len(item[2].split()) < 4 or text.count(item[2]) > 1:
        return ""
    added = f"\n\n{right[-1][1]}{item[2]}"
    if at > item.end():
        return text[: item.start()] + text[item.end() : at].lstrip("\n") + added + text[at:]
    return text[:at] + added + text[at : item.start()] + text[item.end() :].lstrip("\n")


def items_reordered(text: str, run: list[re.Match[str]], dice: Dice) -> str:
    order = [m[2] for m in run]
    dice.shuffle(order)
    pieces, at = [], 0
    for one, words in zip(run, order, strict=True):
        pieces += [text[at : one.start(2)], words]
        at = one.end()
    new = "".join([*pieces, text[at:]])
    tail = text[run[-1].end() : run[-1].end() + 80].strip("\n")
    nested = any(m[1].startswith("    ") for m in run) or tail.startswith("    ")
    return new if new != text and not nested else ""


def row_added(text: str, dice: Dice) -> str:
    rows = list(_ROW.finditer(text))
    if len(rows) < 3:
        return ""
    one = dice.choice(rows[1:])
    cells = one.group().count("|") - 1
    return f"{text[: one.end()]}\n| Harbour Cloud GmbH |{' Hosting |' * (cells - 1)}{text[one.end() :]}"


def row_removed(text: str, dice: Dice) -> str:
    rows = [m for m in _ROW.finditer(text) if len(re.findall(r"[^\W\d_]{3,}", m.group())) >= 4]
    if len(rows) < 3:
        return ""
    one = dice.choice(rows[1:])
    return text[: one.start()] + text[one.end() + 1 :]


def sentence_removed(cue: str) -> Make:
    return swapped(rf"(?<=[.!] )[A-ZÄÖÜÉ][^.!?\n|]*\b(?:{cue})\b[^.!?\n|]*\. ", lambda m: "")


def sentence_added(sentence: str) -> Make:
    return swapped(PROSE.pattern, lambda m: f"{m.group()} {sentence}")


def prose_cut(m: re.Match[str]) -> str:
    head, stop, rest = m.group().partition(". ")
    return f"{head}.\n\n{rest}" if stop and len(rest) > 60 and len(head.split()) > 6 else m.group()


def typo(m: re.Match[str]) -> str:
    word = m.group()
    return word[:4] + word[5] + word[4] + word[6:]


def all_links(text: str, dice: Dice) -> str:
    new = _LINK.sub(lambda m: f"]({m[1]}{'&' if '?' in m[1] else '?'}session={dice.randrange(10**9)})", text)
    return new if new != text else ""


def bigger(m: re.Match[str]) -> str:
    return m.group().replace(m[1], str(int(m[1]) * 2 + 1), 1)


def at_the_top(line: str) -> Make:
    return lambda text, dice: f"{line}\n\n{text}"


def at_the_end(line: str) -> Make:
    return lambda text, dice: f"{text.rstrip()}\n\n{line}\n"


def amid(line: str) -> Make:
    return swapped(PROSE.pattern, lambda m: f"{m.group()}\n\n{line}")


def headings_numbered(text: str, dice: Dice) -> str:
    count = iter(range(1, 10_000))
    new = re.sub(r"(?m)^(#{2,3} +|)(\S.*)(?=\n-{4,}$)", lambda m: f"{m[1]}{next(count)}. {m[2]}", text)
    return new if new != text else ""


def deeper(m: re.Match[str]) -> str:
    return f"### {m[1]}"


def wider(m: re.Match[str]) -> str:
    """Return what a definition is widened by, in the language of the words before it."""
    word = m.group().strip()
    return {
        "einschließlich": "Gesundheitsdaten und",
        "wie etwa": "Gesundheitsdaten und",
        "notamment": "la santé et",
    }.get(word, "health records and")


def with_contents(text: str) -> str:
    titles = re.findall(r"(?m)^(\S[^\n|]{6,60})\n-{4,}$", text)
    if len(titles) < 3:
        return ""
    head, _, rest = text.partition("\n\n")
    return head + "\n\n" + "\n".join(f"*   [{t}](#s{n})" for n, t in enumerate(titles)) + "\n\n" + rest
