"""Questions are answered with clauses, word for word, or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.model import Document, Exposure, Finding, Part, Stance, Version
from watchers.provisions.asking import answering, subjects, terms
from watchers.provisions.source import Source
from watchers.reading.clauses import clauses

TEXT = """# Privacy

## Your posts

We may use what you post to train our models.

We keep your posts for 30 days after you delete them.

## Your choices

You can close your account at any time in the settings.
"""
SEEN = datetime(2026, 11, 23, tzinfo=UTC)
START = TEXT.index("We may use")
TRAINING = Finding("ai_training", START, START + 44, Stance.MAY, Exposure.HIGH, 0.9, START, START + 6)
DOCUMENT = Document("tern/privacy-policy", "tern", "Privacy Policy", (Part("https://tern.example"),))
SOURCE = Source("Tern", DOCUMENT, Version("v1", DOCUMENT.id, SEEN, "0" * 64, TEXT), clauses(TEXT), (TRAINING,))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can they train on my posts?", "We may use what you post to train our models."),
        ("AI training", "We may use what you post to train our models."),
        ("how long are deleted posts kept?", "We keep your posts for 30 days after you delete them."),
        ("closing my account", "You can close your account at any time in the settings."),
    ],
)
def test_the_clause_that_answers_comes_first(question: str, answer: str) -> None:
    found = answering(question, [SOURCE])
    assert found[0].clause.text == answer
    assert TEXT[found[0].clause.start : found[0].clause.end] == answer
    assert found[0].source is SOURCE


@pytest.mark.parametrize("question", ["may I fly a kite indoors?", "", "???", "the and of"])
def test_where_nothing_answers_nothing_is_found(question: str) -> None:
    assert answering(question, [SOURCE]) == ()


def test_the_words_that_answer_are_pointed_at_and_the_same_words_come_once() -> None:
    found = answering("can they train on my posts?", [SOURCE, SOURCE])
    assert [one.clause.text for one in found].count("We may use what you post to train our models.") == 1
    assert found[0].focus == (0, 44)


def test_the_subjects_of_a_question_are_known_by_their_everyday_names() -> None:
    assert "ai_training" in list(subjects("do they do model training with it"))


def test_a_longer_name_says_better_what_is_meant_than_a_short_one_beside_it() -> None:
    assert list(subjects("how long do they keep my data?")) == ["retention"]
    assert terms("Deleting the posts, deleted posts") == terms("deletes post")


def test_a_short_word_keeps_its_ending_and_a_single_letter_is_none() -> None:
    assert terms("news of the bus") == {"news", "bus"}
    assert terms("the lamp's wick") == {"lamp", "wick"}


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        ("can I sue in court?", "jurisdiction"),
        ("what happens when I delete my account", "user_exit"),
        ("who owns what I write", "content_licence"),
        ("may a child use it?", "children"),
        ("are my photos used for targeted advertising", "targeted_ads"),
    ],
)
def test_names_are_known_as_people_bend_them(question: str, provision: str) -> None:
    assert list(subjects(question)) == [provision]


def test_a_line_set_like_a_heading_is_no_answer_and_a_lead_in_comes_behind_its_list() -> None:
    text = "Deleted posts\n\nDeleted posts are kept so:\n\n- deleted posts are kept for a month\n"
    asked = Source("Tern", DOCUMENT, Version("v3", DOCUMENT.id, SEEN, "0" * 64, text), clauses(text), ())
    found = [one.clause.text for one in answering("are deleted posts kept?", [asked])]
    assert found == ["deleted posts are kept for a month", "Deleted posts are kept so:"]


@given(st.text(max_size=300))
def test_any_question_can_be_asked(question: str) -> None:
    answering(question, [SOURCE])


def test_the_clause_that_says_more_of_what_was_asked_goes_before_one_that_says_less() -> None:
    text = "We keep deleted posts.\n\nWe keep deleted posts and photos for a month.\n\nThe sea is blue.\n"
    asked = Source("Tern", DOCUMENT, Version("v2", DOCUMENT.id, SEEN, "0" * 64, text), clauses(text), ())
    scores = [one.score for one in answering("keep deleted posts photos month", [asked])]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
