"""When a part that is added to a page is another edition of it, and when it is only a part that is alike."""

from __future__ import annotations

from tests.watchers.comparing.pages import difference
from watchers.model import PassageKind, Significance


def lamps(who: str, numbers: range) -> str:
    return "".join(f"Lamp {n} of the harbour is lit by {who} with oil from cask {n}.\n\n" for n in numbers)


def told(old: str, new: str) -> list[PassageKind]:
    return [p.kind for p in difference(old, new).passages if p.significance is Significance.SUBSTANTIVE]


def test_a_short_part_worded_like_the_rest_of_a_long_page_is_told_as_new() -> None:
    page = "# Harbour rules\n\n" + lamps("the keeper", range(60))
    assert told(page, f"{page}## For guests\n\n{lamps('a guest', range(14))}") == [PassageKind.ADDED] * 14


def test_a_new_part_of_which_a_few_clauses_are_like_old_ones_is_told_as_new() -> None:
    page = "# Harbour rules\n\n" + lamps("the keeper", range(20))
    boats = "".join(f"Whoever ties boat {n} to our pier pays {n} coins a night to its owner.\n\n" for n in range(16))
    assert told(page, f"{page}## Boats and guests\n\n{boats}{lamps('a guest', range(2))}") == [PassageKind.ADDED] * 18
