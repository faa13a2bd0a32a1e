"""The small policy of `foreign` in Spanish, Italian, Dutch, Portuguese, Polish and Japanese, all of our own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

SPANISH = (
    "# Política de privacidad\n\nÚltima actualización: 3 de marzo de 2026\n\n"
    "El responsable del tratamiento es Faro S.L., calle del Puerto 12, 15001 A Coruña.\n\n"
    "Delegada de protección de datos: Ana Prieto, privacidad@faro.example\n\n"
    "## 1. Datos que tratamos\n\n"
    "Conservamos sus mensajes durante 30 días después de que los elimine.\n\n"
    "Debe tener al menos 16 años para abrir una cuenta.\n\n"
    "Los datos personales son informaciones como el nombre y la dirección postal.\n\n"
    "## 2. Destinatarios\n\nComunicamos sus datos a:\n\n"
    "- proveedores de pago\n- transportistas\n- autoridades, cuando la ley lo exija\n\n"
    "| Encargado | Finalidad | País |\n| --- | --- | --- |\n"
    "| Boreal S.A. | Alojamiento | Suiza |\n| Dique Nube S.L. | Envío de correos | España |\n\n"
    "## 3. Lo que no está permitido\n\nUsted no puede:\n\n"
    "- vender su cuenta\n- enviar publicidad no deseada\n- copiar nuestras páginas con un robot\n\n"
    "## 4. Lo que está permitido\n\nUsted puede:\n\n- citar pasajes breves\n- enlazar nuestras páginas\n\n"
    "## 5. Sus contenidos\n\nNo utilizamos sus mensajes para entrenar nuestros modelos.\n\n"
    "Puede oponerse a la publicidad en cualquier momento en su configuración.\n"
)
ITALIAN = (
    "# Informativa sulla privacy\n\nUltimo aggiornamento: 3 marzo 2026\n\n"
    "Il titolare del trattamento è Faro S.r.l., via del Porto 12, 16124 Genova.\n\n"
    "Responsabile della protezione dei dati: Anna Ricci, privacy@faro.example\n\n"
    "## 1. Dati che trattiamo\n\n"
    "Conserviamo i tuoi messaggi per 30 giorni dopo che li hai eliminati.\n\n"
    "Devi avere almeno 16 anni per aprire un account.\n\n"
    "I dati personali sono informazioni come il nome e l’indirizzo postale.\n\n"
    "## 2. Destinatari\n\nComunichiamo i tuoi dati a:\n\n"
    "- fornitori di pagamento\n- corrieri\n- autorità, se la legge lo richiede\n\n"
    "| Sub-responsabile | Finalità | Paese |\n| --- | --- | --- |\n"
    "| Boreale S.p.A. | Archiviazione | Svizzera |\n| Diga Cloud S.r.l. | Invio di e-mail | Italia |\n\n"
    "## 3. Che cosa non è consentito\n\nNon puoi:\n\n"
    "- vendere il tuo account\n- inviare pubblicità indesiderata\n- copiare le nostre pagine con un robot\n\n"
    "## 4. Che cosa è consentito\n\nPuoi:\n\n- citare brevi passaggi\n- inserire link alle nostre pagine\n\n"
    "## 5. I tuoi contenuti\n\nNon utilizziamo i tuoi messaggi per addestrare i nostri modelli.\n\n"
    "Puoi opporti alla pubblicità in qualsiasi momento nelle tue impostazioni.\n"
)
DUTCH = (
    "# Privacyverklaring\n\nLaatst bijgewerkt: 3 maart 2026\n\n"
    "De verwerkingsverantwoordelijke is Vuurtoren B.V., Havenstraat 12, 1012 AB Amsterdam.\n\n"
    "Functionaris gegevensbescherming: Anna de Boer, privacy@vuurtoren.example\n\n"
    "## 1. Welke gegevens wij verwerken\n\n"
    "Wij bewaren uw berichten 30 dagen nadat u ze hebt verwijderd.\n\n"
    "U moet minstens 16 jaar zijn om een account te openen.\n\n"
    "Persoonsgegevens zijn gegevens zoals uw naam en postadres.\n\n"
    "## 2. Ontvangers\n\nWij delen uw gegevens met:\n\n"
    "- betaaldiensten\n- vervoerders\n- autoriteiten, als de wet dat eist\n\n"
    "| Subverwerker | Doel | Land |\n| --- | --- | --- |\n"
    "| Noorderlicht N.V. | Opslag | Zwitserland |\n| Dijk Cloud B.V. | Verzending van e-mail | Nederland |\n\n"
    "## 3. Wat niet is toegestaan\n\nU mag niet:\n\n"
    "- uw account verkopen\n- ongewenste reclame versturen\n- onze pagina’s met een robot kopiëren\n\n"
    "## 4. Wat is toegestaan\n\nU mag:\n\n- korte passages citeren\n- naar onze pagina’s verwijzen\n\n"
    "## 5. Uw inhoud\n\nWij gebruiken uw berichten niet om onze modellen te trainen.\n\n"
    "U kunt in uw instellingen altijd bezwaar maken tegen reclame.\n"
)
PORTUGUESE = (
    "# Política de Privacidade\n\nÚltima atualização: 3 de março de 2026\n\n"
    "O responsável pelo tratamento é a Farol Lda., Rua do Porto 12, 4000-001 Porto.\n\n"
    "Encarregada da proteção de dados: Ana Prado, privacidade@farol.example\n\n"
    "## 1. Dados que tratamos\n\n"
    "Guardamos as suas mensagens durante 30 dias depois de as apagar.\n\n"
    "Deve ter pelo menos 16 anos para abrir uma conta.\n\n"
    "Os dados pessoais são informações como o nome e a morada.\n\n"
    "## 2. Destinatários\n\nPartilhamos os seus dados com:\n\n"
    "- prestadores de pagamentos\n- transportadoras\n- autoridades, quando a lei o exija\n\n"
    "| Subcontratante | Finalidade | País |\n| --- | --- | --- |\n"
    "| Boreal S.A. | Alojamento | Suíça |\n| Dique Nuvem Lda. | Envio de e-mails | Portugal |\n\n"
    "## 3. O que não é permitido\n\nNão pode:\n\n"
    "- vender a sua conta\n- enviar publicidade indesejada\n- copiar as nossas páginas com um robô\n\n"
    "## 4. O que é permitido\n\nPode:\n\n- citar passagens curtas\n- criar ligações para as nossas páginas\n\n"
    "## 5. Os seus conteúdos\n\nNão utilizamos as suas mensagens para treinar os nossos modelos.\n\n"
    "Pode opor-se à publicidade a qualquer momento nas suas definições.\n"
)
POLISH = (
    "# Polityka prywatności\n\nOstatnia aktualizacja: 3 marca 2026\n\n"
    "Administratorem danych jest Latarnia sp. z o.o., ul. Portowa 12, 80-001 Gdańsk.\n\n"
    "Inspektor ochrony danych: Anna Kowalska, prywatnosc@latarnia.example\n\n"
    "## 1. Jakie dane przetwarzamy\n\n"
    "Przechowujemy wiadomości przez 30 dni po ich usunięciu.\n\n"
    "Aby założyć konto, trzeba mieć co najmniej 16 lat.\n\n"
    "Dane osobowe to informacje takie jak imię i adres pocztowy.\n\n"
    "## 2. Odbiorcy\n\nUdostępniamy dane:\n\n"
    "- dostawcom płatności\n- przewoźnikom\n- organom państwowym, jeśli wymaga tego prawo\n\n"
    "| Podmiot przetwarzający | Cel | Kraj |\n| --- | --- | --- |\n"
    "| Zorza S.A. | Przechowywanie | Szwajcaria |\n| Tama Chmura sp. z o.o. | Wysyłka e-maili | Polska |\n\n"
    "## 3. Co jest zabronione\n\nNie wolno:\n\n"
    "- sprzedawać konta\n- wysyłać niechcianych reklam\n- kopiować naszych stron za pomocą robota\n\n"
    "## 4. Co jest dozwolone\n\nWolno:\n\n- cytować krótkie fragmenty\n- odsyłać do naszych stron\n\n"
    "## 5. Treści użytkownika\n\nNie używamy wiadomości do trenowania naszych modeli.\n\n"
    "Reklamom można się sprzeciwić w każdej chwili w ustawieniach.\n"
)
JAPANESE = (
    "# プライバシーポリシー\n\n最終更新日：2026年3月3日\n\n"
    "個人情報の管理者は灯台株式会社（東京都港区海岸1丁目12番）です。\n\n"
    "データ保護責任者：佐藤花子、privacy@todai.example\n\n"
    "## 1. 収集する情報\n\n"
    "メッセージは、削除後30日間保存します。\n\n"
    "アカウントを作成するには、16歳以上である必要があります。\n\n"
    "個人情報とは、氏名や住所などの情報をいいます。\n\n"
    "## 2. 第三者への提供\n\n次の者に情報を提供します。\n\n"
    "- 決済事業者\n- 運送会社\n- 法令に基づく場合の行政機関\n\n"
    "| 委託先 | 目的 | 国 |\n| --- | --- | --- |\n"
    "| 北光株式会社 | 保管 | スイス |\n| 堤防クラウド合同会社 | メールの送信 | 日本 |\n\n"
    "## 3. 禁止事項\n\n次の行為は禁止します。\n\n"
    "- アカウントを販売すること\n- 迷惑な広告を送信すること\n- ロボットでページを複製すること\n\n"
    "## 4. 許可される行為\n\n次の行為は許可します。\n\n- 短い引用をすること\n- ページへリンクすること\n\n"
    "## 5. お客様のコンテンツ\n\n当社は、モデルの学習のためにメッセージを使用しません。\n\n"
    "広告は、設定からいつでも拒否できます。\n"
)
PAGES = (SPANISH, ITALIAN, DUTCH, PORTUGUESE, POLISH, JAPANESE)
TONGUES = ("Spanish", "Italian", "Dutch", "Portuguese", "Polish", "Japanese")


def cases(table: Mapping[str, tuple[str, ...]]) -> list[object]:
    """Return an edit a language ("old > new") with its page."""
    return [
        pytest.param(page, *edit.split(" > "), id=f"{name}-{tongue}")
        for name, edits in table.items()
        for page, edit, tongue in zip(PAGES, edits, TONGUES, strict=True)
    ]
