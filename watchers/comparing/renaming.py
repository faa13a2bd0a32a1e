"""Names and terms that were replaced throughout a document.

Only found here; what a clause says once they are taken for the same is judged in `wording`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from watchers.comparing.folding import words
from watchers.comparing.runs import differing
from watchers.comparing.spelling import LEGAL_FORMS

Words = tuple[str, ...]

#: A name counts as replaced throughout when it was said this often before.
RENAMED_FROM = 3
#: So many names are asked whether they were replaced throughout, those replaced most often first.
_NAMES = 200


def renames(rewordings: Sequence[tuple[str, str]], old: str, new: str) -> dict[Words, Words]:
    """Find names and terms that were replaced throughout: said at least three times before, hardly ever after.

    `rewordings` are pairs of clauses as written, `old` and `new` the whole texts.
    """
    seen: Counter[tuple[Words, Words]] = Counter()
    for before, after in rewordings:
        seen.update(_names(words(before), words(after)))
    return {
        tuple(map(str.casefold, gone)): tuple(map(str.casefold, come))
        for gone, come in sorted(sorted(seen, key=lambda pair: (-seen[pair], pair))[:_NAMES])
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
