"""The box: a worker process with limits, started when first needed and used again; killed when it goes over one.

What runs in it is a job of `jobs`, handed over as values. Nothing is decided here about what a page that was too much
for it comes to.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from asyncio import CancelledError
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from bot.examining import limits, values
from bot.examining.values import Answer

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 8
"""So many times the CPU a job may take is waited for its answer: other processes want the CPU too."""

START = 60.0
"""Seconds more for the first answer of a worker, which is still being started."""


class Limit(StrEnum):
    """What a job went over."""

    TIME = "it takes too long"
    MEMORY = "it takes too much memory"
    BROKE = "the program that reads it broke"


class TooMuch(Exception):
    """A job was too much for its worker, which is gone; the next job has a new one."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


class BrokeInside(Exception):
    """A job raised an error, by its name; `trace` says where."""

    def __init__(self, name: str, trace: str) -> None:
        super().__init__(name)
        self.trace = trace


class Box:
    """One worker, one job at a time. `do` waits in the caller's thread, `submit` in one of the box's own."""

    def __init__(self, *, cpu: int = limits.CPU) -> None:
        self._cpu = cpu
        self._thread = ThreadPoolExecutor(1, "box")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._new = True
        self._closed = False

    def start(self) -> None:
        """Start the worker, without waiting until it is ready."""
        if self._process is None and not self._closed:
            environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "0"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.examining.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                bufsize=0,
            )
            self._new = True
            if self._closed:  # meanwhile
                self._process.kill()

    def do(self, work: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> tuple[T, float]:
        """Return what a job gives and the milliseconds of CPU it took.

        Raises TooMuch, BrokeInside, and CancelledError when the box is closed meanwhile.
        """
        assert not named, "jobs take their values in order"
        job = values.packed((self._cpu, work, given))
        with self._lock:
            answer = self._answer(job)
        if answer.broke == "MemoryError":
            self._end()
            raise TooMuch(Limit.MEMORY)
        if answer.broke:
            raise BrokeInside(answer.broke, answer.trace)
        return answer.value, answer.milliseconds

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Future[Any]:
        """Do a job aside; the future has what `do` returns, or raises."""
        return self._thread.submit(self.do, work, *given)

    def shutdown(self) -> None:
        """Kill the worker, whatever it does; jobs that wait or are under way are cancelled."""
        self._closed = True
        if process := self._process:
            process.kill()
        self._thread.shutdown(wait=False, cancel_futures=True)
        with self._lock:  # whoever waits for an answer hears at once that none will come
            self._end()

    def _answer(self, job: bytes) -> Answer:
        if self._closed:
            raise CancelledError
        self.start()
        process = self._process
        assert process is not None
        deadline = time.monotonic() + PATIENCE * self._cpu + START * self._new
        self._new = False
        try:
            return values.unpacked(self._exchanged(process, job, deadline))
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise self._gone(isinstance(error, TimeoutError)) from error

    @staticmethod
    def _exchanged(process: subprocess.Popen[bytes], job: bytes, deadline: float) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        told, asked = process.stdout.fileno(), process.stdin.fileno()
        os.set_blocking(asked, False)
        left = memoryview(job)
        while left:
            _wait(asked, select.POLLOUT, deadline)
            left = left[os.write(asked, left) :]

        def read(size: int) -> bytes:
            _wait(told, select.POLLIN, deadline)
            return os.read(told, size)

        return values.received(read)

    def _gone(self, late: bool) -> BaseException:
        """Say why the worker gave no answer, and see that it is gone."""
        status = self._end()
        if self._closed:
            return CancelledError()
        if late or status == -signal.SIGXCPU:
            return TooMuch(Limit.TIME)
        return TooMuch(Limit.MEMORY if status == -signal.SIGABRT else Limit.BROKE)

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(subprocess.TimeoutExpired):
            if process.stdout and process.stdin:  # one that ended by itself says why
                process.wait(0.2)
        process.kill()
        status = process.wait()
        for end in (process.stdin, process.stdout):
            if end is not None:
                end.close()
        return status


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe is ready; raise TimeoutError when it is too late."""
    ready = select.poll()
    ready.register(descriptor, event)
    if not ready.poll(max(0, 1000 * (deadline - time.monotonic()))):
        raise TimeoutError
