"""Measures the start of `clausewatch up` on a large archive: from the start of the process until it is ready.

    python -m bench.startup [--documents 100000] [--versions 1000000] [--times 3] [--keep FILE]

The archive is made up (`bench/archive_made_up.py`) in an SQLite file; the chat is the console with its input closed; no
look is due, so nothing is asked of the web. Told: seconds until /healthz and until /readyz answer 200, the CPU
seconds of the process until then, and the longest time /healthz took within the half minute after, when the
first round of all ticks and chores has gone by. A file of the catalogue alone is started on first, to compare.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.archive_made_up import fill

ROOT = Path(__file__).parent.parent
AFTER = 30.0
"""Seconds the process is watched for after it is ready."""

AT_MOST = 120.0


@dataclass(frozen=True)
class Start:
    """One start, in seconds."""

    healthy: float
    ready: float
    cpu: float
    slowest: float
    cpu_after: float


def start(file: Path, after: float) -> Start:
    """Start the program on a file, wait until it is ready, watch it for a while, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "DATABASE_URL": f"sqlite:///{file}",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        (sys.executable, "-m", "bot", "up"),
        cwd=file.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=AT_MOST, trust_env=False) as client:
            healthy = _answers(client, "/healthz", began)
            ready = _answers(client, "/readyz", began)
            spent = _cpu(process.pid)
            slowest = _slowest(client, after)
            return Start(healthy, ready, spent, slowest, _cpu(process.pid) - spent)
    finally:
        process.terminate()
        process.wait(60)


def _answers(client: httpx.Client, path: str, began: float) -> float:
    while (taken := time.perf_counter() - began) < AT_MOST:
        try:
            if client.get(path).status_code == 200:
                return time.perf_counter() - began
        except httpx.ConnectError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{path} did not answer 200 within {taken:.0f} s")


def _slowest(client: httpx.Client, after: float) -> float:
    began, slowest = time.perf_counter(), 0.0
    while time.perf_counter() - began < after:
        asked = time.perf_counter()
        client.get("/healthz")
        slowest = max(slowest, time.perf_counter() - asked)
        time.sleep(0.05)
    return slowest


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(name: str, starts: list[Start]) -> None:
    """Print one line of the table: the best start, and how they went after it."""
    best = min(starts, key=lambda each: each.ready)
    slowest = max(each.slowest for each in starts)
    print(
        f"| {name} | {best.healthy:.2f} | {best.ready:.2f} | {best.cpu:.2f} | {max(each.ready for each in starts):.2f} "
        f"| {1000 * slowest:.0f} | {best.cpu_after:.1f} |",
        flush=True,
    )


def main() -> None:
    """Make the archive where it is not kept already, start on it several times, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=100_000)
    asked.add_argument("--versions", type=int, default=1_000_000)
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--after", type=float, default=AFTER)
    asked.add_argument("--keep", type=Path, help="where the archive is made, or lies already from an earlier run")
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        file = (given.keep or Path(folder) / "large.db").resolve()
        began = time.perf_counter()
        if not file.exists():
            fill(file, given.documents, given.versions)
            print(f"made {file.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - began:.0f} s\n")
        print("| archive | healthy s | ready s | CPU s till then | slowest s | longest answer ms | CPU s after |")
        print("|---|---|---|---|---|---|---|")
        small = Path(folder) / "small.db"
        fill(small, 0, 0)
        report("the catalogue alone", [start(small, 1) for _ in range(given.times)])
        name = f"{given.documents:,} documents, {given.versions:,} versions"
        report(name, [start(file, given.after) for _ in range(given.times)])


if __name__ == "__main__":
    main()
