"""A document's own date as a witness: what it says of itself, and whether that moved."""

from __future__ import annotations

from datetime import date

import pytest

from watchers.comparing.own_date import DateMove, date_move, own_date

RULES = "\n\n".join(f"You may keep {n} letters in a drawer." for n in range(200))
TERMS = "# Terms\n\n{}\n\n" + RULES


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Last updated: 3 May 2024", date(2024, 5, 3)),
        ("Stand: 3. Mai 2024", date(2024, 5, 3)),
        ("Dernière mise à jour le 3 mai 2024", date(2024, 5, 3)),
        ("Fecha de entrada en vigor: 3 de mayo de 2024", date(2024, 5, 3)),
        ("最終更新日:2024年5月3日", date(2024, 5, 3)),
        ("We are glad that you are here.", None),
    ],
)
def test_a_document_dates_itself_in_any_language(line: str, day: date | None) -> None:
    assert own_date(TERMS.format(line)) == day


def test_a_date_at_the_foot_counts_and_one_in_the_middle_does_not() -> None:
    assert own_date(TERMS.format("") + "\n\nLast updated: 3 May 2024") == date(2024, 5, 3)
    middle = TERMS.format("") + "\n\nThe fee was updated on 3 May 2024.\n\n" + RULES
    assert own_date(middle) is None


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        ("Last updated: 3 May 2024", "Last updated: 4 June 2024", DateMove.FORWARD),
        ("Last updated: 3 May 2024", "Last updated: May 3, 2024", DateMove.SAME),
        ("Last updated: 3 May 2024", "Last updated: 3 March 2023", DateMove.BACK),
        ("Last updated: 3 May 2024", "", DateMove.GONE),
        ("", "Last updated: 3 May 2024", DateMove.CAME),
        ("", "", DateMove.NONE),
        ("Version 3.2", "Version 3.10", DateMove.FORWARD),
        ("Version 3.2", "Version 3.1", DateMove.BACK),
    ],
)
def test_the_date_moved_as_both_texts_say(before: str, after: str, move: DateMove) -> None:
    assert date_move(TERMS.format(before), TERMS.format(after)) is move
