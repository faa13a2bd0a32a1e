"""Presence: rules propose, a small linear model disposes; its weights are a readable file."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchers.errors import CatalogueError
from watchers.provisions import features, presence
from watchers.provisions.judge import BY_WORDS
from watchers.provisions.presence import Presence, by_folder, read_weights
from watchers.provisions.recogniser import by_weights, recognise
from watchers.provisions.taxonomy import PROVISIONS

KEEP = "We keep a copy for ten years."


def test_figures_are_one_word_and_addresses_none() -> None:
    assert features.words("see [our terms](https://tern.example/a) within 30 days") == [
        *("see", "our", "terms", "within", "0", "days")
    ]


def test_a_sentence_has_its_words_their_pairs_and_its_cues() -> None:
    seen = features.of_sentence("we keep it", "", 0, [("retention", "kept")], {"retention": 0.5}, ["retention"])
    assert {"word:keep", "word:we_keep", "cue:retention/kept", "grade:retention:much", "reached:retention"} <= set(seen)


def test_what_no_cue_proposes_starts_far_below_and_what_the_rules_find_above() -> None:
    assert presence.start(0.0, True) > 0 > presence.start(0.0, False) > presence.NOTHING
    assert presence.start(-5.0, False) == presence.NOTHING


def test_words_alone_may_propose_and_may_take_back() -> None:
    model = Presence(("retention", "security"), {"word:keep": ((0, 4.0),), "word:not": ((0, -2.0),)})
    assert set(model.present(model.sums(["word:keep"]), [0.0, 0.0], {}, frozenset())) == {"retention"}
    assert model.present(model.sums(["word:keep", "word:not"]), [0.0, 0.0], {}, frozenset()) == {}
    assert [one.feature for one in model.weighed("retention", ["word:not", "word:keep"])] == ["word:keep", "word:not"]


def test_the_words_that_weighed_most_are_the_cue_where_no_cue_proposed(tmp_path: Path) -> None:
    weights = "provisions\tcontent_monitoring\nword:a_copy\t0=900\n"
    (tmp_path / "presence.tsv").write_text(weights, encoding="utf8")
    (found,) = by_weights(tmp_path).recognise(KEEP)
    assert (found.provision, found.cue, KEEP[found.cue_start : found.cue_end]) == (
        *("content_monitoring", BY_WORDS, "a copy"),
    )


@pytest.mark.parametrize("line", ["word:keep", "word:keep\t7=10", "word:keep\tmuch"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "presence.tsv"
    path.write_text(f"# made up\nprovisions\tretention\n{line}\n", encoding="utf8")
    with pytest.raises(CatalogueError, match=r"presence\.tsv.*3"):
        read_weights(path)


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no weights here"):
        by_folder(tmp_path)


def test_the_weights_know_every_provision_and_are_small() -> None:
    assert set(by_folder().provisions) == set(PROVISIONS)
    assert (presence.FOLDER / presence.FILE).stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("text", "doc_type", "provision"),
    [
        ("Harassing other walkers on the trail board is off limits.", "Community Guidelines", "prohibited_conduct"),
    ],
)
def test_what_no_cue_foresees_is_found_by_its_words(text: str, doc_type: str, provision: str) -> None:
    assert provision in {one.provision for one in recognise(text, doc_type=doc_type)}
