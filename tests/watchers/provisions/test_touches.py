"""Which provisions a change touches: those whose own words came, went or changed."""

from __future__ import annotations

import pytest

from watchers.comparing.compare import compare
from watchers.model import Difference, Passage, PassageKind, Significance, Turn
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import moved, touched
from watchers.reading.extract import read_markdown

PAGE = (
    "# Terms of Service\n\n## 1. Content\n\n"
    "You grant us a worldwide, royalty-free licence to use the content that you post, as Section 9 says, for as long "
    "as it stands on our pages and in the copies that other people have made of it in the meantime.\n\n"
    "## 2. Disputes\n\nAny dispute will be resolved by binding arbitration in Dublin.\n\n"
    "## 3. Opening hours\n\nThe desk is open from nine to five.\n"
)


def touches(old: str, new: str, above: str = "", above_now: str = "") -> dict[str, Turn]:
    """Return what became of each provision when `new` stands in place of `old`, below other words."""
    assert old in PAGE
    before, after = read_markdown(above + PAGE), read_markdown((above_now or above) + PAGE.replace(old, new, 1))
    found = [recognise(side.text, doc_type="Terms of Service", language="en") for side in (before, after)]
    told = touched(before.text, found[0], after.text, found[1], compare(before, after))
    return {touch.provision: touch.turn for touch in told}


@pytest.mark.parametrize(
    ("old", "new", "provision"),
    [
        ("Any dispute will be resolved by binding arbitration in Dublin.\n\n", "", "arbitration"),
        ("resolved by binding arbitration", "resolved in court", "arbitration"),
        ("a worldwide, royalty-free licence", "a worldwide, perpetual and royalty-free licence", "content_licence"),
    ],
)
def test_a_provision_is_touched_where_the_words_that_carry_it_change(old: str, new: str, provision: str) -> None:
    assert provision in touches(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("as Section 9 says", "as Section 11 says"),
        ("have made of it in the meantime", "have made of it or bought in the meantime"),
        ("from nine to five", "from ten to six"),
    ],
)
def test_no_provision_is_touched_by_words_that_carry_none(old: str, new: str) -> None:
    assert touches(old, new) == {}


def test_a_provision_that_goes_with_its_words_has_left() -> None:
    gone = touches("Any dispute will be resolved by binding arbitration in Dublin.\n\n", "")
    assert gone["arbitration"] is Turn.LEFT


LIST = (
    "# Data Processing\n\n## {}\n\n| Name | Work | Place |\n| --- | --- | --- |\n"
    "| Northlight AG | storage | Zurich, EEA |\n| Dyke Cloud GmbH | e-mail | Bremen, EEA |\n"
)


@pytest.mark.parametrize(
    "heading", ["Our sub-processors", "Unterauftragsverarbeiter", "Sous-traitants", "Subencargados y destinatarios"]
)
def test_a_recipient_that_comes_touches_who_works_for_the_company_and_not_the_place_it_sits_in(heading: str) -> None:
    before, after = (read_markdown(LIST.format(heading) + more) for more in ("", "| Tide plc | logs | Leeds, EEA |\n"))
    found = [recognise(side.text, doc_type="Data Processor Agreement", language="en") for side in (before, after)]
    told = touched(before.text, found[0], after.text, found[1], compare(before, after))
    assert [touch.provision for touch in told] == ["service_providers"]
    (touch,) = told
    assert touch.after is not None
    assert after.text[touch.after.cue_start : touch.after.cue_end] == "Tide plc"


def test_a_word_far_from_the_cue_touches_nothing_in_a_long_sentence() -> None:
    assert touches("other people", "further people") == {}
    assert touches("the meantime", "between") == {}
    lamps = "".join(f"Lamp {n} of our harbour costs {n + 5} coins.\n\n" for n in range(60))
    assert touches("the meantime", "between", lamps, lamps.replace("coins", "notes")) == {}


def test_a_sentence_changed_for_a_good_part_is_touched_however_far_down_it_stands() -> None:
    above = "# Terms of Service\n\n" + "Our lamps are made of tin and of glass.\n\n" * 40
    tail = "for as long as it stands on our pages and in the copies that other people have made of it in the meantime"
    other = "until the day on which you ask our desk in Dublin to take it down from each of our pages and its copies"
    assert touches(tail, other).keys() == touches(tail, other, above).keys() == {"content_licence"}


def test_a_clause_that_was_only_moved_is_found_where_it_stands_now() -> None:
    lamps, disputes = "Our lamps are lit by hand at dusk.", "Any dispute is settled by arbitration."
    up, down = f"{lamps}\n\n{disputes}\n", f"{disputes}\n\n{lamps}\n"
    for old, new in ((up, down), (down, up)):
        spans = moved(compare(read_markdown(old), read_markdown(new)))
        assert [new[start:end] for start, end in spans] == [lamps]
    assert list(moved(compare(read_markdown(up), read_markdown(f"{up}\nLamps are dear.\n")))) == []


def rewritten(old: str, new: str) -> dict[str, Turn]:
    """Return what became of each provision where a whole text is told as gone, and another as come in its place."""
    passages = (
        Passage(PassageKind.REMOVED, old, "", before_start=0, weight=2.0),
        Passage(PassageKind.ADDED, "", new, after_start=0, weight=1.0),
    )
    found = [recognise(side, doc_type="Terms of Service", language="en") for side in (old, new)]
    told = touched(old, found[0], new, found[1], Difference(True, False, Significance.SUBSTANTIVE, (), passages))
    return {touch.provision: touch.turn for touch in told}


ARBITRATION = "Any dispute between you and Tern will be resolved by binding arbitration in Dublin."


def test_what_a_rewrite_says_in_the_same_words_is_not_touched() -> None:
    told = rewritten(f"{ARBITRATION} The desk is open.", f"We moved. {ARBITRATION} You may not scrape our pages.")
    assert "arbitration" not in told
    assert told["scraping_ban"] is Turn.APPEARED


def test_what_a_rewrite_says_in_nearly_the_same_words_is_reworded_and_not_weakened() -> None:
    assert rewritten(f"Hello. {ARBITRATION}", f"{ARBITRATION.replace('Dublin', 'Cork')} The desk is open.") == {
        "arbitration": Turn.REWORDED
    }


def test_what_a_rewrite_says_in_other_words_is_told_by_the_weightier_passage() -> None:
    other = "The arbitration is held by one arbitrator whom both sides pay, under the rules of the chamber of Cork."
    assert rewritten(ARBITRATION, other)["arbitration"] is Turn.WEAKENED
