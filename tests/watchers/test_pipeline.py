"""Examining one look: what is news, what waits, what is never told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from watchers.comparing.history import fingerprint, sentence_marks
from watchers.model import (
    Document,
    Due,
    Look,
    Outcome,
    Part,
    Past,
    Reading,
    Significance,
    Snapshot,
    Turn,
    Validators,
    Version,
)
from watchers.pipeline import examine, first_look, glance
from watchers.reading.extract import read
from watchers.rules.ruleset import ruleset_id

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ADDRESS = "https://fernpost.example/privacy"
DOCUMENT = Document("fernpost/privacy-policy", "fernpost", "Privacy Policy", (Part(ADDRESS),))
DUE = Due(DOCUMENT, (Validators(),), ("",), version="v1", platform_name="Fernpost")

OPENING = "Fernpost runs a place to share postcards. This policy says what we learn about you and what we do with it."
KEPT = "Photographs are deleted 30 days after you close your account, and server logs are kept for two weeks."
PROMISE = "We do not use the photographs you upload to train machine learning models of any kind."
TRAINING = "We may use the photographs you upload to train our machine learning models, unless you opt out in Settings."
CONTACT = "Write to privacy@fernpost.example if you want to see, correct or delete what we hold about you."


def page(*paragraphs: str, extra: str = "") -> Snapshot:
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    html = f"<html><body><main><h1>Privacy Policy</h1>{body}</main>{extra}</body></html>"
    return Snapshot(ADDRESS, ADDRESS, 200, (), "text/html; charset=utf-8", html.encode(), NOW)


def past(snapshot: Snapshot, *earlier: Snapshot, rules: str = "") -> Past:
    """Return the memory of a document whose last version was read from `snapshot`, newest first."""
    readings = [read(DOCUMENT, (each,)) for each in (snapshot, *earlier)]
    version = Version(
        "v1", DOCUMENT.id, NOW, readings[0].sha256, readings[0].text, rules=rules or ruleset_id(), language="en"
    )
    return Past(
        version,
        (snapshot,),
        frozenset(fingerprint(reading.text) for reading in readings),
        frozenset[int]().union(*(sentence_marks(reading.text) for reading in readings)),
        tuple(reading.sha256 for reading in readings),
    )


OLD = page(OPENING, PROMISE, KEPT, CONTACT)


def look(new: Snapshot, memory: Past | None = None, now: datetime = NOW) -> Look:
    return examine(DUE, (new,), past(OLD) if memory is None else memory, now)


def test_first_sight_is_no_change() -> None:
    seen = look(OLD, Past())
    assert seen.outcome is Outcome.FIRST
    assert seen.reading is not None
    assert seen.difference is None


def test_words_that_stay_the_same_around_other_bytes_are_the_same_words() -> None:
    assert (
        look(page(OPENING, PROMISE, KEPT, CONTACT, extra="<footer>session 81a3</footer>")).outcome is Outcome.SAME_WORDS
    )


def test_a_changed_promise_is_a_substantive_change_that_names_its_provision() -> None:
    seen = look(page(OPENING, TRAINING, KEPT, CONTACT))
    assert seen.outcome is Outcome.CHANGED
    assert seen.difference is not None
    assert seen.difference.significance is Significance.SUBSTANTIVE
    assert ("ai_training", Turn.STRENGTHENED) in {(touch.provision, touch.turn) for touch in seen.touches}
    assert seen.headline.startswith("Fernpost may now train AI models")


def test_a_period_of_one_digit_more_is_substantive() -> None:
    seen = look(page(OPENING, PROMISE, KEPT.replace("30 days", "90 days"), CONTACT))
    assert seen.difference is not None
    assert seen.difference.significance is Significance.SUBSTANTIVE


def test_an_error_page_is_blindness_and_no_change() -> None:
    wrong = page("This page isn't available. The link may be broken, or the page may have been removed.")
    seen = look(wrong)
    assert seen.outcome is Outcome.BLIND
    assert seen.reason


def test_words_of_a_few_looks_ago_are_a_blink() -> None:
    before, now_there = page(OPENING, PROMISE, KEPT, CONTACT), page(OPENING, TRAINING, KEPT, CONTACT)
    assert look(before, past(now_there, before)).outcome is Outcome.BLINK


def test_a_rollback_that_lasts_is_told_as_one() -> None:
    before, now_there = page(OPENING, PROMISE, KEPT, CONTACT), page(OPENING, TRAINING, KEPT, CONTACT)
    memory = past(now_there, before)
    held = replace(memory, held=read(DOCUMENT, (before,)).sha256, held_since=NOW)
    assert look(before, held, NOW + timedelta(hours=23)).outcome is Outcome.BLINK
    seen = look(before, held, NOW + timedelta(hours=25))
    assert seen.outcome is Outcome.CHANGED
    assert seen.difference is not None
    assert seen.difference.significance is Significance.SUBSTANTIVE
    assert "rolled back to an earlier version" in seen.difference.reasons
    assert "rolled back" in seen.headline


def test_a_document_that_goes_to_and_fro_is_not_told_again() -> None:
    one, two = page(OPENING, PROMISE, KEPT, CONTACT), page(OPENING, TRAINING, KEPT, CONTACT)
    memory = past(two, one, two, one)
    held = replace(memory, held=read(DOCUMENT, (one,)).sha256, held_since=NOW)
    seen = look(one, held, NOW + timedelta(hours=25))
    assert seen.difference is not None
    assert seen.difference.significance is Significance.COSMETIC


def test_words_that_come_back_from_an_edition_never_seen_before_are_told_however_often_they_came_back() -> None:
    one, two = page(OPENING, PROMISE, KEPT, CONTACT), page(OPENING, TRAINING, KEPT, CONTACT)
    three = page(OPENING, PROMISE, KEPT.replace("30", "90"), CONTACT)
    held = replace(past(three, one, two, one), held=read(DOCUMENT, (one,)).sha256, held_since=NOW)
    seen = look(one, held, NOW + timedelta(hours=25))
    assert seen.difference is not None
    assert seen.difference.significance is Significance.SUBSTANTIVE
    assert "rolled back" in seen.headline


def test_a_change_of_our_own_rules_is_never_their_change() -> None:
    memory = past(OLD, rules="an older extractor")
    assert memory.version is not None
    stale = replace(memory.version, text="# Privacy Policy\n\nWords as an older extractor read them.")
    seen = look(OLD, replace(memory, version=stale))
    assert seen.outcome is Outcome.SAME_WORDS


def test_a_change_found_with_new_rules_brings_the_old_page_read_again() -> None:
    memory = past(OLD, rules="an older extractor")
    assert memory.version is not None
    stale = replace(memory.version, text="# Privacy Policy\n\nWords as an older extractor read them.")
    seen = look(page(OPENING, TRAINING, KEPT, CONTACT), replace(memory, version=stale))
    assert seen.outcome is Outcome.CHANGED
    assert seen.reread is not None
    assert PROMISE in seen.reread.text


def test_every_passage_is_a_verbatim_slice_of_its_version() -> None:
    new = page(OPENING, TRAINING, KEPT.replace("30", "60"), CONTACT)
    seen = look(new)
    assert seen.difference is not None
    assert seen.reading is not None
    old_text = read(DOCUMENT, (OLD,)).text
    for passage in seen.difference.passages:
        if passage.before:
            assert old_text[passage.before_start :].startswith(passage.before)
        if passage.after:
            assert seen.reading.text[passage.after_start :].startswith(passage.after)


def test_a_page_that_says_the_archived_words_is_settled_without_the_archive() -> None:
    due = replace(DUE, text_sha256=read(DOCUMENT, (OLD,)).sha256)
    seen = glance(due, (page(OPENING, PROMISE, KEPT, CONTACT, extra="<!-- 81a3 -->"),), NOW)
    assert isinstance(seen, Look)
    assert seen.outcome is Outcome.SAME_WORDS


def test_a_glance_at_other_words_hands_on_what_it_read() -> None:
    new = page(OPENING, TRAINING, KEPT, CONTACT)
    due = replace(DUE, text_sha256=read(DOCUMENT, (OLD,)).sha256)
    seen = glance(due, (new,), NOW)
    assert seen == read(DOCUMENT, (new,))
    assert isinstance(seen, Reading)
    assert examine(due, (new,), past(OLD), NOW, seen) == look(new)


def test_archived_findings_stand_in_for_recognising_the_last_version_again() -> None:
    new, memory = page(OPENING, TRAINING, KEPT, CONTACT), past(OLD)
    first = first_look(DUE, (OLD,), NOW)
    known = replace(memory, findings=first.findings, recognised=first.recognised)
    assert look(new, known) == look(new, memory)


def test_findings_that_other_rules_recognised_are_not_relied_on() -> None:
    new, memory = page(OPENING, TRAINING, KEPT, CONTACT), past(OLD)
    assert look(new, replace(memory, findings=(), recognised="older rules")) == look(new, memory)
