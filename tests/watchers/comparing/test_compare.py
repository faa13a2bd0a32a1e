"""Which changes are told and which are not, on a small policy of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.watchers.comparing.pages import BODY, HEAD, PAGE, changed, difference, is_told
from watchers.comparing.compare import compare
from watchers.comparing.history import fingerprint, sentence_marks
from watchers.model import Direction, Health, PassageKind, Past, Reading, Significance, Verdict
from watchers.reading.extract import read_markdown


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("for 30 days", "for 60 days", "a number changed"),
        ("at least 16 years", "at least 13 years", "an age changed"),
        ("- sell your account\n", "- sell your account\n- impersonate another person\n", "an entry of a list"),
        ("- quote short passages\n", "", "an entry of a list"),
        ("We do not use your messages to train our models.\n\n", "", "a promise not to"),
        ("with Lighthouse", "with Lighthouse Ireland Ltd", "a company named"),
        ("do not use your messages", "use your messages", "a promise not to"),
        ("You may:", "You may not:", "a prohibition"),
    ],
)
def test_a_small_change_of_substance_is_told_with_its_reason(old: str, new: str, why: str) -> None:
    found = changed(old, new)
    assert found.significance is Significance.SUBSTANTIVE
    assert why in found.reasons


def test_an_item_that_changes_from_forbidden_to_allowed_is_told() -> None:
    moved = PAGE.replace("- copy our pages by machine\n", "").replace(
        "- link to", "- copy our pages by machine\n- link to"
    )
    found = difference(PAGE, moved)
    assert found.significance is Significance.SUBSTANTIVE
    assert [p.kind for p in found.passages] == [PassageKind.MOVED]


def test_an_item_that_moves_to_another_list_with_the_same_lead_in_is_told() -> None:
    lists = (
        "# Rules\n\n## Content\n\nDo not post:\n\n- weapons offered for sale here\n- animals that are alive\n\n"
        "We label the following with a warning.\n\nDo not post:\n\n- bare skin in pictures of art\n- strong language\n"
    )
    item = "- animals that are alive\n"
    found = difference(lists, lists.replace(item, "") + item)
    assert found.significance is Significance.SUBSTANTIVE


def test_a_page_that_is_the_same_has_no_passages() -> None:
    found = difference(PAGE, PAGE)
    assert (found.words_differ, found.links_differ, found.passages) == (False, False, ())


def test_links_alone_are_a_quieter_signal() -> None:
    found = difference(PAGE.replace("our pages", "[our pages](/a)"), PAGE.replace("our pages", "[our pages](/b)"))
    assert (found.words_differ, found.links_differ) == (False, True)
    assert found.reasons == ("links only",)


def test_the_date_it_takes_effect_is_read_and_not_the_date_it_was_updated() -> None:
    new = PAGE.replace("3 March 2026", "9 May 2026. These Terms take effect on 1 June").replace("30 days", "60 days")
    assert difference(PAGE, new).effective == date(2026, 6, 1)


def test_an_announcement_with_a_date_to_come_is_told() -> None:
    found = changed(HEAD, HEAD + "We are updating our Terms. The changes take effect on July 1, 2026.\n\n")
    assert found.significance is Significance.SUBSTANTIVE
    assert found.effective == date(2026, 7, 1)


def test_an_announcement_taken_down_is_not() -> None:
    banner = HEAD + "We are updating our Terms. The changes take effect on July 1, 2026.\n\n"
    assert difference(banner + BODY, PAGE).significance is Significance.COSMETIC


def test_an_error_page_is_unreadable_and_its_end_is_no_news() -> None:
    error = "# This page isn't available\n\nAn unexpected error has occurred.\n"
    assert difference(PAGE * 3, error).significance is Significance.UNREADABLE
    assert difference(error, PAGE * 3).significance is Significance.COSMETIC


def test_a_page_judged_unhealthy_is_not_compared() -> None:
    wall = Reading(text="Sign in to go on", verdict=Verdict(Health.LOGIN_WALL, "login wall"))
    found = compare(read_markdown(PAGE), wall)
    assert (found.significance, found.reasons, found.passages) == (Significance.UNREADABLE, ("login wall",), ())


def test_a_product_renamed_throughout_is_told_once_and_does_not_drown_the_rest() -> None:
    old = PAGE + "\nLighthouse may end this.\n\nLighthouse answers letters.\n\nLighthouse pays in euros.\n"
    new = old.replace("Lighthouse", "Beacon").replace("pays in euros", "pays in dollars")
    told = [p for p in difference(old, new).passages if p.significance is Significance.SUBSTANTIVE]
    assert [p.after for p in told] == ["Beacon pays in dollars."]


def test_words_read_before_are_a_blink_and_wait_for_a_second_look() -> None:
    new = PAGE.replace("30 days", "60 days")
    past = _past(PAGE, new)
    found = difference(PAGE, new, past)
    assert (found.significance, found.suspicious) == (Significance.COSMETIC, True)


def test_a_rollback_that_lasts_is_told_as_one() -> None:
    new = PAGE.replace("30 days", "60 days")
    past = _past(PAGE, new, held=read_markdown(new).sha256)
    found = difference(PAGE, new, past)
    assert found.significance is Significance.SUBSTANTIVE
    assert found.reasons[0] == "rolled back to an earlier version"


def test_two_editions_served_in_turns_stay_silent_even_when_one_lasts() -> None:
    new = PAGE.replace("30 days", "60 days")
    shas = [read_markdown(text).sha256 for text in (PAGE, new, PAGE, new)]
    past = _past(PAGE, new, held=shas[1], recent=tuple(shas))
    assert difference(PAGE, new, past).significance is Significance.COSMETIC


@pytest.mark.parametrize(
    "clause",
    ["We may use what you upload to train our models.", "Accounts linked with a banned network are closed."],
)
def test_a_clause_that_comes_back_in_other_words_around_it_is_told_once_a_second_look_confirms_it(clause: str) -> None:
    with_it = PAGE.replace(BODY, f"{clause}\n\n{BODY}")
    again = with_it.replace("30 days", "45 days")
    found = difference(PAGE, again, _past(with_it, PAGE))
    assert clause in {p.after for p in found.passages if p.significance is Significance.SUBSTANTIVE}
    assert found.suspicious


def test_a_promise_that_is_turned_back_to_its_earlier_words_is_told() -> None:
    promise, rule = "We do not sell what you tell us.", "We sell what you tell us."
    first, then = (PAGE.replace(BODY, f"{words}\n\n{BODY}") for words in (promise, rule))
    back = first.replace("30 days", "45 days")
    found = difference(then, back, _past(first, then))
    assert promise in {p.after for p in found.passages if p.significance is Significance.SUBSTANTIVE}


def test_a_promise_taken_back_is_a_protection_removed_and_shows_its_cue() -> None:
    (told,) = changed("We do not use your messages to train our models.\n\n", "").passages
    assert told.direction is Direction.PROTECTION_REMOVED
    assert told.cues
    assert all(cue in told.before for cue in told.cues)


def _past(*texts: str, held: str = "", recent: tuple[str, ...] = ()) -> Past:
    read = [read_markdown(text).text for text in texts]
    return Past(
        fingerprints=frozenset(map(fingerprint, read)),
        sentences=frozenset().union(*map(sentence_marks, read)),
        recent=recent,
        held=held,
    )


def test_a_coming_edition_beside_the_current_one_is_told_when_it_appears_and_not_again() -> None:
    matters = "".join(
        f"## Matter {n}\n\nWe handle matter {n} with care, and within {n} weeks.\n\n"
        f"We never sell what you say on matter {n}.\n\n"
        for n in ("2", "3", "4", "5", "6", "7", "8")
    )
    current = "# Terms\n\nEffective 1 March 2026\n\n" + matters
    coming = current.replace("1 March", "1 July").replace("within 3 weeks", "within 13 weeks")
    coming = coming.replace("We never sell what you say on matter 5.\n\n", "")
    both = "These are the coming and the current terms.\n\n" + coming + "# Current terms\n\n" + current
    appears, leaves = difference(current, both), difference(both, coming)
    told = {(p.kind, p.before) for p in appears.passages if p.significance is Significance.SUBSTANTIVE}
    assert told == {
        (PassageKind.REWORDED, "We handle matter 3 with care, and within 3 weeks."),
        (PassageKind.REMOVED, "We never sell what you say on matter 5."),
    }
    assert appears.effective == date(2026, 7, 1)
    assert (leaves.significance, leaves.reasons) == (Significance.COSMETIC, ("the outgoing edition was taken down",))


@pytest.mark.parametrize(
    "line",
    [
        "We’re updating our Terms of Use on July 1, 2026. See here what is coming.",
        "On 1 July 2026, we are updating our Terms of Use.",
        "Wir aktualisieren unsere Nutzungsbedingungen zum 1. Juli 2026. Wir haben sie hier aktualisiert.",
        "If we have changed these terms, we write to everybody.",
        "We make decisions on accounts as our policy says.",
        "Changes to these terms. We may change them at any time, without a word.",
    ],
)
def test_an_announcement_with_a_date_and_a_rule_about_changes_are_told(line: str) -> None:
    assert is_told(PAGE, PAGE.replace(BODY, f"{line}\n\n{BODY}"))


def test_a_sentence_put_beside_an_announcement_is_told() -> None:
    page = PAGE.replace(BODY, f"We have updated our Terms of Use.\n\n{BODY}")
    assert is_told(page, page.replace("our Terms of Use.", "our Terms of Use. We sell the letters of members."))


def test_a_linked_recipient_that_leaves_its_list_is_told() -> None:
    page = PAGE + "\n## Sub-processors\n\n- [Tide Cloud](/t)\n- [Harbour Mail](/h)\n- [Dyke Storage](/d)\n"
    assert is_told(page, page.replace("- [Harbour Mail](/h)\n", ""))
    assert not is_told(page.replace("Sub-processors", "More"), page.replace("Sub-processors", "More")[:-20] + "\n")


def test_a_heading_that_names_another_company_is_told() -> None:
    page = PAGE.replace("# Terms of Use", "# Terms of Lighthouse Inc.")
    assert is_told(page, page.replace("Lighthouse Inc.", "Harbour GmbH"))


def test_a_number_that_comes_back_is_told_once_it_lasts_and_a_turn_of_phrase_is_not() -> None:
    now = PAGE.replace("for 30 days", "for 60 days").replace("- sell", "- give or sell").replace("16 years", "18 years")
    back = now.replace("for 60 days", "for 30 days")
    found = difference(now, back, _past(PAGE, now))
    assert (found.significance, found.suspicious) == (Significance.SUBSTANTIVE, True)
    turned = PAGE.replace("open an account with", "open their own account with").replace("16 years", "18 years")
    again = turned.replace("their own account", "an account")
    first = PAGE.replace("16 years", "18 years").replace("30 days", "60 days")
    assert difference(turned, again, _past(first, turned)).significance is Significance.COSMETIC


@pytest.mark.parametrize(("old", "new"), [("do not apply", "apply"), ("opt out", "opt in")])
def test_an_announcement_that_says_the_reverse_is_told(old: str, new: str) -> None:
    line = "We have updated our Terms of Use: they do not apply to those who opt out of them."
    page = PAGE.replace(BODY, f"{line}\n\n{BODY}")
    assert is_told(page, page.replace(old, new, 1))


@pytest.mark.parametrize("side", [0, 1])
def test_a_small_change_of_a_page_whose_reading_is_doubted_wants_a_second_look(side: int) -> None:
    pages = [read_markdown(PAGE), read_markdown(PAGE.replace("30 days", "60 days"))]
    assert not compare(*pages).suspicious
    pages[side] = replace(pages[side], verdict=Verdict(Health.GOOD, doubtful=True))
    assert compare(*pages).suspicious


def test_two_readings_that_are_the_same_say_so_and_links_are_named_only_where_they_differ() -> None:
    page = read_markdown("See [our rules](https://tern.example/rules) first.\n")
    assert compare(page, page).reasons == ("nothing differs",)
    other = read_markdown("See [our rules](https://tern.example/other) first.\n")
    assert compare(page, other).reasons == ("links only",)
