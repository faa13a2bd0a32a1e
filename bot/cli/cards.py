"""`card`: the provision card of files, for people, or over JSON lines, for programs.

Nothing is composed here that a chat or a page would say otherwise: it is the card of the archive, on files.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.terminal import terminal
from bot.cli.texts import JsonLines, answer_lines, read_file
from watchers.errors import ClausewatchError
from watchers.provisions.ranking.linear import choose_folder

if TYPE_CHECKING:
    from watchers.provisions.card import Card
    from watchers.provisions.source import Source

KEPT = 8
"""Documents whose findings are remembered between questions: those of one platform."""


def add_to(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(card)


def card(
    provision: Annotated[str, typer.Argument(help="A provision, by name or alias.")] = "",
    files: Annotated[list[Path] | None, typer.Argument(help="Pages or texts: .html, .md or .txt.")] = None,
    jsonl: JsonLines = False,
    doc_type: Annotated[str, typer.Option("--type", help='The kind of document, e.g. "Privacy Policy".')] = "",
    weights: Annotated[
        Path | None, typer.Option(envvar="CLAUSEWATCH_WEIGHTS", help="A folder of weights in place of our own.")
    ] = None,
) -> None:
    """Show what documents say of one provision: the rule in their words, and what it leaves open.

    Example: clausewatch card arbitration terms.html --type "Terms of Service"
    """
    if weights:
        choose_folder(weights)
    if jsonl:
        answer_lines(sys.stdin, sys.stdout, card_one)
        return
    if not provision or not files:
        raise ClausewatchError("name a provision and a file, or ask over standard input with --jsonl; --help shows how")
    documents = [{"doc_type": doc_type, "path": str(path)} for path in files]
    terminal().print_json(data=card_one({"id": provision, "provision": provision, "documents": documents}))


def card_one(question: dict[str, Any]) -> dict[str, Any]:
    """Answer `{"id", "platform", "provision", "documents": [{"doc_type", "path"}]}` with the card in short."""
    from watchers.provisions import taxonomy
    from watchers.provisions.card import compose_card
    from watchers.provisions.choosing import best_source

    asked = str(question.get("provision") or "")
    provision = taxonomy.find(asked)
    if provision is None:
        near = ", ".join(one.id for one in taxonomy.nearest(asked))
        raise ClausewatchError(f"there is no provision {asked!r}; nearest: {near}")
    sources = _sources(str(question.get("platform") or ""), question.get("documents") or ())
    source = best_source(provision.id, sources)
    if source is None:
        return {"id": question["id"], "present": False}
    return {"id": question["id"], **_as_json(compose_card(provision.id, source))}


def _sources(platform: str, documents: Sequence[dict[str, Any]]) -> list[Source]:
    return [source_of(platform, str(one.get("doc_type") or ""), str(one.get("path") or "")) for one in documents]


@lru_cache(maxsize=KEPT)
def source_of(platform: str, doc_type: str, path: str) -> Source:
    """Read a file as a document of a platform, with all that is recognised in it."""
    from bot.examining.texts import boxed, recognised
    from watchers.model import Document, Part, Version
    from watchers.provisions.source import Source
    from watchers.reading.clauses import clauses

    reading = read_file(Path(path))
    document = Document(f"{platform}/{doc_type}", platform, doc_type, (Part(""),), reading.language)
    sha256 = hashlib.sha256(reading.text.encode()).hexdigest()
    seen = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    version = Version(sha256[:12], document.id, seen, sha256, reading.text, reading.links, reading.language)
    findings = boxed(recognised, reading.text, doc_type, None, reading.language)
    return Source(platform, document, version, clauses(reading.text), findings)


def _as_json(made: Card) -> dict[str, Any]:
    from watchers.provisions.ranking.reading import plain_stance

    return {
        "present": bool(made.excerpt),
        "document": made.citation.document if made.citation else None,
        "excerpt": made.excerpt,
        "statement": made.statement,
        "stance": plain_stance(made.stance) if made.stance else None,
        "for": made.binds,
        "facts": {slot.name: slot.fact for slot in made.facts},
        "exposure": made.exposure,
    }
