"""Pictures are crisp, say the same in words, and are left out where they could not be read."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("PIL")

from PIL import Image

from bot.compose.comparison import Standing
from bot.compose.message import Picture, Quote, Span, Style
from bot.compose.passages import quotes
from bot.compose.timeline import Step
from bot.pictures.canvas import DARK, LIGHT, Palette, font, known, wide
from bot.pictures.matrix import matrix_picture
from bot.pictures.painting import open_painter
from bot.pictures.redline import lines, redline_picture
from bot.pictures.timeline import ticks, timeline_picture
from tests.bot.cast import NOW, REWORDED, news
from tests.bot.conftest import World

STEPS = [
    Step(NOW - timedelta(days=400), "Privacy Policy", "first seen"),
    Step(NOW, "Privacy Policy", "AI", "high", "c1"),
]
ROWS = [
    Standing("Tern", "Terms", "We train.", "does", "high", "“opt out”", NOW),
    Standing("Kite", "Terms", "We do not.", "does_not", "low"),
]


def opened(picture: Picture | None) -> Image.Image:
    assert picture
    return Image.open(BytesIO(picture.png))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_kind_is_drawn_in_both_themes_at_twice_the_points(palette: Palette) -> None:
    for picture in (
        redline_picture("Tern", quotes(REWORDED), palette),
        timeline_picture("Tern", STEPS, NOW, palette),
        matrix_picture("AI training", ROWS, palette),
    ):
        image = opened(picture)
        assert image.size[0] == 1520
        assert image.getpixel((2, 2)) == tuple(bytes.fromhex(palette.paper[1:]))
        assert len(image.getcolors(100_000) or ()) > 8


def test_the_words_beside_a_picture_say_the_same() -> None:
    redline, timeline = redline_picture("Tern", quotes(REWORDED)), timeline_picture("Tern", STEPS, NOW)
    matrix = matrix_picture("AI training", ROWS)
    assert redline
    assert "for [struck out: 30][put in: 90] days." in redline.alt
    assert timeline
    assert timeline.alt == "Timeline of Tern until 23 Nov 2026. Privacy Policy: 1 change, the last on 23 Nov 2026."
    assert matrix
    assert "Tern does it, choice offered, exposure high; Kite says it does not" in matrix.alt


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours. Source: WCAG 2.2, relative luminance and contrast ratio."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in bytes.fromhex(colour[1:])]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_text_colour_stands_out_from_its_ground(palette: Palette) -> None:
    pairs = [(palette.ink, palette.paper), (palette.faint, palette.paper)]
    pairs += [(palette.struck, palette.struck_ground), (palette.inserted, palette.inserted_ground)]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_what_cannot_be_drawn_or_says_nothing_is_left_out() -> None:
    assert redline_picture("Tern \U0010ffff", quotes(REWORDED)) is None
    assert timeline_picture("Tern", STEPS[:1], NOW) is None
    assert matrix_picture("AI training", ROWS[:1]) is None
    long = Quote((Span("We may use it. " * 2000, Style.INSERTED),), "Added")
    assert redline_picture("Tern", [long]) is None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from(list(Style)))
def test_lines_hold_every_word_and_fit_the_room(text: str, style: Style) -> None:
    drawn = list(lines((Span("Before "), Span(text, style)), 300))
    kept = "".join(run.text for line in drawn for run in line)
    assert "".join(kept.split()) == "".join(f"Before {text}".split())
    assert all(line[-1].x + wide(line[-1].text.rstrip(), 15) <= 302 for line in drawn if len(line) > 1)


@pytest.mark.parametrize(("days", "most"), [(20, 8), (200, 8), (3000, 8), (9000, 8)])
def test_the_axis_has_a_readable_number_of_dates(days: int, most: int) -> None:
    first = datetime(2000, 6, 15, tzinfo=UTC)
    found = ticks(first, first + timedelta(days=days))
    assert len(found) <= most
    assert all(first <= when <= first + timedelta(days=days) for when, _ in found)


def test_letters_are_found_on_any_system() -> None:
    assert font(12).getlength("clause") > 0
    assert known("a")


def test_nobody_paints_when_nobody_wants_pictures() -> None:
    assert open_painter("off") is None
    painter = open_painter("dark")
    assert painter
    assert len(painter.redline(news())) == 1


async def test_commands_bring_their_pictures(world: World) -> None:
    await world.change()
    world.painter = open_painter()
    for line in ("redline tern", "timeline tern"):
        reply = await world.ask(line)
        assert [block for block in reply.message.blocks if isinstance(block, Picture)]
