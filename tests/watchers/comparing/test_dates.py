"""Dates in policies and what they say about the document."""

from __future__ import annotations

from datetime import date

import pytest

from watchers.comparing.dates import Meaning, effective, mentions, says_only_a_date


@pytest.mark.parametrize(
    ("text", "value", "meaning"),
    [
        ("Effective August 21, 2026", date(2026, 8, 21), Meaning.EFFECTIVE),
        ("Effective:January 26, 2026", date(2026, 1, 26), Meaning.EFFECTIVE),
        ("These Terms will go into effect on 1st of July 2026.", date(2026, 7, 1), Meaning.EFFECTIVE),
        ("Last updated: 9 May 2025", date(2025, 5, 9), Meaning.UPDATED),
        ("Last Revised: 2026-01-05", date(2026, 1, 5), Meaning.UPDATED),
        ("Last updated 12/31/2024", date(2024, 12, 31), Meaning.UPDATED),
        ("Last updated: March 2026", date(2026, 3, 1), Meaning.UPDATED),
        ("Gültig ab 1. März 2025", date(2025, 3, 1), Meaning.EFFECTIVE),
        ("Stand: 15.09.2025", date(2025, 9, 15), Meaning.UPDATED),
        ("En vigueur le 1er janvier 2024", date(2024, 1, 1), Meaning.EFFECTIVE),
        ("Dernière mise à jour : 4 février 2025", date(2025, 2, 4), Meaning.UPDATED),
        ("Vigente a partir del 15 de marzo de 2025", date(2025, 3, 15), Meaning.EFFECTIVE),
        ("Ultimo aggiornamento: 3 giugno 2025", date(2025, 6, 3), Meaning.UPDATED),
        ("In werking vanaf, van kracht op 2 maart 2025", date(2025, 3, 2), Meaning.EFFECTIVE),
        ("Última atualização: 7 de outubro de 2024", date(2024, 10, 7), Meaning.UPDATED),
        ("Effective 15 September 2025Previous Version", date(2025, 9, 15), Meaning.EFFECTIVE),
        ("2025年2月3日改定", date(2025, 2, 3), Meaning.UPDATED),
        ("You joined on 3 May 2020", date(2020, 5, 3), Meaning.OTHER),
        ("May 3, 2020: the lamp is lit", date(2020, 5, 3), Meaning.OTHER),
    ],
)
def test_a_date_is_read_with_what_it_says(text: str, value: date, meaning: Meaning) -> None:
    (found,) = mentions(text)
    assert (found.value, found.meaning) == (value, meaning)


@pytest.mark.parametrize(
    "text", ["within 2024 days", "31 February 2024", "Section 12/13", "1.2.3", "may 40 users", "v2024.1"]
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert mentions(text) == ()


def test_a_day_without_a_year_takes_the_year_of_the_document() -> None:
    text = "The update was published on 14 August 2025 and will take effect on 15 October."
    assert effective([text], text) == date(2025, 10, 15)


def test_the_later_of_two_regions_dates_is_told() -> None:
    lines = ["Effective Date outside Europe: March 13, 2024", "Effective Date in Europe: April 30, 2024"]
    assert effective(lines, "") == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Last updated: 3 March 2026", True),
        ("3 March 2026", True),
        ("Effective from 13 November 2023", True),
        ("We keep your data until 3 March 2026 and then delete all of it", False),
        ("Effective", False),
        ("The changes will take effect on 3 March 2026", False),
    ],
)
def test_a_line_with_nothing_but_a_date_is_known(text: str, only: bool) -> None:
    assert says_only_a_date(text) is only


def test_the_label_of_a_date_stands_on_its_own_line() -> None:
    above, below = "Terms\nEffective from the day below\n3 May 2026", "3 May 2026\neffective date of these terms"
    assert [found.meaning for text in (above, below) for found in mentions(text)] == [Meaning.OTHER, Meaning.OTHER]
    (after,) = mentions("Terms\n3 May 2026 is the effective date")
    assert after.meaning is Meaning.EFFECTIVE


