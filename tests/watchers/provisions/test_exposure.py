"""Exposure is weighed from named factors, each with the words it rests on, and from nothing else."""

import pytest

from watchers.errors import CatalogueError
from watchers.model import Exposure, Stance
from watchers.provisions.explanations import explanations, parse_explanations
from watchers.provisions.exposure import label, weigh

CASES = [
    (
        "ai_training",
        Stance.MAY,
        "we may use any content you post to train our models, and so may our partners.",
        "high",
    ),
    ("ai_training", Stance.MAY, "we may train models on your posts unless you opt out.", "medium"),
    (
        "ai_training",
        Stance.MAY,
        "we train models on posts of all people who have not opted out and their partners.",
        "medium",
    ),
    ("ai_training", Stance.DOES_NOT, "we do not train models on your posts.", "low"),
    ("content_licence", Stance.DOES, "you grant us a perpetual, sublicensable licence.", "high"),
    ("content_licence", Stance.DOES, "you grant us a licence only to show your posts.", "low"),
    ("data_sale", Stance.DOES, "we sell personal information to others.", "high"),
    ("data_sale", Stance.DOES_NOT, "we do not sell personal information.", "low"),
    ("data_sale", Stance.ASKS_CONSENT, "with your consent we may sell all your data to our partners.", "high"),
    ("retention", Stance.DOES, "logs are kept for 14 days.", "low"),
    ("sensitive_data", Stance.DOES, "we collect health data and genetic data about you.", "high"),
    ("sensitive_data", Stance.DOES, '"sensitive data" means health data and genetic data about you.', "medium"),
    ("security", Stance.DOES, "we encrypt what you send us.", "low"),
]


@pytest.mark.parametrize(("provision", "stance", "sentence", "level"), CASES)
def test_exposure_follows_from_what_the_sentence_says(
    provision: str, stance: Stance, sentence: str, level: str
) -> None:
    exposure, _ = weigh(provision, sentence, 0, stance)
    assert exposure == level


def test_each_factor_cites_its_words_in_the_text() -> None:
    text = "Before. You grant us an irrevocable licence."
    _, factors = weigh("content_licence", text[8:].lower(), 8, Stance.DOES)
    cited = {label(factor, "content_licence"): text[factor.start : factor.end] for factor in factors}
    assert cited == {"cannot be taken back": "irrevocabl"}
    assert all(factor.raises for factor in factors)


def test_an_unknown_type_of_provision_is_medium_without_reasons() -> None:
    assert weigh("nothing_known", "words", 0, Stance.DOES) == (Exposure.MEDIUM, ())


def test_every_type_is_explained() -> None:
    assert len(explanations()) == 50


RULES = '[open.gap]\nsays = "A gap."\nunless = "x"\n[factor.wide]\nlabel = "wide"\nstep = 1\nwhen = "all"\n'
DATA = '[retention]\nactivity = "keeping"\nmeaning = "It stays."\nopen = ["gap"]\nfactors = ["wide"]\n'


@pytest.mark.parametrize(
    ("rules", "data", "says"),
    [
        (RULES, DATA.replace('"gap"', '"gape"'), "explain/data.toml:4: gape is not a rule"),
        (RULES, DATA.replace('meaning = "It stays."\n', ""), "explain/data.toml:1: retention: “meaning” is missing"),
        (RULES.replace('unless = "x"\n', ""), DATA, "explain/rules.toml:1: needs either `when` or `unless`"),
        (RULES.replace("step = 1\n", ""), DATA, "explain/rules.toml:4: factor: wide: “step” is missing"),
        (RULES.replace('"all"', '"(all"'), DATA, "explain/rules.toml:7: the pattern is wrong"),
        (RULES + "[", DATA, "explain/rules.toml:8: this is not TOML"),
    ],
)
def test_a_mistake_in_the_data_is_named_with_file_and_line(rules: str, data: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_explanations({"rules.toml": rules, "data.toml": data})
    assert str(caught.value).startswith(says)
