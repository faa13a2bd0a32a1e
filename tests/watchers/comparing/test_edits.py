"""Word edits are the same whether a clause is read whole or only between the ends that stayed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchers.comparing.edits import _between, apply, edits

PIECES = st.lists(
    st.sampled_from(["we", "share", "don't", "1.2", "2", ".", "(x)", "—", "第", "_", "foo-bar", " ", " ", "  ", "\n"]),
    max_size=14,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(PIECES, PIECES, PIECES, PIECES)
@example("x ", " y", "y ", "y")
@example("we share ", "  ", " ", "share")
def test_what_stays_at_both_ends_changes_no_edit(head: str, gone: str, come: str, tail: str) -> None:
    before, after = head + gone + tail, head + come + tail
    found = edits(before, after)
    assert found == _between(before, after)
    assert apply(before, after, found) == after


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("We lend boats at noon with street boys.", ["lend boats", "with street boys"]),
        (
            "We lend very old paper boats at noon with all the young street boys.",
            ["lend very old paper boats at noon with all the young street boys"],
        ),
    ],
)
def test_short_edits_two_words_apart_are_told_each_and_long_ones_as_one(new: str, told: list[str]) -> None:
    assert [new[one.b0 : one.b1] for one in edits("We sell lamps at noon to harbour folk.", new)] == told
