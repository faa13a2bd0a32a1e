"""One row a platform, of the document its card is about; and what others say, in sentences that differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watchers.model import Exposure, Stance
from watchers.provisions.card import Citation
from watchers.provisions.comparison import SHORT, Row, by_platform, elsewhere

CITED = Citation("Tern", "Privacy Policy", "v-1", datetime(2026, 3, 1, tzinfo=UTC), "0" * 64, (), 0, 1)


def said(platform: str, excerpt: str, stance: Stance = Stance.MAY, exposure: Exposure = Exposure.LOW) -> Row:
    return Row(platform, "Privacy Policy", excerpt, stance, exposure, citation=CITED)


def of_rank(kind: str, excerpt: str, *rank: float) -> Row:
    """Return a row of Tern's: whether it is silent, what it lacks, whether it only promises."""
    silent, lacks, promises = rank
    return replace(said("Tern", excerpt), document=kind, rank=(bool(silent), lacks, bool(promises)))


SURE = of_rank("Privacy Policy", "We share your letters with advertisers.", 0, -0.9, 0)


@pytest.mark.parametrize(
    "other",
    [
        of_rank("Community Guidelines", "We share trusted words on voting.", 0, -0.4, 0),
        of_rank("Terms of Service", "You may not share your account.", 0, -0.9, 1),
        of_rank("Press Kit", "", 1, -0.9, 0),
    ],
    ids=["less surely", "a promise only", "silent"],
)
def test_a_platform_is_shown_by_the_document_its_card_is_about(other: Row) -> None:
    for rows in ([SURE, other], [other, SURE]):
        assert by_platform(rows) == (SURE,)


def test_platforms_stand_in_the_order_of_their_names_whatever_their_case() -> None:
    assert [row.platform for row in by_platform([Row("tern", "T"), Row("Kite", "T"), Row("alder", "T")])] == [
        *("alder", "Kite", "tern"),
    ]


OTHERS = [
    said("Kite", "We may keep your letters for a year."),
    said("Alder", "Messages are deleted after thirty days.", Stance.DOES),
    said("Wren", "Nothing that you write is stored by anybody here.", Stance.DOES_NOT),
    said("Lark", "Your account data stay until you close the account."),
]


def test_of_others_as_many_as_asked_for_are_shown_each_with_another_stance_first() -> None:
    shown = elsewhere(OTHERS, "Tern", 3)
    assert len(shown) == 3
    assert {one.stance for one in shown} == {Stance.MAY, Stance.DOES, Stance.DOES_NOT}
    assert {one.excerpt for one in shown} <= {row.excerpt for row in OTHERS}
    assert all(one.exposure is Exposure.LOW and one.citation == CITED for one in shown)


def test_neither_the_platform_itself_nor_the_same_sentence_is_shown() -> None:
    twin = said("Gull", OTHERS[0].excerpt)
    shown = [one.excerpt for one in elsewhere([*OTHERS, twin], "Alder", 9)]
    assert OTHERS[1].excerpt not in shown
    assert len(shown) == len({*shown}) == 3


def test_a_short_sentence_is_shown_before_a_long_one() -> None:
    long = said("Kite", "We may keep " + "very " * SHORT + "many letters.")
    assert elsewhere([long, OTHERS[3]], "Tern", 1)[0].excerpt == OTHERS[3].excerpt
