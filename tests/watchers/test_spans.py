"""Any two versions are compared as a look compares neighbours; what is too much comes out coarse."""

from datetime import UTC, datetime

from watchers.model import Document, Part, Version
from watchers.spans import span, span_coarsely

DOCUMENT = Document("fernpost/privacy", "fernpost", "Privacy Policy", (Part("https://fernpost.example/privacy"),))


def version(identity: str, day: int, words: str) -> Version:
    text = f"# Privacy\n\n## Your letters\n\n{words}\n"
    return Version(identity, DOCUMENT.id, datetime(2026, 1, day, tzinfo=UTC), "0", text, language="en")


BEFORE = version("v1", 1, "We do not sell your personal data. We keep letters for 30 days.")
AFTER = version("v2", 9, "We may sell your personal data. We keep letters for 90 days.")


def test_a_span_names_both_versions_and_what_it_touches() -> None:
    found = span(DOCUMENT, "Fernpost", BEFORE, AFTER)
    assert (found.before, found.after, found.seen_at) == ("v1", "v2", AFTER.seen_at)
    assert "data_sale" in {touch.provision for touch in found.touches}
    assert all(p.before in BEFORE.text and p.after in AFTER.text for p in found.difference.passages)


def test_a_span_of_the_same_words_has_no_passage() -> None:
    assert span(DOCUMENT, "Fernpost", BEFORE, BEFORE).difference.passages == ()


def test_what_is_too_much_is_said_to_be_with_the_lines_that_came_and_went() -> None:
    found = span_coarsely(DOCUMENT, "Fernpost", BEFORE, AFTER)
    assert "too large to compare" in found.headline
    assert found.touches == ()
    assert all(p.before in BEFORE.text and p.after in AFTER.text for p in found.difference.passages)
