"""What is done about memory: how often the garbage collector runs, and giving back to the system what is free."""

from __future__ import annotations

import ctypes
import gc
from functools import cache
from typing import Any

THRESHOLDS = (50_000, 10, 10)
"""Reading a page makes tens of thousands of small values and no cycles. By Python's own thresholds (700 to 2,000)
the collector walked over them all the time: a third of the CPU of a look, measured with py-spy."""

_ARENA_MAX = -8  # glibc's malloc.h


def collect_seldom() -> None:
    """Let the collector run seldom, and threads share their free memory; once for a process, where it starts.

    Pages are read in one thread and written down in others: with an arena for each, each kept its own free pieces.
    """
    gc.set_threshold(*THRESHOLDS)
    if set_option := _of_glibc("mallopt"):
        set_option(_ARENA_MAX, 1)


def give_back() -> None:
    """Give free memory back to the system: what a few large pages have left behind would be held for good."""
    if trim := _of_glibc("malloc_trim"):
        trim(0)


@cache
def _of_glibc(name: str) -> Any:
    """Return a function of glibc, or None on a system that has another library."""
    try:
        return getattr(ctypes.CDLL(None), name, None)
    except (OSError, TypeError):
        return None
