"""What is told of a policy in Spanish, Italian, Dutch, Portuguese, Polish or Japanese, however small it is."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.abroad import cases
from tests.watchers.comparing.pages import difference
from watchers.model import Significance

#: Old and new words, in the order of the languages.
SUBSTANCE = {
    "a span of time": (
        "30 días > 60 días",
        "30 giorni > 60 giorni",
        "30 dagen > 60 dagen",
        "30 dias > 60 dias",
        "30 dni > 60 dni",
        "30日間 > 60日間",
    ),
    "a unit": (
        "30 días > 30 meses",
        "30 giorni > 30 mesi",
        "30 dagen > 30 maanden",
        "30 dias > 30 meses",
        "30 dni > 30 miesięcy",
        "30日間 > 30か月間",
    ),
    "an age": (
        "16 años > 13 años",
        "16 anni > 13 anni",
        "16 jaar > 13 jaar",
        "16 anos > 13 anos",
        "16 lat > 13 lat",
        "16歳 > 13歳",
    ),
    "a legal form": (
        "Faro S.L. > Faro S.A.",
        "Faro S.r.l. > Faro S.p.A.",
        "Vuurtoren B.V. > Vuurtoren N.V.",
        "Farol Lda. > Farol S.A.",
        "Latarnia sp. z o.o. > Latarnia S.A.",
        "灯台株式会社 > 灯台合同会社",
    ),
    "a company": (
        "Faro S.L. > Puerto S.L.",
        "Faro S.r.l. > Porto S.r.l.",
        "Vuurtoren B.V. > Haven B.V.",
        "Farol Lda. > Porto Lda.",
        "Latarnia sp. > Port sp.",
        "灯台株式会社 > 港湾株式会社",
    ),
    "another street": (
        "calle del Puerto > plaza de los Molinos",
        "via del Porto > piazza dei Mulini",
        "Havenstraat > Molenplein",
        "Rua do Porto > Largo dos Moinhos",
        "ul. Portowa > ul. Młyńska",
        "海岸1丁目 > 芝浦1丁目",
    ),
    "an officer": (
        "Ana Prieto > Marta Gil",
        "Anna Ricci > Marta Greco",
        "Anna de Boer > Marta Visser",
        "Ana Prado > Marta Gil",
        "Anna Kowalska > Marta Nowak",
        "佐藤花子 > 鈴木直美",
    ),
    "a mail address": (
        "privacidad@ > dpd@",
        "privacy@ > rpd@",
        "privacy@ > fg@",
        "privacidade@ > epd@",
        "prywatnosc@ > iod@",
        "privacy@ > dpo@",
    ),
    "a recipient added": (
        "- transportistas\n > - transportistas\n- anunciantes\n",
        "- corrieri\n > - corrieri\n- inserzionisti\n",
        "- vervoerders\n > - vervoerders\n- adverteerders\n",
        "- transportadoras\n > - transportadoras\n- anunciantes\n",
        "- przewoźnikom\n > - przewoźnikom\n- reklamodawcom\n",
        "- 運送会社\n > - 運送会社\n- 広告主\n",
    ),
    "a recipient gone": (
        "- proveedores de pago\n > ",
        "- fornitori di pagamento\n > ",
        "- betaaldiensten\n > ",
        "- prestadores de pagamentos\n > ",
        "- dostawcom płatności\n > ",
        "- 決済事業者\n > ",
    ),
    "a country of processing": (
        "Suiza > India",
        "Svizzera > India",
        "Zwitserland > India",
        "Suíça > Índia",
        "Szwajcaria > Indie",
        "スイス > インド",
    ),
    "a prohibited act": (
        "- vender su cuenta\n > - vender su cuenta\n- suplantar a otros\n",
        "- vendere il tuo account\n > - vendere il tuo account\n- fingersi altri\n",
        "- uw account verkopen\n > - uw account verkopen\n- zich als anderen voordoen\n",
        "- vender a sua conta\n > - vender a sua conta\n- fazer-se passar por outrem\n",
        "- sprzedawać konta\n > - sprzedawać konta\n- podszywać się pod innych\n",
        "- アカウントを販売すること\n > - アカウントを販売すること\n- 他人になりすますこと\n",
    ),
    "a wider definition": (
        "el nombre y > el nombre, la voz y",
        "il nome e > il nome, la voce e",
        "uw naam en > uw naam, stem en",
        "o nome e > o nome, a voz e",
        "imię i > imię, głos i",
        "氏名や住所 > 氏名、音声、住所",
    ),
    "a negation dropped": (
        "No utilizamos > Utilizamos",
        "Non utilizziamo > Utilizziamo",
        "berichten niet om > berichten om",
        "Não utilizamos > Utilizamos",
        "Nie używamy > Używamy",
        "使用しません > 使用します",
    ),
    "a negation put in": (
        "Usted puede: > Usted no puede:",
        "Puoi:\n > Non puoi:\n",
        "U mag:\n > U mag niet:\n",
        "\nPode: > \nNão pode:",
        "\nWolno: > \nNie wolno:",
        "行為は許可します > 行為は許可しません",
    ),
    "a modal verb": (
        "Debe tener > Debería tener",
        "Devi avere > Dovresti avere",
        "U moet minstens > U zou minstens",
        "Deve ter > Deveria ter",
        "trzeba mieć > warto mieć",
        "必要があります > ことが望まれます",
    ),
    "a limit dropped": (
        ", cuando la ley lo exija > ",
        ", se la legge lo richiede > ",
        ", als de wet dat eist > ",
        ", quando a lei o exija > ",
        ", jeśli wymaga tego prawo > ",
        "法令に基づく場合の > ",
    ),
    "a choice removed": (
        "Puede oponerse a la publicidad en cualquier momento en su configuración.\n > ",
        "Puoi opporti alla pubblicità in qualsiasi momento nelle tue impostazioni.\n > ",
        "U kunt in uw instellingen altijd bezwaar maken tegen reclame.\n > ",
        "Pode opor-se à publicidade a qualquer momento nas suas definições.\n > ",
        "Reklamom można się sprzeciwić w każdej chwili w ustawieniach.\n > ",
        "広告は、設定からいつでも拒否できます。\n > ",
    ),
    "from when it holds": (
        "## 1. > Vamos a cambiar esta política. Los cambios entrarán en vigor el 1 de mayo de 2031.\n\n## 1.",
        "## 1. > Stiamo modificando questa informativa. Le modifiche saranno in vigore dal 1 maggio 2031.\n\n## 1.",
        "## 1. > Wij wijzigen deze verklaring. De nieuwe geldt vanaf 1 mei 2031.\n\n## 1.",
        "## 1. > Vamos alterar esta política. As alterações entram em vigor em 1 de maio de 2031.\n\n## 1.",
        "## 1. > Zmieniamy tę politykę. Nowa obowiązuje od 1 maja 2031.\n\n## 1.",
        "## 1. > 本ポリシーを改定します。改定後の内容は2031年5月1日から適用されます。\n\n## 1.",
    ),
}


@pytest.mark.parametrize(("page", "old", "new"), cases(SUBSTANCE))
def test_what_is_of_substance_is_told_in_other_languages_too(page: str, old: str, new: str) -> None:
    assert old in page
    changed = page.replace(old, new, 1)
    assert difference(page, changed).significance is Significance.SUBSTANTIVE
    if "2031" not in new:  # an announcement that is taken down is no news
        assert difference(changed, page).significance is Significance.SUBSTANTIVE
