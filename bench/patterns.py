"""Time every regular expression of the code against strings made to hurt it, of growing length.

    python bench/patterns.py            # the slowest, and all that grow faster than their input
    python bench/patterns.py 20000

Patterns are collected while everything is imported and loaded; the strings come from each pattern's own parts: a
way into a repetition, the repetition many times over, and an end that does not fit.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LENGTH = 4_000
BOUND = 0.25
"""Seconds of CPU that a pattern may take on LENGTH letters made for it."""
PATIENCE = 2.0
PUMPS = (
    "a",
    "A",
    "0",
    "1,",
    "1.",
    " ",
    "\n",
    "\t",
    "a ",
    "a.",
    "a-",
    ". ",
    "(",
    "[",
    "|",
    "*",
    "#",
    "<",
    "/",
    "é",
    '"',
    "&",
)
ENDS = ("\x00", "!", "a\x00", "\n\x00")


def collected() -> dict[tuple[str, int], re.Pattern[str]]:
    """Import and load everything, and return every pattern that was compiled on the way, by text and flags."""
    found: dict[tuple[str, int], re.Pattern[str]] = {}
    compiled = re.compile

    def keep(pattern: Any, flags: Any = 0) -> Any:
        made = compiled(pattern, flags)
        if isinstance(made.pattern, str) and sys._getframe(1).f_code.co_filename.startswith(str(ROOT)):
            found[made.pattern, made.flags] = made
        return made

    re.compile = keep  # type: ignore[assignment]
    try:
        for floor in ("watchers", "storage", "bot"):
            package = importlib.import_module(floor)
            for module in pkgutil.walk_packages(package.__path__, f"{floor}."):
                if not module.name.endswith("__main__") and ".migrations" not in module.name:
                    importlib.import_module(module.name)
        _load()
    finally:
        re.compile = compiled
    return found


def _load() -> None:
    """Load what is compiled from data files, and read and compare a page, so that caches fill."""
    from bench.fuzzing import texts
    from watchers.comparing.compare import compare
    from watchers.provisions.explanations import explanations
    from watchers.provisions.recogniser import recognise
    from watchers.provisions.regulations import law
    from watchers.reading.extract import read_markdown

    old, new = read_markdown(texts.POLICY), read_markdown(texts.POLICY.replace("30 days", "90 days"))
    recognise(old.text, doc_type="Privacy Policy")
    recognise(new.text, doc_type="Terms of Service")
    compare(old, new)
    explanations()
    law()


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Give strings of about that length that make the pattern go back and forth."""
    for way_in, body in _repetitions(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE)):
        if body:
            yield from (way_in + body * (length // len(body)) + end for end in ENDS[:2])
    for pump in PUMPS:
        yield pump * (length // len(pump)) + ENDS[0]


def _repetitions(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Give every unbounded repetition of a parsed pattern: what leads to it, and what it repeats."""
    for op, given in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
            _, most, inner = given
            if most > 20:
                yield before, _sample(inner)
            yield from _repetitions(inner, before)
        elif op is sre.SUBPATTERN:
            yield from _repetitions(given[3], before)
        elif op is sre.BRANCH:
            for branch in given[1]:
                yield from _repetitions(branch, before)
        before += _sample([(op, given)])


def _sample(tree: Any) -> str:
    """Return a short string that a parsed pattern may match."""
    said = ""
    for op, given in tree:
        if op is sre.LITERAL:
            said += chr(given)
        elif op is sre.NOT_LITERAL:
            said += "a" if given != ord("a") else "b"
        elif op is sre.ANY:
            said += "a"
        elif op is sre.IN:
            said += _one_of(given)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            said += _sample(given[2]) * max(1, min(given[0], 3))
        elif op is sre.SUBPATTERN:
            said += _sample(given[3])
        elif op is sre.BRANCH:
            said += _sample(given[1][0])
    return said


def _one_of(members: Any) -> str:
    named = {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a", sre.CATEGORY_NOT_SPACE: "a"}
    if members[0][0] is sre.NEGATE:
        shut = [re.compile("[" + re.escape(chr(one)) + "]") for op, one in members if op is sre.LITERAL]
        space = any(one is sre.CATEGORY_SPACE for op, one in members if op is sre.CATEGORY)
        return next(c for c in 'a x1.,"' if not (space and c == " ") and not any(p.match(c) for p in shut))
    op, one = members[0]
    return chr(one) if op is sre.LITERAL else chr(one[0]) if op is sre.RANGE else named.get(one, "a")


class _TooLong(Exception):
    """A search took longer than anybody waits."""


def took(pattern: re.Pattern[str], attack: str) -> float:
    """Return the seconds of CPU a search takes; one that takes PATIENCE is ended."""
    signal.signal(signal.SIGPROF, _end)
    began = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        pattern.search(attack)
    except _TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


def _end(*_: object) -> None:
    raise _TooLong


def worst(pattern: re.Pattern[str], length: int = LENGTH) -> tuple[float, str]:
    """Return the seconds of CPU of the attack that hurts most, and that attack.

    All are tried at an eighth of the length; only those that grow faster than it are tried in full.
    """
    slowest, how = 0.0, ""
    for short in attacks(pattern, length // 8):
        seconds = took(pattern, short)
        if seconds * 64 > BOUND / 4:  # even if it only grew with the square
            whole = short[0 : len(short) // 2] * 8 + short[len(short) // 2 :]
            whole = _grown(pattern, length, short) or whole
            seconds, short = took(pattern, whole), whole
        if seconds > slowest:
            slowest, how = seconds, short
        if slowest > BOUND:
            break
    return slowest, how


def _grown(pattern: re.Pattern[str], length: int, short: str) -> str:
    """Return the same attack at full length."""
    pairs = zip(attacks(pattern, length // 8), attacks(pattern, length), strict=True)
    return next((long for tried, long in pairs if tried == short), "")


def main() -> int:
    """Print what is slow; return 1 when a pattern is over the bound."""
    length = int(sys.argv[1]) if len(sys.argv) > 1 else LENGTH
    patterns = collected()
    timed = []
    for one in patterns.values():
        timed.append((*worst(one, length), one))
        if timed[-1][0] > BOUND:
            print(f"over the bound: {one.pattern[:120]!r}", flush=True)
    timed.sort(key=lambda row: -row[0])
    for seconds, how, pattern in timed[:15]:
        print(f"{1000 * seconds:8.1f} ms  {pattern.pattern[:90]!r}  {how[:40]!r}")
    over = [row for row in timed if row[0] > BOUND]
    print(f"{len(patterns):,} patterns, {sum(1 for _ in over)} over {BOUND:g} s on {length:,} letters made for them")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
