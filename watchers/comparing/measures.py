"""Measures: a period or an amount that became another, and whether the reader is better or worse off with it.

Only sentences that say otherwise the same are measured; a number alone means nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchers.comparing.stakes import Kind, Stake, plain, said
from watchers.model import Bearing

_UNIT = {
    "hour": 1 / 24, "stunde": 1 / 24, "heure": 1 / 24, "day": 1, "tag": 1, "jour": 1, "día": 1, "week": 7, "woche": 7,
    "semaine": 7, "month": 30.4, "monat": 30.4, "mois": 30.4, "mes": 30.4, "year": 365, "jahr": 365, "an": 365,
    "año": 365,
}  # fmt: skip
_PERIOD = re.compile(
    r"(?<![\w.,])(\d{1,5}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)"
    r"(?:\s?\(\d{1,4}\))?[\s-]{1,3}(?:business |calendar |working |full )?"
    r"(hour|day|week|month|year|tag|woche|monat|jahr|stunde|jour|semaine|mois|an|heure|día|mes|año)(?:e?[ns]|es?)?\b"
)
_WORDS = dict(zip("a an one two three four five six seven eight nine ten twelve thirty sixty ninety".split(),
                  (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 30, 60, 90), strict=True))  # fmt: skip
_AMOUNT = re.compile(
    r"(?:[$€£¥]|\b(?:usd|eur|gbp|chf)\s?)\s?(\d[\d.,]*)"
    r"|(?<![\d.,])(\d[\d.,]*)\s?(?:[$€£%]|(?:euros?|dollars?|usd|eur|per ?cent|pounds)\b)"
)
_KEPT = re.compile(
    r"\b(?:keep|kept|retain|retention|store[sd]?|delet\w+|eras\w+|hold|held|archiv\w+|expire|lösch\w+|aufbewahr\w+|gespeichert"
    r"|speicher\w+|conserv\w+|supprim\w+|elimin\w+)"
)
_NOTICE = re.compile(
    r"\b(?:notice|in advance|prior to|beforehand|before (?:the|any|it|they|such|changes?)|frist|préavis)\b"
)
_ANSWER = re.compile(
    r"\b(?:we|our team|the company)\b[^.;]{0,80}"
    r"\b(?:notif|inform|tell|answer|respond|reply|refund|pay|deliver|delete|act)"
)
_FILE = re.compile(
    r"\b(?:claims?|dispute|lawsuit|action|complaint)\b[^.;]{0,60}\b(?:filed?|brought|bring|barred|commence)"
)
_CAP = re.compile(r"\b(?:liability|liable|damages|compensat\w+|refund\w*|credit|reimburs\w+)\b")
_PRICE = re.compile(r"\b(?:fees?|price[sd]?|costs?|charges?|commission|rate|penalt\w+|deposit|subscription|minimum)\b")


@dataclass(frozen=True, slots=True)
class Measure:
    """The one measure that became another in a sentence, in its words, and what that means for the reader."""

    before: str
    after: str
    grew: bool
    bearing: Bearing


def measured(before: str, after: str) -> Measure | None:
    """Return the one period or amount that changed between two sentences, or None where none or several did.

    Example: "kept for 30 days" and "kept for 24 months" is worse; "30 days' notice" and "60 days' notice" better.
    """
    old, new = plain(before), plain(after)
    return _changed(_periods(old), _periods(new), old, new, _longer_is) or _changed(
        _amounts(old), _amounts(new), old, new, _more_is
    )


def _changed(
    a: list[tuple[str, float]], b: list[tuple[str, float]], old: str, new: str, growing: object
) -> Measure | None:
    gone = [one for one in a if one[1] not in {value for _, value in b}]
    come = [one for one in b if one[1] not in {value for _, value in a}]
    if len(gone) != 1 or len(come) != 1:
        return None
    (was, first), (now, second) = gone[0], come[0]
    grew = second > first
    assert callable(growing)
    meant = growing(new)
    return Measure(was, now, grew, meant if grew else meant.reverse)


def _periods(text: str) -> list[tuple[str, float]]:
    return [
        (found[0], (int(found[1]) if found[1].isdigit() else _WORDS[found[1]]) * _UNIT[found[2]])
        for found in _PERIOD.finditer(text)
    ]


def _amounts(text: str) -> list[tuple[str, float]]:
    found = ((one[0], (one[1] or one[2]).rstrip(".,").replace(",", "")) for one in _AMOUNT.finditer(text))
    return [(words, float(number)) for words, number in found if number.count(".") < 2 and number]


def _longer_is(sentence: str) -> Bearing:
    """Say what a longer period means: for what is kept and for answers worse, for notice and time to act better."""
    if _NOTICE.search(sentence):
        return Bearing.BETTER
    if _KEPT.search(sentence) and not _FILE.search(sentence):
        return Bearing.WORSE
    if _FILE.search(sentence):
        return Bearing.BETTER
    if _ANSWER.search(sentence):
        return Bearing.WORSE
    found = said(sentence)
    if (found and found.kind in (Kind.RIGHT, Kind.ANSWERS)) or (
        sentence.startswith("you ") and found and found.kind is Kind.DUTY
    ):
        return Bearing.BETTER
    return Bearing.NEUTRAL if found is None or found.stake is Stake.NEITHER else Bearing.WORSE


def _more_is(sentence: str) -> Bearing:
    """Say what more money means: as a cap of what is owed to the reader better, as a price worse."""
    if _CAP.search(sentence):
        return Bearing.BETTER
    return Bearing.WORSE if _PRICE.search(sentence) else Bearing.NEUTRAL
