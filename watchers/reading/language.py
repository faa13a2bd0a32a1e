"""Which language a text is in, by its script and its most frequent small words.

Enough to see that a page came in another language than before; it does not tell dialects apart.
"""

from __future__ import annotations

import re
from collections import defaultdict

#: The small words that tell languages of the Latin and Cyrillic scripts apart; a word may serve several.
_SMALL_WORDS = {
    "en": "the of and to in you your we our that for or with this are is be may any not as by on from will have "
    "it us if these can",
    "de": "der die das und zu sie wir ihre ihr von mit für auf ist nicht den werden oder eine im dem des wenn "
    "sich uns unsere können ein bei nach durch",
    "fr": "le la les de des et vous nous votre vos à du pour dans que qui une est sur par ou avec ce sont pas "
    "notre nos au aux ces cette",
    "es": "el la los de y que en su sus para con por una del se las no es o como puede nuestros nuestra al "
    "usted más sobre este si",
    "it": "il di che e la i per del con non un una le della dei delle sono alla nel tuo tua nostri da gli si o "
    "questo anche come ai",
    "pt": "o a os de que e do da para com em não uma você seus sua ou dos por no na se as ao nossos mais são "
    "como pode nos pelo",
    "nl": "de het een van en je u wij we uw voor met op dat te is zijn niet of die deze door worden kunnen aan "
    "als bij ons onze om",
    "sv": "och att i det som en på är av för med du din vi vår dina den till inte om eller kan de ett våra från "
    "när har dig oss",
    "da": "og at i det som en på er af for med du din vi vores dine den til ikke om eller kan de et fra når har "
    "dig os der",
    "no": "og å i det som en på er av for med du din vi vår dine den til ikke om eller kan de et fra når har "
    "deg oss våre",
    "fi": "ja on ei että se voi tai sekä ovat kun jos meidän mukaan niiden tätä sen joka käyttää tämä voimme "
    "sinun kuten nämä myös",
    "pl": "i w z na do się nie że jest o oraz lub przez dla od za być jak może są po użytkownika nas tym które "
    "jego usług naszych",
    "cs": "a v na se je že z do pro o k nebo s jsou může být které jako od podle za při které vaše naše můžeme "
    "tím těchto",
    "sk": "a v na sa je že z do pre o k alebo s sú môže byť ktoré ako od podľa za pri vaše naše môžeme týchto",
    "hu": "a az és hogy nem is egy meg vagy ha az ön által mint ezt amely valamint számára kell lehet ezek "
    "saját nekünk más után",
    "ro": "de și în a la cu pe care nu să din pentru este sau prin mai sunt ale dumneavoastră noastre cele "
    "acest vă aceste",
    "tr": "ve bir bu için ile veya da de olarak olan daha gibi kadar sizin bizim tarafından her ne ise değil "
    "bilgileri hizmetlerimizi",
    "el": "και το να της των του για με από την τα οι που σας στο δεν είναι μας ή στην θα τις",
    "id": "dan yang di untuk dengan kami anda atau dari ini ke tidak dapat pada dalam akan adalah oleh sebagai "
    "jika kepada",
    "vi": "và của các bạn chúng tôi để cho có được không trong là này với hoặc khi từ những theo thông tin",
    "ru": "и в на не что с по для или вы мы ваши от к как это при из вас может их нас о их наши если",
    "uk": "і в на не що з для або ви ми ваші від до як це при із вас може їх нас про та наші якщо ми",
    "bg": "и в на не че с за или вие ние от до как това при вас може да се са ни по вашата нашите",
}  # fmt: skip
_SPOKEN: dict[str, list[str]] = {}
for _name, _row in _SMALL_WORDS.items():
    for _word in set(_row.split()):
        _SPOKEN.setdefault(_word, []).append(_name)
#: Scripts that name their language by themselves, in the order they are asked for.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE, _SAMPLES = 600, 5
#: Share of small words below which a text says too little (measured: real policies have 0.25 and more).
_LEAST_SHARE = 0.08
_FEWEST_WORDS = 8


def language(text: str) -> str:
    """Return the language as a two-letter code ("en", "de", …), or "" when the text does not tell."""
    sample = _sample(text)
    if not sample.isascii():
        for name, script in _SCRIPTS:
            if len(script.findall(sample)) * 8 > len(sample):
                return name
    words = _LETTERS.findall(sample.lower())
    if len(words) < _FEWEST_WORDS:
        return ""
    counts: defaultdict[str, int] = defaultdict(int)
    for word in words:
        for name in _SPOKEN.get(word, ()):
            counts[name] += 1
    best, count = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    return best if count >= _LEAST_SHARE * len(words) else ""


def _sample(text: str) -> str:
    """Return a few thousand characters from all over the text, so that a foreign menu does not decide."""
    if len(text) <= _SAMPLE * _SAMPLES:
        return text
    step = len(text) // _SAMPLES
    return "\n".join(text[at : at + _SAMPLE] for at in range(step // 4, len(text), step))
