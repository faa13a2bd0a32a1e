"""Recognise provisions: for every sentence of a text, what it is about and the words that gave it away.

Rules propose (`cues/*.toml`), a small model disposes (`presence.py`). No network, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from watchers.model import Finding
from watchers.provisions import presence
from watchers.provisions.cues import CueFile, load
from watchers.provisions.evidence import CueSet
from watchers.provisions.judge import Judge, Laid, Titles, kind_of, laid_out
from watchers.provisions.packs import pack, spoken
from watchers.provisions.presence import Presence


class Recogniser:
    """The cues of some files and a model of presence; without a model the cues decide alone."""

    def __init__(self, files: Iterable[CueFile], model: Presence | None = None) -> None:
        self.rules, self.model = CueSet(files), model

    def recognise(self, text: str, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
        """Return the findings of a text in its order."""
        laid = laid_out(text)
        judge = self.judge(laid, doc_type, spoken(text, language))
        return tuple(found for block in laid.blocks for found in judge.block(block))

    def judge(self, laid: Laid, doc_type: str, language: str, titles: Titles | None = None) -> Judge:
        """Return a judge of a text in a language (none: any), by the cues of its pack where there is one."""
        known = pack(language) if self.model else None
        rules = known.cues if known else self.rules
        return Judge(rules, self.model, laid, kind_of(doc_type), language, titles, known)


@cache
def by_weights(folder: Path | None = None) -> Recogniser:
    """Return a recogniser by the project's own cues and the weights of a folder (default: its own), made once."""
    return Recogniser(load(), presence.by_folder(folder or presence.FOLDER))


def default() -> Recogniser:
    """Return the recogniser of the project's own cues and weights."""
    return by_weights()


def recognise(text: str, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
    """Recognise the provisions of a whole version or of a single segment.

    `doc_type` is a document's type in any spelling, `language` a code such as "de"; both may be left out.
    Offsets of the findings are character offsets into `text`; order is that of the text, then of the ids.
    """
    return default().recognise(text, doc_type=doc_type, language=language)
