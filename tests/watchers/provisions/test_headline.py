"""The headline: one sentence of frames and verbatim words, the gravest first, the rest counted."""

from __future__ import annotations

import re

import pytest

from watchers.comparing.compare import compare
from watchers.model import Difference, Significance
from watchers.provisions.headline import MOST, headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed
from watchers.reading.extract import read_markdown

PAGE = (
    "# Privacy Policy\n\n## 1. Use\n\nWe do not use your content to train machine learning models.\n\n"
    "## 2. Keeping\n\nWe keep your messages for 30 days after you close your account.\n\n"
    "## 3. Law\n\nThese terms are governed by the laws of Ireland.\n\n"
    "## 4. Our sub-processors\n\n- Northlight AG\n- Dyke Cloud GmbH\n\n"
    "## 5. Desk\n\nThe desk is open from nine to five. Lamps are lit at dusk.\n"
)


def told(old: str, new: str, name: str = "Tern", kind: str = "Privacy Policy") -> str:
    """Return the headline of the change from one text to another."""
    before, after = read_markdown(old), read_markdown(new)
    found = [recognise(side.text, doc_type=kind, language="en") for side in (before, after)]
    difference = compare(before, after, doc_type=kind)
    touches = touched(before.text, found[0], after.text, found[1], difference)
    return headline(name, kind, weighed(difference, touches), touches, before.text, after.text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("do not use", "may use", "Tern may now train AI models on “your content”"),
        ("30 days", "24 months", "How long data is kept: “24 months” instead of “30 days”"),
        (
            "laws of Ireland",
            "laws of Delaware",
            "Governing law: “the laws of Delaware” instead of “the laws of Ireland”",
        ),
        (
            "- Dyke Cloud GmbH\n",
            "- Tide plc\n- Reef Ltd\n",
            "2 recipients added (Tide plc, Reef Ltd), 1 removed (Dyke Cloud GmbH)",
        ),
        (
            "nine to five",
            "ten to six",
            "“from ten to six.” instead of “from nine to five.”",
        ),
        ("## 5. Desk", "## 5. Boats\n\nBoats leave at noon.\n\n## 6. Desk", "adds a section “5. Boats”"),
    ],
)
def test_what_changed_is_said_in_a_sentence(old: str, new: str, said: str) -> None:
    assert old in PAGE
    assert told(PAGE, PAGE.replace(old, new)).removeprefix("Tern Privacy Policy: ") == said


def test_the_reverse_of_a_flip_is_said_the_other_way() -> None:
    new = PAGE.replace("do not use", "may use")
    assert told(new, PAGE).startswith("Tern now says it does not train AI models")


def test_the_gravest_comes_first_and_what_does_not_fit_is_counted() -> None:
    new = PAGE.replace("do not use", "may use").replace("30 days", "24 months").replace("nine to", "ten to")
    said = told(PAGE, new.replace("laws of Ireland", "laws of Delaware"))
    assert said.startswith("Tern may now train AI models on “your content”")
    assert said.endswith(", and 3 more")


def test_the_day_of_effect_is_said_at_the_end() -> None:
    new = PAGE.replace("30 days", "24 months").replace("## 5.", "This takes effect on 3 November 2026.\n\n## 5.")
    assert told(PAGE, new).endswith(" (from 3 Nov 2026)")


def test_no_headline_is_longer_than_one_can_read_at_a_glance_and_each_quotation_is_verbatim() -> None:
    long = "Our lamps, which are lit at dusk by those who live on the quay, are put out at dawn. " * 4
    new = PAGE.replace("Lamps are lit at dusk.", long).replace("30 days", "24 months")
    said = told(PAGE, new, name="The Lighthouse and Harbour Company of Tern and Gull", kind="Marketplace Conditions")
    assert len(said) <= MOST
    quoted = re.findall(r"“([^”]+)”", said)
    assert quoted
    assert all(part.removesuffix(" …") in PAGE + new for part in quoted)


def test_a_text_that_is_mostly_new_is_called_a_rewrite() -> None:
    new = "# Privacy Policy\n\n" + "".join(f"Lamp {n} shines over the harbour of ship {n * n}.\n\n" for n in range(20))
    assert re.match(r"Tern Privacy Policy rewritten: \d+ % new", told(PAGE, new + PAGE[20:300]))


def test_a_page_without_name_or_kind_still_has_a_sentence() -> None:
    assert told(PAGE, PAGE.replace("nine to five", "ten to six"), name="", kind="").startswith(
        "The document: “from ten"
    )
    assert told(PAGE, PAGE.replace("do not use", "may use"), name="", kind="").startswith("The service may now train")


def test_what_only_looks_different_says_so_and_nothing_is_said_of_nothing() -> None:
    assert told(PAGE, PAGE.replace("Lamps are", "lamps are")).startswith("Tern Privacy Policy: wording only (")
    assert told(PAGE, PAGE) == ""
    assert headline("Tern", "Terms", Difference(True, False, Significance.UNREADABLE)) == ""


def test_what_is_done_with_consent_comes_after_what_is_done_without() -> None:
    biometric = "Based on your consent, we may collect and use your biometric identifiers.\n\n"
    training = "We may use the letters you send to train our machine learning models.\n\n"
    said = told(PAGE[:20], PAGE[:20] + biometric + training)
    assert said.startswith("Tern may now train AI models on “the letters you send”")
