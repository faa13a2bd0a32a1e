"""A document of one text, with all that is recognised in it: what a person's question is answered from."""

from __future__ import annotations

from datetime import UTC, datetime

from watchers.model import Document, Part, Version
from watchers.provisions.recogniser import recognise
from watchers.provisions.source import Source
from watchers.reading.clauses import clauses


def source(text: str, doc_type: str = "Privacy Policy") -> Source:
    """Return a text as a document of a type at Tern."""
    document = Document("tern/one", "tern", doc_type, (Part("https://tern.example/one"),))
    version = Version("v", document.id, datetime(2026, 5, 1, tzinfo=UTC), "ab" * 32, text)
    return Source("Tern", document, version, clauses(text), recognise(text, doc_type=doc_type))
