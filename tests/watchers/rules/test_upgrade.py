"""What other rules make of the archive is told provision by provision, with the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.watchers.rules import golden
from watchers.model import Exposure, Past
from watchers.provisions.recogniser import recognise
from watchers.rules.upgrade import findings_by_today, upgrade

TYPE, BODY = "Terms of Service", golden.SECTIONS + golden.TERMS
DOCUMENT = golden.document(TYPE)
PAST = golden.remembered(golden.first(TYPE, BODY), TYPE, BODY)


def test_the_same_rules_change_nothing() -> None:
    assert upgrade(DOCUMENT, PAST).nothing


def test_a_finding_that_was_not_there_and_one_that_is_no_more() -> None:
    arbitration = next(found for found in PAST.findings if found.provision == "arbitration")
    kept = tuple(found for found in PAST.findings if found.provision != "arbitration")
    invented = replace(arbitration, provision="biometric")
    found = upgrade(DOCUMENT, replace(PAST, findings=(*kept, invented), recognised="rules of May"))
    assert PAST.version is not None
    excerpt = arbitration.excerpt(PAST.version.text)
    shifts = {each.provision: each for each in found.shifts}
    assert shifts.keys() == {"arbitration", "biometric"}
    assert (shifts["arbitration"].was, shifts["arbitration"].come) == (None, (excerpt,))
    assert (shifts["biometric"].now, shifts["biometric"].gone) == (None, (excerpt,))
    assert found.made_by == "rules of May"


def test_another_exposure_of_the_same_words() -> None:
    lower = tuple(replace(found, exposure=Exposure.LOW) for found in PAST.findings)
    for shift in upgrade(DOCUMENT, replace(PAST, findings=lower)).shifts:
        assert (shift.was, shift.gone, shift.come) == (Exposure.LOW, (), ())
        assert shift.now in (Exposure.MEDIUM, Exposure.HIGH)


def test_words_that_today_are_read_otherwise_are_counted() -> None:
    assert PAST.version is not None
    archived = replace(PAST.version, text=PAST.version.text + "\n\nSkip to content", rules="rules of May")
    found = upgrade(DOCUMENT, replace(PAST, version=archived))
    assert (found.words_gone, found.words_come, found.shifts) == (3, 0, ())


def test_findings_come_with_the_name_of_the_rules() -> None:
    assert PAST.version is not None
    findings, rules = findings_by_today(DOCUMENT, PAST.version.text, "en")
    assert findings == recognise(PAST.version.text, doc_type=TYPE, language="en")
    assert rules == PAST.recognised


def test_a_document_that_was_never_read_has_nothing_to_upgrade() -> None:
    with pytest.raises(ValueError, match="never read"):
        upgrade(DOCUMENT, Past())
