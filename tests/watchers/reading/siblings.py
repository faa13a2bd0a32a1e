"""Pages that follow each other and are easily misread, with what has to come of them.

Each is one more page of a kind of trouble that is told of publicly: words or signs thrown away, half pages, other
encodings, invisible differences. They stand beside the tests of the rules and were written before those.
"""

from __future__ import annotations

from typing import NamedTuple

CLAUSES = (
    "We lend tide tables to readers who hold a card of the reading room at the old pier.",
    "A reader who brings a table back late pays the fee that is posted beside the desk.",
    "We keep a list of loans so that lost tables can be found and asked back.",
    "Readers below fourteen need the signature of a parent before they borrow anything.",
    "The reading room is open as posted, and closes without notice when the sea comes in.",
    "Complaints are heard by the librarian first and by the council of the pier after that.",
    "We do not answer for tables that are out of date, beyond what the law requires.",
    "These rules may change, and changes are posted at the door for two weeks.",
)
FRENCH = (
    "Les données de prêt sont gardées à la bibliothèque pendant l’été.",
    "Le lecteur déclare être majeur et accepte les règles de la salle.",
    "La réservation est annulée après l’échéance prévue.",
    "Les réclamations sont adressées à l’hôtel de la cité.",
)


class Sibling(NamedTuple):
    """Two pages: what has to come (`told`, `same`, `stopped`), what must be among it and what must not."""

    name: str
    old: bytes
    new: bytes
    wanted: str
    says: str = ""
    never: str = ""
    kind: str = "text/html; charset=utf-8"


def page(inside: str = "", *, clauses: tuple[str, ...] = CLAUSES, main: bool = True, around: str = "") -> bytes:
    """Return a page with the clauses, then what is `inside` the document; `around` stands before it."""
    words = "<h1>Rules of the reading room</h1>" + "".join(f"<p>{clause}</p>" for clause in clauses) + inside
    held = f"<main>{words}</main>" if main else f"<div>{words}</div>"
    return f"<!doctype html><html><head><title>Rules</title></head><body>{around}{held}</body></html>".encode()


def pair(name: str, old: str, new: str, wanted: str, says: str = "", never: str = "") -> Sibling:
    """Return a sibling whose pages differ inside the document only."""
    return Sibling(name, page(old), page(new), wanted, says, never)


def told(name: str, pattern: str, old: str, new: str, says: str = "", never: str = "") -> Sibling:
    """Return a sibling whose pages differ in what stands for `@`, and have to be told apart."""
    return pair(name, pattern.replace("@", old), pattern.replace("@", new), "told", says, never)


def same(name: str, pattern: str, old: str, new: str) -> Sibling:
    """Return a sibling whose pages differ in what stands for `@`, and say the same."""
    return pair(name, pattern.replace("@", old), pattern.replace("@", new), "same")


_PANELS = "".join(f"<h2>Rule {n}</h2><div class=panel>{{}}</div>" for n in range(6))
_FULL = [f"<p>Room {n}: {clause}</p>" for n, clause in enumerate(CLAUSES[:6])]
_FAQ = "<dl><dt>Do you pass my loans on to advertisers?</dt><dd>@</dd></dl>"
_CARDS = "<div><h3>Is my address shown to other readers?</h3><div><span>@</span></div></div>"
_PARTNERS = "".join(f'<li><a href="/partners/{n}">Pier {n} Binders Ltd</a></li>' for n in "abcdefghijk")
_BANS = "".join(
    f'<li><a href="/rules/{n}">You must not carry table {n} out of the room without a card.</a></li>' for n in range(11)
)
_TABLE = "<table><tr><th>Data</th><th>Passed on</th></tr><tr><td>Loans</td><td>@</td></tr></table>"

