"""What a passage does to people, read off words that can be shown; "unclear" where none can."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.foreign import ENGLISH, FRENCH, GERMAN
from tests.watchers.comparing.pages import PAGE, difference
from watchers.comparing.compare import compare
from watchers.comparing.direction import directed
from watchers.comparing.substance import ITEM, NUMBER, ROW
from watchers.comparing.summary import top_passages
from watchers.model import Direction, Passage, PassageKind
from watchers.reading.extract import read_markdown


@pytest.mark.parametrize(
    ("page", "old", "new", "direction"),
    [
        (ENGLISH, "We do not use your messages to train our models.\n\n", "", Direction.PROTECTION_REMOVED),
        (GERMAN, "nicht, um unsere Modelle", "auch, um unsere Modelle", Direction.PROTECTION_REMOVED),
        (FRENCH, "Nous n’utilisons pas vos messages", "Nous utilisons vos messages", Direction.PROTECTION_REMOVED),
        (ENGLISH, "You can object to advertising at any time in your settings.\n", "", Direction.CHOICE_REMOVED),
        (ENGLISH, "## 5.", "You can opt out of this in writing.\n\n## 5.", Direction.CHOICE_ADDED),
        (ENGLISH, "## 5.", "You may download your messages.\n\n## 5.", Direction.NEW_RIGHT),
        (FRENCH, "## 5.", "Vous avez le droit de recevoir une copie.\n\n## 5.", Direction.NEW_RIGHT),
        (ENGLISH, "## 5.", "You must tell us when you move.\n\n## 5.", Direction.NEW_OBLIGATION),
        (GERMAN, "## 5.", "Sie müssen uns Ihren Umzug melden.\n\n## 5.", Direction.NEW_OBLIGATION),
        (ENGLISH, "- carriers\n", "- carriers\n- Tide Inc., our analytics provider\n", Direction.NEW_DATA_USE),
        (ENGLISH, "- carriers\n", "", Direction.DATA_USE_REMOVED),
        (GERMAN, "- Versandunternehmen\n", "- Versandunternehmen\n- Werbepartner\n", Direction.NEW_DATA_USE),
        (ENGLISH, "name and postal", "name, date of birth and postal", Direction.NEW_DATA_USE),
        (ENGLISH, "name and postal address", "name", Direction.DATA_USE_REMOVED),
        (ENGLISH, "## 5.", "Usage data is shared with our partners.\n\n## 5.", Direction.NEW_DATA_USE),
        (ENGLISH, "for 30 days", "for 60 days", Direction.LONGER),
        (FRENCH, "pendant 30 jours", "pendant 10 jours", Direction.SHORTER),
        (FRENCH, "pendant 30 jours", "pendant 2 mois", Direction.LONGER),
        (ENGLISH, "Ann Byrne", "Mary Walsh", Direction.UNCLEAR),
        (ENGLISH, "Lighthouse Ltd", "Harbour Ltd", Direction.UNCLEAR),
        (ENGLISH, "## 5.", "Don’t use our pages on a ship.\n\n## 5.", Direction.NEW_OBLIGATION),
    ],
)
def test_a_direction_is_read_off_the_words_that_changed(page: str, old: str, new: str, direction: Direction) -> None:
    assert old in page
    (passage,) = top_passages(difference(page, page.replace(old, new, 1)))
    assert passage.direction is direction
    assert all(cue in passage.before + passage.after for cue in passage.cues)
    assert bool(passage.cues) is (direction is not Direction.UNCLEAR)


def test_what_only_looks_different_is_wording_only() -> None:
    found = difference(ENGLISH, ENGLISH.replace("- carriers", "- Carriers"))
    assert {p.direction for p in found.passages} == {Direction.WORDING_ONLY}


def test_information_that_people_share_is_no_use_of_data_in_rules_of_conduct() -> None:
    rule = "News reporting includes information that is shared to raise awareness of local events.\n\n"
    own = "We collect information about the device that a post is reported from.\n\n"
    for said, direction in ((rule, Direction.UNCLEAR), (own, Direction.NEW_DATA_USE)):
        old, new = (read_markdown(text) for text in (PAGE, PAGE + "\n" + said))
        (passage,) = top_passages(compare(old, new, doc_type="Community Guidelines"))
        assert passage.direction is direction


@pytest.mark.parametrize(
    ("reason", "direction"),
    [(ITEM, Direction.NEW_DATA_USE), (NUMBER, Direction.UNCLEAR), (ROW, Direction.NEW_DATA_USE)],
)
def test_an_entry_below_a_heading_of_recipients_is_one_and_a_sentence_there_is_none(
    reason: str, direction: Direction
) -> None:
    come = Passage(PassageKind.ADDED, "", "Lamp House of 9 Pier Street", reasons=(reason,), path=("Service providers",))
    assert [one.direction for one in directed([come])] == [direction]
