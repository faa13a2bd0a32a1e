"""Which lines of a page are furniture by how they stand on it: links alone, loose lines."""

from __future__ import annotations

from watchers.comparing.furniture import HEADING, NAVIGATION, SHORT, furniture, in_menu, loose, titled, wholly_linked
from watchers.reading.clauses import clauses
from watchers.reading.extract import read_markdown


def test_a_clause_is_wholly_linked_only_where_no_word_stands_beside_its_links() -> None:
    for text, linked in (("[Help](/h) [Press](/p)", True), ("[Help](/h) for all", False), ("Ask [Help](/h)", False)):
        page = read_markdown(text)
        (clause,) = clauses(page.text)
        assert wholly_linked(clause, page.links) is linked


def test_a_line_is_loose_only_if_it_is_short_and_speaks_of_its_page() -> None:
    lines_of_page = (
        "Print this page",
        "Lamps and letters",
        "Print this page or the other one or all of them for a friend",
    )
    assert [loose(clause, "") for line in lines_of_page for clause in clauses(line)] == [True, False, False]
    for words, is_loose in ((SHORT, True), (SHORT + 1, False)):
        page = " ".join(["lamp"] * words) + "\n\n# Terms\n"
        assert loose(clauses(page)[0], page) is is_loose


def test_a_title_may_have_the_name_of_the_site_behind_it_if_it_is_no_sentence() -> None:
    for words, known in ((SHORT - 1, True), (SHORT, False)):
        title = " ".join(["lamp"] * words)
        assert titled(title, f"{title} | Lighthouse") is titled(f"{title} | Lighthouse", title) is known


def test_a_line_that_points_elsewhere_leads_there_and_a_whole_sentence_states_something() -> None:
    for line, why in (("See also the other two pages.", NAVIGATION), ("See also what we owe you here.", "")):
        assert furniture(clauses(line)[0], (), ()) == why


def test_a_line_above_the_title_that_names_a_company_is_not_loose() -> None:
    for line, is_loose in (("Lamp House", True), ("Lamp House Ltd", False)):
        page = f"{line}\n\n# Terms\n"
        assert loose(clauses(page)[0], page) is is_loose


def test_a_heading_that_states_a_rule_is_more_than_a_heading() -> None:
    for line, why in (("## Smoke and lamps", HEADING), ("## You must not smoke here", "")):
        assert furniture(clauses(line)[0], (), ()) == why


def test_questions_side_by_side_are_a_menu() -> None:
    questions = clauses("Who are we today?\n\nWhat do we write?\n\nHow do you find us?\n")
    assert all(in_menu(questions, n) for n in range(3))
