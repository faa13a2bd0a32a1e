"""What of a page is no part of the document though it stands inside: widgets, counters, tickers, prompts.

A rule names one kind of noise and takes whole blocks only; digits inside a policy's sentences are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from watchers.reading.blocks import JOINT, Block


class Rule(NamedTuple):
    """One kind of noise: a block whose words match wholly is dropped; a heading only by rules meant for them."""

    name: str
    pattern: str


RULES = (
    Rule("votes", r"\d[\d,.]{,11} (out )?of \d[\d,.]{,11} (people |users |customers )?(found|find) (this|it)\b.{0,60}"),
    Rule(
        "feedback question",
        r"(was|is|did|were|has|have|do) (this|these|the|it|that|we|you)\b[^.?!]{0,60}"
        r"(helpful|useful|answer(ed)?( your questions?)?|help( you)?|what you (were|are) looking for) ?\?.{0,120}",
    ),
    Rule(
        "feedback prompt",
        r"(how (can|could|would) (we|you) (improve|rate)|rate this|tell us (how|what)|(give|send) (us )?feedback"
        r"|thank(s| you) for your feedback)\b.{0,80}",
    ),
    Rule("feedback answer", r"(👍|👎|😞|😐|😃|helpful|not helpful|submit|cancel|send|skip)[.!]?"),
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

#: What answers a question: of the site when one was asked right before, else of the document.
_ANSWER = re.compile(r"(yes|no|[\u2713-\u2718\u2610-\u2612✅❌❎○●])[.!]?", re.I)
#: The rules whose blocks ask what such words answer.
_ASKING = frozenset({"votes", "feedback question", "feedback prompt", "feedback answer"})
#: A block longer than this is no noise, and one longer than that none where it ends like a sentence.
LONGEST, SHORT = 160, 40
_LETTER = re.compile(r"\w")
_SIGNS = re.compile(r"[^\s|–—-]")
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
    return list(_without_related(_without_single(said)))


def _without_single(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out the blocks that a rule names, and answers to what the site itself asked."""
    asked = False
    for block in blocks:
        if len(block.words) < 5 and _ANSWER.fullmatch(block.words):
            if not asked:
                yield block
        elif not _is_noise(block):
            asked = False
            yield block
        else:
            asked = asked or rule_for(block) in _ASKING


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
        return block.words != JOINT and not (block.mark == "| " and _SIGNS.search(block.words))
    if length > LONGEST or (length > SHORT and block.words[-1] in ".;:,"):  # a sentence of the document
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
        elif not (related and is_link(block)):
            related = False
            yield block


def is_link(block: Block) -> bool:
    """Tell whether a block is one link and nothing else."""
    return len(block.links) == 1 and block.links[0][1] - block.links[0][0] >= len(block.words) - 2
