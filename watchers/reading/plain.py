"""Plain text to blocks: wrapped lines belong together, empty lines part them."""

from __future__ import annotations

import re

from watchers.reading.blocks import Block, visible

_ITEM = re.compile(r"\s*(?:[-*•]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)])\s+\S")
_RULE = re.compile(r"\s*([-=_*#~])\1{2,}\s*$")


def read_plain(text: str) -> list[Block]:
    """Return the paragraphs and items of a plain text."""
    blocks: list[Block] = []
    words: list[str] = []
    for line in [*visible(text).splitlines(), ""]:
        if words and (not line.strip() or _RULE.match(line) or _ITEM.match(line)):
            blocks.append(Block("", " ".join(words)))
            words = []
        if line.strip() and not _RULE.match(line):
            words.append(" ".join(line.split()))
    return blocks
