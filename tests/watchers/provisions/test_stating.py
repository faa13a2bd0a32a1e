"""How a document stands to a provision is told by the kind of its rule, its stance and its words."""

import pytest

from tests.watchers.provisions.sources import source
from watchers.model import Stance
from watchers.provisions.card import compose_card
from watchers.provisions.choosing import best_source
from watchers.provisions.frames import Slot
from watchers.provisions.recogniser import recognise
from watchers.provisions.stating import statement as in_a_sentence

DOES = "We use your posts to train our AI models."
DOES_NOT = "We do not use your private messages to train our AI models."


def statement(text: str, doc_type: str = "Privacy Policy") -> str:
    return compose_card("ai_training", source(text, doc_type)).statement


def test_what_is_done_is_told_before_what_is_not_and_that_another_sentence_says_otherwise() -> None:
    told = statement(f"{DOES_NOT}\n\n{DOES}")
    assert told.startswith("Under Tern's Privacy Policy, the platform may train or improve AI models")
    assert told.endswith("Another sentence of it says otherwise.")


def test_contradicting_sentences_are_both_quoted_with_their_places() -> None:
    text = f"{DOES_NOT}\n\n{DOES}"
    card = compose_card("ai_training", source(text))
    (other,) = card.further
    assert card.citation is not None
    assert (text[card.citation.start : card.citation.end], other.excerpt) == (DOES, DOES_NOT)
    assert text[other.citation.start : other.citation.end] == DOES_NOT


def test_a_promise_alone_is_told_as_one() -> None:
    assert statement(DOES_NOT).startswith("Under Tern's Privacy Policy, the platform does not train or improve")


def in_brief(provision: str, stance: Stance) -> str:
    return in_a_sentence("the terms", provision, stance)


@pytest.mark.parametrize(
    ("provision", "stance", "said"),
    [
        ("arbitration", Stance.DOES, "Under the terms, the reader has to bring disputes before an arbitrator."),
        ("arbitration", Stance.DOES_NOT, "the reader does not have to bring disputes before an arbitrator."),
        ("arbitration", Stance.OFFERS_CHOICE, "but does not have to."),
        ("liability_limit", Stance.DOES, "the platform excludes or limits its liability."),
        ("liability_limit", Stance.LIMITED, "excludes or limits its liability, with stated exceptions."),
        ("scraping_ban", Stance.DOES, "the reader must not collect content by automated means."),
        ("security", Stance.DOES_NOT, "the platform does not promise to protect data by security measures."),
        ("data_sale", Stance.THIRD_PARTY, "others may sell data about people."),
        ("governing_law", Stance.DOES, "the document names the law that applies."),
    ],
)
def test_a_stance_is_said_by_the_kind_of_the_rule(provision: str, stance: Stance, said: str) -> None:
    assert in_brief(provision, stance).endswith(said)


def test_the_words_of_slots_and_whom_it_binds_are_told_with_the_rule() -> None:
    law = Slot("law", 0, 18, "the laws of Norway")
    told = in_a_sentence("the terms", "governing_law", Stance.DOES, (law,), "EU/UK")
    assert told.endswith("the law that applies; “the laws of Norway”. This is said for EU/UK.")


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
