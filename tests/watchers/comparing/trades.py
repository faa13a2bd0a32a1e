"""The terms of a bank in German, of a shop in French, the privacy notice of a health app in English, all of our \
own."""

from __future__ import annotations

BANK = """# Allgemeine Geschäftsbedingungen

Fassung vom 12.01.2026

## § 1 Geltungsbereich

Diese Bedingungen gelten für alle Girokonten der Küstenbank eG.

## § 2 Entgelte

| Leistung | Preis |
| --- | --- |
| Kontoführung | 4,90 € monatlich |
| Überweisung in Papierform | 1,50 € |
| Ersatzkarte | kostenlos |

Der Sollzinssatz für Überziehungen beträgt 11,25 % p. a.

## § 3 Kündigung

Der Kunde kann den Vertrag jederzeit ohne Einhaltung einer Frist kündigen. Die Bank kann mit einer Frist von zwei \
Monaten kündigen.

## § 4 Haftung

Bei Verlust der Karte haftet der Kunde bis zu einem Betrag von 50 Euro. Die Sperrhotline ist rund um die Uhr unter \
116 116 erreichbar.

## § 5 Datenverarbeitung

Wir übermitteln Daten an die Auskunftei Nordscore, soweit dies zur Prüfung der Kreditwürdigkeit erforderlich ist. \
Eine Weitergabe zu Werbezwecken erfolgt nicht.

Verantwortlich: Küstenbank eG, Deichweg 3, 25813 Husum. Aufsichtsbehörde ist die BaFin.
"""
SHOP = """# Conditions générales de vente

Version en vigueur au 5 janvier 2026

## Article 1 – Commande

Le contrat est formé lors de l’envoi de la confirmation de commande.

## Article 2 – Prix et livraison

Les prix sont indiqués en euros, toutes taxes comprises. Les frais de livraison s’élèvent à 4,90 € et sont offerts \
à partir de 60 € d’achat.

- Livraison standard : 3 à 5 jours ouvrés
- Livraison express : 24 heures
- Retrait en magasin : gratuit

## Article 3 – Rétractation

Vous disposez de 14 jours pour vous rétracter. Les produits personnalisés ne peuvent être ni repris ni échangés.

## Article 4 – Données

Nous conservons vos données pendant 3 ans après votre dernière commande. Elles sont transmises à nos transporteurs \
et à notre prestataire de paiement, Paylise SAS.

## Article 5 – Médiation

En cas de litige, vous pouvez saisir gratuitement le médiateur de la consommation. Le droit français est applicable.
"""
APP = """# Privacy Notice for Patients

Issue 7, reviewed 4 Feb 2026

### Who we are

Clearwater Health Ltd runs this app for NHS practices. Our Caldicott Guardian is Dr Ruth Ames.

### What we hold

* your NHS number, name and date of birth
* test results and repeat prescriptions
* messages to your practice

### Who sees it

Only staff at your practice can see your record. We share prescriptions with the pharmacy you choose. We never \
share your record with employers.

### How long

Records are kept for 10 years after your death. Messages are deleted after 90 days.

### Where

Data are stored in the UK. Support staff in Portugal may look at error logs.

### Your choices

You can switch off reminders at any time. Under-13s need a parent to register.

| Tracker | Set by | Lifetime |
| --- | --- | --- |
| ch_session | us | until you close the app |
| mx_metrics | Metrica Ltd | 6 months |
"""
