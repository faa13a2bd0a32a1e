"""The values every floor speaks of: what is watched, what was seen, what it says and what changed.

No behaviour beyond small derived facts lives here, and nothing here touches the world.
All offsets are character offsets into the text of one version; all times are aware UTC.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Reader(StrEnum):
    """How a part is fetched and read off its page."""

    HTTP = "http"
    BROWSER = "browser"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Selector:
    """A CSS selector, or a range between two of them.

    `css` alone selects elements. A range runs from `start` to `end`, each itself inside the range or not.
    """

    css: str = ""
    start: str = ""
    start_inside: bool = True
    end: str = ""
    end_inside: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a document: where it is and how its words are read off it."""

    address: str
    select: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    reader: Reader = Reader.HTTP
    drop_query: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One legal text of a platform. `id` is `platform/terms-type`, both as slugs.

    `owner` is the workspace that added it, or empty for the catalogue's own; `source` and `licence`
    name where an imported description came from.
    """

    id: str
    platform: str
    type: str
    parts: tuple[Part, ...]
    language: str = "en"
    owner: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """A company whose rules are watched."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """The server's own words for "this is what you have": sent back as they came, never made up."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page exactly as served at one moment."""

    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    media_type: str
    body: bytes
    taken_at: datetime
    fetcher: str = "http"

    @property
    def sha256(self) -> str:
        """Return the hash of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought: a snapshot, or none when the server said that nothing changed."""

    snapshot: Snapshot | None
    validators: Validators = Validators()


class Health(StrEnum):
    """What kind of page was seen, judged before its words are."""

    GOOD = "good"
    ERROR_PAGE = "error_page"
    LOGIN_WALL = "login_wall"
    CONSENT_WALL = "consent_wall"
    BOT_CHECK = "bot_check"
    NOT_TEXT = "not_text"
    INDEX_PAGE = "index_page"
    OTHER_LANGUAGE = "other_language"
    OTHER_EDITION = "other_edition"
    WRONG_PAGE = "wrong_page"
    NEARLY_EMPTY = "nearly_empty"
    TRUNCATED = "truncated"
    PART_MISSING = "part_missing"
    PARTS_SAME = "parts_same"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The health of a page, why it was judged so, and whether a second look should confirm it."""

    health: Health
    reason: str = ""
    doubtful: bool = False

    @property
    def readable(self) -> bool:
        """Tell whether the words may be compared and quoted."""
        return self.health is Health.GOOD


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a text that lead somewhere."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words read off a document's snapshots with today's rules.

    `text` is Markdown with headings (`#`), list marks and table rows kept, inline marks and link
    targets dropped; parts are joined by a line `- - -`. `rules` names the extractor and its version.
    """

    text: str
    links: tuple[Link, ...] = ()
    language: str = ""
    title: str = ""
    verdict: Verdict = Verdict(Health.GOOD)
    rules: str = ""

    @property
    def sha256(self) -> str:
        """Return the hash of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """A document's words as archived; there is a new one only when the words differ."""

    id: str
    document: str
    seen_at: datetime
    sha256: str
    text: str
    links: tuple[Link, ...] = ()
    language: str = ""
    rules: str = ""
    snapshots: tuple[str, ...] = ()


class ClauseKind(StrEnum):
    """The shape a clause has on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Clause:
    """An addressable piece of a text: `text` is `version.text[start:end]`, `path` the headings above it.

    `id` depends on the clause's own words (and which of several equal ones it is), not on its neighbours.
    """

    id: str
    kind: ClauseKind
    path: tuple[str, ...]
    ordinal: int
    start: int
    end: int
    text: str


class Significance(StrEnum):
    """Whether a change matters to a reader who has to comply or to decide."""

    SUBSTANTIVE = "substantive"
    COSMETIC = "cosmetic"
    UNREADABLE = "unreadable"


class PassageKind(StrEnum):
    """What became of a clause between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RENUMBERED = "renumbered"


