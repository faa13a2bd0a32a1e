"""The whole document around a change: nothing of either text is left out, and everything stands where it stood."""

from bot.pages.changes import passage_id
from bot.pages.whole import Line, lines
from watchers.model import Passage, PassageKind
from watchers.reading.clauses import clauses


def shown(old: str, new: str, *passages: Passage) -> list[tuple[str, str]]:
    def told(line: Line) -> tuple[str, str]:
        if line.passage is None:
            return "", line.clause.text
        return ("gone" if line.gone else str(line.passage.kind)), line.clause.text

    return [told(line) for line in lines(clauses(old), clauses(new), passages)]


def test_what_was_removed_stands_where_it_stood() -> None:
    removed = Passage(PassageKind.REMOVED, "Two.", "", 6, -1)
    assert shown("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", removed) == [
        ("", "One."),
        ("gone", "Two."),
        ("", "Three."),
    ]


def test_what_was_reworded_is_shown_once_at_its_new_place() -> None:
    reworded = Passage(PassageKind.REWORDED, "Two.", "Two and a half.", 6, 6)
    found = shown("One.\n\nTwo.\n\nThree.", "One.\n\nTwo and a half.\n\nThree.", reworded)
    assert found == [("", "One."), ("reworded", "Two and a half."), ("", "Three.")]


def test_what_moved_is_named_where_it_was_and_shown_where_it_is() -> None:
    old, new = "One.\n\nTwo.\n\nThree.\n\nFour.", "Two.\n\nThree.\n\nFour.\n\nOne."
    moved = Passage(PassageKind.MOVED, "One.", "One.", 0, new.index("One."))
    found = shown(old, new, moved)
    assert found == [("gone", "One."), ("", "Two."), ("", "Three."), ("", "Four."), ("moved", "One.")]


def test_a_passage_of_several_clauses_is_shown_once() -> None:
    added = Passage(PassageKind.ADDED, "", "Two.\n\nThree.", -1, 6)
    assert shown("One.", "One.\n\nTwo.\n\nThree.", added) == [("", "One."), ("added", "Two.")]


def test_a_clause_that_differs_and_is_in_no_passage_is_shown_all_the_same() -> None:
    assert shown("One.\n\nTwo.", "One.\n\nThree.") == [("", "One."), ("gone", "Two."), ("added", "Three.")]


def test_the_name_of_a_passage_follows_from_its_places_alone() -> None:
    assert passage_id(Passage(PassageKind.REWORDED, "a", "b", 12, 34)) == "p12-34"
    assert passage_id(Passage(PassageKind.ADDED, "", "b", -1, 34)) == "p-34"
