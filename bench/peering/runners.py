"""One runner for each program: installed into a scratch environment, given addresses, run once, and asked what it told.

CPU is that of the program with its children, in seconds; a program that runs and ends is charged its start-up too,
which `bench/peers.py` takes off.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from bench.peering import ours

PATIENCE = 600


class Missing(Exception):
    """A peer that could not be installed or run; the message says why."""


class Runner(Protocol):
    """What the benchmark asks of a program."""

    name: str

    def version(self) -> str:
        """Return its version. Raises Missing."""

    def begin(self, addresses: Sequence[str]) -> None:
        """Start anew with these addresses and nothing remembered."""

    def once(self) -> tuple[float, set[str]]:
        """Look at all of them once; return the CPU it took and the addresses it told about."""

    def end(self) -> None:
        """Stop whatever still runs."""


def charged(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> tuple[float, str]:
    """Run a command to its end; return its CPU with its children's, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **(environment or {})}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise Missing(f"{command[0]} ended with {done.returncode}: {done.stderr[-300:]}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout + done.stderr


def installed(name: str, scratch: Path) -> Path:
    """Return the folder of a peer's commands, installed from the package index if it is not there yet."""
    home = scratch / name
    if not (home / "bin" / name).exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True)
        done = subprocess.run([home / "bin/pip", "install", "-q", name], capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"pip install {name} failed: {done.stderr.strip()[-300:]}")
    return home / "bin"


def released(name: str, commands: Path) -> str:
    """Return the version of an installed peer."""
    code = f"from importlib.metadata import version; print(version({name!r}))"
    return charged([str(commands / "python"), "-c", code], commands)[1].strip()


class Ours:
    """This program: one process a pass, with its database."""

    name = "clausewatch"

    def __init__(self, folder: Path, kinds: dict[str, str] | None = None) -> None:
        self._folder = folder
        self._kinds = kinds or {}
        self._day = 0
        self.got: dict[str, tuple[str, str]] = {}
        """What a person got of each address in the last pass (see `ours.py`), and why."""

    def version(self) -> str:
        return "this tree"

    def begin(self, addresses: Sequence[str]) -> None:
        self._day = 0
        self._folder.mkdir(parents=True, exist_ok=True)
        for file in self._folder.glob("ours.*"):
            file.unlink()
        lines = (f"{address}\t{self._kinds.get(address, '')}" for address in addresses)
        (self._folder / "ours.list").write_text("\n".join(lines))

    def once(self) -> tuple[float, set[str]]:
        command = [sys.executable, ours.__file__, str(self._folder), str(self._day), str(self._folder / "ours.list")]
        self._day += 2
        seconds, said = charged(command, self._folder)
        self.got = {where: (told, why) for where, told, why in re.findall(r"(?m)^(http://\S+)\t(\w+)\t(.*)$", said)}
        return seconds, {where for where, (told, _) in self.got.items() if told in (ours.PING, ours.DIGEST)}

    def end(self) -> None:
        """Nothing runs."""


class CommandLine:
    """urlwatch and webchanges: a list of jobs, one process a pass, a report on standard output."""

    def __init__(self, name: str, scratch: Path, flags: tuple[str, ...]) -> None:
        self.name = name
        self._bin = installed(name, scratch)
        self._folder = scratch / f"{name}-work"
        self._flags = flags

    def version(self) -> str:
        return released(self.name, self._bin)

    def begin(self, addresses: Sequence[str]) -> None:
        self._folder.mkdir(exist_ok=True)
        for file in self._folder.iterdir():
            file.unlink()
        jobs = [f"name: {one}\nurl: {one}\nfilter:\n  - html2text\n" for one in addresses]
        (self._folder / "jobs.yaml").write_text("---\n".join(jobs))
        (self._folder / "hooks.py").write_text("")
        (self._folder / "config.yaml").write_text("report:\n  stdout:\n    enabled: true\n    color: false\n")

    def once(self) -> tuple[float, set[str]]:
        files = ("jobs.yaml", "config.yaml", "hooks.py", "cache.db")
        given = [word for flag, file in zip(self._flags, files, strict=True) for word in (flag, file)]
        seconds, said = charged([str(self._bin / self.name), *given], self._folder)
        if "Traceback" in said:
            raise Missing(said[-300:])
        return seconds, set(re.findall(r"(?im)^\W*(?:\d+\.\s*)?changed:\s*(http://\S+)", said))

    def end(self) -> None:
        """Nothing runs."""


