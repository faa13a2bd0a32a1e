"""Data files are read in one way, and a mistake is told with the line it stands on and the way to it."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from watchers.errors import CatalogueError
from watchers.rules.schema import Table, Words, lines, read, wrong


class Bird(Table):
    """An entry of a made-up file."""

    name: Words
    wings: Annotated[int, Field(ge=0, le=2)] = 2
    kind: Literal["sea", "land"] = "sea"
    calls: list[Words] = Field(default_factory=list)


GOOD = '# birds\n[tern]\nname = "Tern"\nwings = 2\ncalls = ["kee"]\n'
LISTED = (
    'place = "sea"\n[[bird]]\nname = "Tern"\n[[bird.egg]]\nsize = 1\n[[bird]]\nname = "Gull"\n[[bird.egg]]\nsize = 2\n'
)


def test_a_good_file_is_values() -> None:
    assert read(dict[str, Bird], GOOD, "birds.toml") == {"tern": Bird(name="Tern", calls=["kee"])}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace('name = "Tern"\n', ""), "birds.toml:2: tern: “name” is missing"),
        (GOOD.replace('"Tern"', '" "'), "birds.toml:3: tern: “name” is empty"),
        (GOOD.replace("wings = 2", "wing = 2"), "birds.toml:4: tern: “wing” is no key that is known here"),
        (
            GOOD.replace("wings = 2", 'wings = "2"'),
            "birds.toml:4: tern: “wings” = '2': input should be a valid",
        ),
        (GOOD.replace("wings = 2", "wings = 3"), "birds.toml:4: tern: “wings” = 3: input should be less than or equal"),
        (GOOD + 'kind = "sky"\n', "birds.toml:6: tern: “kind” = 'sky': input should be 'sea' or 'land'"),
        (GOOD + "[gull\n", "birds.toml:6: this is not TOML"),
        (GOOD + "kind = ", "birds.toml:6: this is not TOML"),
        ("wings = 2\n", "birds.toml:1: “wings”"),
    ],
)
def test_the_first_mistake_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(CatalogueError) as told:
        read(dict[str, Bird], text, "birds.toml")
    assert str(told.value).startswith(says)


def test_what_nests_too_deep_is_refused_without_a_line() -> None:
    with pytest.raises(CatalogueError, match=r"birds\.toml: this TOML cannot be read"):
        read(dict[str, Bird], f"a = {'[' * 5000}", "birds.toml")


def test_lines_of_tables_in_lists_are_told_apart() -> None:
    found = lines(LISTED)
    assert found["place",] == 1
    assert (found["bird", 0], found["bird", 1]) == (2, 6)
    assert (found["bird", 0, "egg", 0, "size"], found["bird", 1, "egg", 0, "size"]) == (5, 9)


def test_a_place_without_a_line_of_its_own_is_told_by_the_table_around_it() -> None:
    assert wrong(LISTED, "birds.toml", ("bird", 1, "egg", 0, "colour"), "no colour").line == 8
    assert wrong(LISTED, "birds.toml", ("nest",), "no nest").line is None
