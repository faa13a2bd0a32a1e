"""Editions of one document for different regions: the same policy, told to other people.

A server may hand them out in turns, by place or by chance; they are kept apart, never told as a change.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

#: Regions by the names that an edition's title or opening gives them.
REGIONS = (
    ("Europe", re.compile(r"\b(European (Economic Area|Union|Region)|EEA|Europe|EU)\b")),
    ("the United Kingdom", re.compile(r"\b(United Kingdom|UK|Great Britain)\b")),
    ("the United States", re.compile(r"\b(United States|USA?|California)\b|\bU\.S\.")),
    ("Brazil", re.compile(r"\bBra[sz]il\b")),
    ("India", re.compile(r"\bIndia\b")),
    ("Korea", re.compile(r"\bKorea\b")),
    ("Japan", re.compile(r"\bJapan\b")),
    ("Australia", re.compile(r"\bAustralia\b")),
    ("Canada", re.compile(r"\bCanada\b")),
    ("Switzerland", re.compile(r"\b(Switzerland|Swiss)\b")),
    (
        "the rest of the world",
        re.compile(r"\b([Rr]est of (the )?[Ww]orld|[Oo]ther [Rr]egions|[Oo]utside (of )?(the )?)"),
    ),
)
#: Lines of an opening that say whom the edition is for: headings, and what addresses people by where they live.
_ADDRESSED = re.compile(
    r"^#{1,3} .*|\b(if you (live|reside|are (located|resident|based))|(users|residents|people|consumers|customers) "
    r"(who (live|reside|are) )?(in|of|from|outside)|version|edition)\b[^.\n]{0,80}",
    re.I | re.M,
)
_LOCALE = re.compile(r"^([a-z]{2})(?:[-_]([a-z]{2}))?$", re.I)
_REGION_WORDS = frozenset("us uk gb eu eea row global intl europe usa row de fr jp kr in br au ca".split())
_LANGUAGES = frozenset("en de fr es it pt nl sv da no fi pl cs ja ko zh ru tr".split())
_REGION_PARAMETERS = frozenset({"region", "country", "gl", "locale", "hl", "lang", "language", "market", "cc"})


def edition_moved(asked: str, came: str) -> str:
    """Tell which edition came in another one's place, judged by the two addresses; empty when none did.

    Only an edition that was asked for by name can be missed: `/en-gb/terms` answered by `/en-us/terms` is
    another edition, `/terms` answered by `/en-us/terms` is the server's only way of saying `/terms`.
    """
    wanted, got = edition(asked), edition(came)
    if not wanted or not got or wanted == got or urlsplit(asked).netloc != urlsplit(came).netloc:
        return ""
    return f"asked for the edition {wanted}, got {got}"


def edition_named(old: str, new: str) -> str:
    """Tell which region's edition came for another's, judged by what two openings say; empty when none did.

    Both must name a region, and none in common: a policy that begins to mention one more is an edit.
    """
    before, after = regions(old), regions(new)
    if not before or not after or set(before) & set(after):
        return ""
    return f"the edition for {' and '.join(after)} came in place of the one for {' and '.join(before)}"


def regions(opening: str) -> tuple[str, ...]:
    """Return the regions whose people an opening addresses."""
    addressed = " ".join(found[0] for found in _ADDRESSED.finditer(opening))
    return tuple(name for name, pattern in REGIONS if pattern.search(addressed))


def edition(address: str) -> str:
    """Return the edition that an address names by locale or region ("en-gb", "eu"), or an empty string."""
    parts = urlsplit(address)
    for segment in parts.path.lower().split("/")[1:4]:
        if _LOCALE.match(segment) and (len(segment) == 5 or segment in _REGION_WORDS or segment in _LANGUAGES):
            return segment.replace("_", "-")
    named = [value.lower() for name, value in parse_qsl(parts.query) if name.lower() in _REGION_PARAMETERS]
    return named[0].replace("_", "-") if named else ""
