"""What a pattern needs is read off it soundly: where it matches, its letters are there and it begins as foretold."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.provisions.cues import Scope, load
from watchers.provisions.index import Index
from watchers.provisions.layout import plain
from watchers.provisions.literals import BEGINNING, needed

MACROS = {"birds": needed(r"\b(?:parrots?|crows?)\b", {}), "only": needed(r"(?<!not )(?!never)", {})}


@pytest.mark.parametrize(
    ("pattern", "groups", "firsts"),
    [
        (r"\bparrots? talk", {("parrot",), ("talk",)}, {"parrot"}),
        (r"parrot", {("parrot",)}, None),
        (r"\b(?:crow|parrot)\b", {("crow", "parrot")}, {"crow", "parrot"}),
        (r"{birds}[^.]{0,20}\btalk", {("crow", "parrot"), ("talk",)}, {"crow", "parrot"}),
        (r"{only}\btalk", {("talk",)}, {"talk"}),
        (r"^(?:the )?crow", {("crow",)}, {BEGINNING}),
        (r"\b(?:red )?crow", {("crow",)}, {"red", "crow"}),
        (r"\bcrow|\btalk", {("crow", "talk")}, {"crow", "talk"}),
        (r"\b\w+ crow", {("crow",)}, None),
        (r"\bcrow|talk", {("crow", "talk")}, None),
        (r"\bcolou?r", {("colo",)}, {"colo"}),
        (r"[ck]row", {("row",)}, None),
    ],
)
def test_needs_are_read_off_a_pattern(pattern: str, groups: set[tuple[str, ...]], firsts: set[str] | None) -> None:
    needs = needed(pattern, MACROS)
    assert {tuple(sorted(group)) for group in needs.groups} == groups
    assert needs.free == (None if firsts is None else frozenset(firsts))


CUES = [cue for file in load() for cue in file.cues if cue.scope is Scope.SENTENCE]
INDEX = Index(CUES)
WORDS = sorted({word for cue in CUES for pattern in cue.find for word in re.findall(r"[a-z]{2,}", pattern.source)})
SENTENCES = st.lists(st.sampled_from(WORDS) | st.sampled_from(["we", "you", "may", "not", "-", ",", "_x"]), max_size=30)


@given(SENTENCES.map(" ".join))
@settings(deadline=None)
def test_the_index_leaves_out_nothing_that_would_match(text: str) -> None:
    words = plain(text)
    probes, found = INDEX.candidates(words)
    kept = {id(probe.pattern) for probe in probes}
    for probe in INDEX.probes:
        match = probe.pattern.compiled.search(words)
        if match and all(also.compiled.search(words) for also in probe.cue.also):
            assert id(probe.pattern) in kept
            assert found is not None
            assert not probe.firsts or match.start() in found.places(probe.firsts)
