"""Our own rules and selectors may move; nobody is told of it as a change of theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from watchers.model import Document, Due, Outcome, Part, Past, Selector, Snapshot, Validators, Version
from watchers.pipeline import examine
from watchers.reading.extract import UNDECLARED, read, rules_of
from watchers.rules.ruleset import ruleset_id

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ADDRESS = "https://tern.example/terms"
PARAGRAPHS = "".join(
    f"<p>{number}. You agree that we may keep the {word} you give us as long as the law requires.</p>"
    for number, word in enumerate("names addresses payments messages pictures places contacts".split(), 1)
)
DECLARED = Document("tern/terms", "tern", "Terms of Service", (Part(ADDRESS, (Selector("#terms"),)),))
UNTOLD = replace(DECLARED, parts=(Part(ADDRESS),))


def _page(identity: str, paragraphs: str = PARAGRAPHS) -> Snapshot:
    html = f"<main><h1>Terms</h1><p>Posted by the Tern team.</p><div id={identity}>{paragraphs}</div></main>"
    return Snapshot(ADDRESS, ADDRESS, 200, (), "text/html", html.encode(), NOW)


def _outcome(read_as: Document, watched_as: Document, old: Snapshot, new: Snapshot) -> Outcome:
    kept = read(read_as, (old,))
    version = Version("v1", watched_as.id, NOW, kept.sha256, kept.text, kept.links, rules=kept.rules, language="en")
    return examine(Due(watched_as, (Validators(),), ("",), version="v1"), (new,), Past(version, (old,)), NOW).outcome


def test_rules_name_the_extractor_and_the_selectors() -> None:
    assert rules_of(UNTOLD) == ruleset_id()
    assert rules_of(DECLARED).startswith(f"{ruleset_id()}:")
    assert read(DECLARED, (_page("elsewhere"),)).rules == rules_of(DECLARED) + UNDECLARED


def test_a_selector_that_we_moved_is_no_change() -> None:
    assert _outcome(UNTOLD, DECLARED, _page("terms"), _page("terms")) is Outcome.SAME_WORDS


def test_a_selector_that_their_redesign_lost_is_no_change() -> None:
    assert _outcome(DECLARED, DECLARED, _page("terms"), _page("legal-text")) is Outcome.SAME_WORDS


def test_words_that_changed_with_the_redesign_are_told() -> None:
    moved = _page("legal-text", PARAGRAPHS.replace("payments", "payment cards and bank accounts"))
    assert _outcome(DECLARED, DECLARED, _page("terms"), moved) is Outcome.CHANGED
