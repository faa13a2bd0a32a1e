"""The program of a worker: it takes a job, does it within its limits, and answers, until nobody asks any more.

It holds no state between jobs but caches, opens no connection and knows no secret. Started by `box`.
"""

from __future__ import annotations

import os
import pickle
import time
import traceback

from bot.examining import limits
from bot.examining.values import Answer, packed, received
from bot.process.collector import collect_seldom, give_back

TIDY = 4
"""After so many jobs, free memory is given back."""


def main() -> None:
    """Answer jobs from the standard input until it ends."""
    asked, told = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints is no answer
    collect_seldom()
    limits.seal()
    from bot.examining.jobs import warm

    warm()
    limits.bound_memory()
    done = 0
    while True:
        try:
            job = received(asked.read)
        except EOFError:
            return
        answer = packed(answered(job))
        sent = memoryview(answer)
        while sent:
            sent = sent[told.write(sent) or 0 :]
        done += 1
        if done % TIDY == 0:
            give_back()


def answered(job: bytes) -> Answer:
    """Do a job, a pickled (seconds of CPU, work, what it is given)."""
    seconds, work, given = pickle.loads(job)
    limits.bound_cpu(seconds)
    began = time.process_time()
    try:
        value = work(*given)
    except Exception as error:
        return Answer(broke=type(error).__name__, trace=traceback.format_exc(limit=-8))
    return Answer(value, 1000 * (time.process_time() - began))


if __name__ == "__main__":
    main()
