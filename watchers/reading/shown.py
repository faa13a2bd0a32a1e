"""What a browser shows that is not written as words: the numbers of items, the signs in cells, what flows in a line.

It holds rules about single elements; the order in which they are asked is `walk`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

#: What parts paragraphs in preformatted text, and what starts an item there.
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM_LINE = re.compile(r"\s*(?:[-*•]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)])\s+\S")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?:[a-z]+\s+)*?(lower|upper)-(alpha|latin|roman)", re.I)
_TYPES = {("lower", "alpha"): "a", ("upper", "alpha"): "A", ("lower", "roman"): "i", ("upper", "roman"): "I"}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
#: The largest number a mark of the canonical text can hold, and the largest shown as a Roman one.
_LARGEST, _LARGEST_ROMAN = 999, 18
_WHOLE = re.compile(r"-?\d{1,4}")
#: Names of icons that stand for a word, as the sign a browser draws: a tick, and a cross.
_TICK = re.compile(r"(?:^|[-_\s])(?:check(?:mark)?|tick|yes)(?:[-_\s]|$)", re.I)
_CROSS = re.compile(r"(?:^|[-_\s])(?:cross|x-?mark|times|close|no)(?:[-_\s]|$)", re.I)
_ICONS = "i, span, svg, use, div"
#: Where words run on, whatever element stands among them.
_PROSE = frozenset("p span a b i em strong dt h1 h2 h3 h4 h5 h6 small u sup sub label q cite".split())


@dataclass(slots=True)
class Numbering:
    """How the items of one list are marked: the next number, the step to the one after, and the style.

    A step of 0 means that the items have no numbers.
    """

    number: int = 0
    step: int = 0
    style: str = "1"

    @classmethod
    def of(cls, node: LexborNode) -> Numbering:
        """Return the numbering of a list element: by `start`, `reversed` and `type` where it is an `ol`."""
        if node.tag != "ol":
            return cls()
        said = node.attributes
        step = -1 if "reversed" in said else 1
        first = said.get("start") or ""
        if not _WHOLE.fullmatch(first):
            first = str(sum(child.tag == "li" for child in node.iter())) if step < 0 else "1"
        return cls(int(first), step, _style(said.get("type") or "", said.get("style") or ""))

    def next(self, item: LexborNode) -> str:
        """Return the mark of the next item, which may say its own `value`."""
        if not self.step:
            return "- "
        value = item.attributes.get("value") or ""
        number = int(value) if _WHOLE.fullmatch(value) else self.number
        self.number = number + self.step
        return f"{_written(number, self.style)}. "


def _style(declared: str, css: str) -> str:
    if declared in ("a", "A", "i", "I"):
        return declared
    found = _STYLE.search(css) if css else None
    return _TYPES.get((found[1].lower(), found[2].lower().replace("latin", "alpha")), "1") if found else "1"


def _written(number: int, style: str) -> str:
    """Write a number in a style; in figures where the style has no short form for it.

    >>> _written(3, "a"), _written(4, "i"), _written(30, "a")
    ('c', 'iv', '30')
    """
    written = ""
    if style in "aA" and 0 < number <= 26:
        written = chr(ord("a") + number - 1)
    elif style in "iI" and 0 < number <= _LARGEST_ROMAN:
        rest = number
        for value, letters in _ROMAN:
            written, rest = written + letters * (rest // value), rest % value
    written = written.upper() if style in "AI" else written
    return written or str(max(0, min(number, _LARGEST)))


def instead_of_words(cell: LexborNode) -> str:
    """Return what a cell without words says: the other words of its picture, or the sign of its icon or box."""
    for picture in cell.css("img[alt], [aria-label], svg title, input[type=checkbox], [title]"):
        said = picture.attributes
        words = said.get("alt") or said.get("aria-label") or said.get("title") or ""
        if picture.tag == "title":
            words = picture.text_lexbor()
        elif picture.tag == "input":
            words = words or ("☑" if "checked" in said else "☐")
        if words.strip():
            return words
    return _icon(cell)


def _icon(cell: LexborNode) -> str:
    for node in cell.css(_ICONS)[:5]:
        name = f"{node.attributes.get('class') or ''} {(node.attributes.get('href') or '').lstrip('#')}"
        if _TICK.search(name):
            return "✓"
        if _CROSS.search(name):
            return "✗"
    return ""


def preformatted(raw: str) -> Iterator[tuple[bool, str]]:
    """Yield the lines of preformatted words, each with whether it starts a block.

    Empty lines part paragraphs, and a list mark starts an item.
    """
    for number, paragraph in enumerate(_EMPTY_LINE.split(raw)):
        for at, line in enumerate(paragraph.splitlines(keepends=True)):
            yield (number > 0) if at == 0 else _ITEM_LINE.match(line) is not None, line


def flows(node: LexborNode) -> bool:
    """Tell whether a custom element flows in its line, as browsers let it: it stands among words.

    One that stands beside elements only is left to part what comes from what came: most are boxes.
    """
    parent = node.parent
    if parent is not None and parent.tag in _PROSE:
        return True
    return any(_is_word(beside) for beside in (node.prev, node.next))


def _is_word(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "-text" and bool((node.text_content or "").strip())
