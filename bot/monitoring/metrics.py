"""Metrics: what an installation's processes count together and how it stands now, in Prometheus' text format.

Any process can show them: the counts are added up in the database, so nobody has to ask each worker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.monitoring.vitals import Vitals, take
from storage.archive.archive import Archive
from storage.deliveries.delivery import State
from storage.deliveries.ledger import Ledger
from storage.upkeep.tallies import Key, Tallies
from watchers.model import Due, Look

BOUNDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds that a chat may take to accept a message: upper bounds of the histogram."""

COUNTED_FOR = timedelta(minutes=5)
"""How old the number of versions may be: counting a million rows is no work for every scrape."""

# name, help, labels
COUNTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("looks", "Looks by host and by what they came to", ("host", "outcome")),
    ("look_cpu_seconds", "CPU spent on reading, comparing and recognising what was fetched", ()),
    ("changes", "Changes by significance", ("significance",)),
    ("settled", "What became of attempts to deliver", ("chat", "outcome")),
)
GAUGES: tuple[tuple[str, str], ...] = (
    ("look_lag_seconds", "How long the oldest due look waits"),
    ("delivery_lag_seconds", "How long the oldest due delivery waits"),
    ("blind_documents", "Documents that cannot be read"),
    ("versions", "Versions in the archive"),
)


class Metrics:
    """Counts what one process sees, and shows what all of them have counted."""

    def __init__(self, archive: Archive, ledger: Ledger, tallies: Tallies, clock: Clock) -> None:
        self._archive, self._ledger, self._tallies, self._clock = archive, ledger, tallies, clock
        self._counted: Counter[Key] = Counter()
        self._versions: tuple[datetime, int] | None = None

    def looked(self, due: Due, look: Look) -> None:
        """Count a look."""
        host = urlsplit(due.document.parts[0].address).netloc if due.document.parts else ""
        self._count("looks", host, str(look.outcome))
        self._count("look_cpu_seconds", by=look.milliseconds / 1000)
        if look.difference is not None:
            self._count("changes", str(look.difference.significance))

    def settled(self, chat: str, outcome: str) -> None:
        """Count an attempt to deliver."""
        self._count("settled", chat, outcome)

    def posted(self, chat: str, seconds: float) -> None:
        """Count how long a chat took to accept a message."""
        place = bisect_left(BOUNDS, seconds)
        self._count("post_seconds", chat, str(BOUNDS[place]) if place < len(BOUNDS) else "+Inf")
        self._count("post_seconds_sum", chat, by=seconds)

    async def flush(self) -> None:
        """Add what was counted here to the counts of all; what cannot be added now is added later."""
        counted, self._counted = self._counted, Counter()
        try:
            await self._tallies.add(counted)
        except BaseException:
            self._counted.update(counted)
            raise

    async def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        await self.flush()
        registry = CollectorRegistry()
        vitals = await take(self._archive, self._ledger, self._clock())
        registry.register(_Shown(await self._tallies.all(), vitals, await self._count_versions()))
        return generate_latest(registry)

    async def _count_versions(self) -> int:
        now = self._clock()
        if self._versions is None or now - self._versions[0] > COUNTED_FOR:
            self._versions = now, await self._archive.count_versions()
        return self._versions[1]

    def _count(self, name: str, *labels: str, by: float = 1) -> None:
        self._counted[name, labels or ("",)] += by  # type: ignore[assignment]  # a Counter adds floats as well


class _Shown(Collector):
    """One moment's figures as Prometheus knows them."""

    def __init__(self, tallies: Mapping[Key, float], vitals: Vitals, versions: int) -> None:
        self._tallies, self._vitals, self._versions = tallies, vitals, versions

    def collect(self) -> Iterator[Metric]:
        """Yield every family."""
        for name, says, labels in COUNTS:
            family = CounterMetricFamily(f"clausewatch_{name}", says, labels=labels)
            for values, count in self._of(name):
                family.add_metric(values if labels else (), count)
            yield family
        yield self._latencies()
        now = (self._vitals.look_lag.total_seconds(), self._vitals.delivery_lag.total_seconds())
        for (name, says), value in zip(GAUGES, (*now, len(self._vitals.blind), self._versions), strict=True):
            yield GaugeMetricFamily(f"clausewatch_{name}", says, value=value)
        deliveries = GaugeMetricFamily("clausewatch_deliveries", "Deliveries by state", labels=("state",))
        for state in State:
            deliveries.add_metric((state,), self._vitals.deliveries.get(state, 0))
        yield deliveries

    def _of(self, name: str) -> list[tuple[tuple[str, ...], float]]:
        return sorted((labels, count) for (each, labels), count in self._tallies.items() if each == name)

    def _latencies(self) -> Metric:
        family = HistogramMetricFamily(
            "clausewatch_post_seconds", "How long chats take to accept a message", labels=("chat",)
        )
        for (chat,), total in self._of("post_seconds_sum"):
            buckets, so_far = [], 0.0
            for bound in (*map(str, BOUNDS), "+Inf"):
                so_far += self._tallies.get(("post_seconds", (chat, bound)), 0)
                buckets.append((bound, so_far))
            family.add_metric((chat,), buckets, total)
        return family
