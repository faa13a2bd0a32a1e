"""Runs inputs against a target within bounds of time and memory, and keeps the tally.

A run that takes longer than its bound is ended and kept as a finding, like one that raises.
"""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

PATIENCE = 3.0
"""Seconds of CPU that one input of a few thousand letters may take."""
MEMORY = 6_000_000_000
"""Bytes of address space that a target may take."""


class TooSlow(Exception):
    """An input took longer than it may."""


@dataclass
class Tally:
    """What became of one target so far: executions, CPU seconds, the slowest (milliseconds), memory (MB), findings."""

    executions: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    memory: float = 0.0
    findings: dict[str, str] = field(default_factory=dict)


def run(
    each: Callable[[bytes], None], inputs: Iterable[bytes], seconds: float, keep: Path, tally: Tally, most: int = 0
) -> None:
    """Run inputs until the seconds of CPU (or `most` of them) are used up; findings are written to `keep`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _too_slow)
    began, done = time.process_time(), 0
    for body in inputs:
        start = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            each(body)
        except Exception as error:  # whatever a room raises that it did not promise
            note(error, body, keep, tally)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        end = time.process_time()
        tally.executions, done = tally.executions + 1, done + 1
        tally.slowest = max(tally.slowest, 1000 * (end - start))
        if end - began > seconds or done == most:
            break
    tally.seconds += time.process_time() - began
    tally.memory = max(tally.memory, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def note(error: BaseException, body: bytes, keep: Path, tally: Tally) -> None:
    """Keep a finding under the place in our code that raised it; each place once."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/bench/" not in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    ours = [
        frame for frame in frames if any(f"/{floor}/" in frame.filename for floor in ("watchers", "storage", "bot"))
    ]
    place = ours[-1] if ours else last
    key = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}, in {last.name}"
    if key not in tally.findings:
        keep.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(body).hexdigest()[:12]
        (keep / name).write_bytes(body)
        (keep / f"{name}.txt").write_text(f"{key}: {str(error)[:400]}\n")
        tally.findings[key] = name


def _too_slow(*_: object) -> None:
    raise TooSlow(f"more than {PATIENCE:g} s of CPU")


def load(file: Path) -> dict[str, Tally]:
    """Return the tally of earlier slices."""
    return {name: Tally(**one) for name, one in json.loads(file.read_text()).items()} if file.exists() else {}


def save(file: Path, tallies: dict[str, Tally]) -> None:
    """Write the tally down."""
    file.write_text(json.dumps({name: asdict(one) for name, one in tallies.items()}, indent=1))


def table(tallies: dict[str, Tally]) -> str:
    """Return the tally as a table."""
    lines = [
        "| target | executions | CPU s | ms each | slowest ms | peak MB | findings |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in sorted(tallies.items()):
        mean = 1000 * one.seconds / max(one.executions, 1)
        lines.append(
            f"| {name} | {one.executions:,} | {one.seconds:,.0f} | {mean:.2f} | {one.slowest:,.0f} | {one.memory:,.0f} "
            f"| {len(one.findings)} |"
        )
    return "\n".join([*lines, f"\nIn all: {sum(one.executions for one in tallies.values()):,} executions."])
