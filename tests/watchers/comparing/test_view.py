"""Only the lines around a change are looked at, and what is told of them is what the whole page would tell."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import difference

LAMPS = "".join(f"Lamp {n} is lit at dusk by keeper {n}.\n\n" for n in range(90))


@pytest.mark.parametrize("changed", [2, 25, 85])
def test_a_clause_stands_under_the_headings_far_above_it(changed: str) -> None:
    old = f"# Lamps\n\n{LAMPS}"
    new = old.replace(f"by keeper {changed}.", f"by guest {changed}.")
    (passage,) = difference(old, new).passages
    assert passage.path == ("Lamps",)


def test_a_heading_within_what_is_looked_at_stands_under_the_ones_above_it() -> None:
    old = f"# Lamps\n\nAll of them.\n\n{LAMPS}## Oil\n\nOil is bought in spring.\n\n## Wick\n\n{LAMPS}"
    new = old.replace("All of them", "Most of them").replace("in spring", "in autumn")
    assert [p.path for p in difference(old, new).passages] == [("Lamps",), ("Lamps", "Oil")]