class Direction(StrEnum):
    """What a passage does to people, where cues can be shown; `UNCLEAR` is an honest answer."""

    NEW_RIGHT = "new_right"
    NEW_OBLIGATION = "new_obligation"
    NEW_DATA_USE = "new_data_use"
    PROTECTION_REMOVED = "protection_removed"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_ADDED = "choice_added"
    NARROWER = "narrower"
    WIDER = "wider"
    WORDING_ONLY = "wording_only"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words inside a reworded passage: old slice [a0:a1] became new slice [b0:b1].

    Offsets are relative to the passage's `before` and `after` texts.
    """

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Clauses that were added, removed, reworded or moved; `before`/`after` are verbatim slices.

    `before_start` and `after_start` are offsets into the old and the new version's text (-1: none).
    """

    kind: PassageKind
    before: str
    after: str
    before_start: int = -1
    after_start: int = -1
    path: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    significance: Significance = Significance.SUBSTANTIVE
    reasons: tuple[str, ...] = ()
    direction: Direction = Direction.UNCLEAR
    cues: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two readings, judged: significance with reasons a person can read."""

    words_differ: bool
    links_differ: bool
    significance: Significance
    reasons: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    effective: date | None = None
    suspicious: bool = False


class Stance(StrEnum):
    """How a clause stands to what its provision is about."""

    DOES = "does"
    MAY = "may"
    DOES_NOT = "does_not"
    ASKS_CONSENT = "asks_consent"
    OFFERS_CHOICE = "offers_choice"
    PROHIBITS_READER = "prohibits_reader"
    THIRD_PARTY = "third_party"


class Exposure(StrEnum):
    """How much a provision asks of the reader."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for an exposure, with the words it rests on (offsets into the version's text)."""

    name: str
    raises: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A provision recognised in a text: the clause or sentence [start:end] and the words that gave it away."""

    provision: str
    start: int
    end: int
    stance: Stance
    exposure: Exposure
    confidence: float
    cue_start: int
    cue_end: int
    cue: str = ""
    factors: tuple[Factor, ...] = ()

    def excerpt(self, text: str) -> str:
        """Return the verbatim words of the finding in the text it was found in."""
        return text[self.start : self.end]


class Turn(StrEnum):
    """What became of a provision between two versions."""

    APPEARED = "appeared"
    LEFT = "left"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Touch:
    """A provision that a change touches, with the old and the new finding where there is one."""

    provision: str
    turn: Turn
    before: Finding | None = None
    after: Finding | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two consecutive versions, ready to be told; `id` is stable and citable."""

    id: str
    document: str
    before: str
    after: str
    seen_at: datetime
    difference: Difference
    touches: tuple[Touch, ...] = ()
    headline: str = ""


class Outcome(StrEnum):
    """What one look at a document came to."""

    UNCHANGED = "unchanged"  # the server said so (304)
    SAME_BYTES = "same_bytes"
    SAME_WORDS = "same_words"
    FIRST = "first"  # first sight is no change
    CHANGED = "changed"
    BLINK = "blink"  # back to what was read a few looks ago: no change
    HELD = "held"  # suspicious: nobody is told before a second look confirms it
    BLIND = "blind"  # the page came, but it is not the document
    FAILED = "failed"  # the page did not come


@dataclass(frozen=True, slots=True)
class Past:
    """What the archive knows of a document when its words seem to differ.

    `snapshots` are the raw pages of the last good version, one a part, to be read again with today's
    rules; `fingerprints` and `sentences` are those of every earlier version (see `comparing.history`);
    `held` is the SHA-256 of the words that earlier looks held back, or empty, and `held_since` when the
    first of those looks was.
    """

    version: Version | None = None
    snapshots: tuple[Snapshot, ...] = ()
    fingerprints: frozenset[str] = frozenset()
    sentences: frozenset[int] = frozenset()
    recent: tuple[str, ...] = ()  # SHA-256 of the words of the last versions, newest first
    held: str = ""
    held_since: datetime | None = None
    findings: tuple[Finding, ...] = ()  # of the last version
    recognised: str = ""  # the rules those were recognised with, or empty where that was not kept


@dataclass(frozen=True, slots=True)
class Due:
    """A document whose look is due, with what is needed to ask cheaply. Tuples run over the parts.

    `blind_looks` counts the looks in a row that saw nothing; `steady_looks` those that saw no new words.
    """

    document: Document
    validators: tuple[Validators, ...]
    body_sha256: tuple[str, ...]
    version: str = ""
    text_sha256: str = ""
    platform_name: str = ""
    last_look: datetime | None = None
    last_change: datetime | None = None
    announced: date | None = None
    blind_looks: int = 0
    blind_since: datetime | None = None
    steady_looks: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """The record of one look, complete: whoever stores it needs nothing else.

    `snapshots` holds the pages that came (a part that answered 304 has none). `reading` is there for
    FIRST, CHANGED, BLINK and HELD; `findings`, and the rules that `recognised` them, for FIRST and CHANGED;
    `difference`, `touches`, `headline` for CHANGED. `reread` is the last version read again, when our rules
    moved since it was archived and its words differ now: it is archived as a technical upgrade, before the
    change that is compared with it.
    """

    document: str
    at: datetime
    outcome: Outcome
    reason: str = ""
    verdict: Verdict = Verdict(Health.GOOD)
    snapshots: tuple[Snapshot, ...] = ()
    validators: tuple[Validators, ...] = ()
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    recognised: str = ""
    difference: Difference | None = None
    touches: tuple[Touch, ...] = ()
    headline: str = ""
    reread: Reading | None = None
    next_look: datetime | None = None
    milliseconds: float = 0.0
