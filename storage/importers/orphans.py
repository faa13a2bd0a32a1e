"""A worker process ends when the process that started it is gone, however that ended. Nothing is started here."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait

ORPHANED = 1
"""The exit status of a worker whose parent is gone."""


def end_with_parent() -> None:
    """Watch the parent from now on, in a worker: one that waits for its next task would wait for ever.

    The sentinel is a pipe the parent alone writes to, and it shuts when the parent is killed. A forked worker keeps
    the pipes of those forked before it open, so the youngest ends first and the others one after the other.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), name="parent", daemon=True).start()


def _outlive(sentinel: int) -> None:
    wait([sentinel])
    os._exit(ORPHANED)  # nothing is unwritten: only the parent writes
