"""Wording: whether two runs of words say the same, and by which rule of the table one can tell.

A rule here must never fire on a number, a negation, a modal verb, a legal form or a role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from watchers.comparing.dates import Meaning, masked, mentions, same_date_said, says_only_a_date
from watchers.comparing.edits import apply, edits
from watchers.comparing.folding import folded, leading_number, without_number, words
from watchers.comparing.runs import differing
from watchers.comparing.spelling import GRAMMAR, LEGAL_FORMS, same_word, spelled
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

#: A name counts as replaced throughout when it was said this often before.
RENAMED_FROM = 3
_LIGHT = frozenset(
    "the a an that which of in on at as its their this these those also please such here below above following "
    "is are be been being by der die das den dem des ein eine einer einem einen le la les l un une des du de d el los "
    "las lo il i gli uno una o os as het een".split()
)
_EMAIL = re.compile(
    r"\[{1,2}email[\s\u00a0]protected\]{0,2}(?:\(\S*?cdn-cgi\S*?\))?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_HIDDEN = re.compile(r"email[\s\u00a0]protected", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s|)>\]]+[^\s|)>\].,;:]"
    r"|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|ai|io|eu|de|fr|co|app|dev|gov)/[^\s|)>\]]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\[\d{1,3}\]|[©®™]|\((?:c|r|tm)\)(?= )|\(?opens (?:in )?(?:a )?new (?:tab|window)\)?"
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
    if says_only_a_date(before) and says_only_a_date(after) and same_date_said(before, after):
        return (DATE_FORMAT,)
    why: list[str] = []
    before, after = _without_date_lines(_with_same_series(before, after), after, why)
    a, b = _levelled(before, after, why)
    a = _renamed(a, renames, why, b)
    runs = _runs(a, b)
    for gone, come, lead in runs:
        reason = _same_run(gone, come, lead, numbers)
        if not reason:
            return ()
        why.append(reason)
    return tuple(dict.fromkeys(why)) or (TYPOGRAPHY,)


def _with_same_series(before: str, after: str) -> str:
    """Return `before` with a comma for an "or" (or the reverse) wherever that is all an edit does."""
    series = ({",", "or"}, {",", "and"}, {",", ", or"}, {",", ", and"}, {"or", ", or"}, {"and", ", and"})
    return apply(
        before,
        after,
        tuple(e for e in edits(before, after) if _changes(before, after, e) in series or _joins(before, after, e)),
    )


def _changes(before: str, after: str, edit: Edit) -> set[str]:
    return {before[edit.a0 : edit.a1].strip(), after[edit.b0 : edit.b1].strip()}


def _joins(before: str, after: str, edit: Edit) -> bool:
    """Tell whether an "and" came or went after a comma."""
    comma = before[: edit.a0].rstrip().endswith(",")
    return comma and _changes(before, after, edit) in ({"", "and"}, {"", "or"})


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
    if bool(_HIDDEN.search(before)) != bool(_HIDDEN.search(after)):
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
    return tuple(map(spelled, folded(masked(before, iso=True)))), tuple(map(spelled, folded(masked(after, iso=True))))


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
    if all(word in _LIGHT for word in (*gone, *come)):
        return GRAMMAR
    if len(gone) == len(come) == 1:
        if numbers.get(gone[0]) == come[0] and _REFERENCE.match(lead):
            return RENUMBERED
        return same_word(gone[0], come[0])
    stripped = tuple(w for w in gone if w not in _LIGHT), tuple(w for w in come if w not in _LIGHT)
    if len(stripped[0]) == len(stripped[1]) == 1 and stripped[0] != stripped[1]:
        return same_word(stripped[0][0], stripped[1][0])
    if stripped[0] == stripped[1]:
        return GRAMMAR
    return ""


def renames(rewordings: Sequence[tuple[str, str]], old: str, new: str) -> dict[Words, Words]:
    """Find names and terms that were replaced throughout: said at least three times before, hardly ever after.

    `rewordings` are pairs of clauses as written, `old` and `new` the whole texts.
    """
    seen: set[tuple[Words, Words]] = set()
    for before, after in rewordings:
        for gone, come, _ in _runs(words(before), words(after)):
            if 0 < len(gone) <= 5 and 0 < len(come) <= 5 and gone[0][:1].isupper() and come[0][:1].isupper():
                seen.add((gone, come))
    return {
        tuple(map(str.casefold, gone)): tuple(map(str.casefold, come))
        for gone, come in sorted(seen)
        if _left(gone, old, new) and not {w.casefold() for w in (*gone, *come)} & LEGAL_FORMS
    }


def _left(phrase: Words, old: str, new: str) -> bool:
    name = " ".join(phrase)
    said = old.count(name)
    return said >= RENAMED_FROM and new.count(name) * 5 <= said
