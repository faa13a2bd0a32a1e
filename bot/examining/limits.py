"""The limits that a worker puts on itself before it sees a page: CPU, memory, files, network, programs.

Only the worker calls this; what is over a limit ends its process, and whoever started it says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
import time
from pathlib import Path

CPU = 20
"""Seconds of CPU for one job; a page of 330 kB takes a fifth of one, the largest policies two or three."""

MEMORY = 600_000_000
"""Bytes of address space for a job, beyond what the warmed worker has."""

_PARENT_DEATH, _NO_NEW_PRIVILEGES, _SECCOMP = 1, 38, 22  # of prctl, linux/prctl.h
_FILTER = 2
_REFUSED = {  # numbers of socket, connect, execve, execveat, ptrace, process_vm_readv, process_vm_writev
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 310, 311)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 270, 271)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_ALLOW, _DENY = 0x7FFF0000, 0x00050001  # linux/seccomp.h: go on; fail with EPERM
_FOREIGN = 0x40000000  # calls by another convention than the one that is checked


def seal() -> None:
    """Write no files and no core dumps, end with the parent, open no connection and run no other program."""
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a terminal is the parent's to hear
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
        libc.prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
        _refuse_calls(libc)


def bound_memory(more: int = MEMORY) -> None:
    """Let this process take so many bytes more than it has; where the system does not say how many, it stays free."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def bound_cpu(seconds: int = CPU) -> None:
    """End this process once it has used so many seconds of CPU from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, hard))


def refuses_calls() -> bool:
    """Tell whether this system lets a worker refuse calls."""
    return sys.platform == "linux" and platform.machine() in _REFUSED


def _refuse_calls(libc: ctypes.CDLL) -> None:
    """Have the kernel refuse the calls of the table; where it cannot, the other limits stand."""
    if not refuses_calls():
        return
    rules = _rules(*_REFUSED[platform.machine()])
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(code)))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)


def _rules(architecture: int, refused: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Return the filter: rules of (what, steps if so, steps if not, value). A call's number is at 0, its kind at 4."""
    left = len(refused)
    return [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, left + 3, architecture),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, left + 1, 0, _FOREIGN),
        *((_EQUAL, left - n, 0, number) for n, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
