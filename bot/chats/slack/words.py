"""Slack's two ways to write words: rich text, where words are values, and mrkdwn, where they are markup.

Verbatim words go into rich text, which Slack never parses: no mention, link or format can come out of them.
Mrkdwn is left for small print and fields; there `&`, `<`, `>` are escaped and format marks get a look-alike.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.chats.foreign import clean, fenced, fenced_lines, safe_link
from bot.chats.verbs import VERBS
from bot.compose.message import Span, Style

Json = dict[str, Any]

STYLES: dict[Style, Json] = {
    Style.BOLD: {"bold": True},
    Style.INSERTED: {"bold": True},
    Style.ITALIC: {"italic": True},
    Style.STRUCK: {"strike": True},
    Style.CODE: {"code": True},
}
MARKS = {Style.BOLD: "*", Style.INSERTED: "*", Style.ITALIC: "_", Style.STRUCK: "~", Style.CODE: "`"}
LOOKALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
EMOJI_CODE = re.compile(r":(?=[\w+'-]+:)")
QUOTE_MARK = re.compile(r"^([^\S\n]*+)>", re.MULTILINE)
BUILT_IN = frozenset(
    "me status away active dnd shrug remind msg dm feed who collapse expand leave join open search topic mute pro"
    " shortcuts invite archive rename remove kick call apps prefs star".split()
)
"""Commands of Slack's own, which no app can have; ours of such a name are typed under `/clausewatch`.
Source: Slack's help, "Use built-in slash commands"; one of them in a manifest and the whole is refused."""
ELSEWHERE = BUILT_IN & {verb.name for verb in VERBS}
"""Those of ours; the others stay what they are: “/invite @Clausewatch” is Slack's own command and the only remedy."""

COMMAND = re.compile(r"(?<![\w/.])/([a-z]+)(?![\w/])")
PERSON = re.compile(r"[UW][A-Z0-9]{2,24}")
CHANNEL = re.compile(r"[CG][A-Z0-9]{2,24}")
ROLE = re.compile(r"S[A-Z0-9]{2,24}")


def as_typed_here(text: str) -> str:
    """Write our commands as they are typed in Slack ("/mute x" is "/clausewatch mute x" there)."""
    return COMMAND.sub(lambda found: f"/clausewatch {found[1]}" if found[1] in ELSEWHERE else found[0], text)


def escape(text: str) -> str:
    """Escape the three characters that Slack's markup is made of. Source: Slack, "Formatting text"."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plainly(text: str) -> str:
    """Return words for mrkdwn that cannot become a format, an emoji, a quote, a link or a mention."""
    flat = QUOTE_MARK.sub(r"\1›", clean(text)).translate(LOOKALIKES)
    return escape(fenced(EMOJI_CODE.sub("∶", flat)))


def element(span: Span) -> Json:
    """Draw a span as an element of rich text; its words are fenced already."""
    if span.style is Style.PERSON and PERSON.fullmatch(span.text):
        return {"type": "user", "user_id": span.text}
    if span.style is Style.CHANNEL and CHANNEL.fullmatch(span.text):
        return {"type": "channel", "channel_id": span.text}
    if span.style is Style.ROLE and ROLE.fullmatch(span.text):
        return {"type": "usergroup", "usergroup_id": span.text}
    style = STYLES.get(span.style)
    drawn: Json = {"type": "text", "text": span.text}
    if link := safe_link(span.link):
        drawn = {"type": "link", "url": link, "text": drawn["text"]}
    return drawn | ({"style": dict(style)} if style else {})


def elements(spans: tuple[Span, ...], *, verbatim: bool = False) -> list[Json]:
    """Draw spans as elements of rich text; empty ones are refused by Slack and left out.

    Words among ours are fenced one by one, verbatim words line by line.
    """
    cleaned = tuple(Span(clean(span.text), span.style, span.link) for span in spans if span.text)
    safe = fenced_lines(cleaned) if verbatim else tuple(replace(span, text=fenced(span.text)) for span in cleaned)
    return [element(span) for span in safe] or [{"type": "text", "text": " "}]


def mrkdwn(spans: tuple[Span, ...]) -> str:
    """Draw spans in Slack's markup."""
    return "".join(_marked(span) for span in spans)


def _marked(span: Span) -> str:
    if span.style is Style.PERSON and PERSON.fullmatch(span.text):
        return f"<@{span.text}>"
    words = plainly(span.text)
    if link := safe_link(span.link):
        return f"<{escape(link)}|{words.strip() or link}>"
    mark = MARKS.get(span.style, "")
    core = words.strip()
    if not mark or not core or "\n" in core:
        return words
    return words.replace(core, f"{mark}{core}{mark}", 1)


def heard(text: str) -> str:
    """Undo what Slack does to typed words: its escapes, and the addresses and names it wraps in angle brackets."""
    bare = re.sub(r"<(?:[@#!][^<>|]*+\|?)?([^<>|]*+)(?:\|[^<>]*+)?>", r"\1", text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("\u00a0", " ").strip()
