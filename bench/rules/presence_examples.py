"""Labelled sentences for the model of presence: their features, and what is known of each provision in them.

A label belongs to a clause; the sentence that holds its telling words is the positive one, and of the clause's other
sentences nothing is known for that provision. A document that a reader found to be without a provision makes all its
sentences negative for it.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.watchers.provisions import own_words
from watchers.provisions.judge import laid_out
from watchers.provisions.layout import cut
from watchers.provisions.packs import spoken
from watchers.provisions.presence import NOTHING, start
from watchers.provisions.recogniser import default

LABELS = Path(__file__).with_name("presence_labels.jsonl")
DEBATABLE = 0.3  # how much a line counts that careful readers may differ about
CARDS = 0.5  # how much a line of a card counts beside a labelled clause: its document is not read clause by clause


@dataclass(frozen=True)
class Example:
    """A sentence: features by the model, `known` the weight of what is known, `true` the provisions present."""

    service: str
    features: tuple[str, ...]
    start: Mapping[str, float]
    true: frozenset[str]
    known: Mapping[str, float]
    rest: float  # how much it is known that all other provisions are absent


Told = Callable[[int, int, str], tuple[set[str], dict[str, float], float] | None]
"""What is known of the sentence [start:end] with these words; None: nothing, leave it out."""


def sentences(service: str, text: str, doc_type: str, told: Told) -> Iterator[Example]:
    """Yield the examples of one text."""
    laid = laid_out(text)
    judge = default().judge(laid, doc_type, spoken(text, ""))
    for block in laid.blocks:
        if block.heading and not laid.bare:
            continue
        block = cut(block, text, laid.low)
        known = [told(first, last, laid.low[first:last]) for first, last in block.sentences]
        if not any(known):
            continue
        titles = judge.titles(block)
        shared = judge.of_clause(block, titles)
        for number, (seen, about) in enumerate(zip(judge.seen(block, titles), known, strict=True)):
            if about is not None:
                begun = {name: start(excess, name in seen.reached) for name, excess in seen.grades.items()}
                features = (*shared, *judge.of_sentence(block, number, seen))
                yield Example(service, features, begun, frozenset(about[0]), about[1], about[2])


def of_clauses(gold: Path) -> Iterator[Example]:
    """Yield the sentences of labelled clauses, in all languages."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(gold / "clauses.jsonl"):
        documents.setdefault(row["document"], []).append(row)
    for document, rows in documents.items():
        path = gold / "documents" / f"{document}.md"
        if path.exists():
            text = path.read_text(encoding="utf8")
            yield from sentences(rows[0]["service"], text, rows[0]["doc_type"], _told_by_clauses(rows))


def _told_by_clauses(rows: list[dict[str, Any]]) -> Told:
    def told(first: int, last: int, words: str) -> tuple[set[str], dict[str, float], float] | None:
        row = next((row for row in rows if first < row["end"] and row["start"] < last), None)
        if row is None:
            return None
        true, known = set(row["p"]), dict.fromkeys(row["debatable"], 0.0)
        for provision in row["p"]:
            known[provision] = float(holds(words, row["q"].get(provision, "")))
        return true, known, 1.0

    return told


def of_cards(gold: Path) -> Iterator[Example]:
    """Yield the sentences that cards quote, and of provisions found absent those that a cue proposes."""
    documents: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _rows(gold / "cards.jsonl"):
        documents.setdefault((row["service"], row["doc"]), []).append(row)
    for (service, doc_type), rows in documents.items():
        text = (gold / "card-documents" / service / f"{doc_type}.md").read_text(encoding="utf8")
        for example in sentences(service, text, doc_type, _told_by_cards(rows)):
            if example.true or any(example.known.get(name) for name in example.start):
                yield example


def _told_by_cards(rows: list[dict[str, Any]]) -> Told:
    absent = {provision for row in rows for provision in row.get("absent", ())}
    quotes = [(row, quote) for row in rows if "provision" in row for quote in row["quotes"]]

    def told(first: int, last: int, words: str) -> tuple[set[str], dict[str, float], float] | None:
        if len(words.split()) < 3:
            return None
        known = dict.fromkeys(absent, CARDS)
        true = set()
        for row, quote in quotes:
            if holds(words, quote):
                true.add(row["provision"])
                known[row["provision"]] = CARDS * (DEBATABLE if row.get("debatable") else 1.0)
        return true, known, 0.0

    return told


def of_claudette(gold: Path) -> Iterator[Example]:
    """Yield the sentences of CLAUDETTE (CC BY 4.0) that its readers labelled; what they left alone may still rule."""
    for row in _rows(gold / "provisions.jsonl"):
        if row["source"] == "claudette" and row["labels"]:
            about = set(row["labels"]), dict.fromkeys(row["labels"], CARDS), 0.0
            yield from sentences(row["platform"], row["text"], row["doc_type"], lambda *_, about=about: about)


def of_labels(repos: Path) -> Iterator[Example]:
    """Yield the sentences labelled in `presence_labels.jsonl`; `repos` holds the histories that their texts are in.

    One reader labelled them by the rubric of the other labels: documents are named by their blob, sentences by their
    place, each with the provisions present and those that may be debated.
    """
    for row in _rows(LABELS):
        command = ["git", "-C", str(repos / f"{row['repo']}.git"), "cat-file", "blob", row["blob"]]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        yield from sentences(row["service"], text, row["doc_type"], _told_by_labels(row["clauses"]))


def _told_by_labels(rows: list[tuple[int, int, list[str], list[str]]]) -> Told:
    places = {first: (set(true), dict.fromkeys(debatable, 0.0), 1.0) for first, _, true, debatable in rows}
    return lambda first, last, words: places.get(first)


def of_own_sentences() -> Iterator[Example]:
    """Yield the sentences that were written for this project; each is known for one provision alone."""
    for one in own_words.sentences():
        known = {one.provision: 1.0}
        about = {one.provision} if one.meant else set(), known, 0.0
        yield from sentences("", one.text, one.doc_type, lambda *_, about=about: about)


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    """Return the words and figures of a text alone, link targets left out."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\]\([^)]*\)", " ", text).lower()))


def holds(words: str, quote: str) -> bool:
    """Tell whether a sentence holds the telling words, or most of a run of words longer than itself."""
    own, told = plain(words), plain(quote)
    if not told:
        return False
    return (
        told in own or (len(own) > 25 and own in told) or (len(told) > 40 and (told[:40] in own or told[-40:] in own))
    )


def begin(example: Example, provision: str) -> float:
    """Return what the cues alone say of a provision in a sentence."""
    return example.start.get(provision, NOTHING)
