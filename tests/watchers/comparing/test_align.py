"""Which clauses are the same, gone, new, split or merged."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import PAGE, difference
from watchers.model import PassageKind

LONG = "We keep your letters in the northern tower until the keeper has read them twice and"
SHORT = "burns them in the great stove at noon"


@pytest.mark.parametrize(
    "pieces",
    [
        f"{LONG}\n\nHe {SHORT}.",
        f"After he {SHORT},\n\n{LONG}.",
        f"{LONG}\n\nHe {SHORT}.\n\nThe ashes of it all go into the garden.",
    ],
)
def test_a_clause_cut_in_pieces_is_one_passage_and_so_is_one_put_together(pieces: str) -> None:
    one, several = (f"{PAGE}\n{text}\n" for text in (" ".join(pieces.split()), pieces))
    for old, new, kind in ((one, several, PassageKind.SPLIT), (several, one, PassageKind.MERGED)):
        assert [p.kind for p in difference(old, new).passages] == [kind]


def test_a_clause_whose_end_becomes_a_sentence_of_its_own_is_one_passage() -> None:
    whole, start = f"{LONG} {SHORT}.", LONG.removesuffix(" and")
    one, two = f"{PAGE}\n{whole.replace(' and burns', ', and burns')}\n", f"{PAGE}\n{start}.\n\nHe {SHORT}.\n"
    for old, new, kind in ((one, two, PassageKind.SPLIT), (two, one, PassageKind.MERGED)):
        assert [p.kind for p in difference(old, new).passages] == [kind]
