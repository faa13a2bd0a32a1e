"""What Slack is given to draw stays within its limits, says every clause or counts it, and calls nobody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from bot.chats.foreign import THIN, clean
from bot.chats.slack.blocks import VIEW, draw
from bot.compose.message import (
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Picture,
    Quote,
    Span,
    Style,
    Table,
    Text,
)
from tests.bot.chats.limits import Json, check_slack, slack_calls, texts
from tests.bot.chats.words import HOSTILE, MESSAGES, clause

FENCES = re.compile("[\u2066-\u2069]")


def rich(blocks: tuple[Json, ...]) -> str:
    """Give the words that Slack shows as they are."""
    return FENCES.sub("", "".join(text for block in blocks if block["type"] == "rich_text" for text in texts(block)))


def bare(text: str) -> str:
    return FENCES.sub("", clean(text))


@given(MESSAGES)
@settings(max_examples=60, deadline=None)
def test_any_message_stays_within_every_limit_and_calls_nobody(message: Message) -> None:
    for drawn in draw(message):
        check_slack(drawn.blocks, drawn.text)
        assert slack_calls(drawn.blocks, drawn.text) == []


@given(MESSAGES)
@settings(max_examples=30, deadline=None)
def test_a_view_holds_one_message_and_no_more(message: Message) -> None:
    (drawn,) = draw(message, room=VIEW)
    check_slack(drawn.blocks, drawn.text, most=100)


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_every_word_of_a_quote_is_shown_as_it_stands_or_counted(message: Message) -> None:
    blocks = tuple(block for drawn in draw(message) for block in drawn.blocks)
    if any("Not shown here" in text for text in texts(blocks)):
        return
    for block in message.blocks:
        if isinstance(block, Quote):
            # between struck and inserted words stands a thin space of ours
            words, shown = bare("".join(span.text for span in block.spans)), rich(blocks)
            assert words.replace(THIN, "") in shown.replace(THIN, "")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_they_are(words: str) -> None:
    message = Message(
        words, (Heading(words), Quote((Span(words),), words), Note((Span(words),)), Facts(((words, words),)))
    )
    (drawn,) = draw(message)
    check_slack(drawn.blocks, drawn.text)
    assert slack_calls(drawn.blocks, drawn.text) == []
    assert bare(words) in rich(drawn.blocks)


def test_a_clause_of_twenty_thousand_letters_is_shown_whole_over_several_messages() -> None:
    words = clause()
    parts = draw(
        Message(
            "long", (Heading("A long clause"), Quote((Span(words),), "Added"), Buttons((Button("Ack", "ack", "1"),)))
        )
    )
    assert len(parts) == 3
    assert words in "".join(rich(part.blocks) for part in parts)
    assert [part.blocks[-1]["type"] == "actions" for part in parts] == [False, False, True]


def test_clauses_are_left_out_whole_and_counted() -> None:
    quotes = tuple(Quote((Span(clause(number, 9_000)),), f"Clause {number}") for number in range(1, 8))
    parts = draw(Message("many", quotes))
    shown = "".join(rich(part.blocks) for part in parts)
    whole = [number for number in range(1, 8) if clause(number, 9_000) in shown]
    begun = [number for number in range(1, 8) if f"of clause {number}:" in shown]
    assert whole == begun
    (note,) = [text for text in texts(parts[-1].blocks) if "Not shown here" in text]
    assert f"{7 - len(whole)} more passages" in note


def test_a_piece_ends_where_a_sentence_ends() -> None:
    first, *_ = draw(Message("x", (Quote((Span(clause()),)),)))[0].blocks
    assert "".join(texts(first)).endswith("like. ")


def test_styles_survive_the_cut() -> None:
    spans = (Span(clause(1, 4_000), Style.STRUCK), Span(clause(2, 4_000), Style.INSERTED))
    styles = [
        one.get("style")
        for block in draw(Message("x", (Quote(spans),)))[0].blocks
        for one in block["elements"][0]["elements"]
    ]
    assert {"strike": True} in styles
    assert {"bold": True} in styles
    assert styles.count(None) == 1  # what keeps struck and inserted words apart


def test_a_picture_that_was_not_uploaded_is_said_in_words() -> None:
    picture = Picture(b"png", "Two clauses came, one left", "redline.png")
    (without,), (with_it,) = draw(Message("x", (picture,))), draw(Message("x", (picture,)), {"redline.png": "F012"})
    assert "Two clauses came, one left" in texts(without.blocks)[0]
    assert with_it.blocks[0]["slack_file"] == {"id": "F012"}


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (Table(("Platform", "Health"), (("X", "good"), ("LinkedIn", "blind since Monday"))), "rich_text_preformatted"),
        (Table(("Platform", "What it says"), (("X", clause(1, 300)), ("LinkedIn", "nothing"))), "rich_text_section"),
    ],
)
def test_a_table_is_drawn_in_columns_when_they_fit_and_as_cards_when_not(table: Table, kind: str) -> None:
    (drawn,) = draw(Message("x", (table,)))
    assert drawn.blocks[0]["elements"][0]["type"] == kind


def test_only_a_role_that_the_channel_named_is_called() -> None:
    (drawn,) = draw(Message("x", (Text((Span("S0TEAM1", Style.ROLE), Span("<!here>", Style.ROLE))),)))
    assert slack_calls(drawn.blocks, drawn.text) == ["usergroup"]


def test_exposure_is_a_colour_before_the_heading() -> None:
    (drawn,) = draw(Message("x", (Heading("X changed its terms"),), "high"))
    assert drawn.blocks[0]["text"]["text"] == "🔴 X changed its terms"


def test_a_message_without_blocks_is_its_text() -> None:
    (drawn,) = draw(Message("Nothing is watched here yet & so on"))
    assert rich(drawn.blocks) == "Nothing is watched here yet & so on"
    assert drawn.text == "Nothing is watched here yet &amp; so on"


def test_words_of_another_direction_stay_in_reading_order_and_cannot_turn_ours_around() -> None:
    spans = (Span("לא "), Span("ישן", Style.STRUCK), Span("חדש\u202e", Style.INSERTED), Span("\u2069 סוף"))
    (drawn,) = draw(Message("x", (Quote(spans), Text((Span("Title: "), Span("כותרת"), Span(", seen today."))))))
    line = "".join(texts(drawn.blocks[0]))
    assert line == "\u2068לא ישן\u2009חדש\u202e סוף\u2069"
    assert "".join(texts(drawn.blocks[1])) == "Title: \u2068כותרת\u2069, seen today."
