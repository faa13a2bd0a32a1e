"""How values travel between us and a worker: pickles with their length before them.

What a worker answers is not trusted, as a page may have taken it over: only plain values and the frozen dataclasses
and enums of this project are taken from it, nothing that runs.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from enum import Enum
from typing import Any

LENGTH = struct.Struct("!Q")
LARGEST = 256_000_000
"""Bytes of an answer; a worker that sends more is taken for broken."""

_OURS = ("watchers.", "storage.importers.", "bot.examining.")
_PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    *(("datetime", name) for name in ("datetime", "date", "timedelta", "timezone")),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: its `value`, or what broke it; `milliseconds` of CPU.

    `broke` is the name of the error, or empty, and `trace` where it was raised.
    """

    value: Any = None
    milliseconds: float = 0.0
    broke: str = ""
    trace: str = ""


def packed(value: Any) -> bytes:
    """Return a value as it travels."""
    body = pickle.dumps(value, protocol=5)
    return LENGTH.pack(len(body)) + body


def unpacked(body: bytes) -> Answer:
    """Return what a worker answered; raise pickle.UnpicklingError for what is no answer of ours."""
    try:
        answer = _Values(io.BytesIO(body)).load()
    except Exception as error:  # whatever bytes may raise that are no pickle
        raise pickle.UnpicklingError(str(error)) from error
    if not isinstance(answer, Answer):
        raise pickle.UnpicklingError("a worker sent no answer")
    return answer


def received(read: Callable[[int], bytes]) -> bytes:
    """Read one pickle; raise EOFError when the other side is gone."""
    (length,) = LENGTH.unpack(_exactly(read, LENGTH.size))
    if length > LARGEST:
        raise EOFError("more than a worker may send")
    return _exactly(read, length)


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    pieces = []
    while size:
        piece = read(min(size, 1 << 20))
        if not piece:
            raise EOFError("the other side is gone")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class _Values(pickle.Unpickler):
    """Finds no class but those that only hold values."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN and not module.startswith(_OURS):
            raise pickle.UnpicklingError(f"a worker sent a {module}.{name}")
        found = super().find_class(module, name)
        if (module, name) in _PLAIN or (isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))):
            return found
        raise pickle.UnpicklingError(f"a worker sent a {module}.{name}")
