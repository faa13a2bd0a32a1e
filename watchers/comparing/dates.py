"""Dates in policies: "effective", "takes effect on", "last updated", read into real dates.

Common written forms in the languages policies come in; a day of the month is never guessed, except that a
month alone counts as its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from watchers.comparing.months import ERA, MONTH
from watchers.comparing.tables import pattern

_NAME = "|".join(sorted(MONTH, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_FORMS = (
    ("ymd", r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?"),
    ("ymd", r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    ("era", r"(?P<e>令和|平成|昭和)\s*(?P<y>\d{1,2}|元)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    ("ymd", r"(?P<y>(?:19|20)\d\d)\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일"),
    ("name", rf"{_YEAR}\.\s*(?P<n>{_NAME})\s+(?P<d>\d{{1,2}})(?!\d)"),
    ("name", rf"(?<![\w-])(?P<d>\d{{1,2}})-(?P<n>{_NAME})-{_YEAR}"),
    (
        "name",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:of\s+|de\s+|d[’'])?(?P<n>{_NAME})(?![^\W_])\.?,?"
        rf"(?:\s+(?:de\s+|del\s+|of\s+)?{_YEAR})?",
    ),
    ("name", rf"(?<!\w)(?P<n>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s*+(?:,\s*+)?{_YEAR})?"),
    ("name", rf"(?<!\w)(?P<n>{_NAME})\.?,?\s+(?:de\s+|of\s+)?{_YEAR}"),
    ("dmy", r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)(?!\d)"),
    ("dmy", r"(?<![\d.])(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d\d)(?![\d.])"),
    ("slash", r"(?<![\d/])(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"),
)  # fmt: skip


def _form(number: int, form: str) -> str:
    """Return the form as a named group whose inner groups carry its number, so that all forms fit one pattern."""
    return f"(?P<f{number}>" + re.sub(r"\(\?P<([a-z])>", rf"(?P<\g<1>{number}>", form) + ")"


_DATE = re.compile("|".join(_form(n, form) for n, (_, form) in enumerate(_FORMS)), re.IGNORECASE)


class Meaning(StrEnum):
    """What a date says about the document."""

    EFFECTIVE = "effective"
    UPDATED = "updated"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: its value, its place, and what the words before it make of it.

    `ambiguous`: written in numbers that may be read with the day or the month first; `value` has the month first.
    """

    value: date
    start: int
    end: int
    meaning: Meaning
    has_year: bool = True
    ambiguous: bool = False


_DIGITS = re.compile(r"\d+")
_NAME_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\.?,?\s++(?:de\s++|of\s++)?$")
_CUE = re.compile(
    f"(?P<effective>{pattern('dates', 'effective').pattern})|(?P<updated>{pattern('dates', 'updated').pattern})",
    re.IGNORECASE,
)
_TO_COME = pattern("dates", "to_come")
#: What makes a date after words of effect no day of effect: an end, a count of days from it, a denial.
_ENDS = pattern("dates", "ends")
_DAY_FIRST = pattern("dates", "day_first_languages", before="^", after="$")
#: How far before (and after) a date its meaning may be said, in characters.
REACH, REACH_AFTER = 90, 45
#: How far before the words of effect they may be denied ("will no longer be in effect").
NEGATED = 18
#: The head of a document, in characters: where its own dates stand.
HEAD = 20_000
#: No line that says only a date is longer, in characters; and looking for its words in a whole page takes long.
_LONGEST_LINE = 2_000
#: Names of countries and their short forms, not at the start of a line.
_PLACE = re.compile(r"\b[A-Z]{2,}\b|(?<=[\s(])(?:[A-Z][a-z]+land|[A-Z][a-z]+ia)\b")
_NO_YEAR = 4  # read as 2004: a leap year, so that 29 February exists; never told to anybody


