"""A fortnight of a small world with everything going wrong: what is told is true; and an oracle that would say if not.

Each invariant is fed a log that was tampered with, and has to notice it.
"""

import asyncio
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
import structlog

from tests.simulation import tampering
from tests.simulation.oracle import Oracle
from tests.simulation.play import Play, Played
from tests.simulation.report import report
from tests.simulation.script import Size, write

SMALL = Size(6, 4, 8, 12, datetime(2026, 10, 20, tzinfo=UTC), timedelta(hours=1), 3)
SEED = 3
TRIES = 25


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    file = tmp_path_factory.mktemp("simulation") / "simulation.db"
    yield asyncio.run(Play(write(SEED, SMALL), f"sqlite:///{file}").run())
    structlog.configure(**before)


def test_in_a_world_where_everything_goes_wrong_all_that_is_due_is_told_once(played: Played) -> None:
    assert [str(fault) for fault in Oracle(played).faults()] == []


def test_enough_happens_in_it_to_show_anything(played: Played) -> None:
    happened = report(played)
    assert happened.vacuous == ""
    assert all(happened.messages[kind] for kind in ("ping", "digest", "recall", "blind", "recovered"))
    assert happened.rollbacks
    assert happened.repeated
    assert happened.refused


def test_a_world_in_which_nothing_happens_is_called_so(played: Played) -> None:
    quiet = copy(played)
    quiet.outside = replace(played.outside, posts=[], fetches=[])
    assert report(quiet).vacuous.startswith("too few steps, no ping, no digest")


@pytest.mark.parametrize(("fault", "tamper"), tampering.ALL, ids=[name for name, _ in tampering.ALL])
def test_the_oracle_notices(played: Played, fault: str, tamper: Callable[[Played], Iterator[Played]]) -> None:
    assert any(fault == found.what for one in islice(tamper(played), TRIES) for found in Oracle(one).faults())
