"""How much a provision asks of the reader: low, medium or high, with reasons that cite their words.

One door, `weigh`, asked once a finding; it depends on the words of the sentence and nothing else, so that an
exposure stays while its text does. It is no measure of lawfulness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.model import Exposure, Factor, Stance
from watchers.provisions.explanations import Explanation, explanations
from watchers.provisions.taxonomy import PROVISIONS

_MILD = {Stance.DOES_NOT: -3, Stance.OFFERS_CHOICE: -1, Stance.ASKS_CONSENT: -1}
_SAID_BY_STANCE = {Stance.DOES_NOT: "promise", Stance.OFFERS_CHOICE: "choice", Stance.ASKS_CONSENT: "choice"}
"""A factor that only repeats the stance is shown but not counted twice."""

_DEFINES = re.compile(r"""\W{0,3}(?:the term )?[\w -]{2,40}["']?,? (?:means?|refers? to|shall mean|is defined as)\b""")
MEDIUM_FROM, HIGH_FROM = 2, 4
"""The sums from which an exposure is medium, and high."""


def weigh(provision: str, sentence: str, start: int, stance: Stance) -> tuple[Exposure, tuple[Factor, ...]]:
    """Weigh the sentence (small letters) that begins at `start` of the text.

    The sum is the provision's weight in the taxonomy, a step for its stance and one for each factor found, and two
    less for a definition; the factors come back with offsets into the text.
    """
    explanation = explanations().get(provision)
    if explanation is None:
        return Exposure.MEDIUM, ()
    found = tuple(_factors(explanation, sentence))
    counted = sum(step for name, step, _, _ in found if name != _SAID_BY_STANCE.get(stance))
    defined = -2 if _DEFINES.match(sentence) else 0  # it says what a word means, and asks nothing yet
    total = PROVISIONS[provision].weight + _MILD.get(stance, 0) + counted + defined
    factors = tuple(Factor(name, step > 0, start + a, start + b) for name, step, a, b in found)
    return _level(total), factors


def label(factor: Factor, provision: str) -> str:
    """Return a factor in words for a reader."""
    explanation = explanations().get(provision)
    rules = explanation.factors if explanation else ()
    return next((rule.label for rule in rules if rule.name == factor.name), factor.name.replace("_", " "))


def _factors(explanation: Explanation, sentence: str) -> Iterator[tuple[str, int, int, int]]:
    for rule in explanation.factors:
        if match := rule.when.search(sentence):
            yield rule.name, rule.step, match.start(), match.end()


def _level(total: int) -> Exposure:
    if total >= HIGH_FROM:
        return Exposure.HIGH
    return Exposure.MEDIUM if total >= MEDIUM_FROM else Exposure.LOW
