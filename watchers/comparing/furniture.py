"""Furniture of a page: clauses that come and go without the policy saying anything else.

Tables of rules over one clause; each names itself in the words a reader is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import lru_cache

from watchers.comparing.dates import Meaning, mentions, says_only_a_date
from watchers.comparing.folding import ANSWERS, folded, key, without_number
from watchers.comparing.spelling import LEGAL_FORMS, NAMED_FORMS, WEIGHTY
from watchers.comparing.tables import halves, pattern
from watchers.model import Clause, ClauseKind, Link

NAVIGATION = "navigation"
WIDGET = "widget"
BOILERPLATE = "boilerplate"
CONTENTS = "table of contents"
HEADING = "heading only"
LINK = "links only"
NEWS = "announcement without a date to come"
NEWS_GONE = "announcement taken down"
PROFILE = "people of the company, not the policy"
DATE_LINE = "date only"
NO_WORDS = "formatting"
NUMBER = "numbering"

#: A clause of furniture is short; anything longer has to be read.
SHORT = 14
#: A line that speaks of its page has at most so many words; the title of a page stands in so many characters.
LONGEST_LINE, HEAD = 7, 1_000
_TITLE = re.compile(r"(?m)^#{1,6} ")
_JOINING = frozenset("and or und oder et ou y o".split())
#: Languages written in Latin letters that documents are often in.
LATIN = frozenset("en de fr es it pt nl sv da no fi pl cs sk hu ro tr".split())
#: Patterns for the beginning of a line are tried there only: tried at every letter they would cost as much again.
_TABLE = tuple((name, *halves("furniture", name)) for name in (WIDGET, NAVIGATION, BOILERPLATE))
_OFFICE = pattern("furniture", "office")
_ADDRESSED = pattern("furniture", "addressed")
_NEWS = pattern("furniture", "news")
_HERE = re.compile(
    r"(?:click |see |read )?(?:here|this (?:page|link|article)|learn more|hier|ici|aquí|qui)", re.IGNORECASE
)
_IF = pattern("furniture", "condition")
_GUIDES = pattern("furniture", "guides")
_THIS_PAGE = pattern("furniture", "this_page")
_STATED = tuple(pattern("substance", name) for name in ("negated", "prohibited", "contact", "unit", "age"))
_OUTLOOK = pattern("furniture", "outlook")
_SITE_NAME = pattern("furniture", "site_name", before="^", after="$")
_SQUASHED = re.compile(r"^(?:[A-Z][a-z]+){3,}$")
_LONE_NUMBER = re.compile(r"[^\w%‰$€£¥₹°]*(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[^\w%‰$€£¥₹°]*", re.IGNORECASE)
_ARROWS = "#-*>•↑↓←→▲▼›‹»«↩ "
_SITE_SUFFIX = re.compile(r"(?<!\s)\s++[|–—·-]\s+[^|.]{2,40}$")
#: A mail address or a telephone number is content, linked or not; what is left of a broken link is none.
_REACHES = re.compile(r"@|\+?\d[\d ()/.-]{6,}\d")
_BROKEN_LINK = re.compile(r"\W*\]\(\S+\)?\W*")
_MARKS = re.compile(r"[\W\d_]*")
#: A question stands over its answer; alone it is no rule.
_QUESTION = re.compile(r"[?？]\W*$")
_YES_OR_NO = frozenset("yes no ja nein oui non sí si no sim não nee tak nie".split())
_TURNING = re.compile(r"^prev\b.*\bnext\b", re.IGNORECASE)


def furniture(clause: Clause, links: Sequence[Link], headings: Collection[str]) -> str:
    """Return why a clause that came or went is no rule of the policy, or nothing.

    `links` are those of its text, `headings` the folded headings of both texts.
    """
    count = len(folded(clause.text))
    if not count or _BROKEN_LINK.fullmatch(clause.text):
        return NO_WORDS
    if says_only_a_date(clause.text) and not news(clause.text):
        return DATE_LINE
    if count <= 2 * SHORT:
        plain = " ".join(clause.text.lstrip(_ARROWS).replace("’", "'").split())
        for name, first, anywhere in _TABLE:
            if (first.match(plain) or anywhere.search(plain)) and (name != NAVIGATION or _leads(plain, count)):
                return name
    if clause.kind is ClauseKind.ROW:
        return ""
    if count <= 3 * SHORT and _GUIDES.search(clause.text):
        return CONTENTS
    if _LONE_NUMBER.fullmatch(clause.text):
        return NUMBER
    return _short(clause, links, headings, count) if count <= SHORT else ""


def _leads(line: str, count: int) -> bool:
    """Tell whether a line leads somewhere rather than stating a rule: short, and no full sentence."""
    return bool(_TURNING.search(line)) or (count <= SHORT and not (count > 6 and line.endswith((".", ";", ","))))


def _short(clause: Clause, links: Sequence[Link], headings: Collection[str], count: int) -> str:
    own = key(clause.text)
    weighty = weighs(without_number(clause.text))
    if clause.kind is ClauseKind.HEADING or clause.text.startswith("#"):
        return "" if weighty or {*folded(clause.text)} & NAMED_FORMS else HEADING
    if key(without_number(_SITE_SUFFIX.sub("", clause.text))) in headings and not weighty:
        return CONTENTS
    if _ends_with_heading(own.replace(" ", ""), frozenset(headings)):
        return NAVIGATION
    if count == 1 and clause.kind is ClauseKind.PARAGRAPH and not weighty:
        return NAVIGATION
    if (
        count <= 2
        and clause.kind is ClauseKind.PARAGRAPH
        and clause.text[-1:].isalnum()
        and not weighty
        and (_SITE_NAME.match(clause.text) or _SQUASHED.match(clause.text))
    ):
        return NAVIGATION
    if (
        wholly_linked(clause, links)
        and not _REACHES.search(clause.text)
        and not clause.text.rstrip().endswith((".", ";", ":"))
    ):
        return LINK
    return ""


def _ends_with_heading(squashed: str, headings: frozenset[str]) -> bool:
    """Tell whether words without spaces end with a heading that is no short word."""
    known = _squashed_headings(headings)
    return any(squashed[-length:] in squeezed for length, squeezed in known.items())


@lru_cache(maxsize=4)  # every clause of a comparison is asked about the same headings
def _squashed_headings(headings: frozenset[str]) -> dict[int, set[str]]:
    """Return headings without spaces by their length, so that a clause is held against each length once."""
    found: dict[int, set[str]] = {}
    for heading in headings:
        if len(heading) > 12:
            squeezed = heading.replace(" ", "")
            found.setdefault(len(squeezed), set()).add(squeezed)
    return found


def weighs(text: str) -> bool:
    """Tell whether short words carry a rule: a number, a negation, a modal verb, a tier."""
    own = folded(text)
    return any(w[0].isdigit() or w in ANSWERS for w in own) or bool(
        {w for w in own if w in WEIGHTY and w not in {"and", "or", "und", "et", "y", "all", "any", "every", "no"}}
        - {"can"}
    )


def asks(clause: Clause) -> bool:
    """Tell whether a clause is a short question: the heading of an answer, and no rule by itself."""
    asking = clause.kind in (ClauseKind.PARAGRAPH, ClauseKind.HEADING) and bool(_QUESTION.search(clause.text))
    return asking and len(folded(clause.text)) <= SHORT and not any(map(str.isdigit, clause.text))


def answers(clause: Clause, before: Clause | None) -> bool:
    """Tell whether a clause is no more than yes or no, or a sign for it, to what stands right before it.

    What a page asks of its readers ("Was this helpful?") is taken off when it is read, with its answers.
    """
    own = folded(clause.text)
    if len(own) != 1 or not (own[0] in _YES_OR_NO or own[0] in ANSWERS) or before is None:
        return False
    return before.kind is ClauseKind.HEADING or bool(_QUESTION.search(before.text))


def wholly_linked(clause: Clause, links: Sequence[Link]) -> bool:
    """Tell whether all words of a clause lead somewhere. `links` are in order and do not overlap."""
    first = bisect_right(links, clause.start, key=lambda link: link.end)
    end = bisect_left(links, clause.end, key=lambda link: link.start)
    if first >= end:
        return False
    at = clause.start + _MARKS.match(clause.text).end()  # type: ignore[union-attr]
    for link in links[first:end]:
        if any(map(str.isalnum, clause.text[max(at - clause.start, 0) : max(link.start - clause.start, 0)])):
            return False
        at = link.end
    return not any(map(str.isalnum, clause.text[at - clause.start :]))


def titled(before: str, after: str) -> bool:
    """Tell whether the name of the site was put behind a title, or taken off it."""
    longer, shorter = sorted((before, after), key=len, reverse=True)
    return (
        len(folded(longer)) <= SHORT
        and longer.startswith(shorter)
        and bool(_SITE_SUFFIX.fullmatch(longer[len(shorter) :]))
    )


def says_here(label: str) -> bool:
    """Tell whether the label of a link only points at it."""
    return bool(_HERE.fullmatch(label.strip()))


def news(text: str) -> bool:
    """Tell whether a clause announces that the document was changed; what happens if it is changed is a rule."""
    found = _NEWS.search(text.replace("’", "'").replace("_", " ")) if len(folded(text)) <= 70 else None
    return bool(found) and not _IF.search(text, 0, found.end())  # type: ignore[union-attr]


def told_its_date(text: str) -> bool:
    """Tell whether a clause does nothing but say from when the document holds."""
    return len(folded(text)) <= 40 and any(m.meaning is Meaning.EFFECTIVE for m in mentions(text, 4))


def looks_ahead(text: str) -> bool:
    """Tell whether an announcement speaks of something to come on a date."""
    return bool(mentions(text, 4)) and (
        bool(_OUTLOOK.search(text.replace("’", "'"))) or any(m.meaning is Meaning.EFFECTIVE for m in mentions(text, 4))
    )


def in_other_script(text: str, language: str) -> bool:
    """Tell whether a short line is written in another script than the document: a menu of other editions."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters or language[:2] not in LATIN or len(folded(text)) > SHORT or any(map(str.isdigit, text)):
        return False
    return sum(sign > "\u036f" and not "\u1e00" <= sign <= "\u1eff" for sign in letters) * 2 > len(letters)


