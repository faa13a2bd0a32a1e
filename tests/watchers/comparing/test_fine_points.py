"""Fine points of comparing that a reader would notice if they slipped: order, quoting, menus, names, second looks."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import BODY, HEAD, PAGE, changed, difference, is_told, plain
from watchers.comparing.compare import compare
from watchers.comparing.dates import Meaning, masked, mentions, says_only_a_date
from watchers.comparing.folding import folded
from watchers.comparing.furniture import (
    furniture,
    in_menu,
    looks_ahead,
    news,
    profiles,
    weighs,
)
from watchers.comparing.history import sentence_marks
from watchers.comparing.quoting import accepted
from watchers.comparing.renaming import renames
from watchers.comparing.similarity import Likeness, best_pairs, candidates, likeness
from watchers.comparing.spelling import TYPO, same_word
from watchers.comparing.summary import in_its_words
from watchers.comparing.wording import HIDDEN_ADDRESS, RENAMED
from watchers.model import Passage, PassageKind, Past, Reading, Significance
from watchers.reading.clauses import clauses
from watchers.reading.extract import read_markdown

FILLER = "".join(
    f"## Part {n}\n\nThis is what part {n} says about your lamps and your letters.\n\n" for n in range(150)
)


def test_what_is_gone_is_told_where_it_stood() -> None:
    new = PAGE.replace("for 30 days", "for 90 days").replace("- link to our pages\n", "")
    new = new.replace("We do not use your", "We use your")
    told = [p for p in difference(PAGE, new).passages if p.significance is Significance.SUBSTANTIVE]
    assert [p.kind for p in told] == [PassageKind.REWORDED, PassageKind.REMOVED, PassageKind.REWORDED]


def test_a_page_against_itself_differs_in_nothing() -> None:
    assert compare(read_markdown(PAGE), read_markdown(PAGE)).reasons == ("nothing differs",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD + FILLER, HEAD + FILLER[: len(FILLER) // 4]),
        (HEAD + FILLER[: len(FILLER) // 3], HEAD + FILLER),
    ],
)
def test_a_page_that_loses_or_gains_most_of_its_words_is_looked_at_again(old: str, new: str) -> None:
    assert difference(old, new).suspicious
    assert not difference(PAGE, PAGE.replace("30 days", "90 days")).suspicious
    one = plain("We keep your letters for 30 days" + ", and we read none of them at all" * 15)
    assert not compare(one, plain(one.text.replace("30", "90"))).suspicious


def test_the_first_words_of_a_page_are_compared_like_all_others() -> None:
    found = compare(plain("We keep letters for 30 days."), plain("We keep letters for 90 days."))
    assert [p.kind for p in found.passages] == [PassageKind.REWORDED]
    assert in_its_words(found.passages[0]) == "“keep letters for 30 days.” becomes “keep letters for 90 days.”"


def test_a_date_has_its_meaning_from_its_own_line_alone() -> None:
    assert mentions("Terms\nEffective date\n3 March 2026")[0].meaning is Meaning.OTHER
    assert mentions("Terms\n3 March 2026 (effective date)")[0].meaning is Meaning.EFFECTIVE


def test_a_line_that_names_its_date_may_say_a_little_more() -> None:
    assert says_only_a_date("Our Privacy Policy was last updated on 3 March 2026")
    assert not says_only_a_date("Our lamps were all lit by hand on 3 March 2026")


def lines(text: str, *numbers: int) -> list[bool]:
    found = clauses(text)
    return [in_menu(found, n) for n in numbers]


def test_short_lines_side_by_side_are_a_menu() -> None:
    words = "Who we are today\n\nWhat we write about\n\nHow to find us\n"
    assert lines(words, 0, 1, 2) == [True, True, True]
    assert lines(words.replace("today", "today:").replace("about", "about:"), 0, 1, 2) == [False, False, False]
    assert lines("Who we are today\n\n" + "We light lamps.\n\n" * 2 + "Where we write\n\nHow to find us\n", 3) == [
        False
    ]
    assert lines(words.replace("are today", "are: Lamps Ltd"), 1) == [False]


def test_what_is_left_of_a_broken_link_says_nothing() -> None:
    (broken,) = clauses("](/somewhere)")
    assert furniture(broken, (), ()) == "formatting"


def test_news_reads_the_same_with_either_apostrophe() -> None:
    assert news("We've updated our Terms of Use.")
    assert news("We’ve updated our Terms of Use.")


def test_an_announcement_looks_ahead_only_where_its_date_is_to_come() -> None:
    assert looks_ahead("We have new terms, effective 3 March 2026.")
    assert not looks_ahead("We last updated these terms on 3 March 2026.")


def test_people_are_presented_near_their_offices_and_not_further_down() -> None:
    people = ["Ada Lamp", "Chief Executive Officer at Lamp House", "Bo Wick", "Head of Wicks at Lamp House"]
    assert profiles(clauses("\n\n".join([*people, *["A lamp on a hill"] * 9]))) == frozenset(range(9))


@pytest.mark.parametrize("words", ["All your lamps", "No questions asked", "Lampes et lettres", "What lamps can do"])
def test_a_small_word_of_a_heading_is_no_rule(words: str) -> None:
    assert not weighs(words)


def test_a_hidden_address_hides_no_other_sentence() -> None:
    old = PAGE + "\nWrite to [email protected] if anything is unclear.\n"
    new = (
        PAGE
        + "\nWe sell your letters to lamp makers abroad.\n\nWrite to desk@lighthouse.example if anything is unclear.\n"
    )
    assert is_told(old, new)
    shown = difference(old, old.replace("[email protected]", "desk@lighthouse.example"))
    assert (shown.significance, shown.reasons) == (Significance.COSMETIC, (HIDDEN_ADDRESS,))


def test_a_clause_that_comes_back_among_others_is_known_again() -> None:
    gone = "We store every letter of yours in our northern tower for ten years.\n\n"
    past = Past(sentences=sentence_marks(HEAD + gone + BODY) | sentence_marks(PAGE))
    assert difference(PAGE, HEAD + gone + BODY, past).suspicious
    assert not difference(PAGE, HEAD + gone + BODY, Past(sentences=sentence_marks(PAGE))).suspicious


def test_a_linked_name_in_a_series_is_a_change_and_a_linked_label_alone_is_none() -> None:
    before = "# Terms\n\nWe share your letters with [Beta](/b), [Gamma](/c) and Delta.\n"
    after = before.replace("with [Beta]", "with [Acme](/a), [Beta]")
    assert is_told(before, after)
    assert is_told(after, before)
    named = "# Terms\n\nOur lamp makers are [Beta](/b), [Gamma](/c) and Delta.\n"
    assert is_told(named, named.replace("are [Beta]", "are [Acme](/a), [Beta]"))
    labelled = "# Terms\n\nThe lamp is lit at six every day [more](/m) by hand.\n"
    assert not is_told(labelled, labelled.replace("[more](/m) ", ""))
    assert not is_told(labelled.replace("[more](/m) ", ""), labelled)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("recommendations", "recomendatoins", TYPO),
        ("form", "from", TYPO),
        ("lead", "lade", ""),
        ("shall", "shell", ""),
    ],
)
def test_a_typing_mistake_is_told_from_another_word(a: str, b: str, said: str) -> None:
    assert same_word(a, b) == said


def test_a_long_excerpt_is_cut_behind_a_word() -> None:
    long = Passage(PassageKind.ADDED, "", "Every lamp is lit by hand and by nobody else in this town.")
    assert in_its_words(long, 30) == "adds “Every lamp is lit by hand and …”"
    (lasting,) = changed("for 30 days", "for as long as any of our many keepers asks for them").passages
    assert in_its_words(lasting, 24) == "“your messages for 30 …” becomes “as long as any of our …”"


def test_words_that_went_alone_are_struck() -> None:
    found = changed("You can opt out of recommendations in your settings.", "You can opt out of recommendations.")
    assert in_its_words(found.passages[0]) == "strikes “in your settings”"


def test_a_change_at_the_end_of_a_long_page_stands_under_the_last_heading() -> None:
    old = HEAD + FILLER + "## Last\n\n" + "We keep a lamp lit.\n\n" * 12
    found = difference(old, old + "We sell your letters to lamp makers.\n")
    assert [p.path for p in found.passages] == [("Terms of Use", "Last")]


def test_a_clause_finds_its_like_by_the_rare_words_they_share() -> None:
    old = {n: folded(f"The lamp of street {n} is lit by keeper{n} at dusk.") for n in range(40)}
    new = {n: folded(f"At dusk keeper{39 - n} lights one lamp more.") for n in range(40)}
    found = set(candidates(old, new))
    assert all((n, 39 - n) in found for n in range(40))


def test_a_clause_within_a_longer_one_is_alike_and_one_of_few_words_is_not() -> None:
    inner = folded("We keep your letters in the tower for thirty days.")
    assert likeness(inner, (*folded("Since the storm the harbour master tells us this at noon:"), *inner)) > 0.8
    assert likeness(folded("We keep letters."), folded("Each year in the tower we keep many letters of yours.")) < 0.6


def test_each_clause_has_one_like_at_most() -> None:
    assert best_pairs([Likeness(0.9, 0, 0), Likeness(0.8, 0, 1), Likeness(0.7, 1, 0)]) == {0: 0}


def test_a_passage_of_a_long_page_says_under_which_heading_it_stands() -> None:
    old = HEAD + FILLER
    found = difference(old, old.replace("what part 77 says about your", "what part 77 says against your"))
    assert [p.path for p in found.passages] == [("Terms of Use", "Part 77")]


def test_a_page_that_comes_and_goes_is_back_only_when_it_comes() -> None:
    page, nothing = Reading(HEAD + FILLER), Reading("Lamps and letters.")
    gone, back = compare(page, nothing), compare(nothing, page)
    assert (gone.significance, back.significance) == (Significance.UNREADABLE, Significance.COSMETIC)
    assert not gone.reasons[0].startswith("the document is back")
    assert back.reasons[0].startswith("the document is back: a tenth")
    error = compare(page, Reading("# 404\n\nPage not found"))
    assert error.reasons == ("error page in place of a document or of a part",)


def test_a_page_unfolded_and_rewritten_at_once_is_told() -> None:
    headings = [f"## Part {n}\n\nPart {n} tells of lamp {n} and of its {n + 3} windows.\n\n" for n in range(10)]
    shut = HEAD + "".join(headings)
    more = [f"Part {n} has words about oil {n * 7 + k} and wick {k}.\n\n" for n in range(10) for k in range(3)]
    opened = HEAD + "".join(h + "".join(more[n * 3 : n * 3 + 3]) for n, h in enumerate(headings))
    assert not is_told(shut, opened)
    found = difference(shut, opened.replace("tells of", "never tells anybody of")).passages
    assert sum(p.significance is Significance.SUBSTANTIVE for p in found) == 40


def test_news_within_a_clause_says_nothing_and_a_rule_in_its_place_does() -> None:
    base = "# Terms\n\nPlease read this page with care. We updated this policy. It is long and it is dull.\n"
    assert not is_told(base.replace("We updated this policy. ", ""), base)
    assert is_told(base, base.replace("We updated this policy.", "Your letters belong to us."))


def test_a_name_is_replaced_throughout_only_where_it_is_left() -> None:
    old, kept = "Lighthouse is here. Lighthouse is there. Lighthouse is far.", "Lighthouse is here. Beacon is there."
    pair = ("Lighthouse is there.", "Beacon is there.")
    assert renames([pair], old, old.replace("Lighthouse", "Beacon")) == {("lighthouse",): ("beacon",)}
    assert renames([pair], old, kept) == {}


def test_a_name_of_two_words_replaced_throughout_is_named_in_the_reason() -> None:
    old = "# Terms\n\n" + "".join(f"Lamp House lights lamp {n} in the {n}th street.\n\n" for n in range(4))
    found = difference(old, old.replace("Lamp House", "Beacon"))
    assert found.significance is Significance.COSMETIC
    assert f"{RENAMED}: lamp house → beacon" in found.reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We light lamps, lanterns and candles.", "We light lamps, lanterns, and candles."),
        ("We light lamps, candles in the street.", "We light lamps, or candles in the street."),
        ("You find it in a setting of the lamp.", "You find it in the settings of the lamp."),
        ("On 3 March 2026 we colour the lamp.", "On 2026-03-03 we color the lamp."),
        ("Thank you for reading all of this.", "Thank you for reading all of this. Last updated: 9 May 2026"),
        ("Updated 3 March 2026", "Last updated on March 3, 2026"),
        ("We keep the light house open at noon.", "We keep the lighthuose open at noon."),
    ],
)
def test_other_ways_to_write_a_sentence_are_no_news(old: str, new: str) -> None:
    assert not is_told(f"# Terms\n\n{old}\n", f"# Terms\n\n{new}\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Letters from before 3 March 2026 are kept.", "Letters from before 4 May 2026 are kept."),
        ("This is lamp type B.", "This is lamp type C."),
    ],
)
def test_small_words_of_weight_are_news(old: str, new: str) -> None:
    assert is_told(f"# Terms\n\n{old}\n", f"# Terms\n\n{new}\n")


def test_a_reference_follows_the_section_that_was_renumbered() -> None:
    old = PAGE + "\nWhat section 4 says holds for guests too.\n"
    new = old.replace("## 4. Your", "## 5. Your").replace("section 4", "section 5")
    assert difference(old, new).significance is Significance.COSMETIC
    assert is_told(old, old.replace("section 4", "section 3"))


def test_a_quotation_may_end_with_the_sign_of_the_sentence_around_it() -> None:
    assert accepted("Lighthouse will “keep your letters.”", "Lighthouse", ["We keep your letters for ever."])
    assert not accepted("Lighthouse will “burn your letters.”", "Lighthouse", ["We keep your letters for ever."])


def test_a_date_without_its_year_is_a_date_too() -> None:
    assert masked("Lamps are lit until 15 October each year") == "Lamps are lit until  ⟨date⟩  each year"
    assert masked("lit from 1 May to 15 October by hand") == "lit from  ⟨date⟩  to  ⟨date⟩  by hand"
