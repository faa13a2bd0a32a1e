"""What of a page is the document: the declared selectors, or the main content.

It never changes the tree, and where nothing was declared it prefers too much to losing the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from watchers.model import Selector
from watchers.reading import page_signs as signs
from watchers.reading.elements import Gate

#: Around the document on most pages; kept when one of them turns out to hold the document itself.
_AROUND = (
    "nav, footer, aside, form, "
    "[role=navigation], [role=contentinfo], [role=complementary], [role=search], [role=banner], "
    "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]"
)
_AROUND_TAGS = frozenset({"nav", "footer", "aside", "form"})
_MAIN = "main, [role=main], [itemprop=articleBody]"
#: What stands inside one of these belongs to it, unless it names itself part of the site.
_DOCUMENT = frozenset({"main", "article"})
#: Of what stands around, what may be a part of the document that it stands in.
_OF_A_DOCUMENT = "footer, aside, form, [role=contentinfo], [role=complementary]"
#: What parts of a site call themselves, in their class, id or label.
_OF_THE_SITE = re.compile(
    r"(?:^|[-_\s:])(?:site|global|page|main|app)?[-_]?(?:nav\w*|menu\w*|side-?bar\w*|breadcrumb\w*|toc|table-of-contents"
    r"|footer-?\w*|related|recommend\w*|share|sharing|social\w*|newsletter|subscri\w*|search\w*|log-?in|sign-?(?:in|up)"
    r"|feedback|rating|vote\w*|helpful|comments?|cookie\w*|consent|banner|promo\w*|advert\w*|ads?|cta|author|widget\w*"
    r"|chat\w*|survey|filter\w*|select\w*|language\w*|locale\w*|pagination|pager)(?:[-_\s:]|$)",
    re.I,
)
#: What ends a sentence; one has three words or more, or twelve signs of a script without spaces.
_SENTENCE_END = re.compile(r"[.!?:;。]")
_SENTENCE_WORDS, _SENTENCE_SIGNS = 3, re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{12}")
#: An aside, footer or form with so many links is one of the site.
_MANY_LINKS = 40
#: Boxes that are looked at for a question about consent; a page has a few.
_MOST_BOXES = 50
#: Struck-out words are no words of the document, unless so much is struck out that it is a page's mistake.
_STRUCK = "del, s, strike"
_MOSTLY_STRUCK = 0.3
_PROSE = "p, li, dd, td"
#: A box that calls itself one that asks for consent, and the most words it has.
_CONSENT_BOX = "[id*=cookie i], [class*=cookie i], [id*=consent i], [class*=consent i], [id*=gdpr i], [class*=gdpr i]"
_LONGEST_BOX = 1_500
#: A nav, footer, aside or form holding more than this share of the prose is the document.
_THE_DOCUMENT = 0.4
#: One with less than this share of the paragraphs is not weighed.
_WORTH_WEIGHING = 0.2


@dataclass(frozen=True, slots=True)
class Choice:
    """Where to walk, behind which gates, past what (`mem_id`s), and whether the declared selectors were found."""

    roots: tuple[tuple[LexborNode, Gate | None], ...]
    skip: frozenset[int]
    declared: bool


def choose(tree: LexborHTMLParser, select: tuple[Selector, ...], remove: tuple[Selector, ...]) -> Choice:
    """Choose by the declared selectors; by the main content where there are none or they find nothing."""
    removed = frozenset(node.mem_id for node in _removed(tree, remove)) | _struck_out(tree)
    chosen = tuple(root for selector in select for root in _selected(tree, selector))
    if chosen:
        return Choice(_without_nested(chosen), removed, True)
    body = tree.body or tree.root
    if body is None:
        return Choice((), removed, False)
    main, around = _main_content(body)
    return Choice(((main, None),), removed | around, False)


def _struck_out(tree: LexborHTMLParser) -> frozenset[int]:
    """Return the elements whose words no longer hold."""
    struck = tree.css(_STRUCK)
    if not struck or tree.body is None:
        return frozenset()
    size = sum(len(node.text_lexbor()) for node in struck)
    mostly = size > _MOSTLY_STRUCK * len(tree.body.text_lexbor())
    return frozenset() if mostly else frozenset(node.mem_id for node in struck)


def find(tree: LexborHTMLParser | LexborNode, css: str) -> list[LexborNode]:
    """Return the elements a selector matches; none for a selector that cannot be read."""
    try:
        return tree.css(css) if css else []
    except (SelectolaxError, ValueError):
        return []


def _selected(tree: LexborHTMLParser, selector: Selector) -> list[tuple[LexborNode, Gate | None]]:
    if selector.css:
        return [(node, None) for node in find(tree, selector.css)]
    gate = _gate(tree, selector)
    return [(tree.body, gate)] if gate is not None and tree.body is not None else []


def _gate(tree: LexborHTMLParser, selector: Selector) -> Gate | None:
    """Return the range between two selectors' first matches; None when one is not there, or the end comes first."""
    start, end = find(tree, selector.start)[:1], find(tree, selector.end)[:1]
    if not start or (selector.end and not end) or (end and _first_of(tree, start[0], end[0]) != start[0].mem_id):
        return None
    return Gate(start[0].mem_id, selector.start_inside, end[0].mem_id if end else 0, selector.end_inside)


def _first_of(tree: LexborHTMLParser, one: LexborNode, other: LexborNode) -> int:
    """Return which of two elements a page comes to first; the first where they are the same."""
    wanted, root = {one.mem_id, other.mem_id}, tree.root
    found = root.traverse(include_text=False) if root is not None else iter(())
    return next((node.mem_id for node in found if node.mem_id in wanted), one.mem_id)


