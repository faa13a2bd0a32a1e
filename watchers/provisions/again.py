"""Recognise a new version by what is known of the one before: only blocks that read differently are judged anew.

What it returns is what `recognise` would; it is only sooner done. It is not asked where another rule set made
the older findings: `stamp` says which one that was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from watchers.model import Finding
from watchers.provisions.judge import Laid, Titles, kind_of
from watchers.provisions.layout import Block
from watchers.provisions.packs import spoken
from watchers.provisions.recogniser import default
from watchers.provisions.sections import Section, bare, sections
from watchers.rules.ruleset import ruleset_id

Key = tuple[str, bool, tuple[str, ...], str]
"""All that the judgement of a block rests on: its words, if they are a heading, the headings above, the lead-in."""

Known = tuple[tuple[Finding, ...], int]
"""The findings of a block, and where it begins."""

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Before:
    """An older text and all that was recognised in it, by the rules of today for the same type and language."""

    text: str
    findings: tuple[Finding, ...]


def recognise_again(text: str, before: Before, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
    """Return what `recognise` returns for a text, reusing the findings of what stood in the text before.

    Sections that stood there whole are not even laid out; of the others the blocks that did are not judged.
    """
    new, old = sections(text), sections(before.text)
    is_bare = bare(new)
    if is_bare != bare(old):
        old = ()
    standing = {section.key: section for section in old}
    here = {section.key for section in new}
    known = _by_block(before, [section for section in old if section.key not in here])
    titles: Titles = {}
    code = spoken(text, language)
    found: list[Finding] = []
    for section in new:
        if same := standing.get(section.key):
            found += _moved(_within(before, same.start, same.end), same.start, section.start)
            continue
        low, blocks = section.laid()
        laid = Laid(section.text, low, blocks, is_bare)
        judge = default().judge(laid, doc_type, code, titles)
        for block in blocks:
            findings, then = known.get(_key(section.text, block)) or (tuple(judge.block(block)), block.start)
            found += _moved(findings, then, section.start + block.start)
    return tuple(found)


def stamp(doc_type: str, language: str) -> str:
    """Name what findings depend on besides the text: the rule set, the document's type and language."""
    return f"{ruleset_id()}:{kind_of(doc_type)}:{language}"


def _key(text: str, block: Block) -> Key:
    return text[block.start : block.end], block.heading, block.path, block.lead


def _by_block(before: Before, some: Sequence[Section]) -> dict[Key, Known]:
    """Return the findings of each block of some sections of the older text, and where the block begins."""
    found: dict[Key, Known] = {}
    for section in some:
        for block in section.laid()[1]:
            start, end = section.start + block.start, section.start + block.end
            found[_key(section.text, block)] = _within(before, start, end), start
    return found


def _within(before: Before, start: int, end: int) -> tuple[Finding, ...]:
    low, high = (bisect_left(before.findings, place, key=_START) for place in (start, end))
    return before.findings[low:high]


def _moved(findings: tuple[Finding, ...], then: int, now: int) -> Iterable[Finding]:
    """Return the findings of words that began at `then` and stand at `now`."""
    return findings if then == now else [finding.moved(now - then) for finding in findings]
