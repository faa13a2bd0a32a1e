"""Sentences of our own about personal data, written as templates with slots: what a scorer may learn from.

Only words written for this project; nothing is taken from any policy or labelled collection.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

SLOTS: dict[str, tuple[str, ...]] = {
    "we": ("we", "our company", "Quillbox", "the operator", "our team"),
    "data": ("your personal information", "your data", "usage information", "contact details", "account records"),
    "kind": ("your name and e-mail address", "your IP address", "your purchase history", "browser type and pages"),
    "third": ("third parties", "our affiliates", "advertisers", "business partners", "other companies"),
    "when": ("when you register", "when you place an order", "when you visit the site", "when you write to us"),
    "why": ("to provide the service", "to improve our products", "to answer your requests", "for research"),
    "time": ("thirty days", "six months", "two years", "as long as your account exists", "as long as needed"),
    "place": ("the United States", "countries outside your own", "the European Economic Area", "other jurisdictions"),
    "tool": ("cookies", "web beacons", "pixel tags", "local storage", "similar technologies"),
    "body": ("the police", "a court", "a public authority", "law enforcement"),
    "mail": ("newsletters", "promotional e-mails", "marketing messages", "offers from partners"),
    "may": ("may", "will", "can", "do", "sometimes"),
}

TEMPLATES: dict[str, tuple[str, ...]] = {
    "data_collection": (
        "{we} {may} collect {kind} {when}.", "{we} use {data} {why}.", "{when} you are asked for {kind}.",
        "{kind} is recorded automatically {when}.", "{data} is used only {why}.", "the information includes {kind}.",
        "{why} and to remember what you like.", "{we} do not collect {kind}.", "{we} combine {data} with {kind}.",
    ),
    "third_party_sources": (
        "{we} {may} receive {data} from {third}.", "{third} give us {kind}.",
        "{data} from public sources is combined with {kind}.", "a social network sends us {data} when you sign in.",
    ),
    "data_sharing": (
        "{we} {may} share {data} with {third}.", "{third} may receive {kind}.",
        "{we} never disclose {data} to {third}.",
        "{data} is passed to {third} {why}.", "what you post is public and seen by other users.",
        "{third} perform services on our behalf.", "{third} may collect {kind} {when}.",
    ),
    "service_providers": (
        "service providers process {data} for us.", "{we} use vendors and subprocessors {why}.",
        "our hosting provider stores {data}.", "contractors act on our behalf {why}.",
    ),
    "data_sale": ("{we} do not sell {data}.", "{data} is never rented or traded.", "{we} sell {data} to {third}."),
    "law_enforcement": (
        "{we} {may} disclose {data} to {body}.", "{data} is released if the law requires it or to answer a subpoena.",
        "{we} comply with court orders and requests of {body}.",
    ),
    "business_transfer": (
        "in a merger or acquisition {data} may be transferred.", "if {we} sell the business, {data} goes to the buyer.",
        "in a bankruptcy {data} may be among the assets.",
    ),
    "targeted_ads": (
        "{we} show you advertising based on {data}.", "ads are tailored to your interests with {tool}.",
        "{third} serve targeted ads {when}.", "{data} helps {third} to deliver relevant advertisements.",
    ),
    "cookies_tracking": (
        "{we} use {tool} {why}.", "{third} place {tool} on your device.", "{tool} are small files that recognise you.",
        "without {tool} some features will not work.", "{we} do not use {tool}.",
    ),
    "do_not_track": ("{we} do not respond to do not track signals.", "{we} honour the global privacy control."),
    "opt_out": (
        "you can opt out of {mail} at any time.", "to stop {mail}, follow the unsubscribe link.",
        "you may set your browser to refuse {tool}.", "if you do not want {mail}, change your preferences.",
        "you may withdraw your consent.", "you can choose not to give {kind}.",
    ),
    "retention": (
        "{we} keep {data} for {time}.", "{data} is deleted after {time}.", "copies may remain in backups for {time}.",
        "{we} retain {kind} to comply with the law.", "the retention period is {time}.",
    ),
    "user_rights": (
        "you have the right to access and correct {data}.", "you may ask us to delete {data}.",
        "you can review and update {kind} in your account.", "you may receive a copy of {data}.",
    ),
    "international_transfer": (
        "{data} may be transferred to {place}.", "{data} is stored and processed in {place}.",
        "transfers rely on standard contractual clauses.", "the laws of {place} may protect {data} less.",
    ),
    "children": (
        "the service is not meant for children under 13.", "{we} do not knowingly collect {data} from children.",
        "you must be at least 16 years old {when}.", "parents may ask us to delete a child's data.",
    ),
    "biometric": ("{we} {may} store fingerprints or faceprints.", "facial recognition is used {why}."),
    "location": (
        "{we} {may} collect your precise location {when}.", "gps signals tell us your location.",
        "your postal code shows us the area you live in.",
    ),
    "sensitive_data": ("{we} {may} ask about your health {why}.", "data on religion or ethnic origin is sensitive."),
    "security": (
        "{we} use encryption to protect {data}.", "safeguards prevent unauthorised access to {data}.",
        "no transmission over the internet is completely secure.", "only staff who need {data} have access to it.",
        "keep your password secret.",
    ),
    "breach_notice": ("after a data breach {we} notify you.", "you are told of a security incident within three days."),
    "contact_dpo": (
        "if you have questions about this policy, contact us by e-mail.", "our privacy officer answers your letters.",
        "write to us at our postal address.", "the data protection officer can be reached by telephone.",
    ),
    "regional_rights": (
        "california residents have additional rights.", "if you live outside {place}, this section applies to you.",
        "{we} comply with the safe harbor framework.",
    ),
    "legal_basis": ("the legal basis is your consent.", "{we} rely on legitimate interests {why}."),
    "": (
        "this policy explains our practices.", "{we} may change this policy.", "the fee is due each month.",
        "last updated in spring.", "links lead to other websites that {we} do not control.", "thank you for reading.",
        "these terms are governed by the law of Norway.", "the service is provided as is.", "users may not send spam.",
    ),
}  # fmt: skip


def sentences(most: int = 60, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (provision, sentence), at most so many of each template."""
    chance = random.Random(seed)
    for provision, templates in TEMPLATES.items():
        for template in templates:
            names = [name for name in SLOTS if "{" + name + "}" in template]
            filled = list(itertools.product(*(SLOTS[name] for name in names)))
            for words in chance.sample(filled, min(most, len(filled))):
                yield provision, template.format(**dict(zip(names, words, strict=True)))
