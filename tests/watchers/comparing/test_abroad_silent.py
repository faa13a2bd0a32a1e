"""What is kept silent of a policy in Spanish, Italian, Dutch, Portuguese, Polish or Japanese."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.abroad import cases
from tests.watchers.comparing.pages import difference
from watchers.model import Significance

#: Old and new words, in the order of the languages.
APPEARANCE = {
    "a date alone": (
        "3 de marzo > 9 de mayo",
        "3 marzo > 9 maggio",
        "3 maart > 9 mei",
        "3 de março > 9 de maio",
        "3 marca > 9 maja",
        "2026年3月3日 > 2026年5月9日",
    ),
    "a date's format": (
        "3 de marzo de 2026 > 03/03/2026",
        "3 marzo 2026 > 03/03/2026",
        "3 maart 2026 > 03-03-2026",
        "3 de março de 2026 > 03/03/2026",
        "3 marca 2026 > 03.03.2026 r.",
        "2026年3月3日 > 2026/03/03",
    ),
    "another label of the date": (
        "Última actualización > Fecha de la última modificación",
        "Ultimo aggiornamento > Data dell’ultima modifica",
        "Laatst bijgewerkt > Datum van de laatste wijziging",
        "Última atualização > Data da última alteração",
        "Ostatnia aktualizacja > Data ostatniej zmiany",
        "最終更新日 > 最終改定日",
    ),
    "section numbers": (
        "## 5. > ## 6.",
        "## 5. > ## 6.",
        "## 5. > ## 6.",
        "## 5. > ## 6.",
        "## 5. > ## 6.",
        "## 5. > ## 6.",
    ),
    "an article's number": (
        "## 5. > ## Artículo 5.",
        "## 5. > ## Articolo 5.",
        "## 5. > ## Artikel 5.",
        "## 5. > ## Artigo 5.",
        "## 5. > ## § 5.",
        "## 5. > ## 第5条",
    ),
    "capital letters": (
        "- transportistas > - Transportistas",
        "- corrieri > - Corrieri",
        "- vervoerders > - Vervoerders",
        "- transportadoras > - Transportadoras",
        "- przewoźnikom > - Przewoźnikom",
        "- 運送会社 > * 運送会社",
    ),
    "a final stop": (
        "- transportistas > - transportistas;",
        "- corrieri > - corrieri;",
        "- vervoerders > - vervoerders;",
        "- transportadoras > - transportadoras;",
        "- przewoźnikom > - przewoźnikom,",
        "- 運送会社 > - 運送会社。",
    ),
    "an order within a list": (
        "- proveedores de pago\n- transportistas\n > - transportistas\n- proveedores de pago\n",
        "- fornitori di pagamento\n- corrieri\n > - corrieri\n- fornitori di pagamento\n",
        "- betaaldiensten\n- vervoerders\n > - vervoerders\n- betaaldiensten\n",
        "- prestadores de pagamentos\n- transportadoras\n > - transportadoras\n- prestadores de pagamentos\n",
        "- dostawcom płatności\n- przewoźnikom\n > - przewoźnikom\n- dostawcom płatności\n",
        "- 決済事業者\n- 運送会社\n > - 運送会社\n- 決済事業者\n",
    ),
    "a typing mistake": (
        "publicidad no deseada > publicidda no deseada",
        "indesiderata > indesiderrata",
        "ongewenste > ongwenste",
        "indesejada > indesejda",
        "niechcianych > niechcainych",
        "メールの送信 > メールの 送信",
    ),
    "a number in words": (
        "30 días > treinta (30) días",
        "30 giorni > trenta (30) giorni",
        "30 dagen > dertig (30) dagen",
        "30 dias > trinta (30) dias",
        "30 dni > trzydzieści (30) dni",
        "30日間 > ３０日間",
    ),
    "a feedback prompt": (
        "## 5. > ¿Le ha resultado útil este artículo?\n\n## 5.",
        "## 5. > Questo articolo ti è stato utile?\n\n## 5.",
        "## 5. > Was deze pagina nuttig?\n\n## 5.",
        "## 5. > Este artigo foi útil?\n\n## 5.",
        "## 5. > Czy ten artykuł był pomocny?\n\n## 5.",
        "## 5. > この記事は役に立ちましたか？\n\n## 5.",
    ),
    "a counter of votes": (
        "## 5. > A 214 de 318 personas les resultó útil\n\n## 5.",
        "## 5. > 214 persone su 318 l’hanno trovato utile\n\n## 5.",
        "## 5. > 214 van de 318 mensen vonden dit nuttig\n\n## 5.",
        "## 5. > 214 de 318 pessoas acharam isto útil\n\n## 5.",
        "## 5. > 214 z 318 osób uznało to za pomocne\n\n## 5.",
        "## 5. > 318人中214人がこの記事が役に立ったと言っています\n\n## 5.",
    ),
    "a way back to the top": (
        "## 5. > Volver arriba\n\n## 5.",
        "## 5. > Torna su\n\n## 5.",
        "## 5. > Terug naar boven\n\n## 5.",
        "## 5. > Voltar ao topo\n\n## 5.",
        "## 5. > Do góry\n\n## 5.",
        "## 5. > ページの先頭へ\n\n## 5.",
    ),
    "a pointer elsewhere": (
        "## 5. > Más información\n\n## 5.",
        "## 5. > Scopri di più\n\n## 5.",
        "## 5. > Meer informatie\n\n## 5.",
        "## 5. > Saiba mais\n\n## 5.",
        "## 5. > Dowiedz się więcej\n\n## 5.",
        "## 5. > 詳しくはこちら\n\n## 5.",
    ),
    "word that it changed": (
        "## 1. > Hemos actualizado nuestra política de privacidad.\n\n## 1.",
        "## 1. > Abbiamo aggiornato la nostra informativa sulla privacy.\n\n## 1.",
        "## 1. > Wij hebben onze privacyverklaring bijgewerkt.\n\n## 1.",
        "## 1. > Atualizámos a nossa política de privacidade.\n\n## 1.",
        "## 1. > Zaktualizowaliśmy naszą politykę prywatności.\n\n## 1.",
        "## 1. > プライバシーポリシーを更新しました。\n\n## 1.",
    ),
    "an earlier edition's link": (
        "## 1. > Ver versiones anteriores\n\n## 1.",
        "## 1. > Vedi le versioni precedenti\n\n## 1.",
        "## 1. > Eerdere versies bekijken\n\n## 1.",
        "## 1. > Ver versões anteriores\n\n## 1.",
        "## 1. > Zobacz poprzednie wersje\n\n## 1.",
        "## 1. > 以前のバージョンを見る\n\n## 1.",
    ),
    "a banner": (
        "# Pol > Valoramos su privacidad\n\nAceptar todas las cookies\n\nRechazar\n\n# Pol",
        "# Inf > Teniamo alla tua privacy\n\nAccetta tutti i cookie\n\nRifiuta\n\n# Inf",
        "# Priv > Wij respecteren uw privacy\n\nAlle cookies accepteren\n\nWeigeren\n\n# Priv",
        "# Pol > Valorizamos a sua privacidade\n\nAceitar todos os cookies\n\nRejeitar\n\n# Pol",
        "# Pol > Szanujemy Twoją prywatność\n\nAkceptuj wszystkie pliki cookie\n\nOdrzuć\n\n# Pol",
        "# プラ > プライバシーを大切にしています\n\nすべてのCookieを受け入れる\n\n拒否する\n\n# プラ",
    ),
    "buttons": (
        "## 5. > Imprimir\n\nCompartir\n\nDescargar PDF\n\n## 5.",
        "## 5. > Stampa\n\nCondividi\n\nScarica PDF\n\n## 5.",
        "## 5. > Afdrukken\n\nDelen\n\nPDF downloaden\n\n## 5.",
        "## 5. > Imprimir\n\nPartilhar\n\nDescarregar PDF\n\n## 5.",
        "## 5. > Drukuj\n\nUdostępnij\n\nPobierz PDF\n\n## 5.",
        "## 5. > 印刷\n\n共有\n\nPDFをダウンロード\n\n## 5.",
    ),
    "a list of contents": (
        "# Pol > Índice\n\n# Pol",
        "# Inf > Indice\n\n# Inf",
        "# Priv > Inhoudsopgave\n\n# Priv",
        "# Pol > Índice\n\n# Pol",
        "# Pol > Spis treści\n\n# Pol",
        "# プラ > 目次\n\n# プラ",
    ),
    "signing in": (
        "# Pol > Iniciar sesión\n\n# Pol",
        "# Inf > Accedi\n\n# Inf",
        "# Priv > Inloggen\n\n# Priv",
        "# Pol > Iniciar sessão\n\n# Pol",
        "# Pol > Zaloguj się\n\n# Pol",
        "# プラ > ログイン\n\n# プラ",
    ),
    "reading time": (
        "# Pol > Tiempo de lectura: 8 min\n\n# Pol",
        "# Inf > Tempo di lettura: 8 minuti\n\n# Inf",
        "# Priv > Leestijd: 8 minuten\n\n# Priv",
        "# Pol > Tempo de leitura: 8 min\n\n# Pol",
        "# Pol > Czas czytania: 8 min\n\n# Pol",
        "# プラ > 読了時間：8分\n\n# プラ",
    ),
    "all rights reserved": (
        "## 5. > © 2031 Faro. Todos los derechos reservados.\n\n## 5.",
        "## 5. > © 2031 Faro. Tutti i diritti riservati.\n\n## 5.",
        "## 5. > © 2031 Vuurtoren. Alle rechten voorbehouden.\n\n## 5.",
        "## 5. > © 2031 Farol. Todos os direitos reservados.\n\n## 5.",
        "## 5. > © 2031 Latarnia. Wszelkie prawa zastrzeżone.\n\n## 5.",
        "## 5. > © 2031 灯台\n\n## 5.",
    ),
}


@pytest.mark.parametrize(("page", "old", "new"), cases(APPEARANCE))
def test_what_only_looks_different_is_silent_in_other_languages_too(page: str, old: str, new: str) -> None:
    assert old in page
    changed = page.replace(old, new, 1)
    assert difference(page, changed).significance is Significance.COSMETIC
    assert difference(changed, page).significance is Significance.COSMETIC
