"""How a passage is quoted: verbatim, whole where it fits, and honest where it does not."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose.message import Style
from bot.compose.passages import WORD, Piece, quotes, spans_of
from tests.bot.cast import REWORDED
from tests.bot.reading import marked
from watchers.model import Edit, Passage, PassageKind

FILLER = "This sentence stays as it was and fills the room. " * 40
LEFT_OUT = re.compile(r" \[…([\d,]+) more words?, see the redline…\] ")


def test_a_long_clause_shows_its_changed_sentence_and_counts_the_rest() -> None:
    before, after = f"{FILLER}We keep it for 30 days. {FILLER}", f"{FILLER}We keep it for 90 days. {FILLER}"
    at = len(FILLER) + 15
    passage = Passage(PassageKind.REWORDED, before, after, 0, 0, (), (Edit(at, at + 2, at, at + 2),))
    (quote,) = quotes(passage)
    assert marked(quote.spans) == (
        "[…400 more words, see the redline…] We keep it for [-30-]{+90+} days. […400 more words, see the redline…] "
    )


def test_a_rewritten_passage_shows_before_and_after_apart() -> None:
    passage = replace(REWORDED, before="All is ours.", after="Nothing here is.", edits=(Edit(0, 12, 0, 16),))
    assert [quote.label.split(" · ")[-1] for quote in quotes(passage)] == ["before", "after"] or len(
        quotes(passage)
    ) == 2


def test_list_and_heading_marks_are_not_shown() -> None:
    passage = Passage(PassageKind.ADDED, "", "- You must be 16.", -1, 0, ("## Who may join",))
    assert marked(quotes(passage)[0].spans) == "{+You must be 16.+}"
    assert quotes(passage)[0].label == "Added · Who may join"


def test_a_moved_passage_is_shown_as_it_is() -> None:
    passage = Passage(PassageKind.MOVED, "You may leave.", "You may leave.", 0, 40)
    assert marked(quotes(passage)[0].spans) == "You may leave."


@pytest.mark.parametrize("room", [120, 500, 0])
@given(
    text=st.text(alphabet="ab. \n-漢א", max_size=1500).filter(lambda text: text.strip() != ""),
    cuts=st.lists(st.integers(0, 1500), max_size=8),
)
def test_what_is_shown_is_verbatim_and_what_is_not_is_counted(room: int, text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    styles = (Style.PLAIN, Style.STRUCK, Style.INSERTED)
    pieces = [Piece(text[a:b], styles[number % 3]) for number, (a, b) in enumerate(pairwise(places))]
    spans = spans_of(pieces, room)
    at, counted = 0, 0
    for span in spans:
        if left_out := LEFT_OUT.fullmatch(span.text):
            counted += int(left_out[1].replace(",", ""))
            continue
        found = text.find(span.text, at)
        assert found >= 0
        at = found + len(span.text)
    shown = sum(len(WORD.findall(span.text)) for span in spans if not LEFT_OUT.fullmatch(span.text))
    assert shown + counted >= len(WORD.findall(text.lstrip("-+*># \n"))) - 1
