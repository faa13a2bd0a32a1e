"""How a change is told: named rules in order, then weighed clues; a doubt is said in words."""

from __future__ import annotations

import pytest

from watchers.comparing.compare import compare
from watchers.comparing.judge import TABLE, Rule, told_as, weights
from watchers.model import Difference, Past, Significance, Tier
from watchers.reading.extract import read_markdown

DATE = "Last updated: {}"
RULES = [
    "You may close your account at any time.",
    "We keep the logs of our servers for 30 days.",
    "We share your address with our carriers, see our help centre for more.",
    "Our carriers may call you on the day of delivery, see our help centre for more.",
    "You must be 16 years old to use the service, see our help centre for more.",
    "Disputes are decided by the courts of Bremen under German law.",
]


def page(*clauses: str, day: str = "3 May 2024", title: str = "Privacy Policy") -> str:
    return "\n\n".join((f"# {title}", DATE.format(day), *clauses))


def told(before: str, after: str, past: Past | None = None) -> Difference:
    old, new = read_markdown(before), read_markdown(after)
    return told_as(compare(old, new, doc_type="Privacy Policy", past=past), old, new, past)


def changed(what: str, by: str, day: str = "4 June 2024") -> str:
    return page(*(clause.replace(what, by) for clause in RULES), day=day)


def test_a_rule_that_changes_under_a_new_date_is_a_ping() -> None:
    new = changed("for 30 days", "for 90 days, and we share them with our partners for advertising")
    found = told(page(*RULES), new)
    assert found.tier is Tier.PING
    assert found.ruling is not None
    assert found.ruling.doubt == ""


def test_a_new_sentence_under_a_new_date_is_weighed_and_says_what_spoke_for_it() -> None:
    found = told(
        page(*RULES), page(*RULES, "We may use your letters to train models of our partners.", day="4 June 2024")
    )
    assert found.ruling is not None
    assert (found.tier, found.ruling.rule) == (Tier.PING, Rule.WEIGHED)
    assert any(clue.startswith("date: forward") for clue in found.ruling.speaks_for)


def test_a_figure_that_changed_is_a_ping_though_the_page_states_no_date() -> None:
    old, new = (page(*RULES).replace(DATE.format("3 May 2024"), "") for _ in range(2))
    found = told(old, new.replace("30 days", "90 days"))
    assert found.ruling is not None
    assert (found.tier, found.ruling.rule) == (Tier.PING, Rule.FIGURE)


def test_characters_put_right_are_silent_and_say_so() -> None:
    broken = page(*RULES).replace("for more.", "for more, it\ufffds all there.")
    mended = page(*RULES).replace("for more.", "for more, it’s all there.")
    found = told(broken, mended)
    assert (found.tier, found.significance) == (Tier.SILENT, Significance.COSMETIC)


def test_a_figure_is_no_character_put_right() -> None:
    assert told(page(*RULES), changed("30 days", "3.0 days")).tier is not Tier.SILENT


def test_an_edition_with_an_earlier_date_is_doubtful() -> None:
    found = told(page(*RULES), changed("for 30 days", "for as long as we like", day="1 May 2019"))
    assert found.ruling is not None
    assert (found.tier, found.ruling.rule) == (Tier.DIGEST, Rule.EARLIER_EDITION)
    assert "date went back" in found.ruling.doubt


def test_a_company_that_is_another_throughout_is_a_ping() -> None:
    clauses = [clause.replace("our carriers", "the couriers of Fernpost") for clause in RULES] * 2
    found = told(page(*clauses), page(*(clause.replace("Fernpost", "Fernpost Ltd") for clause in clauses)))
    assert found.ruling is not None
    assert (found.tier, found.ruling.rule) == (Tier.PING, Rule.FIGURE)


def test_a_label_that_came_in_many_places_is_doubtful() -> None:
    badges = [f"{clause}\n\n- Badge Check" for clause in RULES]
    found = told(page(*RULES), page(*badges))
    if found.significance is Significance.SUBSTANTIVE:
        assert found.ruling is not None
        assert (found.tier, found.ruling.rule) == (Tier.DIGEST, Rule.ICONS)


def test_a_whole_page_that_joins_the_collection_stands_in_the_digest() -> None:
    annex = "\n\n".join(f"We ask carrier {n} to delete your letters within a week of their delivery." for n in range(9))
    found = told(page(*RULES), page(*RULES) + "\n\n- - -\n\n# Annex\n\n" + annex)
    assert found.ruling is not None
    assert (found.significance, found.tier) == (Significance.SUBSTANTIVE, Tier.DIGEST)
    assert found.ruling.rule == Rule.WHOLE_PART


def test_what_is_wording_only_is_silent_without_a_ruling() -> None:
    found = told(page(*RULES), page(*RULES, day="4 June 2024"))
    assert (found.tier, found.ruling) == (Tier.SILENT, None)


def test_a_doubt_is_said_in_words() -> None:
    found = told(page(*RULES, "Our Company", "Careers at Fernpost"), page(*RULES))
    if found.tier is Tier.DIGEST:
        assert found.ruling is not None
        assert found.ruling.doubt
        assert "share of" not in found.ruling.doubt


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.rule.name)
def test_every_rule_stands_with_what_it_says_and_what_it_does_not(row: object) -> None:
    says = row.fires.__doc__  # type: ignore[attr-defined]
    assert says.startswith("Says: ")
    assert "Not: " in says


def test_what_is_said_of_a_clue_is_said_of_one_that_has_a_weight_below_nought() -> None:
    known = weights()
    assert {name for name in known.said if known.of.get(name, 0) > 0.3} == set()