class Daemon:
    """changedetection.io: a server that is asked over its interface; its CPU is read while it works."""

    name = "changedetection.io"

    def __init__(self, scratch: Path) -> None:
        self._bin = installed(self.name, scratch)
        self._folder = scratch / "changedetection-work"
        self._process: subprocess.Popen[bytes] | None = None
        self._known: dict[str, str] = {}
        self._seen: dict[str, int] = {}
        self._idle = 0.0

    def version(self) -> str:
        return released(self.name, self._bin)

    def begin(self, addresses: Sequence[str]) -> None:
        self.end()
        subprocess.run(["rm", "-rf", self._folder], check=True)
        self._folder.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        quiet = {"DISABLE_VERSION_CHECK": "true", "ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "LOGGER_LEVEL": "ERROR"}
        command = [str(self._bin / self.name), "-d", str(self._folder), "-C", "-h", "127.0.0.1", "-p", str(self._port)]
        log = (self._folder / "out.log").open("wb")
        self._process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **quiet}, start_new_session=True
        )
        self._key = self._wait_for_key()
        for one in list(self._ask("watch")):
            self._ask(f"watch/{one}", "DELETE")
        self._known, self._seen = {}, {}
        self._addresses = tuple(addresses)
        time.sleep(5)
        start, began = self._cpu(), time.monotonic()
        time.sleep(5)
        self._idle = (self._cpu() - start) / (time.monotonic() - began)

    def _wait_for_key(self) -> str:
        for _ in range(240):
            time.sleep(0.5)
            with contextlib.suppress(Exception):
                kept = json.loads((self._folder / "changedetection.json").read_text())
                self._key = str(kept["settings"]["application"]["api_access_token"])
                self._ask("systeminfo")
                return self._key
        raise Missing("changedetection.io did not answer within two minutes")

    def once(self) -> tuple[float, set[str]]:
        start, began = self._cpu(), time.monotonic()
        if not self._known:
            for address in self._addresses:
                added: Any = self._ask("watch", "POST", {"url": address})
                self._known[str(added["uuid"])] = address
        else:
            self._ask("watch?recheck_all=1")
        last: dict[str, dict[str, int]] = {}
        while time.monotonic() - began < PATIENCE:
            time.sleep(1)
            last = self._ask("watch")
            if all(last[one]["last_checked"] > self._seen.get(one, 0) for one in self._known):
                break
        else:
            raise Missing("changedetection.io did not get through its list")
        time.sleep(2)  # what it writes down after a check
        spent = self._cpu() - start - self._idle * (time.monotonic() - began)
        first = not self._seen
        told = {self._known[one] for one in self._known if len(self._ask(f"watch/{one}/history")) > 1}
        new = told - getattr(self, "_told", set()) if not first else set()
        self._told = told
        self._seen = {one: int(time.time()) for one in self._known}
        time.sleep(1)
        return spent, new

    def _cpu(self) -> float:
        """Return the CPU seconds of the server and all its children so far."""
        assert self._process
        total = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError, ValueError):
                rest = stat.read_text().rpartition(")")[2].split()
                if int(rest[2]) == self._process.pid:  # its process group
                    total += (int(rest[11]) + int(rest[12]) + int(rest[13]) + int(rest[14])) / os.sysconf("SC_CLK_TCK")
        return total

    def _ask(self, path: str, method: str = "GET", body: dict[str, str] | None = None) -> dict[str, dict[str, int]]:
        address = f"http://127.0.0.1:{self._port}/api/v1/{path}"
        headers = {"x-api-key": self._key, "content-type": "application/json"}
        asked = urllib.request.Request(address, json.dumps(body).encode() if body else None, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            said = answer.read()
        return json.loads(said) if said else {}

    def end(self) -> None:
        if self._process:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
            self._process.kill()
            self._process = None
