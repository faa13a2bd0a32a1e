"""Which changes are told and which are not, on a small policy of our own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.watchers.comparing.pages import BODY, HEAD, PAGE, changed, difference
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


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Last updated: 3 March 2026", "Last updated: 9 May 2026", "date only"),
        ("3 March 2026", "March 3, 2026", "date written differently"),
        ("delete them.", "delete them .", "typography"),
        ("- sell your account", "- Sell your account", "capital letters"),
        ("unwanted messages", "un-wanted messages", "spelling"),
        ("## 2. What is not allowed", "### 2. What is not allowed", "formatting"),
        (
            "- quote short passages\n- link to our pages",
            "- link to our pages\n- quote short passages",
            "reordered list",
        ),
        ("## 4. Your", "## 5. Your", "numbering"),
        (HEAD, HEAD + "We've updated our Terms of Use. See what changed.\n\n", "announcement without a date to come"),
        (HEAD, HEAD + "Give us your feedback\n\n", "widget"),
        ("recommendations", "recomendations", "typing mistake put right"),
        ("to train our models", "to train our to train our models", "typing mistake put right"),
        ("- sell your account", "- i.&nbsp; Sell your account", "numbering"),
        ("your settings", "your'' settings", "typography"),
        (HEAD, HEAD + "You may find the previous version of our Terms of Use here.\n\n", "widget"),
        (HEAD, HEAD + "You can read a summary of our terms .\n\n", "widget"),
        (
            HEAD,
            HEAD + "You can use this table of contents to move through our terms and find what you need. Click on a "
            "link for a section and you'll jump right to it.\n\n",
            "table of contents",
        ),
        (HEAD, HEAD + "Über das Inhaltsverzeichnis gelangen Sie zu jedem Abschnitt.\n\n", "table of contents"),
        (HEAD, HEAD + "What if you are younger?\n\n", "heading only"),
        (HEAD, HEAD + "대한민국 거주자\n\n", "navigation"),
        ("copy our pages by machine", "copy our page by machine", "grammar"),
    ],
)  # fmt: skip
def test_what_says_the_same_is_kept_silent_with_its_reason(old: str, new: str, why: str) -> None:
    found = changed(old, new)
    assert found.significance is Significance.COSMETIC
    assert why in found.reasons


def test_a_number_that_stands_alone_on_its_line_is_numbering() -> None:
    added = changed("You must be at least", "1.\n\nYou must be at least")
    assert added.significance is Significance.COSMETIC


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


def test_a_section_that_moves_as_a_whole_is_no_news() -> None:
    first, second = BODY.index("## 2"), BODY.index("## 4")
    found = difference(PAGE, HEAD + BODY[:first] + BODY[second:] + "\n" + BODY[first:second])
    assert found.significance is Significance.COSMETIC


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


def test_another_language_is_no_change() -> None:
    german = Reading(text="# Nutzungsbedingungen\n\nWir speichern Ihre Nachrichten.", language="de")
    found = compare(Reading(text=PAGE, language="en"), german)
    assert (found.significance, found.reasons) == (Significance.COSMETIC, ("language switch",))


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


def test_a_promise_taken_back_is_a_protection_removed_and_shows_its_cue() -> None:
    (told,) = changed("We do not use your messages to train our models.\n\n", "").passages
    assert told.direction is Direction.PROTECTION_REMOVED
    assert told.cues
    assert all(cue in told.before for cue in told.cues)


def test_a_clause_cut_in_two_is_formatting() -> None:
    old = HEAD + "We keep your messages. We delete them after thirty days and tell you when it is done.\n"
    new = HEAD + "We keep your messages.\n\nWe delete them after thirty days and tell you when it is done.\n"
    found = difference(old, new)
    assert found.significance is Significance.COSMETIC
    assert [p.kind for p in found.passages] == [PassageKind.SPLIT]


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


def test_the_label_of_a_link_that_comes_and_goes_alone_is_no_news() -> None:
    found = difference(PAGE.replace("our pages by", "our  by"), PAGE.replace("our pages by", "our [pages](/p) by"))
    assert (found.significance, found.reasons) == (Significance.COSMETIC, ("links only",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We don't keep it.", "We do not keep it."),
        ("You'll get it, e.g. by post.", "You will get it, for example by post."),
        ("A fee of 5 % is due.", "A fee of five percent is due."),
        ("within thirty-one days", "within 31 days"),
        ("write to desk [at] lighthouse.example", "write to desk@lighthouse.example (desk[at]lighthouse[dot]example)"),
        ("goods & services of the U.S.", "goods and services of the United States"),
        ("So z. B. per Post, bzw. per Fax", "So zum Beispiel per Post, beziehungsweise per Fax"),
        ("The rules, lists, pages", "The rules, lists, and pages"),
        ("Acting and Dancing Singing", "Acting and Dancing and Singing"),
        ("as agreed. 12. Indemnity. You agree", "as agreed. Indemnity. You agree"),
        ("our organisation's rules", "our organization's rules"),
    ],
)
def test_the_same_written_otherwise_is_kept_silent(old: str, new: str) -> None:
    before, after = (f"{PAGE}\n{words} Lighthouse says so to everybody who asks.\n" for words in (old, new))
    assert difference(before, after).significance is Significance.COSMETIC
    assert difference(after, before).significance is Significance.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We don't keep it.", "We do keep it."),
        ("You'll get it.", "You won't get it."),
        ("within thirty days", "within 31 days"),
        ("within thirty (30) days", "within forty (40) days"),
        ("desk [at] lighthouse.example", "legal [at] lighthouse.example"),
        ("5 percent", "6 percent"),
        ("30 days after that", "60 days after that"),
        ("30 Tage danach", "60 Tage danach"),
        ("1.5 percent of the sum", "2.5 percent of the sum"),
        ("3 people may share it", "4 people may share it"),
        ("the rules and lists", "the rules or lists"),
        ("as agreed. 12. Indemnity", "as agreed. 12 days. Indemnity"),
    ],
)
def test_something_else_written_alike_is_told(old: str, new: str) -> None:
    before, after = (f"{PAGE}\n{words} Lighthouse says so to everybody who asks.\n" for words in (old, new))
    assert difference(before, after).significance is Significance.SUBSTANTIVE


@pytest.mark.parametrize(
    "line",
    [
        "1",
        "1.Your account",
        "Terms of Use | Lighthouse",
        "[Home](/) / [Legal](/l) / [Terms](/t)",
        "Last modified on 4 May 2026 See prior versions of Terms of Use",
        "### Managing your show",
        "Update to our terms",
        "Get it on Google Play",
    ],
)
def test_lines_that_are_no_rule_come_and_go_in_silence(line: str) -> None:
    assert difference(PAGE, PAGE.replace(BODY, f"{line}\n\n{BODY}")).significance is Significance.COSMETIC
    assert difference(PAGE.replace(BODY, f"{line}\n\n{BODY}"), PAGE).significance is Significance.COSMETIC


def test_the_name_of_the_site_behind_a_title_is_no_news_but_a_cell_of_a_row_is() -> None:
    title = "Terms of Use for guests\n\n"
    assert difference(title + PAGE, title.replace("\n\n", " | Lighthouse\n\n") + PAGE).passages
    assert not _told(title + PAGE, title.replace("\n\n", " | Lighthouse\n\n") + PAGE)
    table = PAGE + "\n| Tide Cloud | Storage |\n| --- | --- |\n| Dyke Cloud | Mail |\n"
    assert _told(table, table.replace("Mail |", "Mail - India |"))


def test_a_mail_address_hidden_from_robots_is_no_news_where_it_stands_alone() -> None:
    page = PAGE + "\nE-mail: desk@lighthouse.example\n"
    assert not _told(page, page.replace("desk@lighthouse.example", "[email protected]"))


def test_a_table_translated_with_its_title_is_a_language_switch() -> None:
    rows = "".join(f"| Firm {n} Ltd | {{}} |\n| Other {n} AG | {{}} |\n" for n in range(9))
    english = (
        "# List of the sub-processors and of their places\n\nIn force from 3 March 2026, for all of our services\n\n"
        "| Firm | Place |\n| --- | --- |\n" + rows.format(*["Germany", "Austria"] * 9)
    )
    german = (
        "# Liste der Unterauftragnehmer und ihrer Orte\n\nGültig ab 3. März 2026 für alle unsere Dienste der Gruppe\n\n"
        "| Firma | Ort |\n| --- | --- |\n" + rows.format(*["Deutschland", "Österreich"] * 9)
    )
    assert difference(english, german).reasons == ("language switch",)


def _told(old: str, new: str) -> bool:
    return difference(old, new).significance is Significance.SUBSTANTIVE


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
    assert _told(PAGE, PAGE.replace(BODY, f"{line}\n\n{BODY}"))


def test_a_sentence_put_beside_an_announcement_is_told() -> None:
    page = PAGE.replace(BODY, f"We have updated our Terms of Use.\n\n{BODY}")
    assert _told(page, page.replace("our Terms of Use.", "our Terms of Use. We sell the letters of members."))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("with [Tide](/t).", "with [Tide](/t), [Harbour](/h).", True),
        ("see [here](/p) for more on that", "see [our list of partners](/p) for more on that", False),
        ("as the [List of Partners](/p) says", "as the [List of Buyers](/p) says", True),
    ],
)
def test_a_label_that_points_is_furniture_and_one_that_counts_up_is_content(old: str, new: str, told: bool) -> None:
    before, after = (f"{PAGE}\nWe share letters of members {words}\n" for words in (old, new))
    assert _told(before, after) is told


def test_a_linked_recipient_that_leaves_its_list_is_told() -> None:
    page = PAGE + "\n## Sub-processors\n\n- [Tide Cloud](/t)\n- [Harbour Mail](/h)\n- [Dyke Storage](/d)\n"
    assert _told(page, page.replace("- [Harbour Mail](/h)\n", ""))
    assert not _told(page.replace("Sub-processors", "More"), page.replace("Sub-processors", "More")[:-20] + "\n")


def test_a_heading_that_names_another_company_is_told() -> None:
    page = PAGE.replace("# Terms of Use", "# Terms of Lighthouse Inc.")
    assert _told(page, page.replace("Lighthouse Inc.", "Harbour GmbH"))


def test_a_number_that_comes_back_is_told_once_it_lasts_and_a_turn_of_phrase_is_not() -> None:
    now = PAGE.replace("for 30 days", "for 60 days").replace("- sell", "- give or sell").replace("16 years", "18 years")
    back = now.replace("for 60 days", "for 30 days")
    found = difference(now, back, _past(PAGE, now))
    assert (found.significance, found.suspicious) == (Significance.SUBSTANTIVE, True)
    turned = PAGE.replace("open an account with", "open their own account with").replace("16 years", "18 years")
    again = turned.replace("their own account", "an account")
    first = PAGE.replace("16 years", "18 years").replace("30 days", "60 days")
    assert difference(turned, again, _past(first, turned)).significance is Significance.COSMETIC


def _sections(count: int, more: str = "") -> str:
    return "# Terms of Use\n\n" + "".join(
        f"## Matter {n}\n\nOn matter {n} we decide with care and within {n} weeks of your letter.\n\n{more.format(n)}"
        for n in range(1, count + 1)
    )


def test_a_page_served_folded_or_unfolded_is_no_news() -> None:
    details = "- letters on matter {0} go to the desk\n- calls on matter {0} are not recorded\n\n"
    shut, unfolded = _sections(12), _sections(12, details)
    assert difference(unfolded, shut).reasons == ("parts of the page were folded in or out",)
    assert difference(shut, unfolded).significance is Significance.COSMETIC
    both = unfolded.replace("within 3 weeks", "within 9 weeks")
    (told,) = (p for p in difference(shut, both).passages if p.significance is Significance.SUBSTANTIVE)
    assert "9 weeks" in told.after


def test_a_section_added_whole_and_clauses_added_here_and_there_are_told() -> None:
    section = "## Matter 13\n\n" + "".join(f"- We may rent out list {n} of members.\n" for n in range(30))
    assert _told(_sections(12), _sections(12) + section)
    here_and_there = _sections(12).replace("your letter.\n", "your letter.\n\nWe may sell it.\n", 5)
    assert _told(_sections(12), here_and_there)


@pytest.mark.parametrize("line", ["desk@lighthouse.example", "+353 1 234 5678"])
def test_a_linked_address_is_content_and_its_change_is_told(line: str) -> None:
    page = PAGE + f"\nYou can reach us here:\n\n[{line}](/c)\n"
    assert _told(page, page.replace(line, line.replace("desk", "legal").replace("234", "235")))
    assert _told(page, page.replace(f"[{line}](/c)\n", ""))


def test_what_is_left_of_a_broken_link_is_no_news() -> None:
    assert not _told(PAGE, PAGE + "\n](https://lighthouse.example/)\n")


def test_numbers_of_clauses_written_out_are_numbering() -> None:
    page = PAGE + "\nIn this matter Lighthouse decides. The desk is told at once, and answers.\n"
    assert not _told(page, page.replace("The desk", "C.3.b.ii. The desk"))
    clause = PAGE + "\n“Lighthouse Law” means the law of the lights and any version of it that comes into force.\n"
    assert not _told(clause, clause.replace("“Lighthouse Law”", "C.1.a.iii. “Lighthouse Law”"))


@pytest.mark.parametrize(("old", "new"), [("do not apply", "apply"), ("opt out", "opt in")])
def test_an_announcement_that_says_the_reverse_is_told(old: str, new: str) -> None:
    line = "We have updated our Terms of Use: they do not apply to those who opt out of them."
    page = PAGE.replace(BODY, f"{line}\n\n{BODY}")
    assert _told(page, page.replace(old, new, 1))
