"""Findings are verbatim, cues add up, headings and lead-ins lend their words, and no page breaks the recogniser."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.errors import CatalogueError
from watchers.model import Finding
from watchers.provisions.cues import check, load, read_folder
from watchers.provisions.recogniser import Recogniser, recognise

MACROS = """may = '''\\bmay\\b'''"""
CUES = """
provision = "parrots"
[[cue]]
name = "parrots talk"
find = ['''parrots? {may} talk''']
unless = ['''in their sleep''']
[[cue]]
name = "feathers"
find = '''feather'''
weight = 0.6
[[cue]]
name = "birds above"
find = '''\\bbirds\\b'''
weight = 0.5
scope = "heading"
[[cue]]
name = "shared with"
find = '''share[^.]{0,40} with parrots'''
[[cue]]
name = "wings, in a whole clause"
find = '''wings[^;]{0,80}beaks'''
scope = "clause"
[[cue]]
name = "Papageien"
find = '''papagei'''
language = "de"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Recogniser:
    (tmp_path / "_macros.toml").write_text(MACROS, encoding="utf8")
    (tmp_path / "parrots.toml").write_text(CUES, encoding="utf8")
    return Recogniser(read_folder(tmp_path))


def only(found: tuple[Finding, ...]) -> Finding:
    (one,) = found
    return one


def test_a_finding_is_the_sentence_with_the_words_that_gave_it_away(rules: Recogniser) -> None:
    text = "We like birds. Our Parrots may talk to you. That is all."
    found = only(rules.recognise(text))
    assert found.excerpt(text) == "Our Parrots may talk to you."
    assert text[found.cue_start : found.cue_end] == "Parrots may talk"
    assert found.cue == "parrots talk"


def test_the_words_that_gave_a_sentence_away_lie_in_it_though_another_one_decided(rules: Recogniser) -> None:
    text = "Their wings and their beaks are red. On the head of each is a feather."
    found = only(rules.recognise(text))
    assert found.excerpt(text).startswith("On the head")
    assert found.start <= found.cue_start < found.cue_end <= found.end


def test_the_more_speaks_for_a_sentence_the_surer_it_is(rules: Recogniser) -> None:
    one = only(rules.recognise("Our parrots may talk."))
    several = only(rules.recognise("# Our birds\n\nOur parrots may talk, with a feather on each head.\n"))
    assert 0.7 < one.confidence < 0.9 < several.confidence < 1


def test_a_heading_says_something_only_where_there_are_no_other_words(rules: Recogniser) -> None:
    assert only(rules.recognise("# Parrots may talk\n\n## Birds\n")).cue == "parrots talk"
    assert not rules.recognise("# Parrots may talk\n\nThe sea is blue.\n")


def test_an_exception_in_the_sentence_takes_the_cue_back(rules: Recogniser) -> None:
    assert not rules.recognise("Parrots may talk in their sleep.")


def test_half_a_reason_is_no_finding_but_is_one_under_the_right_heading(rules: Recogniser) -> None:
    assert not rules.recognise("They lose a feather.")
    assert only(rules.recognise("# Our birds\n\nThey lose a feather.\n")).cue == "feathers"
    for above in ("", "Our lamps are made of tin and of glass.\n\n" * 40):
        assert only(rules.recognise(f"{above}Of birds. They lose a feather.")).cue == "feathers"


def test_an_item_inherits_its_lead_in_and_is_quoted_without_it(rules: Recogniser) -> None:
    text = "We share all of it:\n\n- with parrots\n- with cats\n"
    found = only(rules.recognise(text))
    assert found.excerpt(text) == "with parrots"


def test_a_clause_speaks_through_one_of_its_sentences(rules: Recogniser) -> None:
    text = "They have wings. They have beaks too."
    assert only(rules.recognise(text)).excerpt(text) == "They have wings."


def test_a_language_that_is_known_tries_only_its_own_cues(rules: Recogniser) -> None:
    assert rules.recognise("Ein Papagei.", language="de")
    assert rules.recognise("Ein Papagei.", language="de-AT")
    assert rules.recognise("Ein Papagei.")
    assert not rules.recognise("Ein Papagei.", language="en")


