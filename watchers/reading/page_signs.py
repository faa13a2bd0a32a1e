"""The words by which pages that are not the document give themselves away, in several languages.

Only words live here; what they weigh is decided in `health`.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


#: An error told with status 200 (English, German, French, Spanish, Italian, Portuguese, Dutch, Japanese).
ERROR = _any(
    r"\b(page|content|document|article|site|url|file)\b[^.!?]{0,40}"
    r"(not found|isn.t (currently )?available|is(n.t| not) available|not available|unavailable|doesn.t exist"
    r"|does not exist|no longer (exists?|available)|(was|been) (re)?moved"
    r"|can(.?t| ?not) be found|could(n.t| not) be found)",
    r"\b(40[0-9]|410|50[0-9])\b.{0,30}(error|not found|forbidden|bad gateway|unavailable|time-?out)",
    r"\berror.{0,10}\b(40[0-9]|410|50[0-9])\b",
    r"^\W*(404|oops|uh[ -]oh)\b",
    r"something (went|has gone|'s gone) wrong|we.re all mixed up",
    r"(an?|unexpected|unknown) (server )?error (has )?occurred",
    r"internal server error|bad gateway|gateway time-?out|service (is )?(temporarily )?unavailable|technical error",
    r"application error",
    r"(can.?t|can ?not|couldn.t|could not|unable to) (find|load|display|locate) (that|this|the|your) \w+",
    r"(try (again later|(re)?load(ing)?|refresh)|(refresh|reload) (this|the) page)",
    r"access (is )?denied|^\W*forbidden|don.t have (permission|access) to (access|view)",
    r"^\W*(you are being )?redirect(ing|ed)\b",
    r"(site|page|we.re|under|down for) (is |currently )*(under|down for|undergoing) (scheduled )?maintenance",
    r"seite (ist |wurde |konnte )?(momentan |derzeit |leider )*nicht (gefunden|verfügbar|geladen)",
    r"etwas schief ?ge(gangen|laufen)",
    r"technischen fehler|über ein problem gestolpert",
    r"seite (noch einmal|erneut|neu) (zu )?laden|fehler (ist )?aufgetreten",
    r"page (est )?(introuvable|non trouvée|n.existe (pas|plus)|indisponible)|une erreur (s.est produite|est survenue)",
    r"página no (encontrada|disponible|existe)|algo (ha )?sal(ió|ido) mal|se ha producido un error",
    r"pagina non (trovata|disponibile|esiste)|si è verificato un errore|qualcosa è andato storto",
    r"página não (foi )?(encontrada|disponível|existe)|ocorreu um erro|algo deu errado",
    r"pagina (is |kan )?niet (gevonden|beschikbaar|worden)|er is iets (mis|fout) ?gegaan",
    r"ページが見つかりません|エラーが発生しました|页面不存在|找不到(该)?页面|페이지를 찾을 수 없습니다",
)
#: A wall that asks who is there.
LOGIN = _any(
    r"(must|need to|have to|please) (log|sign) ?in (to|first|or)\b",
    r"(log|sign) ?in(to)? to (continue|view|see|access|your account)",
    r"forg(o|e)t(ten)? (your )?(password|account|username)",
    r"(e-?mail( address)?|phone number|username).{0,40}password",
    r"anmelden,? um fortzufahren|connectez-vous pour|inicia sesión para|accedi per|faça login para|log in om",
)
#: A wall that asks for consent to cookies before anything else.
CONSENT = _any(
    r"before you continue|bevor (du|sie) fort|avant de continuer|antes de continuar|prima di continuare",
    r"allow the use of cookies|cookies (from|by) .{2,40} (on|in) this browser",
    r"we (value|respect|care about) your privacy|your privacy (matters|is important)|this (web)?site uses cookies",
    r"we and our (\d+ )?(advertising )?partners|(accept|agree to|manage) (all )?(cookies|cookie settings|consent)",
    r"wir (verwenden|nutzen|schätzen)|nous utilisons des cookies|utilizamos cookies|utilizziamo (i )?cookie",
)
#: Its buttons.
CONSENT_ANSWERS = _any(
    r"\b(accept|reject|allow|decline|deny|refuse) (all|optional|cookies|non-essential)\b|\ballow essential\b",
    r"\bi agree\b|alle akzeptieren|alle ablehnen|tout (accepter|refuser)|aceptar todo|rechazar todo|accetta tutto",
)
#: A check whether a person is there.
BOT_CHECK = _any(
    r"checking (if the site connection is secure|your browser)|verify(ing)? (that )?you.?( a|.)re (a )?human",
    r"just a moment|enable (javascript|js) and cookies to continue",
    r"(needs|requires) to review the security of your connection",
    r"attention required!? ?\|? ?cloudflare|pardon our interruption|ddos protection by|unusual (traffic|activity)",
    r"are you (a )?(human|robot)|not a robot|(complete|solve) the (captcha|security check)|incapsula incident|ray id",
    r"performing security verification|press (and|&) hold|access to this page has been denied|request blocked",
    r"please (enable|turn on) (javascript|cookies)|javascript is (disabled|required|not (enabled|available))",
    r"you need to enable javascript",
)
#: Words that documents of this kind are made of; their density tells a policy from a home page.
LEGAL = re.compile(
    r"\b(terms?|polic(?:y|ies)|privacy|agree(?:s|d|ment)?|rights?|laws?|legal(?:ly)?|liab(?:le|ility)|shall|must"
    r"|may not|personal|data|consent|third part(?:y|ies)|prohibited|violat\w+|licen[cs]e\w*|intellectual property"
    r"|copyright"
    r"|applicable|provided|disclos\w+|obligations?|account|users?|cookies?|security|comply|compliance|request\w*"
    r"|inform(?:ation|ed)|process(?:ing|ed|or)?|services?|content|guidelines|permitted|required|you|we|our|your)\b",
    re.I,
)
#: What the titles of documents say.
TITLES = _any(
    r"terms|polic(?:y|ies)|privacy|guideline|agreement|notice|conditions|rules|cookie|statement|addendum|standards"
    r"|code of|legal|licen[cs]e|imprint|eula|dpa|datenschutz|bedingungen|richtlinie|nutzung|agb|confidentialit",
    r"términos|política|condiciones|termini|informativa|condizioni|termos|voorwaarden|beleid|villkor|vilkår|ehdot",
    r"mentions|politique|regulamin",
    r"規約|ポリシー|방침|약관|条款|政策|права|политик|услови|şartlar|gizlilik",
)
