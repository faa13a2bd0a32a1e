"""Sentence by sentence: what came, went, became another or only stands elsewhere."""

from __future__ import annotations

from watchers.comparing.compare import compare
from watchers.comparing.shifts import Shift, shifts
from watchers.model import Bearing
from watchers.reading.extract import read_markdown

LAMPS = "Our lamps are lit by hand at dusk and put out again at dawn."
SAFE = "We take steps to minimise what our crawler sees of pages behind a password."


def between(old: str, new: str) -> tuple[Shift, ...]:
    """Return the shifts from one text to another."""
    before, after = read_markdown(old), read_markdown(new)
    return shifts(compare(before, after).passages, before.text, after.text)


def test_a_sentence_that_stands_in_another_section_in_nearly_the_same_words_is_no_protection_removed() -> None:
    old = f"# P\n\n## 1. Pages\n\n{SAFE}\n\n## 2. Lamps\n\n{LAMPS}\n"
    new = f"# P\n\n## 1. Pages\n\n## 2. Lamps\n\n{LAMPS} {SAFE.replace('minimise', 'minimize')}\n"
    assert [one for one in between(old, new) if not (one.before and one.after)] == []
    told = compare(read_markdown(old), read_markdown(new))
    assert {passage.bearing for passage in told.passages} <= {Bearing.NEUTRAL}


def test_a_sentence_put_into_a_clause_comes_alone() -> None:
    (shift,) = between(f"# P\n\n{LAMPS}\n", f"# P\n\n{LAMPS} You may object to this.\n")
    assert (shift.before, shift.after) == ("", "You may object to this.")


def test_an_entry_is_read_as_the_words_that_lead_its_list_in_say() -> None:
    promise = "# P\n\nWe will never:\n\n- read your letters for advertising\n"
    told = compare(read_markdown(promise), read_markdown(promise + "- share your address with partners\n"))
    assert [passage.bearing for passage in told.passages] == [Bearing.BETTER]
    ban = promise.replace("We will never:", "You may not:")
    told = compare(read_markdown(ban), read_markdown(ban + "- share your password with others\n"))
    assert [passage.bearing for passage in told.passages] == [Bearing.WORSE]
