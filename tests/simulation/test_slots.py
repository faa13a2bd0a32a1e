"""The program's arithmetic of slots against walking over the clock, through both clock changes of every zone."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.audience.audience import Rhythm as Name
from storage.audience.audience import Slot
from storage.deliveries import slots as ours
from tests.simulation import slots
from tests.simulation.script import ZONES


@pytest.mark.parametrize("zone", ZONES)
def test_a_digest_is_due_when_the_clock_of_the_place_first_shows_its_time(zone: str) -> None:
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC)
    walked = list(slots.slots(slots.Rhythm(True, None, 2, 15, zone), start, end))
    reckoned, at = [], ours.next_slot(Slot(Name.DAILY, 0, 2, 15, zone), start)
    while at and at <= end:
        reckoned.append(at)
        at = ours.next_slot(Slot(Name.DAILY, 0, 2, 15, zone), at)
    assert reckoned == walked
    assert timedelta(days=38) < walked[-1] - walked[0] < timedelta(days=41)
