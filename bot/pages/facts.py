"""Facts: what is archived as plain JSON, the same in the interface, in webhooks and in exports. Pure."""

from __future__ import annotations

from typing import Any

from storage.archive.history import VersionNote
from watchers.model import Change, Document, Finding, Passage, Platform, Version

Json = dict[str, Any]


def platform_facts(platform: Platform) -> Json:
    """Return a platform with its documents."""
    documents = [document_facts(each) for each in platform.documents]
    return {"id": platform.id, "name": platform.name, "aliases": list(platform.aliases), "documents": documents}


def document_facts(document: Document) -> Json:
    """Return what is declared of a document."""
    return {
        "id": document.id,
        "platform": document.platform,
        "type": document.type,
        "language": document.language,
        "addresses": [part.address for part in document.parts],
        "source": document.source,
        "licence": document.licence,
    }


def version_facts(note: VersionNote) -> Json:
    """Return a version without its words."""
    return {
        "id": note.id,
        "document": note.document,
        "ordinal": note.ordinal,
        "seen_at": note.seen_at.isoformat(),
        "sha256": note.sha256,
        "language": note.language,
        "rules": note.rules,
        "source": note.source,
        "chain": note.chain,
    }


def change_facts(change: Change) -> Json:
    """Return a change without its passages."""
    difference = change.difference
    return {
        "id": change.id,
        "document": change.document,
        "seen_at": change.seen_at.isoformat(),
        "before": change.before,
        "after": change.after,
        "significance": str(difference.significance),
        "reasons": list(difference.reasons),
        "headline": change.headline,
        "effective": difference.effective.isoformat() if difference.effective else None,
        "provisions": [{"provision": touch.provision, "turn": str(touch.turn)} for touch in change.touches],
    }


def passage_facts(passage: Passage, before: str, after: str) -> Json:
    """Return a passage whose words are slices of two versions."""
    old = {"version": before, "start": passage.before_start, "text": passage.before} if passage.before else None
    new = {"version": after, "start": passage.after_start, "text": passage.after} if passage.after else None
    return {
        "kind": str(passage.kind),
        "significance": str(passage.significance),
        "direction": str(passage.direction),
        "path": list(passage.path),
        "before": old,
        "after": new,
    }


def finding_facts(finding: Finding, version: Version) -> Json:
    """Return a provision as it was recognised in a version."""
    return {
        "provision": finding.provision,
        "excerpt": finding.excerpt(version.text),
        "start": finding.start,
        "end": finding.end,
        "stance": str(finding.stance),
        "exposure": str(finding.exposure),
        "confidence": finding.confidence,
    }
