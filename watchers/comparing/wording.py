"""Wording: whether two runs of words say the same, and by which rule of the table one can tell.

A rule here must never fire on a number, a negation, a modal verb, a legal form or a role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape

from watchers.comparing.dates import Meaning, masked, mentions, same_date_said, says_only_a_date
from watchers.comparing.edits import apply, edits
from watchers.comparing.folding import folded, key, leading_number, without_number, words
from watchers.comparing.furniture import NEWS, looks_ahead, news
from watchers.comparing.runs import differing
from watchers.comparing.series import reordered
from watchers.comparing.spelling import GRAMMAR, LEGAL_FORMS, TYPO, same_word, spelled
from watchers.comparing.written import evenly
from watchers.model import Edit

Words = tuple[str, ...]

TYPOGRAPHY = "typography"
CAPITALS = "capital letters"
SPELLING = "spelling"
DATE_FORMAT = "date written differently"
DATE_ONLY = "date only"
RENUMBERED = "numbering"
HIDDEN_ADDRESS = "e-mail address hidden from robots"
LINK_TEXT = "web address written differently"
RENAMED = "renamed throughout"
REORDERED = "reordered list"
WRITTEN = "the same written differently"

#: A name counts as replaced throughout when it was said this often before.
RENAMED_FROM = 3
_LIGHT = frozenset(
    "the a an that which of in on at as its their this these those also please such here below above following "
    "is are be been being by der die das den dem des ein eine einer einem einen le la les l un une des du de d el los "
    "las lo il i gli uno una o os as het een".split()
)
_EMAIL = re.compile(
    r"\[{1,2}email[\s\u00a0]protected\]{0,2}(?:\(\S*?cdn-cgi\S*?\))?|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"email[\s\u00a0]protected", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s|)>\]]+[^\s|)>\].,;:]"
    r"|\b[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,8}\.(?:com|org|net|ai|io|eu|de|fr|co|app|dev|gov)/[^\s|)>\]]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\[\d{1,3}\](?:\s*\]\(#[^\s)]*\))?|[©®™]|\((?:c|r|tm)\)(?= )|\(?opens (?:in )?(?:a )?new (?:tab|window)\)?"
    r"|\(?öffnet (?:in )?(?:einem )?neue[mns]? (?:tab|fenster)\)?",
    re.IGNORECASE,
)
_SERIES = ({",", "or"}, {",", "and"}, {",", ", or"}, {",", ", and"}, {"or", ", or"}, {"and", ", and"})
_CONJUNCTIONS = tuple({"", word} for word in ("and", "und", "et", "y", "e", "en"))
_ENUMERATOR = re.compile(
    r"[A-Z](?:\.(?:\d{1,3}|[a-z]|[ivx]{1,5}))+\.?|\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]"
)
_OPENING = " \u00a0\"'“”„«‘(["
_REFERENCE = re.compile(
    r"^(?:sections?|clauses?|articles?|paragraphs?|parts?|§|abschnitt|ziffer|artikel|sección|sezione)$"
)


def same_words(before: str, after: str) -> str:
    """Return the reason why two texts count as the same words, or nothing."""
    if words(before) == words(after):
        return TYPOGRAPHY
    if folded(before) == folded(after):
        return CAPITALS
    if tuple(map(spelled, folded(before))) == tuple(map(spelled, folded(after))):
        return SPELLING
    return ""


def hides_addresses(text: str) -> bool:
    """Tell whether a mail address is hidden from robots in a text."""
    return bool(_HIDDEN.search(text))


def without_addresses(text: str) -> str:
    """Return the folded words of a text with every mail address, open or hidden, as one sign."""
    return key(_EMAIL.sub(" mailaddress ", text))


def reasons(before: str, after: str, renames: Mapping[Words, Words], numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Return why a reworded clause says the same as before, or nothing if one edit of it does not.

    `renames` and `numbers` are what was renamed and renumbered in the whole document.
    """
    same = same_words(before, after)
    if same:
        return (same,)
    if folded(masked(before)) == folded(masked(after)):
        if folded(masked(before, iso=True)) == folded(masked(after, iso=True)):
            return (DATE_FORMAT,)
        return (DATE_ONLY,) if says_only_a_date(after) else ()
    if says_only_a_date(before) and says_only_a_date(after):
        if same_date_said(before, after):
            return (DATE_FORMAT,)
        if all(m.meaning is Meaning.UPDATED for m in (*mentions(before, 4), *mentions(after, 4))):
            return (DATE_ONLY,)
    why: list[str] = []
    before, after = _without_date_lines(_without_trifles(before, after, why), after, why)
    if reordered(before, after):
        return (*dict.fromkeys(why), REORDERED)
    a, b = _levelled(before, after, why)
    a = _renamed(a, renames, why, b)
    runs = _runs(a, b)
    for gone, come, lead in runs:
        reason = _same_run(gone, come, lead, numbers)
        if not reason:
            return ()
        why.append(reason)
    return tuple(dict.fromkeys(why)) or (TYPOGRAPHY,)


