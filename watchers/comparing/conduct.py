"""Rules of conduct: what they say of data is mostly about what people post of others, not what the company does.

In community guidelines and the like a provision on data counts only where the company says what it does itself.
"""

from __future__ import annotations

import re

CONDUCT = "conduct"
_CONDUCT = re.compile(
    r"guidelines?\b|acceptable use|community|conduct|content (?:policy|moneti)|restricted use|live policy|house rules"
)
#: Provisions on what the company does with data.
ABOUT_DATA = frozenset(
    "data_collection third_party_sources data_sharing service_providers data_sale law_enforcement targeted_ads "
    "biometric location sensitive_data retention children".split()
)
_DOES = (
    r"(?:collect|us(?:e|es|ing)|shar(?:e|es|ing)|stor(?:e|es)|process|keep|retain|disclos|receiv|sell|track|scan|analy[sz]"
    r"|provid|report|send|delet|transfer|work|compl(?:y|ies)|obtain|combin|refer|notif)"
)
_ITSELF = re.compile(
    r"\b(?:we|our (?:\w+ )?(?:partners|systems|teams|services|providers))\b"
    r"(?! (?:do not|don['’]t) (?:allow|permit|tolerate))"
    rf"(?:[ ,]+\w+){{0,4}} {_DOES}\w*"
    r"|\b(?:wir|uns(?:ere?n?)?)\b[^.;]{0,80}(?:verarbeit|erheb|speicher|nutz|verwend|geben|teilen|übermitt|lösch)\w*"
    r"|\bnous (?:\w+ ){0,2}(?:collect|trait|utilis|partag|conserv|communiqu|transmett|signal)\w+"
    r"|\b(?:recopil|utiliz|compart|conserv|trat|comunic)amos\b|\b(?:raccogli|utilizzi|condividi|conservi|tratti)amo\b"
    r"|\b(?:wij|we) (?:verzamelen|gebruiken|delen|bewaren|verwerken)\b"
)
#: Who may have an account at all is a rule on children in any document.
_AGE = re.compile(
    r"\b(?:must|have to|need to|required to) be\b.{0,30}\d|(?<!\d)\d++ (?:years? (?:old|of age) )?or (?:older|over)"
    r"|minimum age|under (?:the age of )?\d+ (?:may|can|are|must|should)"
    r"|\bmindestens \d+ jahre|\bau moins \d+ ans|\bal menos \d+ años"
)


def is_conduct(doc_type: str) -> bool:
    """Tell whether a document of a type says how people are to behave."""
    return bool(_CONDUCT.search(doc_type.lower()))


def counts(provision: str, sentence: str) -> bool:
    """Tell whether a sentence (in small letters) of rules of conduct speaks of a provision as the company's doing."""
    if provision == "children" and _AGE.search(sentence):
        return True
    return provision not in ABOUT_DATA or done_by_company(sentence)


def done_by_company(sentence: str) -> bool:
    """Tell whether a sentence says what the company itself does with something."""
    return bool(_ITSELF.search(sentence.lower()))
