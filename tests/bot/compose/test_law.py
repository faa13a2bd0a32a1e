"""In a chat the law of a region is named line by line, and without a region it is only counted."""

from bot.compose.law import MOST_HOOKS, law_blocks
from bot.compose.message import Block, Note, Text
from watchers.provisions.law import Landscape, landscape


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(span.text for block in blocks if isinstance(block, Note | Text) for span in block.spans)


def test_without_a_region_the_lines_are_counted_and_the_way_to_them_named() -> None:
    said = words(law_blocks(landscape("ai_training"), (), "Not advice.", "/provision x ai-training"))
    assert f"{len(landscape('ai_training').hooks)} lines of law" in said
    assert "/provision x ai-training eu" in said


def test_with_a_region_its_laws_are_named_with_how_they_were_confirmed() -> None:
    said = words(law_blocks(landscape("ai_training"), ("uk",), "Not advice.", ""))
    assert "in the United Kingdom" in said
    assert "General Data Protection Regulation (EU)" not in said
    assert "wording compared" in said or "from knowledge" in said
    assert said.endswith("Not advice.")


def test_what_has_no_room_is_counted() -> None:
    said = words(law_blocks(landscape("ai_training"), ("eu", "us"), "", ""))
    assert said.count("•") == MOST_HOOKS + 1
    assert "more on the card's page" in said


def test_a_region_without_a_line_names_those_that_have_one() -> None:
    said = words(law_blocks(landscape("class_waiver"), ("brazil",), "", ""))
    assert said.startswith("No line of law of Brazil")
    assert "There are lines for" in said


def test_what_no_law_is_compiled_for_says_nothing() -> None:
    assert law_blocks(Landscape(), ("eu",), "", "") == ()
