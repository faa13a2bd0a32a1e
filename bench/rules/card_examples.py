"""Labelled cards as examples: every candidate of a service's documents, with the provisions it is a right excerpt of.

Reads `cards.jsonl`, `split.json` and `card-documents/` of a folder; services of the part `unread` are left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchers.provisions.judge import kind_of
from watchers.provisions.ranking.candidates import FEWEST, MOST, Candidate, candidates
from watchers.reading.extract import read_markdown

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its candidates; `right` holds, by provision and candidate, the lines it is an excerpt of."""

    service: str
    fold: str
    doc_type: str
    text: str
    every: tuple[Candidate, ...]
    right: dict[str, dict[int, list[Line]]]

    @property
    def kind(self) -> str:
        """Return the kind of the document, as features name it."""
        return kind_of(self.doc_type)


@dataclass
class Gold:
    """The labels: documents, the lines of each service and provision, and what is wholly absent from a service."""

    documents: list[Labelled] = field(default_factory=list)
    lines: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    absent: set[tuple[str, str]] = field(default_factory=set)


def plain(text: str) -> str:
    """Return words and figures alone, link targets left out."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\]\([^)]*\)", " ", text).lower()))


def _triples(words: str) -> set[tuple[str, str, str]]:
    every = words.split()
    return set(zip(every, every[1:], every[2:], strict=False))


def same_place(a: str, b: str) -> bool:
    """Tell whether two runs of plain words say the same place: one in the other, or three fifths of the triples."""
    if not a or not b:
        return False
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return True
    one, two = _triples(a), _triples(b)
    return bool(one and two) and len(one & two) / min(len(one), len(two)) >= 0.6


def read_gold(folder: Path, without: str = "") -> Gold:
    """Read the labels of the services that may be read, without those of a fold."""
    split = json.loads((folder / "split.json").read_text(encoding="utf8"))
    lines: dict[tuple[str, str], list[Line]] = defaultdict(list)
    documents: dict[str, list[str]] = defaultdict(list)
    absent: Counter[tuple[str, str]] = Counter()
    for row in map(json.loads, (folder / "cards.jsonl").read_text(encoding="utf8").splitlines()):
        service = row["service"]
        if split[service] in ("unread", without):
            continue
        if row["doc"] not in documents[service]:
            documents[service].append(row["doc"])
        absent.update((service, provision) for provision in row.get("absent", ()))
        if "provision" in row:
            lines[service, row["provision"]].append(row)
    gold = Gold(lines=dict(lines))
    gold.absent = {key for key, times in absent.items() if times == len(documents[key[0]]) and key not in lines}
    for service, types in documents.items():
        own = {provision: rows for (name, provision), rows in lines.items() if name == service}
        for doc_type in types:
            path = folder / "card-documents" / service / f"{doc_type}.md"
            text = read_markdown(path.read_text(encoding="utf8")).text
            gold.documents.append(_labelled(service, split[service], doc_type, text, own))
    return gold


def _labelled(service: str, fold: str, doc_type: str, text: str, own: dict[str, list[Line]]) -> Labelled:
    every = candidates(text)
    words = [plain(text[one.start : one.end]) for one in every]
    right = {
        provision: _right(words, [row for row in rows if row["doc"] == doc_type]) for provision, rows in own.items()
    }
    return Labelled(service, fold, doc_type, text, every, right)


def _right(words: Sequence[str], rows: Sequence[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    quotes = [(row, plain(quote)) for row in rows for quote in row["quotes"]]
    for number, said in enumerate(words):
        count = len(said.split())
        for row, quote in quotes:
            fits = FEWEST < count <= max(MOST, 3 * len(quote.split()))
            if fits and same_place(said, quote) and row not in found.setdefault(number, []):
                found[number].append(row)
    return {number: hits for number, hits in found.items() if hits}