def profiles(clauses: Sequence[Clause]) -> frozenset[int]:
    """Return the numbers of clauses that present people: names and offices, and never a word to the reader."""
    found: set[int] = set()
    run: list[int] = []
    for n, clause in enumerate((*clauses, None)):
        if clause is not None and not _ADDRESSED.search(clause.text):
            run.append(n)
            continue
        offices = [m for m in run if _OFFICE.search(clauses[m].text) and len(folded(clauses[m].text)) <= SHORT]
        if len(offices) >= 2:
            near = {m for office in offices for m in range(office - 5, office + 6)}
            found.update(near.intersection(run))
        run = []
    return frozenset(found)


def loose(clause: Clause, head: str) -> bool:
    """Tell whether a clause is a line that states nothing and stands above the title of the page, or speaks of it.

    Pages put there what is not theirs to say: ways through the site, offers, alerts. `head` is the page's beginning.
    """
    if not _states_nothing(clause):
        return False
    title = _TITLE.search(head)
    if title and clause.start < title.start():
        return True
    short = len(folded(clause.text)) <= LONGEST_LINE and not any(map(str.isdigit, clause.text))
    return short and bool(_THIS_PAGE.search(clause.text))


def _states_nothing(clause: Clause) -> bool:
    """Tell whether a line is short, ends like none of a text's sentences, and holds no measure, name or rule."""
    own, text = folded(clause.text), clause.text.rstrip()
    if (
        clause.kind is not ClauseKind.PARAGRAPH
        or not 0 < len(own) <= SHORT
        or text.endswith((".", ":", ";", ",", "。"))
    ):
        return False
    named = bool({*own} & LEGAL_FORMS) or "@" in text
    return not (named or {*own} & (WEIGHTY - _JOINING) or any(rule.search(text) for rule in _STATED))


def in_menu(clauses: Sequence[Clause], number: int) -> bool:
    """Tell whether a clause is one of several short lines that lead somewhere, such as a list of questions."""
    around = clauses[max(0, number - 2) : number + 3]
    return _menu_line(clauses[number]) and sum(map(_menu_line, around)) >= 3


def _menu_line(clause: Clause) -> bool:
    text = clause.text.rstrip()
    return (
        clause.kind is ClauseKind.PARAGRAPH
        and 2 <= len(folded(text)) <= 9
        and text[-1].isalnum() | (text[-1] == "?")
        and not weighs(text)
        and not {*folded(text)} & LEGAL_FORMS
        and "@" not in text
    )