def _without_trifles(before: str, after: str, why: list[str]) -> str:
    """Return `before` with every edit made that says nothing by itself, noting why it does not."""
    taken = []
    for edit in edits(before, after):
        reason = next((reason for fires, reason in _TRIFLES if fires(before, after, edit)), "")
        if reason:
            taken.append(edit)
            why.append(reason)
    return apply(before, after, tuple(taken))


def _changes(before: str, after: str, edit: Edit) -> tuple[str, str]:
    return unescape(before[edit.a0 : edit.a1]).strip(), unescape(after[edit.b0 : edit.b1]).strip()


def _continues_a_series(before: str, after: str, edit: Edit) -> bool:
    """Tell whether a comma stands for a conjunction, or an "and" came or went alone."""
    changes = set(_changes(before, after, edit))
    comma = before[: edit.a0].rstrip().endswith(",")
    return changes in _SERIES or changes in _CONJUNCTIONS or (comma and changes == {"", "or"})


def _numbers_a_clause(before: str, after: str, edit: Edit) -> bool:
    """Tell whether all that came or went is the number that a sentence within the clause is listed under."""
    gone, come = _changes(before, after, edit)
    follows = (after[edit.b1 :] if come else before[edit.a1 :]).lstrip(_OPENING)[:1]
    return (not gone or not come) and bool(_ENUMERATOR.fullmatch(gone or come)) and follows.isupper()


def _says_twice(before: str, after: str, edit: Edit) -> bool:
    """Tell whether words that stood twice by mistake stand once now ("the right to right to vote"), or the reverse."""
    sides = (before, edit.a0, edit.a1), (after, edit.b0, edit.b1)
    gone, come = (folded(text[low:high]) for text, low, high in sides)
    twice = gone or come
    if (gone and come) or not twice or any(word[0].isdigit() for word in twice):
        return False
    text, low, high = sides[0] if gone else sides[1]
    return _ends_alike(folded(text[:low])[::-1], twice[::-1]) + _ends_alike(folded(text[high:]), twice) >= len(twice)


