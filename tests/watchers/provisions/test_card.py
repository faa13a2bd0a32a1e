"""The card says what was found, verbatim, and what was not; it adds nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watchers.model import Document, Exposure, Link, Part, Stance, Version
from watchers.provisions.card import Card, absent, compose_card
from watchers.provisions.choosing import best_source, sayings
from watchers.provisions.comparison import by_platform, elsewhere, row
from watchers.provisions.law import landscape, law
from watchers.provisions.recogniser import recognise
from watchers.provisions.source import Source
from watchers.provisions.taxonomy import PROVISIONS
from watchers.reading.clauses import clauses

SEEN = datetime(2026, 5, 1, tzinfo=UTC)
POLICY = """# Privacy Policy

## 2. Artificial intelligence

We may use the posts you publish to train our machine learning models. You can opt out of training in Settings.

## 3. How long we keep it

We keep your account data as long as your account exists.
"""


def source(text: str = POLICY, platform: str = "Fernpost", kind: str = "Privacy Policy", **more: object) -> Source:
    document = Document("fernpost/privacy", "fernpost", kind, (Part("https://fernpost.example/privacy"),))
    at = text.find("Settings")
    links = (Link(at, at + 8, "https://fernpost.example/settings"),) if at >= 0 else ()
    version = Version("v1", document.id, SEEN, "ab" * 32, text, links, "en")
    found = Source(platform, document, version, clauses(text), recognise(text, doc_type=kind))
    return replace(found, **more)  # type: ignore[arg-type]


def card(provision: str = "ai_training", **more: object) -> Card:
    return compose_card(provision, source(**more))  # type: ignore[arg-type]


def test_the_excerpt_is_a_slice_of_the_version_and_cited_with_its_headings() -> None:
    made = card()
    assert made.citation is not None
    assert made.excerpt == POLICY[made.citation.start : made.citation.end]
    assert made.citation.path == ("Privacy Policy", "2. Artificial intelligence")
    assert made.citation.sha256 == "ab" * 32


def test_the_statement_follows_the_stance_of_the_words() -> None:
    assert card().statement.startswith("Under Fernpost's Privacy Policy, the platform may train or improve AI models")
    denied = card(text="We do not use your posts to train machine learning models.")
    assert denied.stance is Stance.DOES_NOT
    assert "the platform does not train" in denied.statement


def test_what_is_left_open_is_named_and_what_is_said_is_not() -> None:
    notes = {point.says for point in card().open_points}
    assert "No separate way to opt out is named." not in notes  # the next sentence names one
    silent = card(text="We may use the posts you publish to train our machine learning models.").open_points
    assert "No separate way to opt out is named." in {point.says for point in silent}


def test_a_note_on_words_quotes_them() -> None:
    quoted = {point.says: point.quote for point in card().open_points}
    assert quoted["It is worded as a possibility; it does not say when it is used."] == "may"


def test_the_choice_the_text_offers_is_quoted_with_its_link() -> None:
    (choice,) = [each for each in card("ai_training").choices if each.address]
    assert choice.quote in POLICY
    assert choice.address == "https://fernpost.example/settings"
    linkless = card(text=POLICY.replace("in Settings", "by letter")).choices
    assert [each.address for each in linkless] == [""]


def test_a_provision_that_is_not_there_is_said_to_be_missing_without_an_excerpt() -> None:
    made = card("arbitration")
    assert made.excerpt == ""
    assert made.citation is None
    assert made.statement == (
        "Nothing on arbitration in place of a court was recognised in Fernpost's Privacy Policy, in the version kept."
    )


def test_nothing_is_concluded_about_what_was_not_seen() -> None:
    cut = source(caveats=("The page was cut after 10 MB.",))
    assert absent(cut) == ()
    assert "in the part that could be read" in compose_card("arbitration", cut).statement


def test_a_whole_document_names_what_it_does_not_contain() -> None:
    assert "No statement on how data is protected was recognised." in absent(source())


def test_open_points_are_kept_to_languages_whose_rules_we_have() -> None:
    german = source()
    german = replace(german, version=replace(german.version, language="de"))
    assert compose_card("ai_training", german).open_points == ()
    assert absent(german) == ()


def test_a_finding_under_no_heading_is_not_held_against_the_rest_of_the_page() -> None:
    bare = source(text="We may use the posts you publish to train our machine learning models.\n\nWe like lamps.\n")
    notes = {point.says for point in compose_card("ai_training", bare).open_points}
    assert "No legal basis is named in this section." not in notes


def test_the_document_that_states_the_rule_is_shown_before_one_that_names_it() -> None:
    policy = source(text="We keep data of arbitration proceedings.")
    terms = source(text="Any dispute shall be settled by binding arbitration.", kind="Terms of Service")
    assert best_source("arbitration", [policy, terms]) is terms


def test_of_two_as_sure_the_document_where_people_look_first_is_shown() -> None:
    text = "Any dispute is settled by binding arbitration before one arbitrator."
    policy, terms = source(text=text), source(text=text, kind="Terms of Service")
    assert best_source("arbitration", [policy, terms]) is terms
    text = "We may use the posts you publish to train our machine learning models."
    policy, terms = source(text=text), source(text=text, kind="Terms of Service")
    assert best_source("ai_training", [terms, policy]) is policy


def test_the_clause_that_sends_disputes_to_arbitration_goes_before_one_that_names_it() -> None:
    text = (
        "We keep data to exercise rights in judicial, administrative and arbitration proceedings.\n\n"
        "Any dispute is finally settled by arbitration in Lampton."
    )
    assert compose_card("arbitration", source(text=text)).excerpt.startswith("Any dispute")


def test_every_rule_that_may_apply_says_why() -> None:
    hooks = [hook for provision in PROVISIONS for hook in landscape(provision).hooks]
    assert hooks
    assert all(hook.why and hook.locator for hook in hooks)


def test_a_card_of_a_document_in_another_language_says_what_it_may_lack() -> None:
    german = source()
    german = replace(german, version=replace(german.version, language="de"))
    (caveat,) = compose_card("ai_training", german).caveats
    assert "in the language “de”, of which fewer words are known" in caveat
    finnish = replace(german, version=replace(german.version, language="fi"))
    (caveat,) = compose_card("ai_training", finnish).caveats
    assert "provisions are recognised in English, German, French" in caveat
    assert compose_card("ai_training", source()).caveats == ()


@pytest.mark.parametrize("word", ["violat", "illegal", "unlawful under"])
def test_a_card_gives_no_determination(word: str) -> None:
    made = card()
    said = " ".join((made.statement, made.meaning, made.disclaimer, *(point.says for point in made.open_points)))
    assert word not in said
    assert "not a legal determination" in made.disclaimer
    assert "not affiliated with Fernpost" in made.disclaimer


def test_a_row_shows_the_best_excerpt_and_since_when() -> None:
    made = row("ai_training", source(), SEEN)
    assert made.excerpt in POLICY
    assert made.since == SEEN
    assert row("arbitration", source()).excerpt == ""


def test_models_that_are_no_machine_are_not_trained() -> None:
    words = "We use this information to improve our services, validate our pricing models and develop our business."
    assert "ai_training" not in {finding.provision for finding in recognise(words, doc_type="Privacy Policy")}


def test_others_are_quoted_once_each_and_never_the_same_sentence_twice() -> None:
    texts = {
        "Alder": "We may use your posts to train our AI models.",
        "Beech": "We may use your posts to train our AI models!",
        "Cedar": "We do not use messages to train artificial intelligence models.",
        "Fernpost": POLICY,
    }
    rows = by_platform(row("ai_training", source(text, name)) for name, text in texts.items())
    picked = elsewhere(rows, without="Fernpost")
    assert {each.citation.platform for each in picked} == {"Alder", "Cedar"}


def test_the_card_weighs_the_words_it_shows_and_gives_the_notice_of_the_law() -> None:
    text = "We may use any content you post to train our models, and so may our partners."
    shown = source(text)
    made = compose_card("ai_training", shown)
    assert made.exposure is sayings("ai_training", shown)[0].exposure is Exposure.HIGH
    assert made.notice == law().notice != ""


def test_a_row_names_the_platform_of_a_document_that_says_nothing() -> None:
    silent = row("ai_training", source("We like the sea."))
    assert (silent.platform, silent.document, silent.excerpt) == ("Fernpost", "Privacy Policy", "")
