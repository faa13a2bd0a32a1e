"""Marks of earlier versions: what was seen before is a flap or a rollback, not news.

Only the marks and the judgement are here; the archive keeps them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from watchers.model import Past, Reading

_SENTENCE = re.compile(r"(?<=[.!?;:。！？])\s+|\n+|(?<![^\S\n])\s*+\|\s*|\|\s*")
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
    return frozenset(chain.from_iterable(map(_marks, text.split("\n"))))


_standing = lru_cache(maxsize=2)(sentence_marks)  # every passage of a comparison is asked about the same text


def _bare(text: str) -> str:
    """Return a text with signs and case folded; cheap, for it runs over every version."""
    for sign in _SIGNS:  # far faster than `str.translate`, which looks up every letter
        text = text.replace(sign, " ")
    return text.casefold()


def _plain(text: str) -> str:
    return " ".join(_bare(text).split())


@lru_cache(maxsize=4096)  # of two versions nearly all lines are the same
def _marks(line: str) -> tuple[int, ...]:
    sentences = _bare("\n".join(_SENTENCE.split(line))).split("\n")
    said = [words for words in map(str.split, sentences) if len(words) >= SENTENCE_FROM]
    return tuple(map(_number, map(" ".join, said)))


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def came_back(text: str, old: Reading, past: Past | None) -> bool:
    """Tell whether every sentence that a passage brings stood in an earlier version and had left.

    `old` is the version before, whose sentences are among those of the past: what stands there already is no
    return. Short sentences never tell.
    """
    if past is None or not past.sentences:
        return False
    brought = sentence_marks(text)
    if not brought <= past.sentences:  # new words: the usual case, and the cheap one
        return False
    return bool(brought - _standing(old.text))


def returned(old: Reading, new: Reading, past: Past | None) -> Return:
    """Judge whether the new words are ones the archive holds already.

    A return that the previous look held back and that still stands is a rollback, unless these words and those
    before them have both come and gone before: then two editions are served in turns.
    """
    if past is None:
        return Return.NEW
    mark = fingerprint(new.text)
    if mark not in past.fingerprints or mark == fingerprint(old.text):
        return Return.NEW
    if past.recent.count(new.sha256) > 1 and past.recent.count(past.recent[0]) > 1:
        return Return.FLAPPING
    return Return.ROLLBACK if past.held == new.sha256 else Return.BLINK
