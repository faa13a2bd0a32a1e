"""Whether pictures are painted: only where the extra `pictures` is installed and somebody wants them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.compose.comparison import Standing
from bot.compose.message import Picture
from bot.compose.news import News
from bot.compose.timeline import Step


class Painter(Protocol):
    """What paints pictures; each method returns none where there is nothing to see. Slow: call it in a thread."""

    def redline(self, news: News) -> tuple[Picture, ...]:
        """Paint the weightiest passage of a change."""

    def timeline(self, title: str, steps: Sequence[Step], now: datetime) -> tuple[Picture, ...]:
        """Paint a history."""

    def comparison(self, provision: str, rows: Sequence[Standing]) -> tuple[Picture, ...]:
        """Paint a comparison."""


def open_painter(theme: str = "light") -> Painter | None:
    """Return a painter of a theme ("light", "dark"), or None for any other word and without Pillow."""
    try:
        from bot.pictures.painter import PALETTES, PillowPainter
    except ImportError:
        return None
    palette = PALETTES.get(theme)
    return PillowPainter(palette) if palette else None
