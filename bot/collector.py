"""How often the garbage collector runs. Nothing else is done about memory here."""

from __future__ import annotations

import gc

THRESHOLDS = (50_000, 10, 10)
"""Reading a page makes tens of thousands of small values and no cycles. By Python's own thresholds (700 to 2,000)
the collector walked over them all the time: a third of the CPU of a look, measured with py-spy."""


def collect_seldom() -> None:
    """Let the collector run seldom; for the whole process, called once where it starts."""
    gc.set_threshold(*THRESHOLDS)
