"""Provisions are recognised in words nobody wrote a cue for, and near misses are left alone."""

from collections import Counter

import pytest

from tests.watchers.provisions.own_words import Sentence, sentences
from watchers.provisions.recogniser import recognise


def found(one: Sentence) -> bool:
    return one.provision in {finding.provision for finding in recognise(one.text, doc_type=one.doc_type)}


def test_nine_of_ten_sentences_are_recognised() -> None:
    meant = [one for one in sentences() if one.meant]
    missed = [one for one in meant if not found(one)]
    assert len(missed) <= 0.1 * len(meant), missed


def test_one_in_ten_near_misses_at_most_is_taken_for_the_provision() -> None:
    near = [one for one in sentences() if not one.meant]
    wrong = [one for one in near if found(one)]
    assert len(wrong) <= 0.1 * len(near), wrong


FREQUENT = [name for name, number in Counter(one.provision for one in sentences()).items() if number >= 20]


@pytest.mark.parametrize("provision", FREQUENT)
def test_of_a_frequent_provision_no_more_than_a_fifth_is_missed(provision: str) -> None:
    meant = [one for one in sentences() if one.meant and one.provision == provision]
    assert sum(map(found, meant)) >= 0.8 * len(meant)
