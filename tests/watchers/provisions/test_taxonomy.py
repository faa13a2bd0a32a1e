"""The taxonomy: fifty types, findable by what people type, and checked with the place of a mistake."""

from collections import Counter
from pathlib import Path

import pytest

from watchers.errors import CatalogueError
from watchers.provisions.cues import load
from watchers.provisions.taxonomy import GROUPS, PROVISIONS, find, nearest, read_types

ENTRY = """[parrots]
title = "Parrots"
tier = "core"
definition = "Birds that talk."
expectation = "People expect silence."
not = ["cats"]
aliases = ["birds"]
weight = 1
"""


def test_there_are_fifty_types_thirty_nine_of_them_core() -> None:
    assert len(PROVISIONS) == 50
    assert Counter(one.tier for one in PROVISIONS.values()) == {"core": 39, "extended": 11}
    assert tuple(dict.fromkeys(one.group for one in PROVISIONS.values())) == GROUPS


def test_titles_are_not_shared() -> None:
    assert len({one.title.casefold() for one in PROVISIONS.values()}) == 50


def test_every_cue_file_is_of_a_known_type() -> None:
    assert {file.provision for file in load()} <= set(PROVISIONS)


@pytest.mark.parametrize(
    ("typed", "identity"),
    [
        ("ai_training", "ai_training"),
        ("ai-training", "ai_training"),
        ("Training", "ai_training"),
        ("AI training", "ai_training"),
        ("class action", "class_waiver"),
        ("opt out", "opt_out"),
        ("Licence to your content", "content_licence"),
        ("cookies", "cookies_tracking"),
    ],
)
def test_a_type_is_found_by_what_people_type(typed: str, identity: str) -> None:
    found = find(typed)
    assert found is not None
    assert found.id == identity


def test_a_name_nobody_gave_finds_nothing_but_its_neighbours() -> None:
    assert find("parrots") is None
    assert nearest("arbitraton")[0].id == "arbitration"
    assert len({one.id for one in nearest("data", 5)}) == 5


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (ENTRY.replace("core", "deep"), 3),
        ("\n" + ENTRY.replace("weight = 1", "weight = 9"), 9),
        (ENTRY.replace("title", "titel"), 1),
        (ENTRY.replace('["cats"]', '"cats"'), 6),
        (ENTRY.replace('"Parrots"', '""'), 2),
        (ENTRY.replace('title = "', "title = "), 2),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, wrong: str, line: int) -> None:
    path = tmp_path / "birds.toml"
    path.write_text(wrong, encoding="utf8")
    with pytest.raises(CatalogueError) as told:
        tuple(read_types(path))
    assert (told.value.file, told.value.line) == ("birds.toml", line)
