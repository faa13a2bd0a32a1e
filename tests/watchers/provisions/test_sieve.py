"""The sieve leaves out nothing that would match, and lets little else through."""

import re
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.model import Stance
from watchers.provisions.cues import load
from watchers.provisions.layout import plain
from watchers.provisions.sieve import Sieve, folded, wider
from watchers.provisions.stance import rules, stance


@pytest.mark.parametrize(
    ("pattern", "wide"),
    [
        (r"\bparrots?\b", r"\bparrots?\b"),
        (r"crow[^.;]{0,80}talk", r"crow[^.;]*talk"),
        (r"(?:\w+ ){1,5}?crow", r"(?:\w+ )+?crow"),
        (r"a{2}b{0,3}c{4}", r"a{2}b{0,3}c+"),
        (r"(?<!not )(?!the (?:red|big) crow)crow(?= [)(]\))", r"crow"),
        (r"(?:crow|(?<=a)parrot)", r"(?:crow|parrot)"),
        (r"\(?crow[)(]", r"\(?crow[)(]"),
        ("zurück•", "zurzck\x7f"),
    ],
)
def test_a_wider_pattern_has_no_assertions_and_no_far_bounds(pattern: str, wide: str) -> None:
    assert wider(pattern) == wide


@pytest.mark.parametrize("words", ["für größe", "a\x0bb", "a\x1fb", "a\u3000b", "５ £", "naïve – “x”", "İstanbul"])
@pytest.mark.parametrize(
    "pattern", [r"\w+", r"\bgr\w+e\b", r"a\sb", r"a[\s,]b", r"[^\s.;]+", r"\d", r"\W", r"für", r"[à-þ]"]
)
def test_letters_and_spaces_beyond_ascii_lose_no_match(pattern: str, words: str) -> None:
    if re.search(pattern, words):
        assert Sieve([pattern]).through(words) == [0]
    assert len(folded(words)) == len(words)


def test_a_pattern_that_re2_refuses_comes_through_always() -> None:
    sieve = Sieve([r"crow", r"(.)\1", r"parrot"])
    assert sieve.refused == [1]
    assert sieve.through("a parrot") == [1, 2]


CUES = [cue for file in load() for cue in file.cues]
PATTERNS = [pattern for cue in CUES for pattern in chain(cue.find, cue.also, cue.unless, cue.near, cue.far)] + [
    pattern for rule in rules() for pattern in rule.find
]
SIEVE = Sieve(pattern.written for pattern in PATTERNS)
WORDS = sorted({word for pattern in PATTERNS for word in re.findall(r"[a-zà-þ'-]{2,}", pattern.source)})
SENTENCES = st.lists(st.sampled_from(WORDS) | st.sampled_from(["we", "you", "may", "not", "-", ",", "_x"]), max_size=30)


def test_no_pattern_of_ours_is_refused_and_no_negated_class_names_letters() -> None:
    assert SIEVE.refused == []
    negated = re.findall(r"\[\^((?:\\.|[^\]\\])*)\]", " ".join(pattern.written for pattern in PATTERNS))
    assert not [signs for signs in negated if re.search(r"[a-z0-9]", signs.replace(r"\s", ""))]


@given(SENTENCES.map(" ".join))
@settings(deadline=None, max_examples=40)
def test_whatever_would_match_comes_through(text: str) -> None:
    words = plain(text)
    through = set(SIEVE.through(words))
    assert [n for n, pattern in enumerate(PATTERNS) if pattern.compiled.search(words) and n not in through] == []


@given(SENTENCES.map(" ".join), st.integers(0, 80))
@settings(deadline=None, max_examples=60)
def test_the_stance_is_that_of_the_first_rule_that_matches(text: str, end: int) -> None:
    words = plain(text)
    parts = {True: words[:end], False: words}
    first = [rule.stance for rule in rules() if any(one.compiled.search(parts[rule.until]) for one in rule.find)]
    assert [stance(words, end)] == (first[:1] or [Stance.DOES])
