"""What is about personal data in a privacy policy may be about anything in terms: there it must speak of data."""

import pytest

from watchers.provisions.recogniser import recognise

PRIVACY, TERMS, RULES = "Privacy Policy", "Terms of Service", "Community Guidelines"


def provisions(text: str, kind: str) -> set[str]:
    return {found.provision for found in recognise(text, doc_type=kind)}


BARE = (
    ("data_sharing", "We may share it with our partners and other third parties."),
    ("data_sharing", "This will be publicly visible to other members."),
    ("law_enforcement", "We may hand anything over to the authorities where the law requires it."),
    ("retention", "We keep it for as long as you use the service."),
    ("contact_dpo", "If you have any questions, please contact us at help@tern.example."),
)


@pytest.mark.parametrize(("provision", "sentence"), BARE)
def test_a_sentence_without_a_word_on_data_counts_in_a_privacy_policy_alone(provision: str, sentence: str) -> None:
    assert provision in provisions(sentence, PRIVACY)
    assert provision not in provisions(sentence, TERMS)
    assert provision not in provisions(sentence, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "We may share your personal data with our partners and other third parties.",
        "# Privacy\n\nWe may share it with our partners and other third parties.",
        "We may share your personal data with:\n\n- our partners and other third parties",
    ],
    ids=["in the sentence", "in the heading", "in the lead-in"],
)
def test_in_terms_the_sentence_its_lead_in_or_a_heading_speaks_of_data(text: str) -> None:
    assert "data_sharing" in provisions(text, TERMS)


def test_a_document_of_an_unknown_kind_is_asked_for_nothing_more() -> None:
    assert "data_sharing" in provisions(BARE[0][1], "Law Enforcement Notes")


def test_what_is_not_about_data_alone_is_recognised_in_terms_as_ever() -> None:
    assert "children" in provisions("You must be thirteen or older to use the service.", TERMS)
