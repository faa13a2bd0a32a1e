"""What differs between any two versions of a document, examined by the rules that a look uses.

Nothing is read or kept here, and no memory of other versions takes part: two texts in, one change out. It is no change
of the archive, so its id names both versions and cites nothing.
"""

from __future__ import annotations

from watchers.comparing.coarse import TOO_LARGE, compare_coarsely
from watchers.comparing.compare import compare
from watchers.model import Change, Document, Reading, Version
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed


def span(document: Document, platform: str, before: Version, after: Version) -> Change:
    """Return the difference from one version to a later one of the same document. Never raises on any text.

    `platform` is its name, for the headline. Both texts are recognised anew, by today's rules.
    """
    old, new = _reading(before), _reading(after)
    difference = compare(old, new, doc_type=document.type)
    touches = touched(
        old.text,
        recognise(old.text, doc_type=document.type, language=old.language),
        new.text,
        recognise(new.text, doc_type=document.type, language=new.language),
        difference,
    )
    difference = weighed(difference, touches)
    return Change(
        f"{before.id}..{after.id}",
        document.id,
        before.id,
        after.id,
        after.seen_at,
        difference,
        touches,
        headline(platform, document.type, difference, touches, old.text, new.text),
    )


def span_coarsely(document: Document, platform: str, before: Version, after: Version) -> Change:
    """Return the difference of two versions that are too much to be compared word by word: nothing is recognised."""
    difference = compare_coarsely(_reading(before), _reading(after))
    headline = f"{platform} {document.type}: {TOO_LARGE}"
    return Change(
        f"{before.id}..{after.id}", document.id, before.id, after.id, after.seen_at, difference, headline=headline
    )


def _reading(version: Version) -> Reading:
    return Reading(version.text, version.links, version.language, rules=version.rules)
