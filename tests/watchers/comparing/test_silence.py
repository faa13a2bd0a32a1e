"""What only looks like a change is kept silent: furniture, other ways of writing, other ways of serving."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import BODY, HEAD, PAGE, changed, difference, is_told
from watchers.comparing.compare import compare
from watchers.comparing.history import sentence_marks
from watchers.model import PassageKind, Past, Reading, Significance


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


def test_a_section_that_moves_as_a_whole_is_no_news() -> None:
    first, second = BODY.index("## 2"), BODY.index("## 4")
    found = difference(PAGE, HEAD + BODY[:first] + BODY[second:] + "\n" + BODY[first:second])
    assert found.significance is Significance.COSMETIC


def test_another_language_is_no_change() -> None:
    german = Reading(text="# Nutzungsbedingungen\n\nWir speichern Ihre Nachrichten.", language="de")
    found = compare(Reading(text=PAGE, language="en"), german)
    assert (found.significance, found.reasons) == (Significance.COSMETIC, ("language switch",))


def test_a_clause_cut_in_two_is_formatting() -> None:
    old = HEAD + "We keep your messages. We delete them after thirty days and tell you when it is done.\n"
    new = HEAD + "We keep your messages.\n\nWe delete them after thirty days and tell you when it is done.\n"
    found = difference(old, new)
    assert found.significance is Significance.COSMETIC
    assert [p.kind for p in found.passages] == [PassageKind.SPLIT]


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
    assert not is_told(title + PAGE, title.replace("\n\n", " | Lighthouse\n\n") + PAGE)
    table = PAGE + "\n| Tide Cloud | Storage |\n| --- | --- |\n| Dyke Cloud | Mail |\n"
    assert is_told(table, table.replace("Mail |", "Mail - India |"))


def test_a_mail_address_hidden_from_robots_is_no_news_where_it_stands_alone() -> None:
    page = PAGE + "\nE-mail: desk@lighthouse.example\n"
    assert not is_told(page, page.replace("desk@lighthouse.example", "[email protected]"))


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
    assert is_told(before, after) is told


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
    assert is_told(_sections(12), _sections(12) + section)
    here_and_there = _sections(12).replace("your letter.\n", "your letter.\n\nWe may sell it.\n", 5)
    assert is_told(_sections(12), here_and_there)


@pytest.mark.parametrize("line", ["desk@lighthouse.example", "+353 1 234 5678"])
def test_a_linked_address_is_content_and_its_change_is_told(line: str) -> None:
    page = PAGE + f"\nYou can reach us here:\n\n[{line}](/c)\n"
    assert is_told(page, page.replace(line, line.replace("desk", "legal").replace("234", "235")))
    assert is_told(page, page.replace(f"[{line}](/c)\n", ""))


def test_what_is_left_of_a_broken_link_is_no_news() -> None:
    assert not is_told(PAGE, PAGE + "\n](https://lighthouse.example/)\n")


def test_numbers_of_clauses_written_out_are_numbering() -> None:
    page = PAGE + "\nIn this matter Lighthouse decides. The desk is told at once, and answers.\n"
    assert not is_told(page, page.replace("The desk", "C.3.b.ii. The desk"))
    quoted = page.replace("The desk", "“Desk” is its word. The desk")
    assert not is_told(quoted, quoted.replace("“Desk”", "C.3.b.ii. “Desk”"))
    clause = PAGE + "\n“Lighthouse Law” means the law of the lights and any version of it that comes into force.\n"
    assert not is_told(clause, clause.replace("“Lighthouse Law”", "C.1.a.iii. “Lighthouse Law”"))


def test_words_too_few_to_be_known_again_are_silent_where_most_around_them_came_back() -> None:
    back = "\n\n".join(f"We store the letters of street {n} in tower {n}." for n in range(9))
    past = Past(sentences=sentence_marks(PAGE) | sentence_marks(back))
    few = "Lamps cost money."
    assert difference(PAGE, f"{PAGE}\n{back}\n\n{few}\n", past).reasons == ("seen before",)
    dated = PAGE.replace("3 March", "9 May")
    assert difference(PAGE, f"{dated}\n{back}\n\n{few}\n", past).reasons == ("date only", "seen before")
    assert difference(PAGE, f"{PAGE}\n{few}\n", past).significance is Significance.SUBSTANTIVE


def test_a_sentence_that_stands_elsewhere_is_silent_unless_it_is_short() -> None:
    for sentence, told in (
        ("We light every lamp by hand each day.", False),
        ("We light lamps by hand each day.", True),
    ):
        page = f"{PAGE}\n{sentence}\n"
        assert is_told(page, page.replace("## 1.", f"{sentence}\n\n## 1.")) is told


def test_a_rule_in_place_of_an_announcement_is_told() -> None:
    page = "# Terms\n\nRead this page with care. We updated this policy. It is long and it is dull.\n"
    assert is_told(page, page.replace("We updated this policy.", "Your letters belong to us!"))


def test_a_linked_name_before_a_comma_is_told() -> None:
    page = "# Terms\n\nThe makers of our lamps in town, and their helpers, read your letters.\n"
    named = page.replace("town,", "town [Acme](/a),")
    assert is_told(page, named)
    assert is_told(named, page)


@pytest.mark.parametrize(
    "second",
    ["## Members\n\nYou may:\n\n", "You may not:\n\n"],
)
def test_an_entry_that_goes_to_a_list_of_another_section_or_of_another_lead_in_is_told(second: str) -> None:
    first = "# Terms\n\n## Guests\n\nYou may:\n\n- light the lamps\n- ring the bell\n\n"
    old = f"{first}{second}- read our letters\n- open the door\n"
    assert is_told(old, old.replace("- ring the bell\n", "") + "- ring the bell\n")