def test_curly_quotes_and_hard_spaces_match_as_plain_ones(rules: Recogniser) -> None:
    text = "İ parrots\u00a0may talk"
    assert only(rules.recognise(text)).excerpt(text) == text


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ('provision = "cats"', None),
        ('provision = "parrots"\n[[cue]]\nname = "x"', 2),
        ('provision = "parrots"\n\n[[cue]]\nname = "x"\nfind = "parrot"\nweigth = 1', 3),
        ('provision = "parrots"\n[[cue]]\nname = "x"\nfind = "parrot"\nstance = "perhaps"', 2),
        ('provision = "parrots"\n[[cue]]\nname = = "x"', 3),
        ('provision = "parrots"\n[[cue]] # talk\nname = "x"\nfind = "parrot"', None),
        ('provision = "parrots"\ncue = "parrot"', None),
        ('provision = "parrots', None),
    ],
)
def test_a_mistake_in_a_cue_file_is_told_with_its_place(tmp_path: Path, wrong: str, line: int | None) -> None:
    (tmp_path / "_macros.toml").write_text(MACROS, encoding="utf8")
    (tmp_path / "parrots.toml").write_text(wrong, encoding="utf8")
    with pytest.raises(CatalogueError) as told:
        tuple(read_folder(tmp_path))
    assert (told.value.file, told.value.line) == ("parrots.toml", line)


def test_a_stance_that_nobody_knows_is_named(tmp_path: Path) -> None:
    (tmp_path / "_macros.toml").write_text(MACROS, encoding="utf8")
    (tmp_path / "parrots.toml").write_text(CUES + 'stance = "perhaps"', encoding="utf8")
    with pytest.raises(CatalogueError, match="perhaps"):
        tuple(read_folder(tmp_path))


def test_a_macro_that_is_used_above_its_line_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "_macros.toml").write_text('talk = "{may} talk"\nmay = "may"', encoding="utf8")
    with pytest.raises(CatalogueError) as told:
        tuple(read_folder(tmp_path))
    assert told.value.file == "_macros.toml"


@pytest.mark.parametrize("pattern", ["parrot (may", "{nobody} parrot"])
def test_a_pattern_that_cannot_be_used_is_refused(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "_macros.toml").write_text(MACROS, encoding="utf8")
    entry = f'provision = "parrots"\n[[cue]]\nname = "x"\nfind = "{pattern}"'
    (tmp_path / "parrots.toml").write_text(entry, encoding="utf8")
    with pytest.raises(CatalogueError):
        check(tuple(read_folder(tmp_path)))


def test_every_pattern_of_the_project_compiles_and_has_letters_to_look_for() -> None:
    check(load())


WORDS = "we you may not share your personal data , . ; : \n - # terms arbitration with without any"
LEGALESE = st.lists(st.sampled_from(WORDS.split(" ")), max_size=400).map(" ".join)


@given(st.text(max_size=3000) | LEGALESE)
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_with_slices_of_itself(text: str) -> None:
    for found in recognise(text):
        assert 0 <= found.start <= found.cue_start < found.cue_end <= found.end <= len(text)
        assert found.excerpt(text) == found.excerpt(text).strip() != ""


@pytest.mark.parametrize(
    "word", ["we may share your personal information ", "a", "any ", "- x\n", "; ", "dispute", "( ", "you may not "]
)
def test_a_hostile_text_takes_no_more_than_its_length(word: str) -> None:
    text = word * (60_000 // len(word))
    began = time.process_time()
    recognise(text)
    assert time.process_time() - began < 3


def test_a_pattern_walks_only_through_words_that_have_its_letters() -> None:
    for pattern in (p for file in load() for cue in file.cues for p in (*cue.find, *cue.unless, *cue.far)):
        for words in ("we may share your personal data with other companies, cookies and all.", "you can opt out", ""):
            assert (pattern.search(words) is None) == (pattern.compiled.search(words) is None)
