"""How two texts count as the same words: marks, quotation style, case and line breaks folded away, digits never.

Folded text is for comparing only and is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from html import unescape
from unicodedata import digit, normalize

_LINE_MARK = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•·◦▪‣–][ \t]+)+")
#: What follows a number that counts something and lists nothing.
_UNIT = (
    r"(?!\s*(?:[%‰°$€£¥|]|(?:business|working|calendar|consecutive|full)?\s*(?:days?|months?|years?|hours?|weeks?|minutes?"
    r"|seconds?|per ?cents?|prozent|tagen?|monaten?|jahren?|wochen?|stunden?|jours?|mois|ans|années?|semaines?|heures?"
    r"|días?|mes(?:es)?|años?|horas?|giorni|mesi|anni|dias?|anos?|dagen|maanden|jaar|usd|eur|gbp|million|billion"
    r"|thousand|percent|kb|mb|gb|people|users|members|times|euros?|dollars?)\b))"
)
_LEADING_NUMBER = re.compile(
    r"^\W*(?:(?:section|art(?:icle|ikel|ículo|igo|icolo|\.)|clause|part|abschnitt|ziffer|cláusula|clausola|rozdział|§+)\s*)?"
    r"(?:[A-Z](?:\.(?:\d{1,3}|[ivx]{1,5}|[a-z]))+[.)]?|\d{1,3}\. \d{1,2}(?=\s)"
    rf"|\d{{1,3}}(?:(?:\.\d{{1,3}})*(?:\s?\([a-z\d]{{1,4}}\)[.):]?|[.):])|(?:\.\d{{1,3}})+|(?=\s+(?-i:[A-ZÄÖÜÉÈÀ]))|(?=\s+[–—-]\s)){_UNIT}"
    r"|\(?[a-z][.)]|\(?[ivxl]{1,6}[.)]|\(\d{1,3}\))(?=\s|[^\W\d])\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>|[|\u200b\u200c\u200d\u2060\ufeff\u00ad]", re.IGNORECASE)
# Scripts written without spaces count by character, numbers keep their separators, currency and per cent are words.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
#: Signs that say yes or no; those that are bullets elsewhere do so only where they fill a cell or a block.
ANSWERS = frozenset("✓✗☐⬤◌")
_ALIKE = ("✓", "✔✅☑"), ("✗", "✘❌✖☒✕❎🗙"), ("○", "◯⚪")
_SIGN = re.compile("[✓✔✅☑✗✘❌✖☒✕❎🗙☐●○◯⚪×ـ٠-٩۰-۹]")
_FILLS = re.compile(r"(?:(?<=\| )|\A)[●○×](?=\s*(?:\||\Z))")
_FILLING = {"●": "⬤", "○": "◌", "×": "✗"}
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|[{_CJK}]|[^\W\d_{_CJK}]+(?:['’ʼ][^\W\d_{_CJK}]+)*|[%‰$€£¥₹°§✓✗☐⬤◌]")
_DIGITS = re.compile("[٠-٩۰-۹]")
_APOSTROPHES = "’ʼ‘"
#: "第5条": the number of an article stands inside its name.
_ARTICLE = re.compile(r"^\W*第\s*\d{1,3}\s*[条項章]\s*")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]+")


LONG, MANY, FEW = 2_000, 512, 4
"""From how many characters on a text counts as long; how many short and how many long ones are remembered.

The words of a document take fifty times its room: remembered by the thousand they would fill the memory.
"""


def _remembered(of: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    short, long = lru_cache(maxsize=MANY)(of), lru_cache(maxsize=FEW)(of)

    @wraps(of)
    def remembering(text: str) -> tuple[str, ...]:
        return short(text) if len(text) < LONG else long(text)

    return remembering


@_remembered
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, as written, without marks and punctuation."""
    if "&" in text:
        text = unescape(text)
    plain = _LINE_MARK.sub("", text)
    if not plain.isascii():
        for sign in _APOSTROPHES:  # far faster than `str.translate`, which looks up every letter
            plain = plain.replace(sign, "'")
        plain = _FULL_WIDTH.sub(lambda m: normalize("NFKC", m.group()), plain)
        if _SIGN.search(plain):
            plain = _signed(plain)
        plain = _BREAK.sub(" ", plain)
    elif "|" in plain or "<" in plain:
        plain = _BREAK.sub(" ", plain)
    return tuple(_WORD.findall(plain.replace("''", "'")))


def _signed(text: str) -> str:
    """Fold signs that look alike, letters drawn long and other forms of digits; a sign that fills a cell is a word."""
    for sign, alike in _ALIKE:
        for one in alike:
            text = text.replace(one, sign)
    text = _DIGITS.sub(lambda m: str(digit(m.group())), text.replace("ـ", ""))
    return _FILLS.sub(lambda m: _FILLING[m.group()], text)


@_remembered
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, case folded."""
    return tuple(map(str.casefold, words(text)))


def key(text: str) -> str:
    """Return one string that is equal for texts of the same words; odd texts without words keep their signs."""
    return " ".join(folded(text)) or "".join(text.split())


def leading_number(text: str) -> str:
    """Return the number or letter a clause is listed under ("14.2", "(b)"), or nothing."""
    found = _LEADING_NUMBER.match(unmarked(text))
    return found.group().strip() if found else ""


def without_number(text: str) -> str:
    """Return the clause without the number or letter it is listed under."""
    return _LEADING_NUMBER.sub("", _ARTICLE.sub("", unmarked(text)), count=1)


def unmarked(text: str) -> str:
    """Return the clause without its heading, quotation and list marks."""
    return _LINE_MARK.sub("", unescape(text) if "&" in text else text).strip()
