"""Under which platform and document of ours an imported service and terms type belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from watchers.catalogue import find
from watchers.model import Document, Platform
from watchers.platform_file import slug


class Names:
    """The platforms we know, so that "Twitter" is found under X."""

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self._platforms = tuple(platforms)

    def platform(self, service: str) -> Platform:
        """Return the platform of a service, a new one if we know none of that name."""
        return find(service, self._platforms) or Platform(slug(service), service)


def fitted(names: Names, platform: Platform) -> tuple[Platform, int]:
    """Return a declared platform as it fits those we know, and how many of its documents were ours already.

    What the catalogue says of a document stands: it would be put back at the next start anyway.
    """
    known = names.platform(platform.name)
    ours = {document.id for document in known.documents if not document.source}
    moved = [replace(one, id=f"{known.id}/{slug(one.type)}", platform=known.id) for one in platform.documents]
    fresh = tuple(document for document in moved if document.id not in ours)
    return replace(known, documents=fresh), len(moved) - len(fresh)


def document_of(names: Names, service: str, kind: str, source: str, licence: str) -> tuple[Platform, Document]:
    """Return platform and document of an imported text; a new document has no address, so nobody looks at it."""
    platform = names.platform(service)
    identity = f"{platform.id}/{slug(kind)}"
    known = next((document for document in platform.documents if document.id == identity), None)
    return platform, known or Document(identity, platform.id, kind, (), source=source, licence=licence)
