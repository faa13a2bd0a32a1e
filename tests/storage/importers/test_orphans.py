"""Workers of an import end when the import is killed."""

from __future__ import annotations

import os
import subprocess
import sys

PARENT = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import current_process
from storage.importers.orphans import end_with_parent

if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, initializer=end_with_parent)
    asked = [pool.submit(time.sleep, 0.01) for _ in range(4)]
    [one.result() for one in asked]
    print(len(pool._processes), flush=True)
    sys.stdin.read()
"""
"""A process with two idle workers, which hold its standard output open as long as they live."""


def test_workers_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    assert parent.stdout.readline() == b"2\n"
    parent.kill()
    parent.wait()
    parent.communicate(timeout=30)  # the output ends when the last that holds it has ended
