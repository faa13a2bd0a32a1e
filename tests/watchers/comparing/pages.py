"""Small policies of our own, in the canonical form a reading has."""

from __future__ import annotations

from watchers.comparing.compare import compare
from watchers.model import Difference, Past, Reading, Significance
from watchers.reading.extract import read_markdown

HEAD = "# Terms of Use\n\nLast updated: 3 March 2026\n\n"
BODY = (
    "## 1. Your account\n\nYou must be at least 16 years old to open an account with Lighthouse.\n\n"
    "We keep your messages for 30 days after you delete them.\n\n"
    "## 2. What is not allowed\n\nYou may not:\n\n"
    "- sell your account\n- send unwanted messages\n- copy our pages by machine\n\n"
    "## 3. What is allowed\n\nYou may:\n\n- quote short passages\n- link to our pages\n\n"
    "## 4. Your content\n\nWe do not use your messages to train our models.\n\n"
    "You can opt out of recommendations in your settings.\n"
)
PAGE = HEAD + BODY


def difference(old: str, new: str, past: Past | None = None) -> Difference:
    """Compare two Markdown texts."""
    return compare(read_markdown(old), read_markdown(new), past=past)


def changed(old: str, new: str, past: Past | None = None) -> Difference:
    """Compare the small policy with itself after putting `new` in place of `old`."""
    assert old in PAGE
    return difference(PAGE, PAGE.replace(old, new, 1), past)


def plain(text: str) -> Reading:
    """Return a text as it is, read as nothing but words."""
    return Reading(text=text)


def is_told(old: str, new: str) -> bool:
    """Tell whether anything of substance is told between two Markdown texts."""
    return difference(old, new).significance is Significance.SUBSTANTIVE
