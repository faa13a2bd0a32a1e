"""What a clause mentions in passing is not what it is about."""

import pytest

from watchers.provisions.recogniser import recognise

ABOUT_SHIPPING = (
    "Orders are packed in our warehouse and leave it on the same day if they reach us before noon. "
    "The courier leaves a card at your door when nobody is there to take the parcel from him. "
)
KEPT = "Cards that nobody answers are kept for ten days. "
RETURNS = "Parcels that come back to us are unpacked, looked over by two people and put on the shelf again. "


def provisions(text: str) -> set[str]:
    return {found.provision for found in recognise(text, doc_type="Privacy Policy")}


def test_a_weak_mention_amid_another_subject_is_left_out() -> None:
    assert "retention" not in provisions(ABOUT_SHIPPING + KEPT + RETURNS)


@pytest.mark.parametrize("text", [KEPT, KEPT + ABOUT_SHIPPING + RETURNS, "How long we keep things. " + KEPT + RETURNS])
def test_the_same_sentence_counts_where_it_stands_alone_or_opens_the_clause(text: str) -> None:
    assert "retention" in provisions(text)


def test_a_provision_that_binds_wherever_it_stands_is_never_left_out() -> None:
    assert "arbitration" in provisions(
        ABOUT_SHIPPING + "Disputes are settled by binding arbitration. " + RETURNS + RETURNS
    )
