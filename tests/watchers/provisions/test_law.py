"""Law is data: it loads whole, says no more than it may, and names the line of a mistake."""

import pytest

from watchers.errors import CatalogueError
from watchers.provisions.law import compiled_law, landscape, law, parse_law, with_own

HEAD = """
compiled = 2026-01-02
scope = "some"
notice = "not advice"
notes = []
[jurisdictions]
EU = "European Union"
[[instrument]]
id = "act"
title = "An Act"
citation = "Regulation 1"
jurisdiction = "EU"
kind = "regulation"
in_force_note = "in force"
"""
HOOK = """
[retention]
considerations = ["How long?"]
contract = ["Ask."]
[[retention.hook]]
instrument = "act"
locator = "Art. 1"
why = "May require a period."
checked = "text"
"""


def test_every_hook_points_to_an_instrument_and_none_is_unsure() -> None:
    shown = [hook for each in law().landscapes.values() for hook in each.hooks]
    assert shown
    assert {hook.checked for hook in shown} == {"text", "knowledge"}


def test_every_type_of_provision_has_something_to_ask_and_a_flag() -> None:
    assert len(law().landscapes) == 50
    assert all(each.considerations and each.contract and each.flags for each in law().landscapes.values())


def test_ai_training_engages_the_gdpr() -> None:
    assert "gdpr" in {hook.instrument.id for hook in landscape("ai_training").hooks}


def test_an_unknown_type_has_an_empty_landscape() -> None:
    assert landscape("no_such_thing").hooks == ()


def test_a_line_marked_unsure_is_kept_from_the_reader() -> None:
    unsure = HOOK.replace('checked = "text"', 'checked = "unsure"')
    assert parse_law({"instruments.toml": HEAD, "data.toml": unsure}).landscapes["retention"].hooks == ()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (HOOK.replace('"act"', '"acte"'), "law/data.toml:6: acte is not an instrument"),
        (HOOK.replace('"text"', '"maybe"'), "law/data.toml:8: checked must be one of"),
        (HOOK.replace('locator = "Art. 1"', 'locator = ""'), "law/data.toml:6: retention: locator is missing"),
        (HOOK.replace("May require a period", "Violates the act"), "law/data.toml:8: says more than a description may"),
        (HOOK.replace("]\n", "\n", 1), "law/data.toml:2: this is not TOML"),
        (HOOK + "[[retention.flag]]\nsince = 1\n", "law/data.toml:2: retention: jurisdiction is missing"),
        (HOOK + '[[retention.flag]]\njurisdiction = "MARS"\nwhy = "Far."\n', "law/data.toml:12: MARS is not under"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(wrong: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_law({"instruments.toml": HEAD, "data.toml": wrong})
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "An Act"\n', "", "law/instruments.toml:9: "),
        ('jurisdiction = "EU"', 'jurisdiction = "MARS"', "law/instruments.toml:9: MARS is not under"),
    ],
)
def test_a_mistake_in_an_instrument_is_named_with_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_law({"instruments.toml": HEAD.replace(old, new), "data.toml": HOOK})
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(("kept", "hooks"), [(HOOK[HOOK.index("[[") :], 1), ("[retention]\n", 0)])
def test_a_landscape_may_lack_what_nobody_wrote_of_it(kept: str, hooks: int) -> None:
    found = parse_law({"instruments.toml": HEAD, "data.toml": kept}).landscapes["retention"]
    assert len(found.hooks) == hooks
    assert (found.flags, found.considerations, found.contract) == ((), (), ())


def test_every_line_that_is_shown_says_when_it_was_last_checked() -> None:
    assert all(hook.last_checked for each in law().landscapes.values() for hook in each.hooks)


def test_a_coming_date_keeps_its_words_where_it_is_no_exact_day() -> None:
    head = HEAD + 'upcoming = [{ date = "2027-01-01", what = "a" }, { date = "spring 2027", what = "b" }]\n'
    coming = parse_law({"instruments.toml": head, "data.toml": HOOK}).instruments["act"].upcoming
    assert [(each.when, each.day is None) for each in coming] == [("2027-01-01", False), ("spring 2027", True)]


OWN = """
[jurisdictions]
MARS = "Mars"
[[instrument]]
id = "own"
title = "Our Code"
citation = "Code 1"
jurisdiction = "MARS"
kind = "statute"
[[ai_training.hook]]
instrument = "own"
locator = "s. 1"
why = "May require a record."
checked = "text"
[[ai_training.hook]]
instrument = "gdpr"
locator = "Art. 21(1)"
why = "Our wording of it."
checked = "text"
"""


def test_an_operators_rows_are_added_and_take_the_place_of_the_same_place_in_law() -> None:
    ours, own = compiled_law().landscapes["ai_training"], with_own(compiled_law(), OWN).landscapes["ai_training"]
    assert len(own.hooks) == len(ours.hooks) + 1
    assert [hook.why for hook in own.hooks if hook.locator == "Art. 21(1)"] == ["Our wording of it."]
    assert own.considerations == ours.considerations


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('instrument = "own"', 'instrument = "owl"', "your own file:11: owl is not an instrument"),
        ("[[ai_training.hook]]", "[[ai_trainin.hook]]", "your own file:10: ai_trainin is no type of provision"),
        ('kind = "statute"', 'kind = "statute"\nstatus = "soon"', "your own file:5: status must be one of in_force"),
        ('why = "Our wording of it."', 'why = "x"\nwhen = "y"', "your own file:18: when is no field of a hook"),
    ],
)
def test_a_mistake_in_an_operators_file_is_named_with_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        with_own(compiled_law(), OWN.replace(old, new))
    assert str(caught.value).startswith(says)