@lru_cache(maxsize=128)  # several rules ask for the same clause one after the other
def mentions(text: str, year: int | None = None) -> tuple[DateMention, ...]:
    """Return the dates of a text in order; `year` is given to dates that are written without one."""
    found: list[DateMention] = []
    at = 0
    for match in _candidates(text):
        if match.start() < at:
            continue
        at = match.end()
        value, has_year, ambiguous = _value(match, year)
        if value:
            found.append(DateMention(value, *match.span(), _meaning(text, *match.span()), has_year, ambiguous))
    return tuple(found)


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield possible dates: every date has a number, at its start or after the name of its month."""
    for digits in _DIGITS.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, digits.start() - 24), digits.start())
        if name and name[1].lower() in MONTH and (found := _DATE.match(text, name.start(1))):
            yield found
        for era in (digits.start() - 2, digits.start() - 4):  # 平成2年, 平成元年4月
            if era >= 0 and text[era : era + 2] in ERA and (found := _DATE.match(text, era)):
                yield found
        if found := _DATE.match(text, digits.start()):
            yield found


def _value(match: re.Match[str], year: int | None) -> tuple[date | None, bool, bool]:
    """Return the date, whether it has a year of its own, and whether day and month might change places."""
    number = next(n for n in range(len(_FORMS)) if match[f"f{n}"] is not None)
    order = _FORMS[number][0]
    parts = {k[0]: v for k, v in match.groupdict().items() if v is not None and k[1:] == str(number)}
    month = MONTH[parts["n"].lower()] if "n" in parts else int(parts["m"])
    day = int(parts.get("d", "1"))
    y = year if "y" not in parts else 1 if parts["y"] == "元" else int(parts["y"])
    if y is None:
        return None, False, False
    if order == "era":
        y += ERA[parts["e"]]
    elif y < 100:
        y += 2000
    if order == "slash" and month > 12:
        month, day = day, month
    try:
        return date(y, month, day), "y" in parts, order == "slash" and day <= 12 and day != month and "y" in parts
    except ValueError:
        return None, False, False


def _meaning(text: str, start: int, end: int) -> Meaning:
    """Take the last cue before the date on its line, else the first one shortly after it."""
    line = text.rfind("\n", 0, start) + 1
    cues = list(_CUE.finditer(text, max(line, start - REACH), start))
    if cues:
        said = Meaning(cues[-1].lastgroup or "other")
        ended = said is Meaning.EFFECTIVE and _ENDS.search(text, max(line, cues[-1].start() - NEGATED), start)
        return Meaning.OTHER if ended else said
    stop = text.find("\n", end)
    after = _CUE.search(text, end, min(end + REACH_AFTER, stop if stop >= 0 else len(text)))
    return Meaning(after.lastgroup or "other") if after else Meaning.OTHER


def masked(text: str, iso: bool = False) -> str:
    """Return the text with every date written as one sign, or in one format."""
    out, at = [], 0
    for one in mentions(text, _NO_YEAR):
        out += [text[at : one.start], f" {one.value.isoformat()} " if iso else " ⟨date⟩ "]
        at = one.end
    return "".join([*out, text[at:]])


def effective(texts: Iterable[str], document: str, *, before: Iterable[str] = (), language: str = "") -> date | None:
    """Return the latest date from which these texts say to be in force, or None.

    Dates that the words `before` already gave are no news. Dates written without a year ("takes effect on 15
    October") take that of the newest date at the head of the document. A date in numbers is read with the day or the
    month first as the document's other dates or its `language` (a code) have it; where neither tells it is none.
    """
    known = {
        (m.value, m.has_year) for text in before for m in mentions(text, _NO_YEAR) if m.meaning is Meaning.EFFECTIVE
    }
    found = [m for text in texts for m in mentions(text, _NO_YEAR) if m.meaning is Meaning.EFFECTIVE]
    new = [m for m in found if (m.value, m.has_year) not in known]
    last = None if all(m.has_year for m in new) else newest(document[:HEAD])
    first = day_first(document[:HEAD], language) if any(m.ambiguous for m in new) else None
    days = (_ordered(m, first) if m.has_year else _lent(m.value, last) for m in new)
    return max((day for day in days if day), default=None)


def gives_effect(text: str) -> bool:
    """Tell whether a text names a day from which something is in force: “effective 1 March 2027”."""
    return bool(_effective(text))


def _effective(text: str) -> list[DateMention]:
    return [m for m in mentions(text, _NO_YEAR) if m.meaning is Meaning.EFFECTIVE]


def _ordered(mention: DateMention, first: bool | None) -> date | None:
    """Return a date in the order its document writes them in; None where its numbers may be read in two."""
    if not mention.ambiguous or first is False:
        return mention.value
    return None if first is None else mention.value.replace(month=mention.value.day, day=mention.value.month)


def day_first(document: str, language: str = "") -> bool | None:
    """Tell whether a document writes the day before the month; None where nothing tells.

    Its other dates tell ("31/12/2026", "1 March 2027", "March 1, 2027"), or else its language.
    """
    votes = {True: 0, False: 0}
    for one in mentions(document):
        words = document[one.start : one.end].lstrip()
        if "/" in words[:3] and not one.ambiguous and one.value.day > 12:
            votes[int(words.split("/")[0]) > 12] += 3
        elif re.match(r"\d{1,2}(?:st|nd|rd|th|er)?\s+[^\W\d]", words):
            votes[True] += 1
        elif re.match(r"[^\W\d]+\.? \d{1,2}(?!\d)", words):
            votes[False] += 1
    if votes[True] != votes[False]:
        return votes[True] > votes[False]
    return True if _DAY_FIRST.search(language[:2].lower()) else None


def _lent(day: date, last: date | None) -> date | None:
    """Give a day without a year that of a full date; None where there is none, or no such day in that year."""
    try:
        return day.replace(year=last.year) if last else None
    except ValueError:  # 29 February
        return None


def takes_effect(text: str, day: date) -> bool:
    """Tell whether a text says, with the year, to be in force from a day."""
    return any(m.value == day and m.meaning is Meaning.EFFECTIVE for m in mentions(text))


def newest(text: str) -> date | None:
    """Return the latest full date of a text: the year its undated days and months belong to."""
    return max((m.value for m in mentions(text) if m.has_year), default=None)


def says_only_a_date(text: str) -> bool:
    """Tell whether a line has nothing but a date and the words that say which date it is."""
    found = mentions(text, _NO_YEAR) if len(text) <= _LONGEST_LINE else ()
    if not found:
        return False
    rest = masked(text)
    left = re.findall(r"[^\W\d_]+", _CUE.sub(" ", rest.replace("⟨date⟩", " ")))
    labelled = any(m.meaning is not Meaning.OTHER for m in found)
    return len(left) <= (7 if labelled else 3) and not _TO_COME.search(rest)


def same_date_said(before: str, after: str) -> bool:
    """Tell whether two date lines name the same dates with the same meaning, about the same places."""
    said = [[(m.value, m.meaning) for m in mentions(text, _NO_YEAR)] for text in (before, after)]
    names = [set(_PLACE.findall(text)) for text in (before, after)]
    return said[0] == said[1] and names[0] == names[1]
