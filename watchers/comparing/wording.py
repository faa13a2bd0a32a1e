"""Wording: whether two runs of words say the same, and by which rule of the table one can tell.

A rule here must never fire on a number, a negation, a modal verb, a legal form or a role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from watchers.comparing.dates import Meaning, masked, mentions, same_date_said, says_only_a_date
from watchers.comparing.edits import apply, edits
from watchers.comparing.folding import folded, key, leading_number, without_number, words
from watchers.comparing.runs import differing
from watchers.comparing.series import reordered
from watchers.comparing.spelling import GRAMMAR, same_word, spelled
from watchers.comparing.trifles import RENUMBERED, trifle
from watchers.comparing.written import evenly

Words = tuple[str, ...]

TYPOGRAPHY = "typography"
CAPITALS = "capital letters"
SPELLING = "spelling"
DATE_FORMAT = "date written differently"
DATE_ONLY = "date only"
HIDDEN_ADDRESS = "e-mail address hidden from robots"
LINK_TEXT = "web address written differently"
RENAMED = "renamed throughout"
REORDERED = "reordered list"
WRITTEN = "the same written differently"

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
        if reason := trifle(before, after, edit):
            taken.append(edit)
            why.append(reason)
    return apply(before, after, tuple(taken))


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
    runs = {n: {target[at : at + n] for at in range(len(target) - n + 1)} for n in {*map(len, renames.values())}}
    here = {old: new for old, new in renames.items() if new in runs[len(new)]}
    lengths = sorted({*map(len, here)})
    out: list[str] = []
    at = 0
    while at < len(a):
        old = next((a[at : at + n] for n in lengths if a[at : at + n] in here), ())
        out += here[old] if old else (a[at],)
        at += len(old) or 1
        if old:
            why.append(f"{RENAMED}: {' '.join(old)} → {' '.join(here[old])}")
    return tuple(out)


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
