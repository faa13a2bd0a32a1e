"""Edits made to policies on purpose: of each it is known beforehand whether a reader must be told.

Only the edits live here, in three languages; `comparing_perturbed` applies and counts them. The words are
deliberately not those of the comparer's own tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.perturbing import (
    PROSE,
    Perturbation,
    all_links,
    amid,
    at_the_end,
    at_the_top,
    bigger,
    deeper,
    everywhere,
    headings_numbered,
    in_lists,
    item_added,
    item_removed,
    item_to_another_list,
    items_reordered,
    prose_cut,
    row_added,
    row_removed,
    sentence_added,
    sentence_removed,
    swapped,
    typo,
    wider,
    with_contents,
)

_ISE = frozenset("organ author recogn real util personal custom optim categor summar minim maxim anonym modern".split())
_UNIT = r"days|months|years|hours|Tagen?|Monaten?|Jahren?|jours|mois|ans"
SUBSTANTIVE = (
    Perturbation("a span of time changed", True, swapped(rf"\b(\d{{1,2}})\)?(?= (?:{_UNIT})\b)", bigger)),
    Perturbation(
        "an amount or a share changed",
        True,
        swapped(r"(?<=[$€£])(\d{1,4})\b|\b(?<!\.)\d{1,2}(?= ?%)", lambda m: str(int(m.group()) + 7)),
    ),
    Perturbation("an age changed", True, swapped(r"\b(1[368])(?= years (?:old|of age)|ans\b| Jahre)", bigger)),
    Perturbation(
        "a not dropped",
        True,
        swapped(r"\b(?:do|does|will|may|shall|must|are|is) (not) ", lambda m: m.group().replace("not ", "")),
    ),
    Perturbation("a nicht dropped", True, swapped(r"\bnicht ", lambda m: "")),
    Perturbation("a ne pas dropped", True, swapped(r"\bne (\w+) pas\b", lambda m: m[1])),
    Perturbation("a not added", True, swapped(r"\b(may|will|shall) (?!not|also|be)", lambda m: f"{m[1]} not ")),
    Perturbation("may became must", True, swapped(r"\b(?:You|you) may (?!not)", lambda m: "you must ")),
    Perturbation("will became may", True, swapped(r"\b[Ww]e will (?!not)", lambda m: m.group().replace("will", "may"))),
    Perturbation("kann became wird", True, swapped(r"\bkann\b", lambda m: "muss")),
    Perturbation("pouvons became devons", True, swapped(r"\bpouvons\b", lambda m: "devons")),
    Perturbation("an only dropped", True, swapped(r"\b(?:only|nur|uniquement) ", lambda m: "")),
    Perturbation(
        "a recipient added in a sentence",
        True,
        swapped(
            r"\bwith (?:our |certain |other )?(?:affiliates|third[- ]part\w+|service providers|partners|vendors)",
            lambda m: f"{m.group()}, data brokers",
        ),
    ),
    Perturbation(
        "ein Empfänger hinzugefügt",
        True,
        swapped(
            r"\b(?:an|mit) (?:unsere[nr]? )?(?:Partner|Dienstleister|Dritte|Anbieter)\w*",
            lambda m: f"{m.group()}, Werbenetzwerke",
        ),
    ),
    Perturbation(
        "un destinataire ajouté",
        True,
        swapped(
            r"\b(?:avec|à) (?:des |nos |les )(?:partenaires|tiers|prestataires|fournisseurs)",
            lambda m: f"{m.group()}, des courtiers en données",
        ),
    ),
    Perturbation(
        "a definition widened",
        True,
        swapped(r"\b(?:including|such as|einschließlich|wie etwa|notamment) ", lambda m: f"{m.group()}{wider(m)} "),
    ),
    Perturbation(
        "a promise removed",
        True,
        sentence_removed(
            r"(?:do|does|will) not (?:sell|share|use|rent|disclose|collect|store|retain|read)\w*|never|nicht|ne \w+ pas"
        ),
    ),
    Perturbation(
        "a right removed", True, sentence_removed(r"[Yy]ou (?:can|may|have the right)|können Sie|vous pouvez")
    ),
    Perturbation(
        "a use added in a sentence of its own",
        True,
        sentence_added("We combine this with purchase records bought from retailers."),
    ),
    Perturbation("eine Nutzung hinzugefügt", True, sentence_added("Wir gleichen dies mit Kaufdaten ab.")),
    Perturbation("a promise added", True, sentence_added("We never look at private drafts.")),
    Perturbation(
        "the legal form changed",
        True,
        swapped(
            r"\b(?:Inc\.?|Ltd\.?|Limited|LLC|GmbH|B\.V\.|Corporation)(?=[\s,).])",
            lambda m: "SARL" if m.group() != "SARL" else "AG",
        ),
    ),
    Perturbation(
        "the company changed",
        True,
        swapped(
            r"\b[A-Z]\w+(?: [A-Z]\w+)*(?=,? (?:Inc|Ltd|Limited|LLC|GmbH|Corporation)\b)", lambda m: "Harbour Holdings"
        ),
    ),
    Perturbation(
        "the law changed",
        True,
        swapped(
            r"\b(?:laws? of (?:the )?(?:State of )?)(California|Ireland|France|Delaware|Germany|England)",
            lambda m: m.group().replace(m[1], "Nevada"),
        ),
    ),
    Perturbation(
        "a street number changed",
        True,
        swapped(
            r"\b(\d{1,4})(?= (?:[A-Z]\w+ ){1,3}(?:Street|St\.|Avenue|Road|Way|Drive|Blvd))|\b\d{1,3}(?= rue )",
            lambda m: "4711",
        ),
    ),
    Perturbation("a contact address changed", True, swapped(r"\b[a-z]+(?=@[a-z]+\.)", lambda m: "ombudsman")),
    Perturbation(
        "opt out became opt in", True, swapped(r"\bopt(?:ing)?[ -]out\b", lambda m: m.group().replace("out", "in"))
    ),
    Perturbation(
        "a kind of data exchanged",
        True,
        swapped(
            r"\b(?:IP address|phone number|email address|E-Mail-Adresse|adresse e-mail|date of birth)\b",
            lambda m: "fingerprint",
        ),
    ),
    Perturbation("an item added", True, in_lists(item_added)),
    Perturbation("an item removed", True, in_lists(item_removed)),
    Perturbation("an item moved to another list", True, item_to_another_list),
    Perturbation("a row added", True, row_added),
    Perturbation("a row removed", True, row_removed),
    Perturbation(
        "free became paid", True, swapped(r"\bfree (?=of charge|users|account|version|plan|trial)", lambda m: "paid ")
    ),
    Perturbation(
        "an announcement with a date to come",
        True,
        at_the_top("These conditions change. The new ones apply from 4 October 2031."),
    ),
    Perturbation(
        "a purpose added",
        True,
        swapped(r"\bto (?:provide|improve|operate|maintain)(?= (?:our|the|and))", lambda m: f"{m.group()}, resell"),
    ),
    Perturbation(
        "consent dropped", True, swapped(r",? (?:with|without) your (?:prior |explicit )?consent", lambda m: "")
    ),
)


#: Lines around a policy that are no part of it: where each is put.
_LINES = (
    ("© year bumped", at_the_end, "© 2031 Harbour Holdings"),
    ("back to top", at_the_end, "↑ Top of page"),
    ("helpful?", at_the_end, "Was this information helpful?\n\nYes\n\nNo"),
    ("helpful? (German)", at_the_end, "War diese Seite hilfreich?\n\nJa\n\nNein"),
    ("helpful? (French)", at_the_end, "Cette page vous a-t-elle été utile ?\n\nOui\n\nNon"),
    ("breadcrumbs", at_the_top, "[Home](/) / [Legal](/legal) / [Privacy](/privacy)"),
    ("a menu", at_the_top, "*   [Products](/p)\n*   [Pricing](/pr)\n*   [Sign in](/s)\n*   [Careers](/c)"),
    ("language menu", at_the_end, "[English](/en)\n\n[Deutsch](/de)\n\n[Français](/fr)"),
    ("reading time", at_the_top, "8 minute read"),
    ("a ticker", at_the_end, "1,204 people found this useful"),
    ("print this page", at_the_top, "Print this page"),
    ("download as PDF", at_the_top, "[Download this document as a PDF](/d.pdf)"),
    ("we have updated our policy", at_the_top, "We recently updated this policy."),
    ("cookie banner", at_the_end, "We value your privacy\n\nAccept all cookies\n\nManage preferences"),
    ("social links", at_the_end, "[Facebook](/f)\n\n[Instagram](/i)\n\n[X](/x)"),
    ("skip to content", at_the_top, "[Skip to main content](#main)"),
    ("app stores", at_the_end, "Get it on Google Play\n\nDownload on the App Store"),
    ("expand all", at_the_top, "Expand all\n\nCollapse all"),
    ("read more", amid, "Read more"),
)
COSMETIC = (
    Perturbation("curly quotation marks straightened", False, everywhere("[’‘]", "'")),
    Perturbation("quotation marks curled", False, everywhere(r"(?<=\w)'(?=\w)", "’")),
    Perturbation("double quotation marks changed", False, everywhere("[“”„]", '"')),
    Perturbation("dashes changed", False, everywhere(r" [–—] ?", " - ")),
    Perturbation("spaces made unbreakable", False, everywhere(r"(?<=\w) (?=\d)", "\u00a0")),
    Perturbation("link targets changed", False, all_links),
    Perturbation("links dropped, labels kept", False, everywhere(r"(?<!!)\[([^\]\n]+)\]\([^)\s]*\)", r"\1")),
    Perturbation("bold marks dropped", False, everywhere(r"\*\*([^*\n]+)\*\*", r"\1")),
    Perturbation("list marks changed", False, everywhere(r"(?m)^(\s*)\*(?=[ \t])", r"\1-")),
    Perturbation(
        "lists tightened", False, everywhere(r"(?m)(^\s*[*-][ \t]+\S.*\n)(?:[ \t]*\n)+(?=\s*[*-][ \t])", r"\1")
    ),
    Perturbation("long lines wrapped", False, everywhere(r"(?m)^([A-Z][^\n|#*]{60,90}) (?=[a-z])", r"\1\n")),
    Perturbation("headings numbered", False, headings_numbered),
    Perturbation("headings set deeper", False, everywhere(r"(?m)^(\S.*)\n-{4,}$", deeper)),
    Perturbation(
        "headings in capitals", False, everywhere(r"(?m)^(?!\*|\||-)(\S.*)(?=\n[-=]{4,}$)", lambda m: m.group().upper())
    ),
    Perturbation(
        "American spelling",
        False,
        everywhere(
            r"\b(\w+)is(ation|ing|e|ed)\b",
            lambda m: m.group() if m[1].lower() not in _ISE else f"{m[1]}iz{m[2]}",
        ),
    ),
    Perturbation("British spelling", False, everywhere(r"\b(\w{4,})iz(ation|ing|ed|e)\b(?<!size)", r"\1is\2")),
    Perturbation("items reordered in their list", False, in_lists(items_reordered)),
    Perturbation(
        "last updated bumped",
        False,
        swapped(
            r"(?im)^\W*(?:last (?:updated|modified|revised)|updated|stand|mise à jour|effective)\b[^\n\d]{0,25}"
            r"(\d{1,2})(?=, |\.? )",
            lambda m: m.group().replace(m[1], str(int(m[1]) % 27 + 1)),
        ),
    ),
    Perturbation(
        "a date written differently",
        False,
        swapped(
            r"\b(January|February|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October) (\d{1,2}), (20\d\d)",
            lambda m: f"{m[2]} {m[1]} {m[3]}",
        ),
    ),
    Perturbation("a paragraph cut in two", False, swapped(PROSE.pattern, prose_cut)),
    Perturbation("a typing mistake made", False, swapped(r"\b[a-z]{9,13}\b", typo)),
    Perturbation("comma before the last item", False, everywhere(r"(?<=\w), (and|or)(?= \w+[.;])", r" \1")),
    Perturbation("contractions written out", False, everywhere(r"\b(do|does|is|are|did)n[’']t\b", r"\1 not")),
    Perturbation("we will contracted", False, everywhere(r"\b(we|you|We|You) (?:will)\b(?! not)", r"\1’ll")),
    Perturbation("for example abbreviated", False, everywhere(r"\bfor example\b", "e.g.")),
    Perturbation("per cent written out", False, everywhere(r"(?<=\d) ?%", " percent")),
    Perturbation("an ampersand for an and", False, swapped(r"(?<=[a-z]) and (?=[a-z])", lambda m: " & ")),
    Perturbation(
        "a number also in words",
        False,
        swapped(
            r"(?<![(\d.,])\b(30|14|60|90)(?= days)",
            lambda m: {"30": "thirty", "14": "fourteen", "60": "sixty", "90": "ninety"}[m.group()] + f" ({m.group()})",
        ),
    ),
    Perturbation("hyphens dropped", False, everywhere(r"(?<=\b[Tt]hird)-(?=part(?:y|ies) )", " ")),
    Perturbation("web made Web", False, everywhere(r"\bservices\b", "Services")),
    *(Perturbation(name, False, place(line)) for name, place, line in _LINES),
    Perturbation("a list of contents", False, lambda text, dice: with_contents(text)),
    Perturbation(
        "a picture's description", False, swapped(PROSE.pattern, lambda m: f"{m.group()}\n\n![Icon of a lock](/i.svg)")
    ),
    Perturbation(
        "a learn-more link at the end", False, swapped(PROSE.pattern, lambda m: f"{m.group()} [Learn more](/more)")
    ),
    Perturbation(
        "e-mail hidden from robots", False, everywhere(r"(?<![\w.:/\[-])[\w.]+@[\w.]+\w(?!\])", "[email protected]")
    ),
)


def perturbations() -> Iterator[Perturbation]:
    """Yield all edits, those to be told first."""
    yield from SUBSTANTIVE
    yield from COSMETIC
