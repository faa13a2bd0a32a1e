"""How a document stands to a provision is told from its findings, the surest and the weightiest first."""

from dataclasses import replace

import pytest

from tests.watchers.provisions.sources import source
from watchers.model import Stance
from watchers.provisions.card import compose_card
from watchers.provisions.choosing import best_source
from watchers.provisions.recogniser import recognise
from watchers.provisions.stating import statement as in_a_sentence

DOES = "We use your posts to train our AI models."
DOES_NOT = "We do not use your private messages to train our AI models."
CHOICE = "You can opt out of the use of your posts to train our AI models in your settings."


def statement(text: str, doc_type: str = "Privacy Policy") -> str:
    return compose_card("ai_training", source(text, doc_type)).statement


def test_what_is_done_is_told_before_what_is_not() -> None:
    assert statement(f"{DOES_NOT}\n\n{DOES}").startswith("Tern's Privacy Policy describes the use")


def test_how_else_it_stands_is_told_after_it() -> None:
    told = statement(f"{DOES}\n\n{CHOICE}\n\n{DOES_NOT}")
    assert told.startswith("Tern's Privacy Policy offers a choice about")
    assert told.endswith("Other sentences describe it plainly and limit it or rule it out.")


def test_only_what_was_recognised_as_surely_is_told_beside_it() -> None:
    (best,) = [one for one in recognise(DOES) if one.provision == "ai_training"]
    for confidence, told in ((0.8, " Other sentences limit it or rule it out."), (0.6, "")):
        found = [replace(best, confidence=0.8), replace(best, confidence=confidence, stance=Stance.DOES_NOT)]
        assert in_a_sentence("Tern's Privacy Policy", "Privacy Policy", "x", found).endswith(f"describes x.{told}")


@pytest.mark.parametrize(
    ("shown", "beside"), [(Stance.DOES, ""), (Stance.DOES_NOT, " Other sentences permit or reserve it.")]
)
def test_that_it_may_be_done_is_told_beside_a_promise_and_goes_without_saying_where_it_is_done(
    shown: Stance, beside: str
) -> None:
    (found,) = [one for one in recognise(DOES) if one.provision == "ai_training"]
    told = in_a_sentence("It", "Privacy Policy", "x", [replace(found, stance=one) for one in (shown, Stance.MAY)])
    assert told.endswith(f" x.{beside}")


def test_a_promise_alone_is_told_as_one() -> None:
    assert statement(DOES_NOT).startswith("Tern's Privacy Policy states a limit on, or rules out, the use")


@pytest.mark.parametrize(("doc_type", "verb"), [("Terms of Service", "describe"), ("Privacy Policy", "describes")])
def test_the_verb_agrees_with_the_document(doc_type: str, verb: str) -> None:
    assert statement(DOES, doc_type).startswith(f"Tern's {doc_type} {verb} ")


def test_of_documents_that_say_it_as_surely_the_one_people_open_first_is_shown() -> None:
    terms, privacy = source(DOES, "Commercial Terms"), source(DOES, "Privacy Policy")
    assert best_source("ai_training", [terms, privacy]) is privacy
    assert best_source("ai_training", [source("Hello.", "Privacy Policy"), terms]) is terms


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("Even if you opt out, we will use your chats for model training when you send feedback.", Stance.DOES),
        ("We do not use your data to train our models except when you have not opted out.", Stance.OFFERS_CHOICE),
        ("This licence includes the right to use your posts to train AI models.", Stance.MAY),
        (
            "You have a control which allows you to object to the use of your chats for model training.",
            Stance.OFFERS_CHOICE,
        ),
        ("No rights are granted to use posts to train AI models.", Stance.DOES_NOT),
    ],
)
def test_exceptions_and_licences_are_not_taken_for_promises(sentence: str, stands: Stance) -> None:
    found = [one for one in recognise(sentence) if one.provision == "ai_training"]
    assert [one.stance for one in found] == [stands]


@pytest.mark.parametrize(
    "sentence",
    [
        "If you use our fine-tuning API, we keep your fine-tuning data until you delete it from the model page.",
        "We use your data to improve the AI products (but excluding model training).",
    ],
)
def test_fine_tuning_sold_and_training_left_out_are_no_training(sentence: str) -> None:
    assert "ai_training" not in {one.provision for one in recognise(sentence, doc_type="Privacy Policy")}


@pytest.mark.parametrize(
    ("text", "provision", "stands"),
    [
        ("We will not:\n\n- sell your personal data to anybody\n", "data_sale", Stance.DOES_NOT),
        ("We do not share data, except:\n\n- we sell your personal data to brokers\n", "data_sale", Stance.DOES),
        ("You may not:\n\n- scrape our pages with robots\n", "scraping_ban", Stance.PROHIBITS_READER),
        ("B.3. Tern will not:\n\nB.3.a. sell personal data to others;\n", "data_sale", Stance.DOES_NOT),
        ("B.3. Tern will not:\n\nB.4. We sell personal data to others.\n", "data_sale", Stance.DOES),
        (
            "Automated decision-making: We take no automated decision, and do not profile.",
            "automated_decisions",
            Stance.DOES_NOT,
        ),
        ("Sale of data: We do not sell your personal data.", "data_sale", Stance.DOES_NOT),
        ("We ignore Do Not Track signals.", "do_not_track", Stance.DOES),
        ("You have no obligation to give us feedback, but we may use it for free.", "feedback_licence", Stance.MAY),
        ("If you are not logged in, you can opt out by the link.", "opt_out", Stance.OFFERS_CHOICE),
        ("If you do not consent, we will not sell your data.", "data_sale", Stance.DOES_NOT),
        ("You grant us a licence to your content without further consent.", "content_licence", Stance.DOES),
        ("We will not sell your data without your consent.", "data_sale", Stance.DOES_NOT),
        ("We shall notify you of a personal data breach without undue delay.", "breach_notice", Stance.DOES),
    ],
)
def test_an_entry_stands_as_its_list_does_and_a_label_as_what_it_names(
    text: str, provision: str, stands: Stance
) -> None:
    *_, last = [one for one in recognise(text) if one.provision == provision]
    assert last.stance is stands
