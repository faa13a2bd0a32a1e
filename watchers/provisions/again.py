"""Recognise a new version by what is known of the one before: only blocks that read differently are judged anew.

What it returns is what `recognise` would; it is only sooner done. It is not asked where the rules that
made the older findings were others: `stamp` says which rules those were.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchers.model import Finding
from watchers.provisions.layout import Block
from watchers.provisions.recogniser import Judge, default, kind_of, laid_out

_HERE = Path(__file__).parent

Key = tuple[str, bool, tuple[str, ...], str]
"""All that the judgement of a block rests on: its words, if they are a heading, the headings above, the lead-in."""


@dataclass(frozen=True, slots=True)
class Before:
    """An older text and all that was recognised in it, by the rules of today for the same type and language."""

    text: str
    findings: tuple[Finding, ...]


def recognise_again(text: str, before: Before, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
    """Return what `recognise` returns for a text, reusing the findings of blocks that stood in the text before."""
    laid, was = laid_out(text), laid_out(before.text)
    known = _by_block(before, was.blocks) if laid.bare == was.bare else {}
    judge = Judge(default(), laid, kind_of(doc_type), language)
    found: list[Finding] = []
    for block in laid.blocks:
        same = known.get(_key(text, block))
        found += judge.block(block) if same is None else _moved(*same, block.start)
    return tuple(found)


@cache
def _rules() -> str:
    files = sorted([*_HERE.glob("*.py"), *_HERE.glob("cues/*.toml")])
    return hashlib.blake2b(b"\0".join(path.read_bytes() for path in files), digest_size=8).hexdigest()


def stamp(doc_type: str, language: str) -> str:
    """Name what findings depend on besides the text: the cues and the code beside them, the type, the language."""
    return f"{_rules()}:{kind_of(doc_type)}:{language}"


def _key(text: str, block: Block) -> Key:
    return text[block.start : block.end], block.heading, block.path, block.lead


def _by_block(before: Before, blocks: Sequence[Block]) -> dict[Key, tuple[tuple[Finding, ...], int]]:
    """Return the findings of each block of the older text, and where the block begins."""
    starts = [finding.start for finding in before.findings]
    return {
        _key(before.text, block): (
            before.findings[bisect_left(starts, block.start) : bisect_left(starts, block.end)],
            block.start,
        )
        for block in blocks
    }


def _moved(findings: tuple[Finding, ...], then: int, now: int) -> Iterable[Finding]:
    """Return the findings of a block that began at `then` and says the same at `now`."""
    return findings if then == now else [finding.moved(now - then) for finding in findings]
