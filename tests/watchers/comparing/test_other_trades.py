"""Pages of a bank in German, a shop in French and a health app in English: what is told of them and what is not."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import difference
from tests.watchers.comparing.trades import APP, BANK, SHOP
from watchers.model import Significance

TOLD = (
    (BANK, "4,90 € monatlich", "5,90 € monatlich"),
    (BANK, "1,50 €", "2,50 €"),
    (BANK, "kostenlos", "10,00 €"),
    (BANK, "11,25 %", "12,75 %"),
    (BANK, "zwei Monaten", "einem Monat"),
    (BANK, "ohne Einhaltung einer Frist ", ""),
    (BANK, "50 Euro", "150 Euro"),
    (BANK, "116 116", "116 117"),
    (BANK, "Auskunftei Nordscore", "Auskunfteien Nordscore und Bonitas"),
    (BANK, "erfolgt nicht", "erfolgt nur mit Einwilligung"),
    (BANK, " Eine Weitergabe zu Werbezwecken erfolgt nicht.", ""),
    (BANK, "Küstenbank eG, Deichweg 3", "Küstenbank AG, Deichweg 3"),
    (BANK, "Deichweg 3", "Am Markt 8"),
    (BANK, "rund um die Uhr", "werktags von 8 bis 18 Uhr"),
    (BANK, "Die Bank kann mit", "Die Bank kann aus wichtigem Grund mit"),
    (BANK, "alle Girokonten", "alle Giro- und Sparkonten"),
    (SHOP, "4,90 €", "6,90 €"),
    (SHOP, "60 €", "80 €"),
    (SHOP, "- Retrait en magasin : gratuit\n", ""),
    (SHOP, "3 à 5 jours", "5 à 8 jours"),
    (SHOP, "14 jours", "30 jours"),
    (SHOP, "personnalisés ne", "personnalisés et soldés ne"),
    (SHOP, "3 ans", "5 ans"),
    (SHOP, "Paylise SAS", "Monétis SAS"),
    (SHOP, "à nos transporteurs et", "à nos transporteurs, à nos régies publicitaires et"),
    (SHOP, "gratuitement ", ""),
    (SHOP, "droit français", "droit luxembourgeois"),
    (SHOP, "lors de l’envoi de la confirmation", "dès le clic sur « Commander »"),
    (SHOP, "toutes taxes comprises", "hors taxes"),
    (SHOP, "24 heures", "48 heures"),
    (SHOP, "ni repris ni échangés", "repris"),
    (APP, "Dr Ruth Ames", "Dr Paul Dean"),
    (APP, "* messages to your practice\n", "* messages to your practice\n* steps and heart rate from your watch\n"),
    (APP, "Only staff", "Staff"),
    (APP, "with the pharmacy you choose", "with pharmacies nearby"),
    (APP, " We never share your record with employers.", ""),
    (APP, "never share", "share"),
    (APP, "10 years", "20 years"),
    (APP, "90 days", "60 days"),
    (APP, "in the UK", "in the UK and India"),
    (APP, "Portugal", "Serbia"),
    (APP, "Under-13s", "Under-16s"),
    (APP, "| mx_metrics | Metrica Ltd | 6 months |", "| mx_metrics | Metrica Ltd | 2 years |"),
    (APP, "Clearwater Health Ltd runs", "Clearwater Group plc runs"),
    (APP, "can switch off", "may ask us to switch off"),
    (APP, "need a parent to register", "cannot register"),
)
SILENT = (
    (BANK, "12.01.2026", "01.03.2026"),
    (BANK, "Fassung vom 12.01.2026", "Stand: 12. Januar 2026"),
    (BANK, "## § 2 Entgelte", "## 2. Entgelte"),
    (BANK, "1,50 €", "1,50 EUR"),
    (BANK, "p. a.", "p.a."),
    (BANK, "50 Euro", "50 €"),
    (BANK, "zwei Monaten", "2 Monaten"),
    (BANK, "## § 3", "Zum Seitenanfang\n\n## § 3"),
    (BANK, "# Allg", "Startseite > Rechtliches > AGB\n\n# Allg"),
    (BANK, "## § 5", "Haben Sie Fragen? Wir helfen Ihnen gerne weiter.\n\n## § 5"),
    (BANK, "# Allg", "Diese Website verwendet Cookies. Weitere Informationen\n\n# Allg"),
    (BANK, "# Allg", "Jetzt Konto eröffnen\n\n# Allg"),
    (BANK, "## § 5", "Drucken\n\nAls PDF speichern\n\n## § 5"),
    (BANK, "# Allg", "Kontrast erhöhen\n\nSchriftgröße: A A A\n\n# Allg"),
    (BANK, "# Allg", "Lesezeit: ca. 6 Minuten\n\n# Allg"),
    (BANK, "## § 5", "Zuletzt aufgerufen: 3. Mai 2026\n\n## § 5"),
    (BANK, "## § 5", "Diese Seite weiterempfehlen\n\n## § 5"),
    (BANK, "# Allg", "Sie befinden sich hier: AGB\n\n# Allg"),
    (BANK, "## § 5", "Archiv älterer Fassungen\n\n## § 5"),
    (BANK, "## § 5", "Kundenbewertung: 4,7 von 5 Sternen (1.238 Bewertungen)\n\n## § 5"),
    (SHOP, "5 janvier 2026", "2 mars 2026"),
    (SHOP, "## Article 1 – Commande", "## 1. Commande"),
    (SHOP, "standard : 3", "standard: 3"),
    (SHOP, "4,90 €", "4,90 EUR"),
    (SHOP, "l’envoi", "l'envoi"),
    (SHOP, "## Article 3", "Ajouter au panier\n\n## Article 3"),
    (SHOP, "# Cond", "Livraison offerte ce week-end seulement !\n\n# Cond"),
    (SHOP, "# Cond", "Mon compte\n\nMon panier (2)\n\n# Cond"),
    (SHOP, "## Article 5", "Télécharger les CGV au format PDF\n\n## Article 5"),
    (SHOP, "## Article 5", "Avis clients : 4,6/5\n\n## Article 5"),
    (SHOP, "## Article 5", "Besoin d’aide ? Contactez-nous\n\n## Article 5"),
    (SHOP, "# Cond", "Nous utilisons des cookies pour améliorer votre expérience.\n\n# Cond"),
    (SHOP, "## Article 5", "Partager sur Facebook\n\n## Article 5"),
    (SHOP, "# Cond", "Accueil / Informations légales / CGV\n\n# Cond"),
    (SHOP, "## Article 2", "Afficher la suite\n\n## Article 2"),
    (
        SHOP,
        "- Livraison standard : 3 à 5 jours ouvrés\n- Livraison express : 24 heures\n",
        "- Livraison express : 24 heures\n- Livraison standard : 3 à 5 jours ouvrés\n",
    ),
    (SHOP, "14 jours", "quatorze (14) jours"),
    (APP, "Issue 7, reviewed 4 Feb 2026", "Issue 8, reviewed 9 May 2026"),
    (APP, "name and date of birth", "date of birth and name"),
    (APP, "* test", "- test"),
    (APP, "any time", "anytime"),
    (APP, "10 years", "ten years"),
    (APP, "### Where", "### Where is it?"),
    (APP, "### Where", "Did this page answer your question?\n\nYes No\n\n### Where"),
    (APP, "# Priv", "Skip navigation\n\n# Priv"),
    (APP, "### Where", "Next review due: February 2027\n\n### Where"),
    (APP, "# Priv", "Menu\n\nSearch this site\n\n# Priv"),
    (APP, "### Where", "Listen to this page\n\n### Where"),
    (APP, "### How", "“The app saved me so much time” – Joan, 67\n\n### How"),
    (APP, "# Priv", "This page is also available in Welsh.\n\n# Priv"),
    (APP, "### Where", "Report a problem with this page\n\n### Where"),
    (APP, "### Where", "1,024 views\n\n### Where"),
    (APP, "# Priv", "Accept additional cookies\n\nReject additional cookies\n\nView cookies\n\n# Priv"),
    (APP, "### Where", "Crown copyright 2026\n\n### Where"),
    (APP, "# Priv", "Home\n\nServices\n\nPrivacy Notice for Patients\n\n# Priv"),
    (APP, "### Where", "Help us improve this page\n\n### Where"),
)


@pytest.mark.parametrize(("page", "old", "new"), TOLD)
def test_what_changes_for_people_is_told_both_ways_round(page: str, old: str, new: str) -> None:
    assert old in page
    changed = page.replace(old, new, 1)
    assert difference(page, changed).significance is Significance.SUBSTANTIVE
    assert difference(changed, page).significance is Significance.SUBSTANTIVE


@pytest.mark.parametrize(("page", "old", "new"), SILENT)
def test_what_changes_nothing_for_people_is_silent_both_ways_round(page: str, old: str, new: str) -> None:
    assert old in page
    changed = page.replace(old, new, 1)
    assert difference(page, changed).significance is Significance.COSMETIC
    assert difference(changed, page).significance is Significance.COSMETIC
