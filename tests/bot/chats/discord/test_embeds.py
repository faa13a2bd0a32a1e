"""What Discord is given to draw stays within its limits, says every clause or counts it, and calls nobody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chats.discord.embeds import Drawn, custom_id, draw
from bot.chats.discord.words import fixed, marked, plainly
from bot.chats.foreign import clean
from bot.compose.message import Button, Buttons, Facts, Heading, Message, Note, Quote, Span, Style, Table, Text
from tests.bot.chats.limits import Json, check_discord
from tests.bot.chats.words import HOSTILE, MESSAGES, WORDS, clause

ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
LINKED = re.compile(r"(?<!\\)((?:\\\\)*)\]\(http[^)]*\)")  # a bracket behind an even number of backslashes
LIVE = re.compile(r"[*_~`|<\[\]@:]")
LIVE_START = re.compile(r"^[\s\u2066-\u2069]*(?:[-+#>]|\d+[.)])", re.MULTILINE)
FENCES = re.compile("[\u2066-\u2069]")


def shown(markdown: str) -> str:
    """Read Markdown that is all escapes, as Discord would show it."""
    return FENCES.sub("", ESCAPED.sub(r"\1", markdown))


def said(parts: tuple[Drawn, ...]) -> str:
    return "\n".join(embed.get("description", "") for part in parts for embed in part.embeds)


def check(parts: tuple[Drawn, ...]) -> None:
    for part in parts:
        drawn = [drawn_button(button) for button in part.buttons]
        rows = [{"components": drawn[start : start + 5]} for start in range(0, len(drawn), 5)]
        check_discord(part.content, part.embeds, rows)


def drawn_button(button: Button) -> Json:
    named = {"url": button.link} if button.link else {"custom_id": custom_id(button)}
    return {"label": button.label} | named


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_escaped_words_are_shown_as_they_are_and_nothing_in_them_is_live(words: str) -> None:
    drawn = plainly(words)
    assert shown(drawn) == FENCES.sub("", clean(words))
    without = ESCAPED.sub("", drawn)
    assert not LIVE.search(without)
    assert not LIVE_START.search(drawn)


@given(WORDS)
@settings(max_examples=50, deadline=None)
def test_a_code_block_cannot_be_left(words: str) -> None:
    inside = fixed(words).removeprefix("```\n").removesuffix("\n```")
    assert "``" not in inside


@given(MESSAGES)
@settings(max_examples=60, deadline=None)
def test_any_message_stays_within_every_limit(message: Message) -> None:
    check(draw(message))


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_every_word_of_a_quote_is_shown_or_counted(message: Message) -> None:
    parts = draw(message)
    if "Not shown here" in said(parts):
        return
    words = bare(said(parts))
    for block in message.blocks:
        if isinstance(block, Quote):
            assert bare(marked(tuple(Span(span.text) for span in block.spans))) in words


def bare(text: str) -> str:
    """Take everything away but letters and figures."""
    return re.sub(r"[\W_]+", "", LINKED.sub(r"\1", text))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_wherever_they_stand(words: str) -> None:
    message = Message(
        words, (Heading(words), Quote((Span(words),), words), Note((Span(words),)), Facts(((words, words),)))
    )
    parts = draw(message)
    check(parts)
    assert parts[0].roles == ()
    text = said(parts) + parts[0].content
    assert not re.search(r"(?<!\\)<[@#/:t]|(?<!\\)@(?:everyone|here)|(?<!\\)\]\(|(?<!\\):/", text)


def test_a_clause_of_twenty_thousand_letters_is_shown_whole_or_its_rest_is_counted() -> None:
    parts = draw(Message("long", (Quote((Span(clause()),), "Added"), Buttons((Button("Ack", "ack", "1"),)))))
    check(parts)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "Not shown here" in said(parts) or bare(clause()) in bare(said(parts))
    assert len(bare(said(parts))) > 12_000


def test_clauses_are_left_out_whole_and_counted() -> None:
    parts = draw(Message("many", tuple(Quote((Span(clause(number, 4_000)),), f"C{number}") for number in range(1, 9))))
    check(parts)
    text = bare(said(parts))
    whole = [number for number in range(1, 9) if bare(clause(number, 4_000)) in text]
    begun = [number for number in range(1, 9) if f"ofclause{number}we" in text]
    assert whole == begun
    assert f"{8 - len(whole)} more passages" in said(parts)


def test_a_role_is_called_above_the_embed_and_nobody_else() -> None:
    message = Message(
        "X changed", (Text((Span("123456789012345678", Style.ROLE),)), Heading("X changed"), Note((Span("y"),)))
    )
    (part,) = draw(message)
    assert part.roles == (123456789012345678,)
    assert part.content == "<@&123456789012345678> **X changed**"


@pytest.mark.parametrize(
    ("spans", "drawn"),
    [
        ((Span("kept "), Span("old", Style.STRUCK), Span("new", Style.INSERTED)), "kept ~~old~~**new**"),
        ((Span(" spaced ", Style.BOLD), Span("words")), " **spaced** words"),
        ((Span("a", Style.BOLD), Span("b", Style.INSERTED)), "**ab**"),
        ((Span("one\ntwo", Style.STRUCK),), "~~one~~\n~~two~~"),
        ((Span("Redline", link="https://x.example/a_(b)"),), "[Redline](https://x.example/a_%28b%29)"),
        ((Span("no link", link="javascript:alert(1)"),), "no link"),
        ((Span("12345678901", Style.PERSON), Span("<@1>", Style.PERSON)), "<@12345678901>\\<\\@1>"),
        ((Span("a`b", Style.CODE), Span("cd", Style.CODE)), "a\\`b`cd`"),
    ],
)
def test_spans_become_markdown(spans: tuple[Span, ...], drawn: str) -> None:
    assert marked(spans) == drawn


def test_a_wide_table_becomes_cards() -> None:
    table = Table(("Platform", "Says"), (("X", clause(1, 200)),))
    assert said(draw(Message("x", (table,)))).startswith("**X**\n*Says\\:* Sentence")


def test_the_same_button_twice_is_shown_once() -> None:
    row = Buttons((Button("Ack", "ack", "1"), Button("Ack", "ack", "1"), Button("Page", link="https://x.example")))
    assert [button.label for button in draw(Message("x", (row,)))[0].buttons] == ["Ack", "Page"]


@given(st.text(max_size=200))
def test_what_comes_back_from_a_button_fits(value: str) -> None:
    assert len(custom_id(Button("x", "redline", value)).encode("utf-16-le")) // 2 <= 100
