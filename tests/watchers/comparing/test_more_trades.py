"""Pages of a market in Spanish, a hotel in Italian, a telephone company in Dutch and a game in English."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import difference
from tests.watchers.comparing.trades_too import GAME, HOTEL, MARKET, TEL
from watchers.model import Significance

TOLD = (
    (MARKET, "del 9 % sobre", "del 11 % sobre"),
    (MARKET, "| Electrónica | 6 % |", "| Electrónica | 8 % |"),
    (MARKET, "a los 7 días", "a los 14 días"),
    (MARKET, "de la fecha, del precio y de", "de la fecha, del precio, de la comisión pagada y de"),
    (MARKET, " Los vendedores pueden pagar para destacar sus anuncios.", ""),
    (MARKET, "- medicamentos\n", "- medicamentos\n- cosméticos usados\n"),
    (MARKET, "con un preaviso de 30 días", "sin preaviso"),
    (MARKET, "seis meses", "tres meses"),
    (MARKET, "salvo en caso de fraude", "en particular en caso de fraude"),
    (MARKET, "No vendemos", "Vendemos"),
    (MARKET, "su nombre y su teléfono", "su nombre, su correo y su teléfono"),
    (MARKET, "al comprador y al transportista", "al comprador"),
    (HOTEL, "via Marina 3", "piazza Grande 1"),
    (HOTEL, "Scoglio S.r.l.", "Scoglio S.p.A."),
    (HOTEL, "01234567890", "09876543210"),
    (HOTEL, "di identità, della", "di identità, delle impronte, della"),
    (HOTEL, "72 ore", "7 giorni"),
    (HOTEL, "gratuitamente ", ""),
    (HOTEL, "3 giorni prima", "7 giorni prima"),
    (HOTEL, "la prima notte", "l’intero soggiorno"),
    (HOTEL, "2,50 €", "3,50 €"),
    (HOTEL, "14 anni", "12 anni"),
    (HOTEL, "sono esenti", "pagano la metà"),
    (TEL, "24 maanden", "12 maanden"),
    (TEL, "maandelijks", "jaarlijks"),
    (TEL, "€ 0,25", "€ 0,35"),
    (TEL, "zonder extra kosten", "met extra kosten"),
    (TEL, "6 maanden", "12 maanden"),
    (TEL, " Voor marketing vragen wij uw toestemming.", ""),
    (TEL, "kunt u", "kan de aanbieder"),
    (TEL, "0800-1234", "0900-1234"),
    (TEL, "In de EU", "In de EU en Zwitserland"),
    (GAME, "12 months", "6 months"),
    (GAME, "are final, except where the law says otherwise", "are final"),
    (GAME, "30 days.\n\n## Chat", "60 days.\n\n## Chat"),
    (GAME, "in ranked matches", "in all matches"),
    (GAME, "to look into reports", "to look into reports and train our filters"),
    (GAME, "14 days", "30 days"),
    (GAME, "under 13", "under 16"),
    (GAME, "switched off", "allowed"),
    (GAME, "Singapore", "Delaware"),
    (GAME, ", unless you opt out within 30 days of registering", ""),
    (GAME, "no cash value", "cash value"),
    (GAME, "boosting and account sharing", "boosting, botting and account sharing"),
)
SILENT = (
    (MARKET, "10 de febrero", "12 de marzo"),
    (MARKET, "del 9 % sobre", "del 9% sobre"),
    (MARKET, "## 1. Comisiones", "## Primera. Comisiones"),
    (MARKET, "- armas y municiones\n- medicamentos\n", "- medicamentos\n- armas y municiones\n"),
    (MARKET, "seis meses", "6 meses"),
    (MARKET, "## 3.", "¿Tiene preguntas? Llámenos\n\n## 3."),
    (MARKET, "# Cond", "Inicio > Ayuda > Vendedores\n\n# Cond"),
    (MARKET, "## 5.", "Volver al índice\n\n## 5."),
    (MARKET, "## 5.", "Copiar enlace\n\n## 5."),
    (MARKET, "# Cond", "Vender ahora\n\n# Cond"),
    (MARKET, "## 2.", "Artículos relacionados: Cómo vender\n\n## 2."),
    (MARKET, "## 5.", "1.204 personas han leído este artículo\n\n## 5."),
    (HOTEL, "15 gennaio", "20 marzo"),
    (HOTEL, "l’arrivo", "l'arrivo"),
    (HOTEL, "2,50 €", "€ 2,50"),
    (HOTEL, "# Info", "Prenota ora\n\n# Info"),
    (HOTEL, "# Info", "Salta al contenuto\n\n# Info"),
    (HOTEL, "## Canc", "Torna all’indice\n\n## Canc"),
    (HOTEL, "## Canc", "Ti è piaciuta questa pagina?\n\n## Canc"),
    (HOTEL, "# Info", "Meteo oggi: soleggiato, 24°\n\n# Info"),
    (HOTEL, "## Tassa", "Hotel a 4 stelle – Booking 9,1/10\n\n## Tassa"),
    (HOTEL, "## Tassa", "Iscriviti alla newsletter\n\n## Tassa"),
    (HOTEL, "# Info", "IT | EN | DE | FR\n\n# Info"),
    (TEL, "Versie 4", "Versie 5"),
    (TEL, "1 februari", "1 maart"),
    (TEL, "## 1. Looptijd", "## Artikel 1. Looptijd"),
    (TEL, "0800-1234", "0800 1234"),
    (TEL, "## 3.", "Heeft u een vraag? Chat met ons\n\n## 3."),
    (TEL, "# Voor", "Mijn account\n\n# Voor"),
    (TEL, "# Voor", "Bestel nu met 20% korting\n\n# Voor"),
    (TEL, "## 3.", "Naar boven\n\n## 3."),
    (TEL, "## 2.", "Print deze pagina\n\n## 2."),
    (TEL, "## 2.", "Was dit artikel nuttig? Ja Nee\n\n## 2."),
    (GAME, "2 March", "9 April"),
    (GAME, "Cheating, boosting and account sharing", "Boosting, cheating and account sharing"),
    (GAME, "cash value", "cash  value"),
    (GAME, "30 days of registering", "thirty days of registering"),
    (GAME, "# Player", "Play now\n\n# Player"),
    (GAME, "# Player", "Season 12 is live!\n\n# Player"),
    (GAME, "## Chat", "Server status: online\n\n## Chat"),
    (GAME, "## Chat", "4,312 players online\n\n## Chat"),
    (GAME, "## Age", "Rated PEGI 12\n\n## Age"),
    (GAME, "## Age", "Back to game\n\n## Age"),
    (GAME, "# Player", "Select your region: Europe\n\n# Player"),
    (GAME, "## Disputes", "Join our Discord\n\n## Disputes"),
    (GAME, "## Disputes", "Follow us on X\n\n## Disputes"),
    (GAME, "# Player", "Patch 7.2 notes\n\n# Player"),
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
