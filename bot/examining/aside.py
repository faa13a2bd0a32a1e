"""Doing a job aside: awaiting what an examiner gives, and an examiner that is a thread of this process.

The thread has no limits: it is for pages of our own making, in trials and in worlds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Examiner(Protocol):
    """Whoever does jobs, one after the other."""

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Future[Any]:
        """Do a job aside; the future has what it gives and the milliseconds of CPU it took."""

    def shutdown(self) -> None:
        """Break off what is under way and do nothing more."""


class Aside:
    """An examiner in a thread, so that chats are answered meanwhile; one, as a second would only wait for the first."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "examine")

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Future[Any]:
        """Do a job in the thread."""
        return self._thread.submit(_timed, work, *given)

    def shutdown(self) -> None:
        """Do nothing more; a job that is under way goes on to its end."""
        self._thread.shutdown(wait=False, cancel_futures=True)


async def done(examiner: Examiner, work: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> tuple[T, float]:
    """Return what a job gives and the milliseconds of CPU it took.

    Raises TooMuch and BrokeInside where the examiner is a box.
    """
    assert not named, "jobs take their values in order"
    found: tuple[T, float] = await asyncio.wrap_future(examiner.submit(work, *given))
    return found


def _timed(work: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """Do a job, and count the CPU of this thread: that of the process would count all looks under way."""
    began = time.thread_time()
    found = work(*given)
    return found, 1000 * (time.thread_time() - began)
