"""What of a page is no part of the document though it stands inside: widgets, counters, tickers, prompts.

A rule names one kind of noise and takes whole blocks only; digits inside a policy's sentences are never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from watchers.reading.blocks import JOINT, Block


class Rule(NamedTuple):
    """One kind of noise: a block whose words match wholly is dropped; a heading only by rules meant for them."""

    name: str
    pattern: str


RULES = (
    Rule("votes", r"\d[\d,.]{,11} (out )?of \d[\d,.]{,11} (people |users |customers )?(found|find) (this|it)\b.{0,60}"),
    Rule(
        "feedback question",
        r"(was|is|did|were) (this|these|the|it)\b[^.?!]{0,60}"
        r"(helpful|useful|answer(ed)?( your questions?)?|help( you)?|what you (were|are) looking for) ?\?.{0,120}",
    ),
    Rule(
        "feedback prompt",
        r"(how (can|could|would) (we|you) (improve|rate)|rate this|tell us (how|what)|(give|send) (us )?feedback"
        r"|thank(s| you) for your feedback)\b.{0,80}",
    ),
    Rule("feedback answer", r"(yes|no|👍|👎|😞|😐|😃|helpful|not helpful|submit|cancel|send|skip)[.!]?"),
    Rule("last visited", r"(you )?last visit(ed)?\b.{0,60}|recently viewed( articles)?"),
    Rule(
        "relative age",
        r"((last )?(updated|modified|edited|published|posted|reviewed|written by .{2,40})[:,]? ?)?"
        r"((over|about|more than|almost) )?(an?|one|\d+) (second|minute|hour|day|week|month|year)s? ago\.?",
    ),
    Rule(
        "relative age", r"((last )?updated )?(yesterday|today|this week|last week|last month|just now|moments ago)\.?"
    ),
    Rule(
        "relative age",
        r"(last )?(updated|modified|edited|published|posted|reviewed):? ((with)?in|during) the (last|past) "
        r"((\d+|few|couple of) )?(second|minute|hour|day|week|month|year)s?\.?"
        r"|((last )?updated )?(less than|under|over|about) (an?|one|\d+) (second|minute|hour)s? ago\.?",
    ),
    Rule("reading time", r"(\d+|an?|one)[ -]?min(ute)?s?\.? (read|to read)|reading time:? .{0,20}"),
    Rule(
        "skip link",
        r"(skip|jump|go) to (the )?(main |primary )?(content|navigation|footer|search|menu|page)",
    ),
    Rule("sharing", r"share( this)?( (page|article|on .{2,20}))?|copy (link|url|page)|copied!?|e-?mail this page"),
    Rule("page tools", r"print( this)?( page)?|download( as)?( pdf)?|search( for articles)?\.*|close|menu|loading\.*"),
    Rule("page tools", r"(will )?opens? (in )?(an? )?(new|another) (tab|window)"),
    Rule("page tools", r"(expand|collapse|show|hide) (all|more|less)|(read|learn) more|subscribe|follow"),
    # what a button does with this page: a verb of tools, then only words for pages, forms and places
    Rule(
        "page tools",
        r"(copy|open|view|edit|export|save|listen to|translate|cite|bookmark|ask|explain|summari[sz]e)"
        r"( (an?|the|this|it|as|for|to|in|on|with|about|page|article|document|section|text|code|link|url|file"
        r"|markdown|md|pdf|word|txt|print|clipboard|tab|window|new|llms?|ai|gpt|chatgpt|assistant|github)){1,5}",
    ),
    Rule("page counter", r"(showing )?\d{1,5} ?(-|–|to) ?\d{1,5} of \d{1,6}( (results?|entries|items|rows|records))?"),
    Rule("page counter", r"\d{1,6} (results?|entries|records)( found)?|page \d{1,4} of \d{1,4}"),
    Rule(
        "status",
        r"(service|system|api|site|network)s? status:?( (all )?(systems )?(is |are )?[\w ]{0,30})?"
        r"|all (systems|services) (are )?(operational|normal|up)",
    ),
    Rule("icon name", r"((alpaca-)?fa[srlbd]?(-[a-z\d]+)+|(material-icons|glyphicon|mdi)(-[a-z\d]+)+|[ ])+"),
    Rule("on this page", r"(back|return) to (the )?top|on this page|in this article"),
    Rule("previous and next", r"([←‹«<]+ ?)?previous( (page|article))?|next( (page|article))?( ?[→›»>]+)?|[←→‹›«»<>]+"),
    Rule(
        "heading anchor", r"#|¶|§|🔗|link to (this )?(section|heading)|permalink( to .{1,80})?|direct link to .{1,80}"
    ),
    Rule(
        "cookie banner",
        r"(accept|reject|allow|decline|deny|refuse) (all( cookies)?|cookies|optional cookies|essential only)"
        r"|(manage|customi[sz]e|cookie) (cookie )?(preferences|settings|choices)|only (necessary|essential)( cookies)?"
        r"|got it!?|save (my )?(preferences|choices)|your privacy choices",
    ),
    Rule("ticker", r"[▲▼△▽+−-]? ?[$€£¥]? ?\d[\d,.]* ?%? ?[▲▼△▽]|[▲▼△▽] ?[$€£¥]? ?\d[\d,.]* ?%?"),
    Rule("copyright line", r"(©|\(c\)|copyright) ?(©|\(c\))? ?\d{4}( ?[-–] ?\d{4})?.{0,80}|[^.]{0,40}©.{0,60}"),
)

#: The rules that may take a heading too; the words of the others can head a section of a policy.
HEADED = frozenset({"votes", "feedback question", "last visited", "relative age", "heading anchor", "on this page"})

_LONGEST = 160
_SHORT = 40
#: A menu: at least so many links, so large a share of its lines, so few other lines in a row (our choice).
_MENU_LINKS, _MENU_SHARE, _MENU_GAP = 10, 0.7, 3
_END = Block("", "." * _LONGEST)
#: Of such a menu in one line, the share of letters and commas that stand in its links.
_IN_LINKS = 0.9
_SAID = re.compile(r"[\w,;]+")
_LETTER = re.compile(r"\w")
_ANY = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES), re.I)
_ANY_HEADING = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES if rule.name in HEADED), re.I)
#: What screen readers are told of a link, at the end of its words.
_NEW_TAB = re.compile(
    r"(?<!\s)\s*+[(\[]?(will )?opens?(ing)? (in )?(an? )?(new|another|external) (browser )?(tab|window)[)\]]?$", re.I
)
#: The same beside a link: begun like a line of its own, or in brackets, where a sentence would go on in small letters.
_BESIDE = re.compile(
    r"\s?(?:Opens? (?:in )?(?:an? )?(?:new|another) (?:tab|window)"
    r"|[(\[](?:[Ww]ill )?[Oo]pens? (?:in )?(?:an? )?(?:new|another) (?:tab|window)[)\]])"
)
_RELATED = re.compile(
    r"(related|recommended|popular|similar|more|other|recent|top|featured|promoted|further) "
    r"(articles?|reading|resources|topics|posts|content|links|pages|questions|in this section)"
    r"|see also|(still )?need (more )?help\??|(articles|more) (in this|from this|from) .{2,40}"
    r"|you (may|might) also (like|be interested in)",
    re.I,
)


def rule_for(block: Block) -> str:
    """Return the name of the rule that takes a block for noise, or an empty string."""
    if not _is_noise(block):
        return ""
    return next((rule.name for rule in RULES if re.fullmatch(rule.pattern, block.words, re.I)), "only signs")


def without_noise(blocks: Sequence[Block]) -> list[Block]:
    """Drop noise: blocks that a rule names, and lists of links to related articles."""
    said = (
        _without_new_tabs(block) if " new " in block.words or "pens in " in block.words else block for block in blocks
    )
    return list(_without_related(block for block in said if not _is_noise(block)))


def _without_new_tabs(block: Block) -> Block:
    """Leave out where a link opens, as words in or beside it tell screen readers ("Terms (opens in a new tab)")."""
    if not block.links:
        return block
    words, links, at = "", [], 0
    following = [*(start for start, _, _ in block.links[1:]), len(block.words)]
    for (start, end, address), before in zip(block.links, following, strict=True):
        found = _NEW_TAB.search(block.words, start, end)
        words += block.words[at:start]
        kept = block.words[start : found.start() if found else end]
        links += [(len(words), len(words) + len(kept), address)] * bool(kept)
        words += kept
        beside = _BESIDE.match(block.words, end, before)
        at = beside.end() if beside else end
    return Block(block.mark, words + block.words[at:], tuple(links))


def _is_noise(block: Block) -> bool:
    length = len(block.words)
    if not _LETTER.search(block.words):
        return block.words != JOINT
    if length > _LONGEST or (length > _SHORT and block.words[-1] in ".;:,"):  # a sentence of the document
        return False
    if block.mark.startswith("#"):
        return _ANY_HEADING.fullmatch(block.words) is not None
    return _ANY.fullmatch(block.words) is not None


def _without_related(blocks: Iterable[Block]) -> Iterable[Block]:
    """Leave out a "Related articles" line together with the blocks after it that are nothing but links."""
    related = False
    for block in blocks:
        if len(block.words) < 60 and _RELATED.fullmatch(block.words):
            related = True
        elif not (related and _is_link(block)):
            related = False
            yield block


def _is_link(block: Block) -> bool:
    return len(block.links) == 1 and block.links[0][1] - block.links[0][0] >= len(block.words) - 2


def without_menus(blocks: Sequence[Block]) -> list[Block]:
    """Drop runs of links to other pages of one site, as help centres keep them beside an article.

    Only where nobody declared what the document is: a list of ten lines that are nothing but links to one
    host is taken for a menu, and so is a line of ten links with nothing between them, not even a comma; links
    within the page are its table of contents and stay.
    """
    blocks = [block for block in blocks if len(block.links) < _MENU_LINKS or not _is_menu_in_a_line(block)]
    hosts = [_host(block) if _is_link(block) else None for block in blocks]
    kept: list[Block] = []
    at = 0
    for start, end in _runs(blocks, [host is not None for host in hosts]):
        named = Counter(host for host in hosts[start:end] if host is not None)
        if max(named.values()) > _MENU_SHARE * named.total():
            kept += blocks[at:start]
            at = end
    return [*kept, *blocks[at:]]


def _is_menu_in_a_line(block: Block) -> bool:
    """Tell whether a line is links one beside the other, without a word or a comma between them."""
    leads_on = [(start, end) for start, end, address in block.links if urlsplit(address).path]
    linked = sum(end - start for start, end in leads_on)
    beside = sum(map(len, _SAID.findall(block.words))) - sum(
        sum(map(len, _SAID.findall(block.words[start:end]))) for start, end in leads_on
    )
    return block.mark in ("", "- ") and len(leads_on) >= _MENU_LINKS and beside <= (1 - _IN_LINKS) * linked


def _host(block: Block) -> str | None:
    """Return the host a link leads to ("" for this one), or None within the page."""
    there = urlsplit(block.links[0][2])
    return there.netloc if there.path else None


def _runs(blocks: Sequence[Block], inside: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Yield where menus start and end: lines of links with few other short lines among them."""
    start = end = links = 0
    for at, block in enumerate([*blocks, _END]):
        if at < len(blocks) and inside[at]:
            start, links = (start, links + 1) if links else (at, 1)
            end = at + 1
        elif links and not (len(block.words) < _SHORT and at - end < _MENU_GAP):
            if links >= _MENU_LINKS and links >= _MENU_SHARE * (end - start):
                yield start, end
            links = 0
