"""Rate: how often one address may ask, as a bucket that refills; the clock is handed in."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

PER_MINUTE, BURST, REMEMBERED = 120, 60, 10_000


class Rate:
    """Counts askers. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float], per_minute: int = PER_MINUTE, burst: int = BURST) -> None:
        self._clock = clock
        self._refill = per_minute / 60
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, asker: str) -> int:
        """Take one from an asker's bucket; return 0, or the whole seconds until there is one again."""
        now = self._clock()
        left, at = self._buckets.pop(asker, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._refill)
        refused = left < 1
        self._buckets[asker] = (left if refused else left - 1, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return max(1, math.ceil((1 - left) / self._refill)) if refused else 0