SIBLINGS = (
    # 1: words or signs that carry the clause
    told("an answer in a list of definitions", _FAQ, "No", "Yes", "Yes"),
    told("an answer in a card", _CARDS, "No.", "Yes.", "Yes"),
    told("an answer in a paragraph of its own", "<p>Can I ask for my list of loans?</p><p>@</p>", "Yes.", "No.", "No."),
    told("a sign that stands alone under a question", "<h3>Loans sold</h3><p>@</p>", "✘", "✔", "✔"),
    same("a vote is no answer", "<p>Was this page helpful?</p><button>Yes</button><p>@</p>", "No", "Yes"),
    told("a list of partners that lead on", f"<h2>Our partners</h2><ul>{_PARTNERS}@</ul>", "",
         '<li><a href="/partners/z">Zebra Data GmbH</a></li>', "Zebra"),
    told("rules that are links", f"<ul>{_BANS}@</ul>", '<li><a href="/rules/x">You may copy tables by hand.</a></li>',
         '<li><a href="/rules/x">You may not copy tables by hand.</a></li>', "may not copy"),
    told("an aside of the document", "<aside class=summary><p>In short: @</p></aside>", "loans are never sold.",
         "loans may be sold.", "may be sold"),
    told("the footer of a section", "<section><h2>Law</h2><footer><p>@</p></footer></section>",
         "The courts of the pier decide.", "An arbitrator decides.", "arbitrator"),
    told("words in a form", "<form><p>By sending this form you agree to @.</p><input><button>Send</button></form>",
         "nothing else", "our newsletter", "newsletter"),
    told("a complementary region", "<div role=complementary><p>We @ sell your loans.</p></div>", "never", "often"),
    told("a shadow root inside a section", "<reading-card><template shadowrootmode=closed><section><p>@</p></section>"
         "</template></reading-card>", "Loans stay here.", "Loans go abroad.", "abroad"),
    told("a picture with words in a cell", _TABLE, '<img src=a alt="never">', '<img src=b alt="always">', "always"),
    told("a drawing with a title in a cell", _TABLE, "<svg><title>No</title><path/></svg>",
         "<svg><title>Yes</title><path/></svg>", "Yes"),
    told("a licence in a text area", "<textarea readonly>You may copy each table @.</textarea>", "once", "twice"),
    # 2: seen and called cosmetic
    told("signs in a table", _TABLE, "✖", "✔", "✔"),
    told("signs of another kind in a table", _TABLE, "○", "●", "●"),
    told("emoji in a table", _TABLE, "❌", "✅", "✅"),
    told("an amount alone", "<h3>Fee for late tables</h3><p>@</p>", "$4", "$40", "$40"),
    told("a share alone", "<h3>Discount</h3><p>@</p>", "20 %", "60 %", "60"),
    told("days alone in a definition", "<dl><dt>Loan</dt><dd>@</dd></dl>", "14 days", "7 days", "7 days"),
    # 3: encodings
    Sibling("a header that names another encoding", page(clauses=FRENCH * 3), page(clauses=FRENCH * 3), "same",
            kind="text/html; charset=iso-8859-1"),
    Sibling("stray bytes of another encoding", page(clauses=FRENCH * 3),
            page(clauses=FRENCH * 3).replace(b"</main>", b"<p>\x93\x94 \x85 \x96 \x97 \x93\x94</p></main>"), "same"),
    Sibling("a name beside the charset", page(clauses=FRENCH * 3),
            page(clauses=FRENCH * 3).replace(b"<title>", b'<meta name=x data-charset="koi8-r"><title>'), "same",
            kind="text/html"),
    Sibling("letters decoded twice", page(clauses=FRENCH * 3),
            page(clauses=FRENCH * 3).decode().encode("utf8").decode("cp1252", "replace").encode("utf8"), "stopped"),
    # 4: half a page, or none
    Sibling("cut in a word", page(), page()[:-90], "stopped"),
    Sibling("cut between two clauses", page(main=False), page(main=False)[: page(main=False).rfind(b"<p>These rules")],
            "stopped"),
    Sibling("panels that came empty", page(_PANELS.format(*_FULL)), page(_PANELS.format(*([""] * 6))), "stopped"),
    Sibling("three panels that came empty", page(_PANELS.format(*_FULL)),
            page(_PANELS.format(*_FULL[:3], "", "", "")), "stopped"),
    Sibling("keys of a translation", page(),
            page(clauses=tuple(f"room.rules.part_{n}.body" for n in range(30))), "stopped"),
    pair("a name that was not filled in", "<p>Ask Pier Ltd in 3 Quay Road for a copy.</p>",
         "<p>Ask {{company.name}} in {{ company.address }} for a copy.</p>", "stopped"),
    pair("a template of another make", "<p>Ask Pier Ltd for a copy.</p>", "<p>Ask ${company} for a copy.</p>",
         "stopped"),
    Sibling("a banner in the page", page(main=False), page(main=False, around=(
        '<div class="consent-popup"><p>This website uses cookies to personalise content and to analyse traffic. We '
        "share what you do with advertising partners.</p><button>Reject all</button><button>Allow all</button></div>")),
            "same"),
    Sibling("a banner at the end of the page", page(main=False), page("</div><section id=cookie-notice><h2>Cookies</h2>"
            "<p>We use cookies to measure visits and to share data with 300 partners.</p><a href=#>Accept all</a>"
            "</section><div>", main=False), "same"),
    # 7: excerpts that are the page's words
    told("a marked revision", "<p>Loans last @ days.</p>", "14", "<del>14</del> <ins>21</ins>", "21 days", "14 21"),
    told("a price struck out", "<p>A card costs @.</p>", "<s>$5</s> $4", "<s>$5</s> $9", "$9", "$5 $9"),
    told("custom elements within a sentence", "<p>We @ your <my-term>loans</my-term>.</p>", "keep",
         "<my-term>sell</my-term>", "We sell your loans"),
    told("a number of a clause that its value gives", "<ol><li value=@>Loans end in May.</li></ol>", "4",
         "4>Cards cost nothing.<li value=9", "Cards cost nothing"),
    told("paragraphs in a pre", "<pre>First rule: no ink.\n\nSecond rule: no @.\n\nThird rule: no dogs.</pre>", "food",
         "lamps", "Second rule: no lamps.", "First rule: no ink. Second"),
    # 8: invisible or typographic
    same("a joiner at the edge of a link", "<p>Ask <a href=/x>the desk @</a>for a card.</p>", "", "\u2060"),
    same("marks of direction", "<p>Tables of @1887@ are not lent.</p>", "", "\u2066"),
    same("variation selectors", "<p>Loans ✔@ are free.</p>", "", "\ufe0f"),
    same("a combining grapheme joiner", "<p>Loa@ns are free.</p>", "", "\u034f"),
    same("letters put together", "<p>Le pr@t est gratuit.</p>", "ê", "e\u0302"),
    same("Arabic with long letters", "<p>سياسة ال@خصوصية تحدد البيانات</p>", "", "ـــ"),
    same("other forms of digits", "<p>نحتفظ بالبيانات لمدة @ يوما</p>", "30", "٣٠"),
)  # fmt: skip
