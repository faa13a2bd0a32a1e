"""The tables of rules: a mistake in one is named with its file and what is wrong."""

from __future__ import annotations

import pytest

from watchers.comparing.tables import pattern, table
from watchers.errors import CatalogueError


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"rules/nowhere\.toml"):
        table("nowhere")


def test_every_pattern_of_a_table_is_found_by_the_one_that_joins_them() -> None:
    joined = pattern("direction", "promise")
    assert joined.search("we do not sell your letters")
    assert not joined.search("we sell your letters")
