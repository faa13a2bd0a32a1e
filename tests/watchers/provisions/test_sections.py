"""A text cut into sections has the blocks it has as a whole, each under the same headings."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.provisions.layout import lay_out, plain
from watchers.provisions.sections import sections

LINES = (
    "# Terms",
    "  ## Your Data",
    "###\tWhat WE share",
    "####### seven marks are no heading",
    "# ",
    "## #1 of our rules  ",
    "We share the following:",
    "- your Location",
    "| Data | Purpose |",
    "Plain words\x0b# after a break of another kind",
    "İstanbul",
    "",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=10).map("\n".join))
def test_the_sections_of_a_text_have_its_blocks(text: str) -> None:
    cut = sections(text)
    blocks = [
        replace(block, start=block.start + section.start, end=block.end + section.start)
        for section in cut
        for block in section.laid()[1]
    ]
    assert "".join(section.text for section in cut) == text
    assert blocks == list(lay_out(text, plain(text)))
