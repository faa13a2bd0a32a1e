"""What came: a page as served, what the server says of it, and what kind of page it is.

The words read off it are a text (`watchers.model.texts`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    UNFILLED = "unfilled"  # keys or placeholders stand where words belong
    GARBLED = "garbled"  # letters decoded in another encoding than they were written in
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


GOOD = Verdict(Health.GOOD)