def test_a_day_without_a_year_is_no_date_where_the_document_has_none() -> None:
    text = "These terms take effect on 15 October."
    assert effective([text], text) is None


def test_29_february_is_lent_no_year_that_has_none() -> None:
    lines = ["These terms take effect on 29 February."]
    assert effective(lines, "Last updated: 2 January 2026") is None
    assert effective(lines, "Last updated: 2 January 2028") == date(2028, 2, 29)


def test_the_year_of_the_document_is_not_lent_to_a_date_that_has_its_own() -> None:
    lines = ["This takes effect on 15 October.", "The fees take effect on 1 March 2027."]
    assert effective(lines, "Last updated: 2 May 2026") == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Вступает в силу 1 марта 2027 г.", date(2027, 3, 1)),
        ("Yürürlük tarihi: 1 Ağustos 2027", date(2027, 8, 1)),
        ("تاريخ السريان: 1 مارس 2027", date(2027, 3, 1)),
        ("Hatályos: 2027. március 1.", date(2027, 3, 1)),
        ("Prend effet le 1er août 2027", date(2027, 8, 1)),
        ("Účinné od 1. októbra 2027", date(2027, 10, 1)),
        ("Ikraft 1 mars 2027", date(2027, 3, 1)),
        ("Voimassa alkaen 1. maaliskuuta 2027", date(2027, 3, 1)),
        ("Termenii se aplică începând cu data de 01.03.2027", date(2027, 3, 1)),
        ("We’re updating our Terms on July 22, 2027. Until then, the terms below apply.", date(2027, 7, 22)),
        ("令和8年3月1日施行", date(2026, 3, 1)),
        ("平成元年4月2日施行", date(1989, 4, 2)),
        ("Effective 01-Mar-2026", date(2026, 3, 1)),
        ("Gültig ab 01.03.26", date(2026, 3, 1)),
    ],
)
def test_a_day_of_effect_is_read_in_the_languages_policies_come_in(text: str, value: date) -> None:
    assert effective([text], text) == value


@pytest.mark.parametrize(
    "text",
    [
        "The old terms remain in effect until 1 March 2027.",
        "These terms will be effective thirty (30) days after March 1, 2026.",
        "This section will no longer be in effect from 1 March 2027.",
        "Diese Bedingungen sind gültig bis 1. März 2027.",
        "Ces conditions restent en vigueur jusqu’au 1er mars 2027.",
        "These terms do not take effect on 1 March 2027.",
    ],
)
def test_an_end_a_count_of_days_and_a_denial_are_no_day_of_effect(text: str) -> None:
    assert effective([text], text) is None


@pytest.mark.parametrize(
    ("document", "language", "value"),
    [
        ("Entrada em vigor: 01/03/2027", "pt", date(2027, 3, 1)),
        ("Effective 03/04/2027. Last updated 31/12/2026.", "en", date(2027, 4, 3)),
        ("Effective 03/04/2027. Last updated 12/31/2026.", "en", date(2027, 3, 4)),
        ("Effective 03/04/2027. First published on 9 May 2019.", "en", date(2027, 4, 3)),
        ("Effective 03/04/2027. First published on May 9, 2019.", "en", date(2027, 3, 4)),
        ("Effective 03/04/2027.", "en", None),
        ("Effective 25/04/2027.", "en", date(2027, 4, 25)),
        ("Effective 04/04/2027.", "en", date(2027, 4, 4)),
    ],
)
def test_a_date_in_numbers_is_read_as_its_document_writes_dates_or_not_at_all(
    document: str, language: str, value: date | None
) -> None:
    assert effective([document.split(". ")[0]], document, language=language) == value


def test_a_date_that_stood_there_before_is_no_news_and_another_one_is() -> None:
    old = "These terms take effect on 1 March 2027. The desk is open."
    assert effective([old.replace("open", "shut")], "", before=[old]) is None
    assert effective([old.replace("March", "May")], "", before=[old]) == date(2027, 5, 1)
