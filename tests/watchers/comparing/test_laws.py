"""Laws that hold for any two texts: applying gives the new text, the same is empty, comparing is symmetric."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watchers.comparing.pages import PAGE, plain
from watchers.comparing.compare import compare
from watchers.comparing.dates import mentions
from watchers.comparing.edits import apply, edits
from watchers.comparing.passages import passages
from watchers.model import Passage, PassageKind
from watchers.reading.clauses import clauses

_WORDS = st.sampled_from(
    "we may not keep data for 30 60 days 1.2 (a) Inc. Le Chat Vibe § 3 privacy, terms; 5 % € 日 本 „so“ don’t".split()
)
_SENTENCES = st.lists(_WORDS, min_size=1, max_size=9).map(" ".join)
_LINES = st.builds(str.__add__, st.sampled_from(["", "", "- ", "# ", "## ", "1. "]), _SENTENCES)
_TEXTS = st.lists(_LINES, max_size=14).map("\n\n".join)
_ODD = st.text(max_size=120)
_MIRROR = {
    PassageKind.ADDED: PassageKind.REMOVED,
    PassageKind.REMOVED: PassageKind.ADDED,
    PassageKind.SPLIT: PassageKind.MERGED,
    PassageKind.MERGED: PassageKind.SPLIT,
}


@given(_TEXTS, _TEXTS)
@settings(max_examples=150, deadline=None)
def test_applying_the_passages_to_the_old_text_gives_the_new_one(old: str, new: str) -> None:
    assert _applied(old, new) == [c.text for c in clauses(new)]


@given(st.one_of(_TEXTS, _ODD))
@settings(max_examples=60, deadline=None)
def test_comparing_a_text_with_itself_is_empty(text: str) -> None:
    found = compare(plain(text), plain(text))
    assert (found.passages, found.words_differ, found.links_differ) == ((), False, False)


@given(_TEXTS, _TEXTS)
@settings(max_examples=100, deadline=None)
def test_comparing_is_symmetric(old: str, new: str) -> None:
    assert sorted(map(_mirrored, _passages(old, new))) == sorted(map(_shape, _passages(new, old)))


@given(st.one_of(_TEXTS, _ODD), st.one_of(_TEXTS, _ODD))
@settings(max_examples=150, deadline=None)
def test_no_text_however_odd_raises(old: str, new: str) -> None:
    compare(plain(old), plain(new))
    compare(plain(PAGE + old), plain(PAGE + new))
    mentions(old + new, 2026)


@given(st.one_of(_SENTENCES, _ODD), st.one_of(_SENTENCES, _ODD))
@settings(max_examples=150, deadline=None)
def test_applying_the_edits_of_a_clause_gives_its_new_words(before: str, after: str) -> None:
    assert apply(before, after, edits(before, after)) == after


@given(_TEXTS, _TEXTS)
@settings(max_examples=80, deadline=None)
def test_every_excerpt_is_a_verbatim_slice(old: str, new: str) -> None:
    for p in compare(plain(old), plain(new)).passages:
        assert p.before_start < 0 or old[p.before_start : p.before_start + len(p.before)] == p.before
        assert p.after_start < 0 or new[p.after_start : p.after_start + len(p.after)] == p.after
        assert all(cue in p.before + p.after for cue in p.cues)


@pytest.mark.parametrize("text", ["", "\n", "#", "- ", "| |", "\0", "𝔘", "a" * 5000, "- - -\n" * 50, "1. " * 99])
def test_degenerate_texts_are_compared_too(text: str) -> None:
    compare(plain(text), plain(PAGE))
    compare(plain(PAGE), plain(text))


def _passages(old: str, new: str) -> tuple[Passage, ...]:
    return passages(plain(old), plain(new), clauses(old), clauses(new))


def _applied(old: str, new: str) -> list[str]:
    """Take the old clauses that no passage touches, in order, and put every passage's new words in its place."""
    found = _passages(old, new)
    gone = [(p.before_start, p.before_start + len(p.before)) for p in found if p.before_start >= 0]
    kept = [c.text for c in clauses(old) if not any(low <= c.start < high for low, high in gone)]
    come = [(p.after_start, p.after_start + len(p.after)) for p in found if p.after_start >= 0]
    result = []
    for clause in clauses(new):
        inside = [p for p in found if p.after_start <= clause.start < p.after_start + len(p.after)]
        if any(low <= clause.start < high for low, high in come):
            told = inside[0]
            if told.edits:
                assert apply(told.before, told.after, told.edits) == told.after
            result.append(new[clause.start : clause.end])
        else:
            result.append(kept.pop(0))
    assert not kept
    return result


def _shape(passage: Passage) -> tuple[str, int, int, str, str]:
    return passage.kind.value, passage.before_start, passage.after_start, passage.before, passage.after


def _mirrored(passage: Passage) -> tuple[str, int, int, str, str]:
    kind = _MIRROR.get(passage.kind, passage.kind)
    return kind.value, passage.after_start, passage.before_start, passage.after, passage.before
