"""The provisions about personal data are recognised in plain sentences, and left alone in what only looks like them."""

import pytest

from tests.watchers.provisions.data_sentences import NEAR, SAID
from watchers.provisions.recogniser import recognise


def told(sentence: str) -> set[str]:
    return {found.provision for found in recognise(sentence, doc_type="Privacy Policy")}


@pytest.mark.parametrize(("provision", "sentence"), [(p, s) for p, said in SAID.items() for s in said])
def test_a_sentence_about_data_is_recognised(provision: str, sentence: str) -> None:
    assert provision in told(sentence)


@pytest.mark.parametrize(("provision", "sentence"), [(p, s) for p, said in NEAR.items() for s in said])
def test_what_only_looks_like_it_is_left_alone(provision: str, sentence: str) -> None:
    assert provision not in told(sentence)
