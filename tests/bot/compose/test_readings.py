"""Redlines, timelines, comparisons and answers: whole or counted, verbatim, never invented."""

from dataclasses import replace
from datetime import timedelta

from bot.compose.answers import Passage, answers
from bot.compose.comparison import Standing, comparison
from bot.compose.message import File, Quote
from bot.compose.redline import redline
from bot.compose.timeline import Step, timeline
from tests.bot.cast import ADDED, BASE, NOW, PRIVACY, news
from tests.bot.reading import whole


def test_a_redline_shows_every_passage_whole() -> None:
    message = redline(news(), NOW, BASE)
    assert sum(isinstance(block, Quote) for block in message.blocks) == 3
    assert not [block for block in message.blocks if isinstance(block, File)]
    assert "You can delete them at any time." in whole(message)


def test_what_does_not_fit_is_in_a_file_that_has_all_of_it() -> None:
    long = [replace(ADDED, after=f"Clause {number}. {'We may use it. ' * 90}") for number in range(9)]
    message = redline(news(1, PRIVACY, *long), NOW, BASE)
    (file,) = [block for block in message.blocks if isinstance(block, File)]
    assert all(f"{{+Clause {number}." in file.content.decode() for number in range(9))
    assert "7 more quotations in the file" in whole(message)


def test_a_timeline_runs_from_first_sight_to_the_latest_change() -> None:
    steps = [
        Step(NOW - timedelta(days=40), "Privacy Policy", "first seen"),
        Step(NOW, "Privacy Policy", "AI", "high", "c1"),
    ]
    message = timeline("Tern", steps[::-1], NOW, BASE)
    assert "Tern: 1 change since 14 Oct 2026" in whole(message)
    assert "14 Oct 2026  Privacy Policy: first seen\n23 Nov 2026  Privacy Policy: AI (high exposure)" in whole(message)


def test_a_long_timeline_counts_what_lies_between() -> None:
    steps = [Step(NOW + timedelta(days=n), "Privacy Policy", f"step {n}.", change=f"c{n}") for n in range(50)]
    message = timeline("Tern", steps, NOW, BASE)
    assert "30 steps between" in whole(message)
    assert [f"step {n}." in whole(message) for n in (0, 2, 3, 32, 33, 49)] == [True, True, False, False, True, True]


def test_a_comparison_is_verbatim_and_says_whether_there_is_a_choice() -> None:
    rows = [
        Standing("Kite", "Terms", "We do not train on mail.", "does_not", "low"),
        Standing("Tern", "Privacy Policy", "We train on posts.", "does", "high", "“you may opt out”", NOW),
    ]
    said = whole(comparison("ai_training", rows, ("Gull",), BASE))
    assert said.index("Tern · does it · high exposure · choice: “you may opt out” · since 23 Nov 2026") < said.index(
        "Kite ·"
    )
    assert "We do not train on mail." in said
    assert "Nothing found at Gull." in said
    assert "not a legal determination" in said


def test_answers_are_clauses_with_their_place() -> None:
    found = [Passage("Tern Privacy Policy", "You may leave.", ("Your choices",), "v1", NOW)]
    said = whole(answers("can I leave?", found, ("Tern Privacy Policy",), BASE))
    assert "[Tern Privacy Policy › Your choices · as read on 23 Nov 2026] You may leave." in said


def test_the_words_that_answer_are_shown_however_long_their_clause() -> None:
    text = f"{'Other things are said first. ' * 60}We train on posts. {'More is said. ' * 60}"
    start = text.index("We train")
    said = whole(answers("training?", [Passage("Tern", text, focus=(start, start + 18))], ("Tern",)))
    assert "We train on posts." in said
    assert "more words, see the archived page…]" in said


def test_nothing_found_says_where_it_was_looked_for() -> None:
    said = whole(answers("can I fly?", (), ("Tern Privacy Policy", "Tern Terms of Service")))
    assert "Looked in: Tern Privacy Policy and Tern Terms of Service." in said
