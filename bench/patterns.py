"""Time every regular expression of the code against strings made to hurt it, of growing length.

    python bench/patterns.py            # the slowest, and all that grow faster than their input
    python bench/patterns.py 20000

Patterns and strings are those of `tests/patterns`, which counts steps where this file takes the time: a pattern that
the project only tries at one place is tried at one place.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.patterns.attacks import attacks  # noqa: E402
from tests.patterns.collected import Used, collected  # noqa: E402

LENGTH = 4_000
BOUND = 0.25
"""Seconds of CPU that a pattern may take on LENGTH letters made for it."""
PATIENCE = 2.0


class _TooLong(Exception):
    """A search took longer than anybody waits."""


def took(used: Used, attack: str) -> float:
    """Return the seconds of CPU that the pattern takes in the way it is used; one that takes PATIENCE is ended."""
    signal.signal(signal.SIGPROF, _end)
    began = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        (used.pattern.search if used.searched else used.pattern.match)(attack)
    except _TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


def _end(*_: object) -> None:
    raise _TooLong


def worst(used: Used, length: int = LENGTH) -> tuple[float, str]:
    """Return the seconds of CPU of the attack that hurts most, and that attack.

    All are tried at an eighth of the length; only those that grow faster than it are tried in full.
    """
    slowest, how = 0.0, ""
    for short in attacks(used.pattern, length // 8):
        seconds = took(used, short)
        if seconds * 64 > BOUND / 4:  # even if it only grew with the square
            whole = short[0 : len(short) // 2] * 8 + short[len(short) // 2 :]
            whole = _grown(used.pattern, length, short) or whole
            seconds, short = took(used, whole), whole
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
    for one in patterns:
        timed.append((*worst(one, length), one))
        if timed[-1][0] > BOUND:
            print(f"over the bound: {one.pattern.pattern[:120]!r}", flush=True)
    timed.sort(key=lambda row: -row[0])
    for seconds, how, used in timed[:15]:
        print(f"{1000 * seconds:8.1f} ms  {used.pattern.pattern[:90]!r}  {how[:40]!r}")
    over = [row for row in timed if row[0] > BOUND]
    print(f"{len(patterns):,} patterns, {sum(1 for _ in over)} over {BOUND:g} s on {length:,} letters made for them")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
