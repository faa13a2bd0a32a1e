"""Fine points of recognising that a reader would notice if they slipped: blocks, headings, rows, languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchers.provisions.cues import Macros, TomlFile
from watchers.provisions.judge import in_passing
from watchers.provisions.layout import LONGEST, Block, cut, lay_out, plain
from watchers.provisions.recogniser import recognise


def blocks(text: str) -> list[Block]:
    low = plain(text)
    return [cut(block, text, low) for block in lay_out(text, low)]


def test_a_heading_ends_with_its_line_and_its_mark_is_no_word_of_it() -> None:
    text = "# Lamps\nWe light them.\n- by hand\n"
    found = blocks(text)
    assert [text[one.start : one.end] for one in found] == ["Lamps", "We light them.", "by hand"]
    assert [one.heading for one in found] == [True, False, False]


def test_words_stand_under_the_headings_above_them_and_no_others() -> None:
    paths = [
        one.path for one in blocks("# A\n\n## B\n\nOne.\n\n# C\n\n### D\n\nTwo.\n\n## E\n\nThree.\n") if not one.heading
    ]
    assert paths == [("a", "b"), ("c", "d"), ("c", "e")]


def test_a_sentence_without_end_is_cut_where_it_pauses() -> None:
    text = ("word " * 250).strip() + "; " + ("more " * 60).strip() + "; " + ("last " * 100).strip()
    (block,) = blocks(text)
    pieces = [text[start:end] for start, end in block.sentences]
    assert [piece.split()[-1] for piece in pieces] == ["more;", "last"]
    assert " ".join(pieces) == text
    early = "few words " * 60 + "; " + ("word " * 500).strip()
    (block,) = blocks(early)
    assert block.sentences[0][1] > LONGEST - 10, "a pause far too early is none"
    assert " ".join(early[start:end] for start, end in block.sentences) == early
    late = "word " * 400 + "\n" + "more " * 100
    assert all(end - start <= LONGEST for block in blocks(late) for start, end in block.sentences)


@pytest.mark.parametrize(
    ("ends", "speaks", "passing"),
    [
        ((300, 400, 1000), (False, True, False), True),
        ((30, 130, 1000), (False, True, False), False),
        ((30, 800, 1000), (False, False, True), True),
        ((200, 400), (False, True), False),
        ((200, 399), (False, True), True),
        ((200, 1000), (True, False), False),
        ((200, 1000), (False, False), False),
    ],
)
def test_what_neither_opens_a_clause_nor_fills_half_of_it_is_said_in_passing(
    ends: tuple[int, ...], speaks: tuple[bool, ...], passing: bool
) -> None:
    sentences = tuple(zip((0, *ends), ends, strict=False))
    assert in_passing(Block(0, ends[-1], sentences=sentences), speaks) is passing


@pytest.mark.parametrize(
    ("text", "provisions"),
    [
        ("Cookies. We set them on every page you open.\n", {"cookies_tracking"}),
        (
            "## Disputes\n\nArbitration. You and we agree that any dispute is settled by binding arbitration before "
            "one arbitrator. No class actions. Claims are brought by one person alone.\n",
            {"arbitration", "class_waiver"},
        ),
    ],
)
def test_findings_do_not_rest_on_what_stands_far_above(text: str, provisions: set[str]) -> None:
    above = "# Lamps\n\n" + "Our lamps are made of tin and of glass.\n\n" * 40
    alone, below = recognise(text), recognise(above + text)
    assert {one.provision for one in alone} == provisions
    assert below == tuple(one.moved(len(above)) for one in alone)


def test_what_a_lead_in_says_alone_is_found_in_it_and_not_in_each_entry_of_its_list() -> None:
    text = "We sell your personal data to others, which are:\n\n- lamp makers\n- wick makers\n"
    assert {text[one.start : one.end] for one in recognise(text)} == {text.split("\n")[0]}


def test_a_cue_keeps_the_other_words_and_the_kinds_of_document_it_names(tmp_path: Path) -> None:
    file = tmp_path / "retention.toml"
    file.write_text(
        'provision = "retention"\n\n[[cue]]\nname = "kept"\nfind = "we keep"\nwith = "letters"\nkinds = ["privacy"]\n'
    )
    (cue,) = TomlFile(file, Macros({})).read("retention").cues
    assert [each.source for each in cue.also] == ["letters"]
    assert cue.kinds == {"privacy"}
