"""The terms of a market in Spanish, a hotel in Italian, a telephone company in Dutch and a game in English, our own."""

from __future__ import annotations

MARKET = """# Condiciones para vendedores

Última modificación: 10 de febrero de 2026

## 1. Comisiones

Cobramos una comisión del 9 % sobre el precio de venta. El abono se realiza a los 7 días de la entrega.

| Categoría | Comisión |
| --- | --- |
| Moda | 9 % |
| Electrónica | 6 % |

## 2. Clasificación de anuncios

El orden de los anuncios depende de la fecha, del precio y de las valoraciones. Los vendedores pueden pagar para \
destacar sus anuncios.

## 3. Artículos prohibidos

- armas y municiones
- medicamentos
- animales vivos

## 4. Suspensión

Podemos suspender su cuenta con un preaviso de 30 días, salvo en caso de fraude. Puede recurrir la decisión en un \
plazo de seis meses.

## 5. Datos

No vendemos sus datos a terceros. Cedemos su nombre y su teléfono al comprador y al transportista.
"""
HOTEL = """# Informativa per gli ospiti

Aggiornata al 15 gennaio 2026

## Titolare

Albergo Scoglio S.r.l., via Marina 3, 17024 Finale Ligure, P. IVA 01234567890.

## Dati raccolti

Raccogliamo i dati del documento di identità, della carta di credito e delle preferenze alimentari. Le immagini \
delle telecamere sono conservate per 72 ore.

## Cancellazione

La prenotazione può essere annullata gratuitamente fino a 3 giorni prima dell’arrivo. In seguito è dovuta la prima \
notte.

## Tassa di soggiorno

La tassa di soggiorno è di 2,50 € a persona e a notte. I minori di 14 anni sono esenti.
"""
TEL = """# Voorwaarden mobiele abonnementen

Versie 4, geldig vanaf 1 februari 2026

## 1. Looptijd

Het abonnement loopt 24 maanden. Daarna kunt u maandelijks opzeggen.

## 2. Gebruik

Buiten uw bundel betaalt u € 0,25 per minuut. In de EU belt u zonder extra kosten.

## 3. Gegevens

Wij bewaren verkeersgegevens 6 maanden. Voor marketing vragen wij uw toestemming. Bel ons op 0800-1234.
"""
GAME = """# Player Agreement

Revised 2 March 2026

## Virtual items

Coins have no cash value and expire after 12 months. Purchases are final, except where the law says otherwise.

## Fair play

Cheating, boosting and account sharing lead to a ban of up to 30 days.

## Chat

We record voice chat in ranked matches to look into reports. Recordings are deleted after 14 days.

## Age

Players under 13 need the consent of a parent. Loot boxes are switched off for players under 18.

## Disputes

Disputes go to arbitration in Singapore, unless you opt out within 30 days of registering.
"""
