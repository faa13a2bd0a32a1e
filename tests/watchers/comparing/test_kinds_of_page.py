"""Kinds of page and of change that some trades have and others do not: shops, banks, health, cookies, processors."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import difference
from watchers.model import Significance

PAGE = """# Customer Terms

Version 3.2 · Last updated 03/02/2026

Document ID: CT-2026-03-EN

## 1. Fees

| Service | Standard | Premium |
| --- | --- | --- |
| Transfer abroad | 1.5 % | 0.5 % |
| Cash withdrawal | €2.00 | free |
| Card replacement | £7.50 | £0 |

The annual interest rate is 12.9 % APR (variable).

Sellers pay a commission of 8 % on each sale, and a listing fee of $0.30.

You may return items within 14 days of delivery. We refund you within 5 working days.

## 2. Cookies

| Name | Provider | Purpose | Expires | Type |
| --- | --- | --- | --- | --- |
| _sid | lighthouse.example | keeps you signed in | Session | necessary |
| _lh_an | lighthouse.example | counts visits | 13 months | analytics |

## 3. Health information

We process details of your health, such as diagnoses and prescriptions, only with your explicit consent.

We disclose medical records to your doctor and to insurers you name.

## 4. What we collect and why

| Data | Purpose | Legal basis | Kept for |
| --- | --- | --- | --- |
| Name, e-mail | opening an account | contract | 6 years |
| Location | showing shops near you | consent | 30 days |

## 5. Sub-processors

| Company | Service | Location |
| --- | --- | --- |
| Northlight AG | hosting | Zurich, Switzerland |
| Dyke Cloud GmbH | e-mail | Bremen, Germany |

## 6. Complaints

Write to complaints@lighthouse.example or call +44 20 7946 0000, Monday to Friday, 9 am to 5 pm.

Disputes are settled by the courts of Leeds under the laws of England and Wales.

Minimum order value: €20. Delivery is free from €49.

