"""What stands around the document in the run of its blocks: menus, and boxes that ask for consent to cookies.

Only where nobody declared what the document is. Whole elements are `choose`'s to leave out, single blocks `volatile`'s.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from watchers.reading.blocks import Block
from watchers.reading.page_signs import CONSENT
from watchers.reading.volatile import LONGEST, SHORT, is_link

#: A menu: at least so many links, so large a share of its lines, so few other lines in a row (our choice).
_MENU_LINKS, _MENU_SHARE, _MENU_GAP = 10, 0.7, 3
#: Blocks that a banner has at most before its answers, and how near to an end of the page it stands (our choice).
_LONGEST_BANNER, _AT_THE_EDGE = 4, 3
#: Of such a menu in one line, the share of letters and commas that stand in its links.
_IN_LINKS = 0.9
#: What ends the name of a company, and what heads a list of recipients, kinds of data or rules.
_LEGAL_FORM = re.compile(
    r"\b(?:Inc|LLC|Ltd|Limited|GmbH|AG|KG|SAS?|SARL|S\.?r\.?l|B\.?V|N\.?V|Oy|A/?B|A/?S|PLC|Corp|Pty|K\.?K)\b"
)
_HEADS_A_LIST = re.compile(
    r"\b(?:sub-?processors?|recipients?|vendors?|providers?|suppliers?|partners?|affiliates?|subsidiaries"
    r"|third[ -]part\w+|cookies|trackers|data|services covered|products covered|prohibited|restricted|list of|which"
    r"|unterauftrag\w+|empfänger|sous-traitants?|destinataires?|fournisseurs?|proveedores|encargados|fornitori|responsabili)\b",
    re.I,
)
_SAID = re.compile(r"[\w,;]+")
_ANSWERS_CONSENT = re.compile(
    r"(accept|reject|allow|decline|deny|refuse) (all( cookies)?|cookies|optional cookies)|alle (akzeptieren|ablehnen)"
    r"|tout (accepter|refuser)|(aceptar|rechazar) (todo|todas)|(accetta|rifiuta) (tutto|tutti)|(i )?(accept|agree)|ok",
    re.I,
)
_END = Block("", "." * LONGEST)


def without_menus(blocks: Sequence[Block]) -> list[Block]:
    """Drop runs of links to other pages of one site, as help centres keep them beside an article.

    Only where nobody declared what the document is: a list of ten lines that are nothing but links to one
    host is taken for a menu, and so is a line of ten links with nothing between them, not even a comma; links
    within the page are its table of contents and stay, and so does a list that the document itself counts up.
    """
    blocks = [block for block in blocks if len(block.links) < _MENU_LINKS or not _is_menu_in_a_line(block)]
    hosts = [_host(block) if is_link(block) else None for block in blocks]
    kept: list[Block] = []
    at = 0
    for start, end in _runs(blocks, [host is not None for host in hosts]):
        named = Counter(host for host in hosts[start:end] if host is not None)
        if max(named.values()) > _MENU_SHARE * named.total() and not _is_a_list(blocks, start, end):
            kept += blocks[at:start]
            at = end
    return [*kept, *blocks[at:]]


def _is_a_list(blocks: Sequence[Block], start: int, end: int) -> bool:
    """Tell a list of the document from a menu: it says sentences, or names companies, or is told of right above it.

    What tells of it is a heading or a line that ends in a colon, with a text above; menus stand in columns of their own
    headings, or before and after all text.
    """
    lines = [block.words for block in blocks[start:end] if block.links]
    if sum(_is_sentence(line) for line in lines) > len(lines) / 2:
        return True
    if sum(_LEGAL_FORM.search(line) is not None for line in lines) > len(lines) / 4:
        return True
    if any(block.mark.startswith("#") for block in blocks[start:end]):
        return False
    at = next((n for n in range(start - 1, max(-1, start - 4), -1) if _tells_of_a_list(blocks[n])), -1)
    return at > 0 and any(_is_sentence(block.words) for block in blocks[max(0, at - 6) : start])


def _tells_of_a_list(block: Block) -> bool:
    if block.mark.startswith("#"):
        return _HEADS_A_LIST.search(block.words) is not None
    return not block.links and block.words.endswith((":", "："))


def _is_sentence(words: str) -> bool:
    return words.endswith((".", "!", "。", ";")) and (len(words.split()) >= 5 or len(words) > 60)


def without_banners(blocks: Sequence[Block]) -> list[Block]:
    """Drop what asks for consent to cookies above or below the document: a few blocks, up to their answers.

    Where nobody declared what the document is. In the midst of it the same words are a cookie policy's own.
    """
    ends = [
        n for n, block in enumerate(blocks) if len(block.words) <= SHORT and _ANSWERS_CONSENT.fullmatch(block.words)
    ]
    kept = list(blocks)
    for end in reversed(ends):
        first = max(0, end - _LONGEST_BANNER)
        start = next((n for n in range(first, end) if CONSENT.search(kept[n].words)), end)
        if start < end and (start <= _AT_THE_EDGE or len(blocks) - end <= _AT_THE_EDGE):
            del kept[start : end + 1]
    return kept


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
        elif links and not (len(block.words) < SHORT and at - end < _MENU_GAP):
            if links >= _MENU_LINKS and links >= _MENU_SHARE * (end - start):
                yield start, end
            links = 0
