"""Marks of earlier versions: what was seen before is a flap or a rollback, not news.

Only the marks and the judgement are here; the archive keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b

from watchers.model import Past, Reading

_SENTENCE = re.compile(r"(?<=[.!?;:。！？])\s+|\n+|\s*\|\s*")
#: Shorter sentences stand in every policy and say nothing about which version they are from.
SENTENCE_FROM = 4


_SIGNS = "#|*_`>•·–—-‐‑.,;:!?'\"’‘“”„«»()[]{}/\\<=+…"


class Return(StrEnum):
    """How the new words relate to what was read before."""

    NEW = "new"
    BLINK = "blink"  # back to words read a few looks ago
    FLAPPING = "flapping"  # back and forth more than once: two editions served in turns
    ROLLBACK = "rollback"  # back to earlier words, and they stayed


def fingerprint(text: str) -> str:
    """Return a mark that is equal for texts of the same words, whatever their marks and typography."""
    return blake2b(_plain(text).encode(), digest_size=16).hexdigest()


def sentence_marks(text: str) -> frozenset[int]:
    """Return one 63-bit number for each sentence of at least four words."""
    return frozenset(_marks(text))


def _plain(text: str) -> str:
    """Return the words of a text with signs and case folded; cheap, for it runs over every version."""
    for sign in _SIGNS:  # far faster than `str.translate`, which looks up every letter
        text = text.replace(sign, " ")
    return " ".join(text.casefold().split())


def _marks(text: str) -> Iterable[int]:
    for sentence in _SENTENCE.split(text):
        words = _plain(sentence)
        if words.count(" ") + 1 >= SENTENCE_FROM:
            yield int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def came_back(text: str, current: frozenset[int], past: Past | None) -> bool:
    """Tell whether every sentence that a passage brings stood in an earlier version and had left.

    `current` are the sentence marks of the version before: what stands there already is no return. Short
    sentences never tell.
    """
    if past is None or not past.sentences:
        return False
    brought = sentence_marks(text) - current
    return bool(brought) and brought <= past.sentences


def returned(old: Reading, new: Reading, past: Past | None) -> Return:
    """Judge whether the new words are ones the archive holds already.

    A return that the previous look held back and that still stands is a rollback, unless the same words
    have come and gone before.
    """
    if past is None:
        return Return.NEW
    mark = fingerprint(new.text)
    if mark not in past.fingerprints or mark == fingerprint(old.text):
        return Return.NEW
    if past.recent.count(new.sha256) > 1:
        return Return.FLAPPING
    return Return.ROLLBACK if past.held == new.sha256 else Return.BLINK
