"""One row a platform, the gravest; and what others say, in sentences that differ."""

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


def test_a_platform_is_shown_by_its_gravest_document() -> None:
    light, grave = said("Tern", "We may keep it."), said("Tern", "We sell it.", exposure=Exposure.HIGH)
    for rows in ([light, grave], [grave, light]):
        assert by_platform("retention", rows) == (grave,)


def test_a_document_that_says_something_goes_before_one_that_says_nothing() -> None:
    silent, speaking = Row("Tern", "Terms of Service"), said("Tern", "We may keep it.")
    for rows in ([silent, speaking], [speaking, silent]):
        assert by_platform("retention", rows) == (speaking,)


@pytest.mark.parametrize("turned", [False, True])
def test_of_equally_grave_documents_the_one_people_look_into_first_is_shown(turned: bool) -> None:
    kinds = ("Privacy Policy", "Terms of Service", "Press Kit")
    rows = [replace(said("Tern", "We may keep it."), document=kind) for kind in kinds]
    given = rows[::-1] if turned else rows
    assert by_platform("retention", given)[0].document == "Privacy Policy"
    assert by_platform("indemnity", given)[0].document == "Terms of Service"


def test_platforms_stand_in_the_order_of_their_names_whatever_their_case() -> None:
    assert [
        row.platform for row in by_platform("retention", [Row("tern", "T"), Row("Kite", "T"), Row("alder", "T")])
    ] == [
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