def _removed(tree: LexborHTMLParser, remove: Iterable[Selector]) -> Iterable[LexborNode]:
    """Yield what the declared removals name; a range names every element wholly between its ends."""
    for selector in remove:
        if selector.css:
            yield from find(tree, selector.css)
        elif (gate := _gate(tree, selector)) is not None and tree.body is not None:
            yield from _between(tree.body, gate)


def _between(body: LexborNode, gate: Gate) -> Iterable[LexborNode]:
    inside, kept = False, set[int]()
    ancestors = _ancestors_of(body, gate.end)
    for node in body.traverse(include_text=False):
        if node.mem_id == gate.end:
            if gate.end_inside:
                yield node
            return
        if node.mem_id == gate.start:
            inside = True
            kept = set() if gate.start_inside else {own.mem_id for own in node.traverse(include_text=False)}
        if inside and node.mem_id not in ancestors and node.mem_id not in kept:
            yield node


def _ancestors_of(body: LexborNode, identity: int) -> set[int]:
    node = next((node for node in body.traverse(include_text=False) if node.mem_id == identity), None)
    found: set[int] = set()
    while node is not None and (node := node.parent) is not None:
        found.add(node.mem_id)
    return found


def _without_nested(roots: tuple[tuple[LexborNode, Gate | None], ...]) -> tuple[tuple[LexborNode, Gate | None], ...]:
    """Leave out elements inside others that were chosen too: their words would be read twice."""
    whole = {node.mem_id for node, gate in roots if gate is None}
    seen: set[int] = set()
    kept = []
    for node, gate in roots:
        if gate is None and (node.mem_id in seen or _is_inside(node, whole)):
            continue
        seen.add(node.mem_id)
        kept.append((node, gate))
    return tuple(kept)


def _is_inside(node: LexborNode, others: set[int]) -> bool:
    above = node.parent
    while above is not None and above.mem_id not in others:
        above = above.parent
    return above is not None


def _prose(node: LexborNode) -> int:
    """Return how many characters stand in an element's paragraphs, items and cells."""
    return sum(len(below.text_lexbor()) for below in node.css(_PROSE))


def _main_content(body: LexborNode) -> tuple[LexborNode, frozenset[int]]:
    """Return the element that holds the document, and what to leave out of it."""
    mains: list[LexborNode] = []
    around: list[LexborNode] = []
    for node in body.css(f"{_MAIN}, {_AROUND}"):
        is_main = node.tag == "main" or node.css_matches(_MAIN) if node.tag not in _AROUND_TAGS else False
        if is_main:
            mains.append(node)
        elif not _is_of_its_document(node):
            around.append(node)
    around += [box for box in body.css(_CONSENT_BOX)[:_MOST_BOXES] if _asks_for_consent(box)]
    if not mains and not around:
        return body, frozenset()
    prose = body.css(_PROSE)
    left_out = _without_the_document(body, around, _WORTH_WEIGHING * len(prose))
    return _believed_main(body, mains, left_out, prose), frozenset(node.mem_id for node in left_out)


def _is_of_its_document(node: LexborNode) -> bool:
    """Tell an aside, footer or form that speaks within the document from one of the site.

    It stands inside the main content or an article, does not name itself otherwise, and says a sentence.
    """
    if not node.css_matches(_OF_A_DOCUMENT) or not _is_within(node, _DOCUMENT):
        return False
    said = node.attributes
    named = f"{said.get('class') or ''} {said.get('id') or ''} {said.get('aria-label') or ''}"
    return not _OF_THE_SITE.search(named) and _says_a_sentence(_beside_links(node))


def _asks_for_consent(box: LexborNode) -> bool:
    """Tell a box that asks for consent to cookies from a section that tells of them: it is short and has answers."""
    if box.tag in ("html", "body", "main", "article"):
        return False
    words = box.text_lexbor()
    return len(words) <= _LONGEST_BOX and signs.CONSENT_ANSWERS.search(words) is not None


def _is_within(node: LexborNode, tags: frozenset[str]) -> bool:
    above = node.parent
    while above is not None and above.tag not in tags:
        above = above.parent
    return above is not None


def _says_a_sentence(words: str) -> bool:
    ended = _SENTENCE_END.split(words)[:-1]
    return any(len(part.split()) >= _SENTENCE_WORDS or _SENTENCE_SIGNS.search(part) for part in ended)


def _beside_links(node: LexborNode) -> str:
    """Return the words of an element that its links do not say."""
    links = node.css("a[href]")
    if len(links) >= _MANY_LINKS:
        return ""
    words = " ".join(node.text_lexbor().split())
    for link in links:
        words = words.replace(" ".join(link.text_lexbor().split()), " ", 1)
    return words


def _without_the_document(body: LexborNode, around: list[LexborNode], many: float) -> list[LexborNode]:
    """Return the elements around the document, without those that hold most of it."""
    weighty = {node.mem_id: node for node in around if len(node.css(_PROSE)) > many}
    most = _prose(body) * _THE_DOCUMENT if weighty else 0
    kept = {identity for identity, node in weighty.items() if _prose(node) > most}
    return [node for node in around if node.mem_id not in kept]


def _believed_main(
    body: LexborNode, mains: list[LexborNode], around: list[LexborNode], prose: list[LexborNode]
) -> LexborNode:
    """Return the `main` with most of the prose if it holds more than is found elsewhere, else the body."""
    if not mains:
        return body
    main = mains[0] if len(mains) == 1 else max(mains, key=_prose)
    inside = {node.mem_id for root in (main, *around) for node in root.css(_PROSE)}
    elsewhere = sum(len(node.text_lexbor()) for node in prose if node.mem_id not in inside)
    return main if not elsewhere or _prose(main) >= elsewhere else body
