"""A box keeps what a page does to its reader from everybody else."""

import os
import threading
import time
from asyncio import CancelledError
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.examining import limits
from bot.examining.box import Box, BrokeInside, Limit, TooMuch
from bot.examining.jobs import introduced
from tests.bot.examining import hostile
from watchers.model import Part, Snapshot

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    one = Box(cpu=1)
    yield one
    one.shutdown()


@pytest.mark.parametrize(
    ("job", "limit"),
    [(hostile.for_ever, Limit.TIME), (hostile.hoard, Limit.MEMORY), (hostile.leave, Limit.MEMORY)],
)
def test_a_job_that_goes_over_a_limit_ends_alone_and_the_next_is_done(box: Box, job: Any, limit: Limit) -> None:
    with pytest.raises(TooMuch) as told:
        box.do(job)
    assert told.value.limit is limit
    assert box.do(hostile.double, 21)[0] == 42


def test_a_small_pdf_that_unpacks_without_end_is_too_much(box: Box) -> None:
    address = "https://gull.example/terms.pdf"
    page = Snapshot(address, address, 200, (), "application/pdf", hostile.pdf_bomb(20_000_000), NOW)
    assert len(page.body) < 1_000_000
    with pytest.raises(TooMuch):
        box.do(introduced, Part(address), page)


def test_what_breaks_a_job_is_told_by_its_name_and_place_and_not_in_its_words(box: Box) -> None:
    with pytest.raises(BrokeInside, match=r"^LookupError$") as told:
        box.do(hostile.stumble)
    assert "in stumble" in told.value.trace


def test_nothing_that_would_run_is_taken_from_a_worker(box: Box) -> None:
    with pytest.raises(TooMuch, match="broke"):
        box.do(hostile.smuggle)


@pytest.mark.skipif(not limits.refuses_calls(), reason="this system cannot refuse calls")
@pytest.mark.parametrize("attempt", [hostile.open_a_socket, hostile.run_a_program])
def test_a_worker_reaches_nobody_and_starts_nothing(box: Box, attempt: Any) -> None:
    assert box.do(attempt)[0] == "PermissionError"


def test_a_worker_knows_no_secret(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert "SLACK_BOT_TOKEN" in os.environ
    assert box.do(hostile.environment)[0] <= {"PYTHONPATH", "PYTHONHASHSEED", "LC_CTYPE"}


def test_a_worker_is_used_again(box: Box) -> None:
    assert box.do(os.getpid)[0] == box.do(os.getpid)[0] != os.getpid()


def test_to_close_a_box_ends_whatever_it_does() -> None:
    one = Box(cpu=100)
    assert one.do(hostile.double, 1)[0] == 2
    under_way = one.submit(hostile.for_ever)
    began = time.monotonic()
    threading.Thread(target=one.shutdown).start()
    with pytest.raises(CancelledError):
        under_way.result(timeout=10)
    assert time.monotonic() - began < 10
    with pytest.raises(CancelledError):
        one.do(hostile.double, 1)
