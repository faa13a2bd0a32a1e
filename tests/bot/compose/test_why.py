"""Why something was told, or found, is said with the rule and the words."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.compose.why import UNREASONED, of_change, of_finding
from tests.watchers.rules import golden
from watchers.model import Change, Look
from watchers.pipeline import examine

TYPE = "Privacy Policy"
OLD = golden.SECTIONS
NEW = OLD.replace(
    "<h2>Contact", "<p>We may use your pictures to train our machine learning models.</p><h2>Contact"
).replace("30 days", "90 days")


def looked(new: str) -> Look:
    past = golden.remembered(golden.first(TYPE, OLD), TYPE, OLD)
    return examine(golden.due(TYPE), (golden.page(TYPE, new),), past, golden.NOW)


def change(new: str) -> Change:
    look = looked(new)
    assert look.difference is not None
    seen = datetime(2026, 5, 1, tzinfo=UTC)
    return Change("c1", "tern/legal", "v1", "v2", seen, look.difference, look.touches, look.headline)


def test_a_change_that_was_told_names_each_passage_and_each_provision() -> None:
    lines = list(of_change(change(NEW)))
    assert lines[0].startswith("substantive: ")
    assert any(line.startswith("AI training appeared: after by “") for line in lines)
    assert sum(": told, " in line for line in lines) == 2


def test_a_passage_that_is_silent_names_the_rule_that_made_it_so() -> None:
    silent = [
        line for line in of_change(change(OLD.replace("learn about you.", "learn about you!"))) if "silent" in line
    ]
    assert silent
    assert not any(UNREASONED in line for line in silent)


def test_a_finding_names_its_rule_its_words_and_what_weighs() -> None:
    look = looked(NEW)
    assert look.reading is not None
    (found,) = [each for each in look.findings if each.provision == "ai_training"]
    first, by, *others = of_finding(found, look.reading.text)
    assert first == "AI training: “We may use your pictures to train our machine learning models.”"
    assert by.startswith("found by “")
    assert f"“{look.reading.text[found.cue_start : found.cue_end]}”" in by
    assert others[-1] == f"exposure: {found.exposure}"
    assert len(others) == 2 + len(found.factors)
