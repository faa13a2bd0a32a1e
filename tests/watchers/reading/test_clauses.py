"""Clauses are addressable, and their ids survive edits around them."""

from __future__ import annotations

from watchers.model import ClauseKind
from watchers.reading.clauses import clauses

TEXT = (
    "# Terms\n\nWelcome.\n\n## Fees\n\n- Monthly fee\n  - in euros\n1. Yearly fee\n\n| Plan | Price |\n| Pro | 9 |"
    "\n\n- - -\n\n# Privacy\n\nWelcome."
)


def test_every_clause_is_a_verbatim_slice_without_its_mark() -> None:
    found = clauses(TEXT)
    assert [(clause.kind, clause.text) for clause in found[2:7]] == [
        (ClauseKind.HEADING, "Fees"),
        (ClauseKind.ITEM, "Monthly fee"),
        (ClauseKind.ITEM, "in euros"),
        (ClauseKind.ITEM, "Yearly fee"),
        (ClauseKind.ROW, "Plan | Price"),
    ]
    assert all(TEXT[clause.start : clause.end] == clause.text for clause in found)
    assert [clause.ordinal for clause in found] == list(range(len(found)))


def test_a_clause_knows_the_headings_above_it() -> None:
    paths = {clause.text: clause.path for clause in clauses(TEXT)}
    assert paths["Monthly fee"] == ("Terms", "Fees")
    assert paths["Privacy"] == ()


def test_the_line_between_parts_is_no_clause() -> None:
    assert "- -" not in {clause.text for clause in clauses(TEXT)}


def test_ids_survive_edits_around_and_tell_equal_clauses_apart() -> None:
    before = {clause.id: clause.text for clause in clauses(TEXT)}
    after = {clause.id: clause.text for clause in clauses(TEXT.replace("## Fees", "Something new.\n\n## Prices"))}
    assert len(before) == len(clauses(TEXT))
    assert set(before) - set(after) == {clause.id for clause in clauses(TEXT) if clause.text == "Fees"}


def test_an_id_does_not_hang_on_typography_or_on_the_mark() -> None:
    assert clauses("- We don’t sell.")[0].id == clauses("We  don't sell.")[0].id
