"""Pages that are easily misread come to what they have to."""

import pytest

from tests.watchers.reading.odd import compared
from tests.watchers.reading.siblings import SIBLINGS, Sibling


@pytest.mark.parametrize("case", SIBLINGS, ids=[case.name for case in SIBLINGS])
def test_a_page_that_is_easily_misread_comes_to_what_it_has_to(case: Sibling) -> None:
    came = compared(case.old, case.new, case.kind)
    assert _fits(case.wanted, came), came
    assert case.says in came
    assert not case.never or case.never not in came


def _fits(wanted: str, came: str) -> bool:
    if wanted == "same":
        return came == "same words" or came.startswith("cosmetic: nothing")
    return came.startswith("substantive" if wanted == "told" else ("blind:", "held:"))
