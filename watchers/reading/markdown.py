"""From Markdown to blocks of clean words: histories come as `.md`, and their marks are not words.

Not a full Markdown engine: it takes off what writers of policies' Markdown put on, and keeps all else as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchers.reading.blocks import JOINT, Block
from watchers.reading.line import Line
from watchers.reading.links import clean

_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,4})[.)])\s+(?=\S)")
_ATX = re.compile(r"\s{0,3}(#{1,6})(?:\s+|$)")
_SETEXT = re.compile(r"\s{0,3}(?:(=+)|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_COLUMNS = re.compile(r"\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?:(?::-*:?|-+:?)\s*)?$")
_FENCE = re.compile(r"\s*(?:```+|~~~+)[\w-]*\s*$")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_SPREAD_LINK = re.compile(r"\[[^\S\n]*\n\s*([^\s\[\]](?:[^\n\[\]]*[^\s\[\]])?)[^\S\n]*\n\s*\]\(")
_LEFT_OPEN = re.compile(r"\s*(?:!?\[|\]\([^()\s]*(?:\s+\"[^\"]*\")?\))\s*$")
_STRONG = re.compile(r"(?<![\\\w*_])[*_]{2,}(?=[^\s*_])|(?<=[^\s*_\\])[*_]{2,}(?![\w*_])")
_STRESS_OPENS = re.compile(r"(?<![\\\w*_])[*_](?=[^\s*_])")
_STRESS_SHUTS = re.compile(r"(?<=[^\s*_\\])[*_](?![\w*_])")
_CELL_ITEM = re.compile(r"(?<=[|\s])[*-]\s{2,}(?=\S)")
_TARGET = r"\(\s*+(?P<{0}><[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s++(?:\"(?:\\.|[^\"\\])*\"|'[^']*'))?\s*+\)"
_TEXT = r"\[(?P<{0}>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
_INLINE = re.compile(
    "!" + _TEXT.format("alt") + _TARGET.format("image") + "|" + _TEXT.format("text") + _TARGET.format("address")
    + r"|\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<code>`+)|<(?P<auto>(?:https?://|mailto:)[^<>\s]+)>|(?P<br><br\s*/?>)"
)  # fmt: skip
_SPECIAL = re.compile(r"[\[\\`<]")


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a Markdown text."""
    text = _SPREAD_LINK.sub(r"[\1](", text.replace("\r\n", "\n"))
    reader = _Lines()
    for line in text.split("\n"):
        reader.take(line)
    reader.end()
    return reader.blocks


class _Lines:
    """Puts lines together to blocks: soft-wrapped ones belong together, hard breaks and marks part them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._mark = ""
        self._words: list[str] = []
        self._indents: list[int] = []

    def take(self, line: str) -> None:
        """Take the next line."""
        if line.isspace() or not line or _LEFT_OPEN.match(line):
            self.end()
        elif self._words and not self._mark and (under := _SETEXT.match(line)):
            self._mark = "# " if under[1] else "## "
            self.end()
        elif line == JOINT or _FENCE.match(line) or _RULE.match(line) or _COLUMNS.match(line):
            self._divide(line)
        else:
            self._gather(line)

    def end(self) -> None:
        """End the block under way."""
        mark, source = self._mark, " ".join(self._words)
        self._mark, self._words = "", []
        block = _block(mark, source) if source else None
        if block is not None:
            self.blocks.append(block)

    def _divide(self, line: str) -> None:
        self.end()
        if line == JOINT:
            self.blocks.append(Block("", JOINT))

    def _gather(self, line: str) -> None:
        """Start a marked block, or go on with the one under way."""
        quoted = _QUOTE.match(line)
        body = line[quoted.end() :] if quoted else line
        if not body.strip():
            self.end()
        elif heading := _ATX.match(body):
            self._start(heading[1] + " ", body[heading.end() :].rstrip("# "))
            self.end()
        elif item := _ITEM.match(body):
            self._start(self._item_mark(item), body[item.end() :])
        elif body.lstrip().startswith("| ") and body.rstrip().endswith("|"):
            self._start("| ", _CELL_ITEM.sub("", body.strip()[1:]))
            self.end()
            return
        else:
            self._words.append(body.strip())
            if not body[:1].isspace():
                self._indents.clear()
        if line.endswith(("  ", "\\")):
            self._words = [*self._words[:-1], self._words[-1].rstrip("\\ ")] if self._words else []
            self.end()

    def _start(self, mark: str, words: str) -> None:
        self.end()
        self._mark, self._words = mark, [words.strip()]

    def _item_mark(self, item: re.Match[str]) -> str:
        """Return the canonical mark of a list item: two spaces a level."""
        indent = len(item[1].expandtabs(4))
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        depth = len(self._indents) - 1
        return "  " * min(depth, 5) + (f"{item[3]}. " if item[3] else "- ")


@lru_cache(maxsize=2048)  # of two versions that follow each other nearly all blocks are the same
def _block(mark: str, source: str) -> Block | None:
    line = Line()
    _say(line, source)
    words, links = line.take()
    if mark == "| " and not words.strip(" |"):
        return None
    return Block(mark, words, links) if words else None


def _say(line: Line, source: str) -> None:
    """Say the words of a line of Markdown, without its inline marks."""
    source = _unstressed(source)
    if not _SPECIAL.search(source):
        line.say(source)
        return
    at = 0
    for found in _INLINE.finditer(source):
        line.say(source[at : found.start()])
        _say_marked(line, found)
        at = found.end()
    line.say(source[at:])


def _say_marked(line: Line, found: re.Match[str]) -> None:
    if found["address"] is not None:
        line.open_link(clean(found["address"].strip("<>")))
        _say(line, found["text"])
        line.shut_link()
    elif found["auto"]:
        line.open_link(clean(found["auto"]))
        line.say(found["auto"])
        line.shut_link()
    elif found["escaped"]:
        line.say(found["escaped"])
    elif found["br"]:
        line.space()


def _unstressed(source: str) -> str:
    """Take off `**`, `__`, and `*` and `_` where they open and shut as often, so that a lone asterisk stays."""
    if "*" not in source and "_" not in source:
        return source
    source = _STRONG.sub("", source)
    if len(_STRESS_OPENS.findall(source)) != len(_STRESS_SHUTS.findall(source)):
        return source
    return _STRESS_SHUTS.sub("", _STRESS_OPENS.sub("", source))
