"""A period or an amount that became another: worse or better by what it measures."""

from __future__ import annotations

import pytest

from watchers.comparing.measures import measured
from watchers.model import Bearing

WORSE, BETTER, NEUTRAL = Bearing.WORSE, Bearing.BETTER, Bearing.NEUTRAL


@pytest.mark.parametrize(
    ("less", "more", "growing"),
    [
        ("We keep your messages for 30 days.", "We keep your messages for 24 months.", WORSE),
        ("Log files are deleted after 7 days.", "Log files are deleted after one year.", WORSE),
        ("Wir speichern Ihre Nachrichten 90 Tage.", "Wir speichern Ihre Nachrichten 12 Monate.", WORSE),
        ("We give you 14 days' notice of changes.", "We give you 60 days' notice of changes.", BETTER),
        ("You must file any claim within 6 months.", "You must file any claim within 3 years.", BETTER),
        ("You may opt out within 30 days.", "You may opt out within 60 days.", BETTER),
        ("We will notify you of a breach within 72 hours.", "We will notify you of a breach within 30 days.", WORSE),
        ("Our liability is limited to $50.", "Our liability is limited to $100.", BETTER),
        ("The late fee is $5.", "The late fee is $50.", WORSE),
        ("The festival lasts 3 days.", "The festival lasts 5 days.", NEUTRAL),
    ],
)
def test_more_of_a_measure_is_worse_or_better_by_what_it_measures(less: str, more: str, growing: Bearing) -> None:
    grown, shrunk = measured(less, more), measured(more, less)
    assert grown is not None
    assert shrunk is not None
    assert (grown.grew, grown.bearing) == (True, growing)
    assert (shrunk.grew, shrunk.bearing) == (False, growing.reverse)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We keep logs for 14 days.", "We keep logs for 2 weeks."),
        ("We keep logs for 14 days and mails for 3 days.", "We keep logs for 15 days and mails for 4 days."),
        ("We keep logs.", "We keep logs for 3 days."),
    ],
)
def test_the_same_measure_or_several_or_none_are_no_measure_that_changed(before: str, after: str) -> None:
    assert measured(before, after) is None
