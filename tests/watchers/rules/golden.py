"""A golden corpus: small pages and clauses of our own, and what today's rules make of them.

`python -m tests.watchers.rules.golden` prints it; `… --write` keeps it as `golden.json`, whose difference in a commit
shows what the commit changes for people.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchers.model import Document, Due, Look, Outcome, Part, Past, Snapshot, Validators, Version
from watchers.pipeline import examine, first_look
from watchers.rules.ruleset import ruleset_id

KEPT = Path(__file__).with_name("golden.json")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ADDRESS = "https://tern.example/legal"

SECTIONS = (
    "<h2>Who we are</h2><p>Tern runs a place to share pictures of birds. This text says what we learn about you.</p>"
    "<h2>What we collect</h2><p>We collect the name, the e-mail address and the location that you give us.</p>"
    "<p>We keep your pictures for 30 days after you close your account.</p>"
    "<h2>Contact</h2><p>Write to privacy@tern.example to see, correct or delete what we hold about you.</p>"
)
SHARING = "<h2>Sharing</h2><p>We may share your personal information with business partners.</p>"
TERMS = (
    "<p>You grant us a worldwide, royalty-free licence to host and display what you post.</p>"
    "<p>Any dispute is resolved by binding arbitration, and you waive your right to a class action.</p>"
    "<p>We may suspend your account at any time without notice.</p>"
    "<ul><li>You must be 13 or older.</li><li>You must not scrape the service.</li></ul>"
)
FRAME = (
    "<html><head><title>Tern</title></head><body><nav><a href=/>Home</a></nav><main><h1>{}</h1>{}</main></body></html>"
)

PAIRS: tuple[tuple[str, str, str, str], ...] = (
    ("a recipient is named", "Privacy Policy", SECTIONS + SHARING, SECTIONS + SHARING.replace(
        "business partners", "our trusted business partners in Norway")),
    ("training is allowed", "Privacy Policy", SECTIONS, SECTIONS.replace(
        "<h2>Contact", "<p>We may use your pictures to train our machine learning models.</p><h2>Contact")),
    ("a period grows", "Privacy Policy", SECTIONS, SECTIONS.replace("30 days", "90 days")),
    ("a promise is dropped", "Privacy Policy", SECTIONS + "<p>We do not sell your personal information.</p>", SECTIONS),
    ("a spelling is mended", "Privacy Policy", SECTIONS.replace("address and", "adress and"), SECTIONS),
    ("sections change places", "Privacy Policy", SECTIONS + SHARING, SHARING + SECTIONS),
    ("an error page comes", "Privacy Policy", SECTIONS, "<p>Page not found. The page you want does not exist.</p>"),
    ("arbitration leaves", "Terms of Service", SECTIONS + TERMS, SECTIONS + TERMS.replace(
        "Any dispute is resolved by binding arbitration, and you waive your right to a class action.",
        "Any dispute is decided by the courts of Norway.")),
    ("liability is limited", "Terms of Service", SECTIONS + TERMS, SECTIONS + TERMS +
        "<p>Our total liability to you is limited to 100 euros.</p>"),
)  # fmt: skip


def page(doc_type: str, body: str) -> Snapshot:
    """Return a page of the corpus as it would be served."""
    html = FRAME.format(doc_type, body).encode()
    return Snapshot(ADDRESS, ADDRESS, 200, (), "text/html; charset=utf-8", html, NOW)


def document(doc_type: str) -> Document:
    """Return a document of the corpus."""
    return Document("tern/legal", "tern", doc_type, (Part(ADDRESS),))


def due(doc_type: str) -> Due:
    """Return a document of the corpus whose look is due."""
    return Due(document(doc_type), (Validators(),), ("",), version="v1", platform_name="Tern")


def first(doc_type: str, body: str) -> Look:
    """Return the first look at a page."""
    return first_look(due(doc_type), (page(doc_type, body),), NOW)


def remembered(look: Look, doc_type: str, body: str) -> Past:
    """Return the memory of a first look, with what it found."""
    reading = look.reading
    assert reading is not None
    version = Version(
        "v1", "tern/legal", NOW, reading.sha256, reading.text, reading.links, reading.language, reading.rules
    )
    return Past(version, (page(doc_type, body),), findings=look.findings, recognised=look.recognised)


def forgotten(look: Look) -> Look:
    """Return a first look in which older rules saw nothing."""
    return replace(look, findings=(), recognised="rules of May")


def results() -> dict[str, Any]:
    """Return what today's rules make of every pair: words, findings, outcome, passages, touches, headline."""
    return {name: _one(doc_type, old, new) for name, doc_type, old, new in PAIRS}


def _one(doc_type: str, old: str, new: str) -> dict[str, Any]:
    before = first(doc_type, old)
    after = examine(due(doc_type), (page(doc_type, new),), remembered(before, doc_type, old), NOW)
    return {"first": _told(before), "then": _told(after)}


def _told(look: Look) -> dict[str, Any]:
    text = look.reading.text if look.reading else ""
    found: dict[str, Any] = {"outcome": str(look.outcome), "reason": look.reason}
    if look.outcome in (Outcome.FIRST, Outcome.CHANGED):
        found["text"] = text.split("\n")
        found["findings"] = [[f.provision, str(f.stance), str(f.exposure), f.excerpt(text)] for f in look.findings]
    if look.difference:
        found["headline"] = look.headline
        found["passages"] = [
            [str(p.kind), str(p.significance), [str(r) for r in p.reasons]] for p in look.difference.passages
        ]
        found["touches"] = [[touch.provision, str(touch.turn)] for touch in look.touches]
    return found


def main() -> None:
    """Print the golden results, or keep them."""
    body = json.dumps({"ruleset": ruleset_id(), "results": results()}, indent=1, ensure_ascii=False) + "\n"
    if "--write" in sys.argv:
        KEPT.write_text(body, encoding="utf8")
    else:
        sys.stdout.write(body)


if __name__ == "__main__":
    main()
