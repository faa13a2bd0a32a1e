"""Words in Discord's Markdown: everything that could be markup is escaped, then our own marks are added.

Discord shows an escaped sign as the bare sign, so verbatim words stay verbatim.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.chats.foreign import clean, fenced, fenced_lines, safe_link
from bot.compose.message import Span, Style

SIGNS = re.compile(r"[\\*_~`|<\[\]@:]")
LINE_SIGNS = re.compile(r"^((?:[^\S\n]|[\u2066-\u2069])*+)([-+#>]|\d+(?=[.)]))", re.MULTILINE)
TICKS = re.compile(r"`(?=`)")
MARKS = {Style.BOLD: "**", Style.INSERTED: "**", Style.ITALIC: "*", Style.STRUCK: "~~"}
ID = re.compile(r"[0-9]{5,20}")
BETWEEN = "\u200b"  # keeps a closing mark and an opening one apart


def plainly(text: str) -> str:
    """Return words that show as they are: no format, list, heading, link, emoji, time or mention.

    Without `://` and `mailto:` nothing turns into a link either: a page's addresses are words here.
    """
    return _escaped(fenced(clean(text)))


def _escaped(text: str) -> str:
    return LINE_SIGNS.sub(_line_sign, SIGNS.sub(r"\\\g<0>", text))


def _line_sign(found: re.Match[str]) -> str:
    lead, sign = found.groups()
    return f"{lead}{sign}\\" if sign[0].isdigit() else f"{lead}\\{sign}"


def fixed(text: str) -> str:
    """Return a code block; inside one nothing can be escaped, so two ticks in a row are kept apart."""
    return f"```\n{TICKS.sub('`' + BETWEEN, clean(text)).strip()}\n```"


def marked(spans: tuple[Span, ...], *, verbatim: bool = False) -> str:
    """Draw spans as Markdown. Words among ours are fenced one by one, verbatim words line by line."""
    drawn = ""
    joined = tuple(replace(span, text=clean(span.text)) for span in _joined(spans))
    safe = fenced_lines(joined) if verbatim else tuple(replace(span, text=fenced(span.text)) for span in joined)
    for span in safe:
        words = _drawn(span)
        drawn += (BETWEEN if drawn.endswith("*") and words.startswith("*") else "") + words
    return drawn


def _joined(spans: tuple[Span, ...]) -> list[Span]:
    """Join neighbours that carry the same marks, since closing and opening marks in a row do not read."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and span.style in MARKS and not (last.link or span.link) and _mark(last) == _mark(span):
            joined[-1] = Span(last.text + span.text, last.style)
        elif span.text:
            joined.append(span)
    return joined


def _mark(span: Span) -> str:
    return MARKS.get(span.style, "")


def _drawn(span: Span) -> str:
    if span.style is Style.PERSON and ID.fullmatch(span.text):
        return f"<@{span.text}>"
    if span.style is Style.CHANNEL and ID.fullmatch(span.text):
        return f"<#{span.text}>"
    if span.style is Style.ROLE and ID.fullmatch(span.text):
        return f"<@&{span.text}>"
    if span.style is Style.CODE and "`" not in span.text and "\n" not in span.text and span.text.strip():
        return f"`{span.text}`"
    if (link := safe_link(span.link)) and span.text.strip():
        return f"[{_escaped(' '.join(span.text.split()))}]({link})"
    return "\n".join(_line(line, _mark(span)) for line in span.text.split("\n"))


def _line(line: str, mark: str) -> str:
    """Set a line between marks; spaces at its ends stay outside, where the marks would not read."""
    core = line.strip()
    if not core or not mark:
        return _escaped(line)
    start = line.index(core)
    return f"{line[:start]}{mark}{_escaped(core)}{mark}{line[start + len(core) :]}"


def quoted(markdown: str) -> str:
    """Set every line behind a quote mark."""
    return "\n".join(f"> {line}" for line in markdown.split("\n"))
