"""Sentences of our own for every provision, in words the cues were not written from; near misses begin with "!".

Written before the cues were looked at: what they miss is a gap, not a memory. Plain text, one sentence a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchers.provisions.taxonomy import PROVISIONS

_GROUPS_OF_TERMS = ("content", "disputes", "ai", "platform")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and whether it is about the provision (`meant`) or only comes near it."""

    provision: str
    text: str
    meant: bool

    @property
    def doc_type(self) -> str:
        """Return a type such sentences stand in; what both may hold is asked without one."""
        group = PROVISIONS[self.provision].group
        return "" if group == "contract" else "Terms of Service" if group in _GROUPS_OF_TERMS else "Privacy Policy"


def _read(path: Path) -> Iterator[Sentence]:
    provision = ""
    for line in filter(None, map(str.strip, path.read_text(encoding="utf8").splitlines())):
        if line.startswith("["):
            provision = line.strip("[]")
        else:
            yield Sentence(provision, line.removeprefix("!"), not line.startswith("!"))


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return all of them, file by file."""
    return tuple(one for path in sorted(Path(__file__).parent.glob("*.txt")) for one in _read(path))
