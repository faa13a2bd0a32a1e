"""What careful readers go by when they tell substance from appearance, point by point, in three languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.watchers.comparing.foreign import ENGLISH, FRENCH, GERMAN
from tests.watchers.comparing.pages import difference
from watchers.model import Significance

PAGES = (ENGLISH, GERMAN, FRENCH)
#: Always of substance, however small: (English, German, French), each as (old words, new words).
SUBSTANCE = (
    ("a span of time", ("30 days", "60 days"), ("30 Tage", "60 Tage"), ("30 jours", "60 jours")),
    ("a unit", ("30 days", "30 months"), ("30 Tage", "30 Monate"), ("30 jours", "30 mois")),
    ("an age", ("least 16 years", "least 13 years"), ("16 Jahre", "13 Jahre"), ("16 ans", "13 ans")),
    (
        "a legal form",
        ("Lighthouse Ltd", "Lighthouse plc"),
        ("Leuchtturm GmbH", "Leuchtturm AG"),
        ("Phare SAS", "Phare SA"),
    ),
    ("a company", ("Lighthouse Ltd", "Harbour Ltd"), ("Leuchtturm GmbH", "Hafen GmbH"), ("Phare SAS", "Havre SAS")),
    ("a street number", ("12 Quay Street", "14 Quay Street"), ("straße 12", "straße 14"), ("12 rue", "14 rue")),
    ("another street", ("Quay Street", "Mill Lane"), ("Hafenstraße", "Mühlenweg"), ("rue du Port", "quai des Moulins")),
    ("an officer", ("Ann Byrne", "Mary Walsh"), ("Anna Brandt", "Ute Petersen"), ("Jeanne Kerbrat", "Anne Le Goff")),
    ("a mail address", ("privacy@", "dataprotection@"), ("datenschutz@", "dsb@"), ("dpd@", "viepriv\u00e9e@")),
    (
        "a recipient added",
        ("- carriers\n", "- carriers\n- advertisers\n"),
        ("- Versandunternehmen\n", "- Versandunternehmen\n- Werbepartner\n"),
        ("- aux transporteurs\n", "- aux transporteurs\n- à nos annonceurs\n"),
    ),
    (
        "a recipient gone",
        ("- payment providers\n", ""),
        ("- Zahlungsdienstleister\n", ""),
        ("- aux transporteurs\n", ""),
    ),
    (
        "a sub-processor added",
        ("| Dyke", "| Tide Inc. | Analysis | USA |\n| Dyke"),
        ("| Deich", "| Flut Inc. | Auswertung | USA |\n| Deich"),
        ("| Digue", "| Marée Inc. | Analyse | USA |\n| Digue"),
    ),
    (
        "a sub-processor gone",
        ("| Northlight AG | Storage | Switzerland |\n", ""),
        ("| Nordlicht AG | Speicherung | Schweiz |\n", ""),
        ("| Boréale SA | Hébergement | Suisse |\n", ""),
    ),
    ("a country of processing", ("Switzerland |", "India |"), ("Schweiz |", "Indien |"), ("Suisse |", "Inde |")),
    (
        "a prohibited act",
        ("- sell your account\n", "- sell your account\n- impersonate others\n"),
        ("- Ihr Konto verkaufen\n", "- Ihr Konto verkaufen\n- sich als andere ausgeben\n"),
        ("- vendre votre compte\n", "- vendre votre compte\n- se faire passer pour autrui\n"),
    ),
    (
        "a wider definition",
        ("name and postal", "name, voice and postal"),
        ("Name und", "Name, Stimme und"),
        ("le nom et", "le nom, la voix et"),
    ),
    (
        "a promise removed",
        ("We do not use your messages to train our models.\n\n", ""),
        ("Wir verwenden Ihre Nachrichten nicht, um unsere Modelle zu trainieren.\n\n", ""),
        ("Nous n’utilisons pas vos messages pour entraîner nos modèles.\n\n", ""),
    ),
    ("a negation dropped", ("do not use", "use"), ("nicht, um", ", um"), ("n’utilisons pas", "utilisons")),
    (
        "a choice removed",
        ("You can object to advertising at any time in your settings.\n", ""),
        ("Sie können der Werbung jederzeit in den Einstellungen widersprechen.\n", ""),
        ("Vous pouvez vous opposer à la publicité à tout moment dans vos paramètres.\n", ""),
    ),
    (
        "a modal verb",
        ("You must be at least", "You should be at least"),
        ("Sie müssen mindestens", "Sie sollten mindestens"),
        ("Vous devez avoir", "Vous devriez avoir"),
    ),
    (
        "a limit dropped",
        (", where the law requires it", ""),
        (", soweit das Gesetz es verlangt", ""),
        (", si la loi l’exige", ""),
    ),
    (
        "a territory added",
        ("Dublin 2.", "Dublin 2, also for Switzerland."),
        ("20457 Hamburg.", "20457 Hamburg, auch für die Schweiz."),
        ("29200 Brest.", "29200 Brest, aussi pour la Suisse."),
    ),
)
#: Never of substance: (English, German, French), each as (old words, new words).
APPEARANCE = (
    ("a date alone", ("March 3, 2026", "May 9, 2026"), ("3. März 2026", "9. Mai 2026"), ("3 mars 2026", "9 mai 2026")),
    (
        "a date's format",
        ("March 3, 2026", "3 March 2026"),
        ("3. März 2026", "03.03.2026"),
        ("3 mars 2026", "2026-03-03"),
    ),
    (
        "heading marks",
        ("## 2. Recipients", "### 2. Recipients"),
        ("## 2. Empf", "### 2. Empf"),
        ("## 2. Dest", "# 2. Dest"),
    ),
    ("section numbers", ("## 5. Your", "## 6. Your"), ("## 5. Ihre", "## 6. Ihre"), ("## 5. Vos", "## VI. Vos")),
    ("list marks", ("- carriers", "* carriers"), ("- Versand", "* Versand"), ("- aux transp", "* aux transp")),
    (
        "capital letters",
        ("- carriers", "- Carriers"),
        ("- unsere Seiten masch", "- Unsere Seiten masch"),
        ("- vendre", "- Vendre"),
    ),
    (
        "a final stop",
        ("- carriers\n", "- carriers;\n"),
        ("- Versandunternehmen\n", "- Versandunternehmen.\n"),
        ("compte\n", "compte ;\n"),
    ),
    (
        "quotation marks",
        ("Your content\n", "“Your content”\n"),
        ("Ihre Inhalte\n", "„Ihre Inhalte“\n"),
        ("Vos contenus\n", "« Vos contenus »\n"),
    ),
    (
        "an order within a list",
        ("- payment providers\n- carriers\n", "- carriers\n- payment providers\n"),
        ("- Zahlungsdienstleister\n- Versandunternehmen\n", "- Versandunternehmen\n- Zahlungsdienstleister\n"),
        (
            "- à nos prestataires de paiement\n- aux transporteurs\n",
            "- aux transporteurs\n- à nos prestataires de paiement\n",
        ),
    ),
    (
        "a typing mistake",
        ("unwanted advertising", "unwanted advertizing"),
        ("unerwünschte", "unerwünschtte"),
        ("sollicitée", "solicitée"),
    ),
    (
        "a typing mistake in a street",
        ("Quay Street", "Qauy Street"),
        ("Hafenstraße", "Hafenstrasse"),
        ("rue du Port", "rue du port"),
    ),
    (
        "a link put on words",
        ("our pages\n", "[our pages](/pages)\n"),
        ("kurze Auszüge", "[kurze Auszüge](/a)"),
        ("courts extraits", "[courts extraits](/e)"),
    ),
    (
        "a number in words",
        ("30 days", "thirty (30) days"),
        ("30 Tage", "dreißig (30) Tage"),
        ("30 jours", "trente (30) jours"),
    ),
    (
        "a feedback prompt",
        ("## 5.", "Was this article helpful?\n\n## 5."),
        ("## 5.", "War dieser Artikel hilfreich?\n\n## 5."),
        ("## 5.", "Cet article vous a-t-il été utile ?\n\n## 5."),
    ),
    (
        "a way back to the top",
        ("## 5.", "Back to top\n\n## 5."),
        ("## 5.", "Nach oben\n\n## 5."),
        ("## 5.", "Haut de page\n\n## 5."),
    ),
    (
        "a pointer elsewhere",
        ("## 5.", "Learn more\n\n## 5."),
        ("## 5.", "Mehr erfahren\n\n## 5."),
        ("## 5.", "En savoir plus\n\n## 5."),
    ),
    (
        "word that it changed",
        ("## 1.", "We have updated our privacy policy.\n\n## 1."),
        ("## 1.", "Wir haben unsere Datenschutzerklärung aktualisiert.\n\n## 1."),
        ("## 1.", "Nous avons mis à jour notre politique de confidentialité.\n\n## 1."),
    ),
    (
        "an earlier edition's link",
        ("## 1.", "See previous versions\n\n## 1."),
        ("## 1.", "Frühere Fassungen ansehen\n\n## 1."),
        ("## 1.", "Voir les versions précédentes\n\n## 1."),
    ),
    (
        "a banner",
        ("# Privacy", "We value your privacy\n\nAccept all cookies\n\n# Privacy"),
        ("# Daten", "Wir schätzen Ihre Privatsphäre\n\nAlle Cookies akzeptieren\n\n# Daten"),
        ("# Politique", "Votre vie privée nous importe\n\nTout accepter\n\n# Politique"),
    ),
)


def _cases(table: tuple[tuple[Any, ...], ...]) -> list[object]:
    tongues = ("English", "German", "French")
    return [
        pytest.param(page, *row[n], id=f"{row[0]}-{tongue}")
        for row in table
        for n, (page, tongue) in enumerate(zip(PAGES, tongues, strict=True), 1)
    ]


@pytest.mark.parametrize(("page", "old", "new"), _cases(SUBSTANCE))
def test_what_is_always_of_substance_is_told(page: str, old: str, new: str) -> None:
    assert _significance(page, old, new) is Significance.SUBSTANTIVE


@pytest.mark.parametrize(("page", "old", "new"), _cases(SUBSTANCE))
def test_what_is_of_substance_is_told_the_other_way_round_too(page: str, old: str, new: str) -> None:
    assert old in page
    assert difference(page.replace(old, new, 1), page).significance is Significance.SUBSTANTIVE


@pytest.mark.parametrize(("page", "old", "new"), _cases(APPEARANCE))
def test_what_only_looks_different_is_kept_silent(page: str, old: str, new: str) -> None:
    assert _significance(page, old, new) is Significance.COSMETIC


@pytest.mark.parametrize(("page", "old", "new"), _cases(APPEARANCE))
def test_what_only_looks_different_is_kept_silent_when_it_is_undone(page: str, old: str, new: str) -> None:
    assert old in page
    assert difference(page.replace(old, new, 1), page).significance is Significance.COSMETIC


def _significance(page: str, old: str, new: str) -> Significance:
    assert old in page
    return difference(page, page.replace(old, new, 1)).significance