Deposits are protected up to £85,000 by the compensation scheme.
"""
TOLD = (
    ("a fee in a cell", "1.5 %", "1.9 %"),
    ("a fee that was none", "€2.00 | free", "€2.00 | €1.00"),
    ("a currency", "£7.50", "€7.50"),
    ("an interest rate", "12.9 % APR", "14.9 % APR"),
    ("variable to fixed", "APR (variable)", "APR (fixed)"),
    ("a commission", "of 8 %", "of 9 %"),
    ("a listing fee", "$0.30", "$0.35"),
    ("a time to return", "within 14 days", "within 30 days"),
    ("working days to days", "5 working days", "5 days"),
    ("a cookie", "| _lh_an", "| _fb_px | adnet.example | shows you ads | 2 years | marketing |\n| _lh_an"),
    ("a cookie's life", "13 months", "24 months"),
    ("a cookie's type", "13 months | analytics", "13 months | necessary"),
    ("a cookie's provider", "_lh_an | lighthouse.example", "_lh_an | countly.example"),
    ("a kind of health data", "diagnoses and", "diagnoses, genetic tests and"),
    ("explicit consent", "explicit consent", "consent"),
    ("only with consent", "only with your explicit consent", "where needed for your care"),
    ("a recipient", "doctor and to insurers", "doctor, employer and to insurers"),
    ("a legal basis", "near you | consent", "near you | legitimate interest"),
    ("a purpose in a cell", "showing shops near you", "showing shops and ads near you"),
    ("a term in a cell", "contract | 6 years", "contract | 10 years"),
    ("a place of a sub-processor", "Zurich, Switzerland", "Austin, United States"),
    ("a service of a sub-processor", "AG | hosting", "AG | hosting and support"),
    ("a sub-processor's name", "Dyke Cloud GmbH", "Harbour Cloud GmbH"),
    ("an address for complaints", "complaints@lighthouse", "help@lighthouse"),
    ("a telephone number", "7946 0000", "7946 0199"),
    ("a court", "courts of Leeds", "courts of Dublin"),
    ("a law", "laws of England and Wales", "laws of Ireland"),
    ("a least order", "€20", "€25"),
    ("a protected sum", "£85,000", "£120,000"),
    ("hours", "9 am to 5 pm", "9 am to 1 pm"),
    (
        "a column more",
        "| Company | Service | Location |\n| --- | --- | --- |\n| Northlight AG | hosting | Zurich, Switzerland |",
        "| Company | Service | Location | Data |\n| --- | --- | --- | --- |\n"
        "| Northlight AG | hosting | Zurich, Switzerland | all |",
    ),
    ("a service made dearer", "Delivery is free from €49", "Delivery is free from €59"),
    ("we may to you must", "You may return", "You must return"),
    ("a tier's benefit moved", "| €2.00 | free |", "| free | €2.00 |"),
)
SILENT = (
    ("a version number", "Version 3.2", "Version 3.3"),
    ("a document's number", "CT-2026-03-EN", "CT-2026-04-EN"),
    ("a date in slashes", "03/02/2026", "04/09/2026"),
    ("a date in another form", "03/02/2026", "2026-03-02"),
    ("a version line", "Version 3.2 · Last updated", "v3.2 | Last updated"),
    (
        "a menu of languages",
        "# Customer",
        "English (UK) ▾\n\nDeutsch\n\nFrançais\n\nEspañol (Latinoamérica)\n\n# Customer",
    ),
    ("a menu of countries", "# Customer", "United Kingdom (£)\n\nChange country\n\n# Customer"),
    ("a last visit", "## 2.", "Last visited: today at 14:02\n\n## 2."),
    ("signed in as", "## 2.", "You are not logged in\n\n## 2."),
    ("a counter of readers", "## 2.", "12,403 people have read this page\n\n## 2."),
    ("stars", "## 2.", "★★★★☆ 4.6 (2,134 reviews)\n\n## 2."),
    ("rated by", "## 2.", "Rated 4.6 out of 5 on Trustpilot\n\n## 2."),
    ("a testimonial", "## 2.", "“Great bank, I moved all my savings here!” – Sarah K., Leeds\n\n## 2."),
    ("a chat's bubble", "## 2.", "Chat with us\n\nHi! How can we help you today?\n\n## 2."),
    ("a basket", "# Customer", "Basket (0)\n\n# Customer"),
    ("a newsletter", "## 6.", "Subscribe to our newsletter\n\nEnter your email\n\n## 6."),
    ("a page's share buttons", "## 6.", "Share on Facebook\n\nShare on X\n\nCopy link\n\n## 6."),
    ("a promotion", "# Customer", "Get 20 % off your first order with code WELCOME\n\n# Customer"),
    ("a ticker of deals", "# Customer", "Free delivery this weekend only!\n\n# Customer"),
    ("an app's banner", "# Customer", "Get the app\n\nOpen in app\n\n# Customer"),
    ("a browser's warning", "# Customer", "Your browser is not supported. Please upgrade.\n\n# Customer"),
    (
        "a consent's widget",
        "# Customer",
        "Your privacy choices\n\nCookie settings\n\nSave preferences\n\nReject all\n\n# Customer",
    ),
    (
        "what a consent's widget says",
        "# Customer",
        "We use cookies to improve your experience. By continuing you accept our use of cookies.\n\n# Customer",
    ),
    ("a loading sign", "## 2.", "Loading…\n\nPlease wait\n\n## 2."),
    ("page numbers", "## 2.", "Page 1 of 12\n\n## 2."),
    ("a printed line", "## 6.", "Printed on 12 May 2026\n\n## 6."),
    ("an anchor", "## 2. Cookies", "## 2. Cookies #"),
    ("a paragraph sign", "## 2. Cookies", "## 2. Cookies ¶"),
    ("an edit link", "## 2. Cookies", "## 2. Cookies [edit]"),
    ("a copyright line", "## 6.", "© 2019–2026 Lighthouse plc\n\n## 6."),
    ("a registered office at the foot is told once only", "€20.", "€20 ."),
    ("columns in capitals", "| Company | Service | Location |", "| COMPANY | SERVICE | LOCATION |"),
    (
        "rows in another order",
        "| Northlight AG | hosting | Zurich, Switzerland |\n| Dyke Cloud GmbH | e-mail | Bremen, Germany |",
        "| Dyke Cloud GmbH | e-mail | Bremen, Germany |\n| Northlight AG | hosting | Zurich, Switzerland |",
    ),
    ("a space before per cent", "1.5 %", "1.5%"),
    ("a currency's place", "€20.", "20 €."),
    ("cents written out", "€20.", "€20.00."),
    ("a series in another order", "diagnoses and prescriptions", "prescriptions and diagnoses"),
    ("a dash for a to", "9 am to 5 pm", "9 am – 5 pm"),
    ("an hour written otherwise", "9 am to 5 pm", "9:00 am to 5:00 pm"),
    ("an and for an ampersand", "England and Wales", "England & Wales"),
    ("a thousand's comma", "£85,000", "£85000"),
    ("e-mail and email", "Name, e-mail", "Name, email"),
    ("a back link", "# Customer", "‹ Back to Legal\n\n# Customer"),
    ("contents", "## 1. Fees", "- 1. Fees\n- 2. Cookies\n- 3. Health information\n- 6. Complaints\n\n## 1. Fees"),
    ("related pages", "## 6.", "Related: Privacy Policy, Cookie Policy\n\n## 6."),
    ("still questions", "## 6.", "Didn't find what you were looking for?\n\nContact support\n\n## 6."),
)


@pytest.mark.parametrize(("old", "new"), [pytest.param(*row[1:], id=row[0]) for row in TOLD])
def test_what_changes_for_customers_is_told(old: str, new: str) -> None:
    assert old in PAGE
    assert difference(PAGE, PAGE.replace(old, new, 1)).significance is Significance.SUBSTANTIVE
    assert difference(PAGE.replace(old, new, 1), PAGE).significance is Significance.SUBSTANTIVE


@pytest.mark.parametrize(("old", "new"), [pytest.param(*row[1:], id=row[0]) for row in SILENT])
def test_what_changes_nothing_for_customers_is_silent(old: str, new: str) -> None:
    assert old in PAGE
    assert difference(PAGE, PAGE.replace(old, new, 1)).significance is Significance.COSMETIC
    assert difference(PAGE.replace(old, new, 1), PAGE).significance is Significance.COSMETIC
