"""The terminal of every command: what pages say is cleaned on its way there, so that it cannot speak to the terminal.

Styles are ours and pass; control characters of the words do not. No command makes a console of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from bot.chats.foreign import clean


def terminal(**given: Any) -> Console:
    """Return a console as rich has it, that shows no control character of any words."""
    console = Console(**given)
    console.push_render_hook(_Cleaning())
    return console


class _Cleaning(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Cleaned(one) for one in renderables]


class _Cleaned:
    """Something to be shown, with its words cleaned once it is laid out."""

    def __init__(self, shown: ConsoleRenderable) -> None:
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _cleaned(console.render(self._shown, options))


def _cleaned(segments: Iterable[Segment]) -> Iterable[Segment]:
    for segment in segments:
        yield segment if segment.control else Segment(clean(segment.text), segment.style)
