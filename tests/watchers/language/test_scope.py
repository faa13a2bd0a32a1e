"""Who acts, what is denied, what is conditional: told for one verb, inside its clause."""

import pytest

from watchers.errors import CatalogueError
from watchers.language.modifiers import Kind, Modifier, marks, modifiers, read_modifiers
from watchers.language.scope import Scope, clauses, scope_of


def scope(sentence: str, verb: str) -> Scope:
    start = sentence.index(verb)
    return scope_of(sentence, start, start + len(verb))


@pytest.mark.parametrize("modifier", modifiers().every, ids=lambda one: one.kind)
def test_a_modifier_is_found_in_what_it_says_and_not_in_what_looks_like_it(modifier: Modifier) -> None:
    assert modifier.kind in {mark.kind for mark in marks(modifier.says.lower())}


@pytest.mark.parametrize(
    ("sentence", "verb", "denied"),
    [
        ("if your payment is not successful, we may suspend your account.", "suspend", False),
        ("if a settlement is not achieved, disputes shall be settled by arbitration.", "settled", False),
        ("we may collect your data, but we do not sell it.", "collect", False),
        ("we may collect your data, but we do not sell it.", "sell it", True),
        ("we do not sell your data; we share it with partners.", "share", False),
        ("no transfer will take place unless the country is safe.", "transfer", True),
        ("we collect data, including but not limited to names.", "collect", False),
        ("we may end the service without notice.", "end", False),
        ("we are not required to monitor what people post.", "monitor", False),
        ("the controller shall never sell it.", "sell", True),
    ],
)
def test_a_denial_reaches_the_verb_of_its_own_clause(sentence: str, verb: str, denied: bool) -> None:
    assert scope(sentence, verb).negated is denied


@pytest.mark.parametrize(
    ("sentence", "verb", "actor"),
    [
        ("they do not share your card number with us.", "share", Kind.THIRD_PARTY),
        ("do not share what you want to keep.", "share", Kind.READER),
        ("partners may collect data from you.", "collect", Kind.THIRD_PARTY),
        ("your data is collected by our partners.", "collected", Kind.THIRD_PARTY),
        ("we share data with partners and use it for ads.", "use", Kind.SERVICE),
        ("you grant us a licence to use it.", "licence", Kind.READER),
        ("you agree not to scrape the service.", "scrape", Kind.READER),
        ("we may keep it, and you may close your account.", "close", Kind.READER),
        ("disputes go to arbitration.", "go", None),
    ],
)
def test_who_does_it_is_the_subject_of_the_verb(sentence: str, verb: str, actor: Kind | None) -> None:
    assert scope(sentence, verb).actor is actor


@pytest.mark.parametrize(
    ("sentence", "verb", "modality"),
    [
        ("we reserve the right to close your account.", "close", Kind.MAY),
        ("you must be eighteen.", "be eighteen", Kind.MUST),
        ("we are not required to monitor it.", "monitor", Kind.NO_DUTY),
        ("you may not copy it.", "copy", Kind.BAN),
        ("we will tell you, and we may stop.", "stop", Kind.MAY),
    ],
)
def test_the_modality_in_force_is_the_nearest_before_the_verb(sentence: str, verb: str, modality: Kind) -> None:
    assert scope(sentence, verb).modality is modality


def test_conditions_exceptions_and_consent_are_told_with_their_words() -> None:
    sentence = "we will not use what you post to train models without your consent, unless you opt in."
    found = scope(sentence, "train")
    assert found.negated
    assert found.consent is not None
    assert sentence[slice(*found.consent)].startswith("without your consent")
    assert [sentence[slice(*one)] for one in found.exceptions] == ["unless you opt in"]


def test_a_condition_ends_at_the_comma_before_a_new_subject() -> None:
    sentence = "if you pay late, or not at all, we may stop."
    assert next(sentence[a:b] for a, b in clauses(sentence)) == "if you pay late, or not at all,"


def test_a_wrong_modifier_is_named_with_its_line() -> None:
    text = '[[modifier]]\nkind = "service"\nfind = "we("\nreach = "forward"\nsays = "We do."\n'
    with pytest.raises(CatalogueError, match=r"modifiers\.toml:1"):
        read_modifiers(text)
