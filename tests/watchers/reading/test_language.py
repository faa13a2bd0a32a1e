"""The language of a text, by sentences of our own."""

from __future__ import annotations

import pytest

from watchers.reading.language import language

SENTENCES = {
    "en": "We may share the data that you give us with our partners, and you can object at any time.",
    "de": "Wir geben die Daten, die Sie uns nennen, nicht weiter, und Sie können das mit einer Nachricht ablehnen.",
    "fr": "Nous partageons les données que vous nous donnez avec nos partenaires, et vous pouvez vous y opposer.",
    "es": "Compartimos los datos que usted nos da con nuestros socios, y puede oponerse en cualquier momento.",
    "it": "Condividiamo i dati che ci fornisci con i nostri partner e puoi opporti in qualsiasi momento, anche dopo.",
    "pt": "Partilhamos os dados que você nos dá com os nossos parceiros, e pode opor-se em qualquer momento.",
    "nl": "Wij delen de gegevens die u ons geeft met onze partners, en u kunt daar op elk moment bezwaar tegen maken.",
    "sv": "Vi delar de uppgifter som du ger oss med våra partner, och du kan när som helst säga att vi inte får det.",
    "da": "Vi deler de oplysninger, som du giver os, med vores partnere, og du kan når som helst sige, at vi ikke må.",
    "no": "Vi deler opplysningene som du gir oss med våre partnere, og du kan når som helst si at vi ikke får.",
    "fi": "Jaamme tietosi kumppaneidemme kanssa, ja voit kieltää sen, jos et halua sitä, tai poistaa ne myös itse.",
    "pl": "Udostępniamy dane, które nam podajesz, naszym partnerom i możesz się temu sprzeciwić, jeśli nie chcesz.",
    "cs": "Sdílíme údaje, které nám dáte, s našimi partnery a můžete se proti tomu ohradit, nebo je od nás vymazat.",
    "tr": "Bize verdiğiniz bilgileri ortaklarımız ile paylaşırız ve siz buna her zaman itiraz edebilirsiniz.",
    "ru": "Мы передаём данные, которые вы нам даёте, нашим партнёрам, и вы можете от этого отказаться или их удалить.",
    "uk": "Ми передаємо дані, які ви нам даєте, нашим партнерам, і ви можете від цього відмовитися або їх видалити.",
    "el": "Μοιραζόμαστε τα δεδομένα που μας δίνετε με τους συνεργάτες μας και μπορείτε να πείτε όχι για την χρήση.",
    "ja": "お客様が提供するデータは、当社のパートナーと共有されることがあります。異議を申し立てることができます。",
    "zh": "我们可能会与合作伙伴共享您提供给我们的数据，您可以随时提出反对意见并要求删除。",
    "ko": "우리는 귀하가 제공한 데이터를 파트너와 공유할 수 있으며 귀하는 언제든지 이의를 제기할 수 있습니다.",
    "ar": "قد نشارك البيانات التي تقدمها لنا مع شركائنا ويمكنك الاعتراض في أي وقت تشاء.",
    "": "Lorem 12345 xyzzy plugh",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_tells_its_language(name: str) -> None:
    assert language(SENTENCES[name]) == name


def test_a_foreign_menu_does_not_decide() -> None:
    assert language("Startseite und Kontakt und Hilfe\n\n" + SENTENCES["en"] * 30) == "en"
