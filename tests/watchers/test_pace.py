"""The next look comes soon where things move, seldom where they rest, and never all at once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from watchers import pace
from watchers.model import Document, Due, Outcome

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HALF = timedelta(minutes=30)


def due(document: str = "example/terms-of-service", **known: object) -> Due:
    return Due(Document(document, "example", "Terms of Service", ()), (), (), **known)  # type: ignore[arg-type]


def about(seen: timedelta, pause: timedelta) -> bool:
    """Tell whether a pause is the one wanted, but for the spreading."""
    return 0.75 * pause - HALF <= seen <= pause + HALF


@pytest.mark.parametrize(
    ("since_change", "pause"),
    [
        (timedelta(0), HOUR),
        (timedelta(hours=5), HOUR),
        (DAY, HOUR),
        (timedelta(days=6), timedelta(hours=6)),
        (timedelta(days=12), timedelta(hours=12)),
        (timedelta(days=24), DAY),
        (timedelta(days=900), DAY),
        (timedelta(days=-1), HOUR),
    ],
)
def test_a_document_that_changed_lately_is_looked_at_more_often(since_change: timedelta, pause: timedelta) -> None:
    assert pace.interval(NOW - since_change, 50, NOW) == pause
    soon = pace.next_look(due(last_change=NOW - since_change), Outcome.SAME_WORDS, NOW)
    assert about(soon - NOW, pause)


@pytest.mark.parametrize(("steady", "pause"), [(0, 6 * HOUR), (27, 6 * HOUR), (28, DAY), (5000, DAY)])
def test_a_document_never_seen_to_change_is_watched_closely_at_first(steady: int, pause: timedelta) -> None:
    assert pace.interval(None, steady, NOW) == pause


@pytest.mark.parametrize("outcome", [Outcome.CHANGED])
def test_after_a_change_the_next_look_is_within_the_hour(outcome: Outcome) -> None:
    soon = pace.next_look(due(last_change=NOW - 300 * DAY, steady_looks=300), outcome, NOW)
    assert HALF <= soon - NOW <= HOUR + HALF


@pytest.mark.parametrize(
    ("announced", "longest"),
    [
        (None, DAY),
        (date(2026, 3, 4), HOUR),
        (date(2026, 3, 5), HOUR),
        (date(2026, 3, 3), HOUR),
        (date(2026, 3, 2), DAY),
        (date(2026, 3, 6), 3 * HOUR),
        (date(2026, 3, 11), 3 * HOUR),
        (date(2026, 3, 12), DAY),
        (date(2020, 1, 1), DAY),
        (date(9999, 12, 31), DAY),
        (date(1, 1, 1), DAY),
    ],
)
def test_an_announced_change_is_waited_for_closely(announced: date | None, longest: timedelta) -> None:
    assert pace.vigil(announced, NOW) == longest
    for known in (due(announced=announced, steady_looks=99), due(steady_looks=99)):
        soon = pace.next_look(known, Outcome.UNCHANGED, NOW, announced=announced)
        assert about(soon - NOW, longest)


@pytest.mark.parametrize(
    ("blind_looks", "pause"), [(0, HOUR), (1, 2 * HOUR), (2, 4 * HOUR), (4, 16 * HOUR), (5, DAY), (900, DAY)]
)
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLIND])
def test_looks_that_see_nothing_back_off(outcome: Outcome, blind_looks: int, pause: timedelta) -> None:
    soon = pace.next_look(due(blind_looks=blind_looks), outcome, NOW)
    assert abs(soon - NOW - pause) <= HALF


@pytest.mark.parametrize("wish", [60.0, 5000.0, 50_000.0, 86_400.0])
def test_nobody_returns_before_the_time_a_server_asked_for(wish: float) -> None:
    for number in range(50):
        soon = pace.next_look(due(f"p{number}/terms"), Outcome.FAILED, NOW, retry_after=wish)
        assert timedelta(seconds=wish) <= soon - NOW <= max(timedelta(seconds=wish) + HOUR, HOUR + HALF)


def test_a_server_that_asks_for_a_year_is_asked_again_after_a_day() -> None:
    assert pace.next_look(due(), Outcome.FAILED, NOW, retry_after=3e7) <= NOW + DAY + HOUR


def test_a_suspicious_look_is_repeated_a_little_later() -> None:
    assert pace.next_look(due(), Outcome.HELD, NOW) == NOW + timedelta(minutes=20)


def test_documents_added_at_once_are_soon_spread_over_the_hour() -> None:
    soon = [pace.next_look(due(f"p{n}/terms", last_change=NOW), Outcome.UNCHANGED, NOW) for n in range(6000)]
    minutes = Counter(when.minute for when in soon)
    assert len(minutes) == 60
    assert max(minutes.values()) < 160


def test_a_document_keeps_its_own_second_of_the_hour() -> None:
    when, seen = NOW, set()
    for _ in range(48):
        when = pace.next_look(due(last_change=when), Outcome.UNCHANGED, when + timedelta(seconds=7))
        seen.add((when.minute, when.second))
    assert len(seen) == 1
    assert when - NOW < timedelta(hours=49), "an hourly look drifts by no more than its first step"


def test_what_was_overdue_at_once_after_downtime_parts_within_days() -> None:
    looks: Counter[datetime] = Counter()
    for number in range(500):
        when = NOW
        while when < NOW + 14 * DAY:
            when = pace.next_look(due(f"p{number}/terms", steady_looks=99), Outcome.UNCHANGED, when)
            looks[when.replace(minute=0, second=0)] += 1
    last_day = [count for hour, count in looks.items() if NOW + 12 * DAY <= hour < NOW + 13 * DAY]
    assert max(last_day) < 2 * sum(last_day) / 24


def test_every_document_is_asked_for_in_full_once_a_week_on_a_day_of_its_own() -> None:
    days: Counter[int] = Counter()
    for name in map(str, range(70)):
        looks = [due(name, last_look=NOW + n * DAY) for n in range(14)]
        anew = [n for n, one in enumerate(looks) if pace.asks_anew(one, NOW + (n + 1) * DAY)]
        assert len(anew) == 2
        assert anew[1] - anew[0] == 7
        days[anew[0]] += 1
    assert len(days) == 7


def test_around_a_promised_day_a_page_is_asked_for_in_full() -> None:
    promised = due(last_look=NOW, announced=date(2026, 3, 5))
    assert pace.asks_anew(promised, NOW + HOUR)
