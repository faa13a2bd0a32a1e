"""Frames: what a sentence rules, by the kind of its rule, and the words that fill its slots."""

import pytest

from watchers.errors import CatalogueError
from watchers.model import Stance
from watchers.provisions.frame_file import frames, parse_frame
from watchers.provisions.frames import Frame, frame_at
from watchers.provisions.taxonomy import PROVISIONS


def read(provision: str, sentence: str) -> Frame:
    return frame_at(provision, sentence, 0, len(sentence))


def test_every_provision_has_a_frame() -> None:
    assert set(frames()) == set(PROVISIONS)


@pytest.mark.parametrize(
    ("provision", "sentence", "slots"),
    [
        ("arbitration", "Disputes shall be settled by binding arbitration.", {"kind": "mandatory"}),
        ("arbitration", "You may choose to submit the dispute to arbitration.", {"kind": "optional"}),
        ("governing_law", "These terms are governed by the laws of Norway.", {"law": "the laws of Norway"}),
        ("children", "You must be at least 16 years old.", {"age": "at least 16 years old"}),
        ("termination", "We may end it for any reason without notice.", {"cause": "any", "notice": "without"}),
        ("breach_notice", "We will tell you of a breach without undue delay.", {"period": "without undue delay"}),
        ("liability_limit", "Liability is limited to the fees you paid.", {"kind": "both", "cap": "the fees you paid"}),
        ("retention", "We keep logs for 30 days.", {"period": "for 30 days"}),
    ],
)  # fmt: skip
def test_slots_are_filled_from_the_words(provision: str, sentence: str, slots: dict[str, str]) -> None:
    frame = read(provision, sentence)
    assert {slot.name: slot.fact for slot in frame.slots} == slots
    assert all(sentence[slot.start : slot.end] == slot.words for slot in frame.slots)


@pytest.mark.parametrize(
    ("provision", "sentence", "stance"),
    [
        ("liability_limit", "In no event will we be liable for lost profits.", Stance.DOES),
        ("liability_limit", "We are not liable for loss, save for gross negligence.", Stance.LIMITED),
        ("scraping_ban", "You may not scrape the service.", Stance.DOES),
        ("scraping_ban", "You may scrape the service.", Stance.DOES_NOT),
        ("content_monitoring", "We are not required to monitor what people post.", Stance.DOES),
        ("data_sale", "We do not sell your data.", Stance.DOES_NOT),
        ("data_sale", "They do not sell your card number.", Stance.THIRD_PARTY),
        ("international_transfer", "No transfer will take place unless the country is safe.", Stance.LIMITED),
        ("ai_training", "We will not train models on your posts without your consent.", Stance.ASKS_CONSENT),
        ("arbitration", "You may choose binding arbitration.", Stance.OFFERS_CHOICE),
        ("arbitration", "If a settlement is not achieved, disputes shall be settled by arbitration.", Stance.DOES),
        ("termination", "If your payment is not successful, we may suspend your account.", Stance.MAY),
    ],
)
def test_a_denial_means_what_the_kind_of_the_rule_makes_of_it(provision: str, sentence: str, stance: Stance) -> None:
    assert read(provision, sentence).stance is stance


def test_empty_slots_are_named() -> None:
    assert read("retention", "We keep your data.").empty == ("period",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('rule = "permit"\nact = "x"\nverb = "x"\n', r"data/odd.toml:1.*`rule` must be one of"),
        ('rule = "ban"\nact = "x"\nverb = "x("\n', r"data/odd.toml:3.*pattern is wrong"),
        ('rule = "ban"\nact = "x"\nverb = "x"\ncolour = 1\n', r"data/odd.toml:4.*unknown key"),
        ('rule = "ban"\nact = "x"\n', r"data/odd.toml.*`verb` is missing"),
        ('rule = "ban"\nact = "x"\nverb = "x"\n[[slot]]\nname = "a"\nfind = ["we"]\n', r"data/odd.toml:.*its `words`"),
        ("rule = \n", r"data/odd.toml:1"),
    ],
)  # fmt: skip
def test_a_malformed_frame_file_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        parse_frame("odd", text)