def _ends_alike(a: Words, b: Words) -> int:
    """Return how many words two runs of words begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _announces(before: str, after: str, edit: Edit) -> bool:
    """Tell whether sentences came or went that say no more than that the document was changed."""
    gone, come = _changes(before, after, edit)
    if (gone and come) or not (gone or come)[:1].isupper() or not (gone or come).endswith("."):
        return False
    return news(gone or come) and not (come and looks_ahead(come))


_TRIFLES: tuple[tuple[Callable[[str, str, Edit], bool], str], ...] = (
    (_continues_a_series, GRAMMAR),
    (_numbers_a_clause, RENUMBERED),
    (_says_twice, TYPO),
    (_announces, NEWS),
)


def _without_date_lines(before: str, after: str, why: list[str]) -> tuple[str, str]:
    """Leave out what came or went as a date line of the document at the end of a clause."""
    for edit in edits(before, after)[-1:]:
        gone, come = before[edit.a0 : edit.a1], after[edit.b0 : edit.b1]
        at_end = edit.a1 == len(before) and edit.b1 == len(after)
        if at_end and all(not part.strip() or _is_date_line(part) for part in (gone, come)):
            why.append(DATE_ONLY)
            return before[: edit.a0], after[: edit.b0]
    return before, after


def _is_date_line(part: str) -> bool:
    return says_only_a_date(part) and any(m.meaning is Meaning.UPDATED for m in mentions(part, 4))


def _levelled(before: str, after: str, why: list[str]) -> tuple[Words, Words]:
    """Fold away hidden e-mail addresses, web address prefixes, list numbers and date formats, noting which."""
    if hides_addresses(before) != hides_addresses(after):
        before, after = _EMAIL.sub(" mailaddress ", before), _EMAIL.sub(" mailaddress ", after)
        why.append(HIDDEN_ADDRESS)
    for reason, pattern, sign in ((LINK_TEXT, _ADDRESS, " webaddress "), (TYPOGRAPHY, _NOTE, " ")):
        plain_before, plain_after = pattern.sub(sign, before), pattern.sub(sign, after)
        if (plain_before, plain_after) != (before, after):
            if folded(before) != folded(after) and folded(plain_before) == folded(plain_after):
                why.append(reason)
            before, after = plain_before, plain_after
    if leading_number(before) != leading_number(after) and folded(without_number(before)) != ():
        before, after = without_number(before), without_number(after)
        why.append(RENUMBERED)
    a, b = folded(masked(before, iso=True)), folded(masked(after, iso=True))
    if a != b:
        plain = folded(evenly(masked(before, iso=True))), folded(evenly(masked(after, iso=True)))
        why += [WRITTEN] * (plain[0] == plain[1])
        a, b = plain
    return tuple(map(spelled, a)), tuple(map(spelled, b))


def _renamed(a: Words, renames: Mapping[Words, Words], why: list[str], target: Words) -> Words:
    if not renames:
        return a
    out: list[str] = []
    at = 0
    while at < len(a):
        for old, new in renames.items():
            if a[at : at + len(old)] == old and _stands(new, target):
                out += new
                at += len(old)
                why.append(f"{RENAMED}: {' '.join(old)} → {' '.join(new)}")
                break
        else:
            out.append(a[at])
            at += 1
    return tuple(out)


def _stands(phrase: Words, text: Words) -> bool:
    return any(text[n : n + len(phrase)] == phrase for n in range(len(text) - len(phrase) + 1))


def _runs(a: Words, b: Words) -> list[tuple[Words, Words, str]]:
    """Return what went and what came, with the word before it."""
    return [(a[r.a0 : r.a1], b[r.b0 : r.b1], a[r.a0 - 1] if r.a0 else "") for r in differing(a, b)]


def _same_run(gone: Words, come: Words, lead: str, numbers: Mapping[str, str]) -> str:
    """Judge one run of words that became another; nothing means it may matter."""
    if "".join(gone) == "".join(come):
        return SPELLING
    if {len(gone), len(come)} == {1, 2} and (joined := same_word("".join(gone), "".join(come))):
        return joined
    if len(gone) == len(come) == 1 and numbers.get(gone[0]) == come[0] and _REFERENCE.match(lead):
        return RENUMBERED
    if len(gone) == len(come) == 1 and len(gone[0]) == len(come[0]) == 1:
        return ""  # initials: a legal form, a tier
    if all(word in _LIGHT for word in (*gone, *come)):
        return GRAMMAR
    if len(gone) == len(come) == 1:
        return same_word(gone[0], come[0])
    stripped = tuple(w for w in gone if w not in _LIGHT), tuple(w for w in come if w not in _LIGHT)
    if len(stripped[0]) == len(stripped[1]) == 1 and stripped[0] != stripped[1]:
        return same_word(stripped[0][0], stripped[1][0])
    return GRAMMAR if stripped[0] == stripped[1] else ""


def renames(rewordings: Sequence[tuple[str, str]], old: str, new: str) -> dict[Words, Words]:
    """Find names and terms that were replaced throughout: said at least three times before, hardly ever after.

    `rewordings` are pairs of clauses as written, `old` and `new` the whole texts.
    """
    seen: set[tuple[Words, Words]] = set()
    for before, after in rewordings:
        seen.update(_names(words(before), words(after)))
    return {
        tuple(map(str.casefold, gone)): tuple(map(str.casefold, come))
        for gone, come in sorted(seen)
        if _left(gone, old, new) and not {w.casefold() for w in (*gone, *come)} & LEGAL_FORMS
    }


def _names(a: Words, b: Words) -> Iterator[tuple[Words, Words]]:
    """Yield capitalised words that became others, alone and with the capitalised word that follows both."""
    for run in differing(a, b):
        gone, come = a[run.a0 : run.a1], b[run.b0 : run.b1]
        if 0 < len(gone) <= 5 and 0 < len(come) <= 5 and gone[0][:1].isupper() and come[0][:1].isupper():
            yield gone, come
            if a[run.a1 : run.a1 + 1] and a[run.a1][:1].isupper():
                yield (*gone, a[run.a1]), (*come, a[run.a1])


def _left(phrase: Words, old: str, new: str) -> bool:
    name = " ".join(phrase)
    said = old.count(name)
    return said >= RENAMED_FROM and new.count(name) * 5 <= said
