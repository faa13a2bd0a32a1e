"""What a sentence means for its reader; every rule stands with sentences it decides and some it leaves alone."""

from __future__ import annotations

import pytest

from watchers.comparing.stakes import Rule, Stake, plain, rules, said, stake


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.kind.value)
def test_a_rule_decides_its_examples_and_spares_the_others(rule: Rule) -> None:
    for sentence in rule.says:
        found = said(sentence)
        assert found is not None, sentence
        assert (found.kind, found.stake) == (rule.kind, rule.stake), sentence
    for sentence in rule.spares:
        found = said(sentence)
        assert found is None or (found.kind, found.stake) != (rule.kind, rule.stake), sentence


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Tern may share your messages with its partners.", Stake.COSTS),
        ("If you close your account, we do not keep your messages.", Stake.SERVES),
        ("We do not sell your data, but we share it with partners.", Stake.SERVES),
        ("Our desk is open from nine to five.", Stake.NEITHER),
        ("Learn more about our history.", Stake.NEITHER),
    ],
)
def test_who_acts_and_what_is_denied_decide(sentence: str, meant: Stake) -> None:
    assert stake(sentence) is meant


def test_a_name_that_acts_is_the_company_and_other_words_at_the_beginning_are_not() -> None:
    assert plain("Tern Cloud may scan files.").startswith("we may scan")
    assert plain("Users may scan files.").startswith("users may")
