"""The jobs of the command line, and a box for who waits in his own thread: files of pages read, compared, recognised.

One box for a process, started when first needed; what is too much for it is an error meant for people.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from bot.examining.box import Box, BrokeInside, TooMuch
from bot.examining.jobs import examined
from watchers.comparing.coarse import compare_coarsely
from watchers.comparing.compare import compare
from watchers.errors import ClausewatchError
from watchers.model import (
    Difference,
    Document,
    Due,
    Finding,
    Health,
    Look,
    Outcome,
    Part,
    Past,
    Reading,
    Significance,
    Snapshot,
    Touch,
    Verdict,
)
from watchers.pipeline import Seen
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import by_weights
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed
from watchers.reading.charset import decode
from watchers.reading.extract import read, read_html, read_markdown

P = ParamSpec("P")
T = TypeVar("T")

Compared = tuple[Difference, tuple[Touch, ...], str]
"""A difference, the provisions it touches, and its headline."""


@cache
def box() -> Box:
    """Return this process's box."""
    made = Box()
    atexit.register(made.shutdown)
    return made


def boxed(work: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Return what a job gives. Raises ClausewatchError when it is too much or breaks."""
    try:
        return box().do(work, *given, **named)[0]
    except TooMuch as error:
        raise ClausewatchError(f"this is too large to read ({error}); give a shorter page or text") from error
    except BrokeInside as error:
        raise ClausewatchError(
            f"our own rules could not read this ({error}); please report it\n{error.trace}"
        ) from error


def compare_in_box(old: Reading, new: Reading, doc_type: str) -> Compared:
    """Compare two readings, coarsely where they are too much to be compared word by word."""
    try:
        return box().do(compared, old, new, doc_type)[0]
    except TooMuch:
        return boxed(compared_coarsely, old, new, doc_type)


def examine_in_box(due: Due, pages: Seen, past: Past, now: datetime) -> Look:
    """Examine a record of a history; one that is too much is blind, and the next is gone on with."""
    try:
        look = box().do(examined, due, pages, past, now, None)[0]
    except TooMuch as error:
        reason = f"this page is too large to read: {error}"
        return Look(due.document.id, now, Outcome.BLIND, reason, Verdict(Health.NOT_TEXT, reason))
    return replace(look, snapshots=() if isinstance(pages, str) else tuple(pages))


def read_bytes(raw: bytes, ending: str) -> Reading:
    """Read a file as the watchers would read it off the net, by its beginning and its ending."""
    if raw.startswith(b"%PDF-"):
        page = Snapshot("", "", 200, (), "application/pdf", raw, datetime(2000, 1, 1, tzinfo=UTC))
        return read(Document("", "", "", (Part(""),), language=""), (page,))
    if ending in (".md", ".txt"):
        return read_markdown(decode(raw))
    return read_html(raw)


def recognised(text: str, doc_type: str, weights: Path | None = None, language: str = "") -> tuple[Finding, ...]:
    """Recognise the provisions in a text, by other weights than ours where a file of them is named."""
    return by_weights(weights).recognise(text, doc_type=doc_type, language=language)


def compared(old: Reading, new: Reading, doc_type: str) -> Compared:
    """Compare two readings as a look does once their health is known: words, then provisions."""
    difference = compare(old, new, doc_type=doc_type)
    touches: tuple[Touch, ...] = ()
    if difference.significance is Significance.SUBSTANTIVE:
        found = recognised(old.text, doc_type), recognised(new.text, doc_type)
        touches = touched(old.text, found[0], new.text, found[1], difference)
        difference = weighed(difference, touches)
    return difference, touches, headline("", doc_type, difference, touches, old.text, new.text)


def compared_coarsely(old: Reading, new: Reading, doc_type: str) -> Compared:
    """Compare two readings that are too much to be compared word by word."""
    difference = compare_coarsely(old, new)
    return difference, (), headline("", doc_type, difference, (), old.text, new.text)
