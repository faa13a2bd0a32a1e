"""Every kind of page health has its cases; good policies are never called bad."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchers.model import Document, Health, Part, Reading, Snapshot
from watchers.reading.extract import read, read_html
from watchers.reading.page_health import judge, judge_text

CLAUSES = [
    f"{number}. You agree that we may process the {word} you give us as long as the law requires, and you may object."
    for number, word in enumerate(
        "names addresses payments messages pictures places contacts devices habits votes".split(), 1
    )
]
POLICY = "# Privacy Policy\n\n" + "\n\n".join(CLAUSES * 2)
OTHER = "# Community Guidelines\n\n" + "\n\n".join(
    f"Members must respect rule {n} and may not harass, threaten or mislead other users of our services."
    for n in range(12)
)
GERMAN = "# Datenschutz\n\n" + "\n\n".join(
    f"{n}. Wir verarbeiten die Daten, die Sie uns geben, nur für die Zwecke dieser Erklärung, und löschen sie dann."
    for n in range(12)
)
MENU = "\n".join(f"- Help topic {n} with a longer name" for n in range(30))

BAD = [
    (Health.ERROR_PAGE, "# Page not found\n\nTry the search instead."),
    (Health.ERROR_PAGE, "## This page isn’t available\n\nAn unexpected error has occurred. Try reloading the page."),
    (Health.ERROR_PAGE, "Application error: a client-side exception has occurred while loading the site."),
    (Health.ERROR_PAGE, "# Diese Seite ist momentan nicht verfügbar\n\nBitte lade die Seite neu."),
    (Health.ERROR_PAGE, "# Cette page est introuvable\n\nRevenez plus tard."),
    (Health.ERROR_PAGE, "Redirecting to legal.example.com"),
    (Health.ERROR_PAGE, "503 Service Unavailable"),
    (Health.LOGIN_WALL, "# Welcome back\n\nYou must log in to continue.\n\nForgot your password?"),
    (Health.LOGIN_WALL, "Email or phone number\n\nPassword\n\nLog in\n\nForgot account?"),
    (Health.CONSENT_WALL, "# Before you continue\n\nWe use cookies to measure.\n\nAccept all\n\nReject all"),
    (Health.CONSENT_WALL, "# We value your privacy\n\nWe and our 812 partners store things.\n\nAccept all cookies"),
    (Health.BOT_CHECK, "# Just a moment...\n\nEnable JavaScript and cookies to continue"),
    (Health.BOT_CHECK, "Verify you are human by completing the action below."),
    (Health.NOT_TEXT, "\n".join(f".c{n} {{ color: red; margin: {n}px; }}" for n in range(40))),
    (Health.NOT_TEXT, "\n".join(f'"key{n}": {{ "value": {n} }},' for n in range(40))),
    (Health.NEARLY_EMPTY, ""),
    (Health.NEARLY_EMPTY, "# Privacy Policy"),
]


@pytest.mark.parametrize(("health", "text"), BAD)
@pytest.mark.parametrize("last", ["", POLICY])
def test_a_page_that_is_not_the_document_is_recognised_with_and_without_a_past(
    health: Health, text: str, last: str
) -> None:
    verdict = judge_text(text, last)
    assert verdict.health is health
    assert verdict.reason


WITH_A_PAST = [
    (Health.OTHER_LANGUAGE, GERMAN),
    (Health.NEARLY_EMPTY, "# Privacy Policy\n\nWe updated this page and you will find more about it here soon."),
    (Health.TRUNCATED, POLICY[: POLICY.index("habits", 900) + 40]),
    (Health.WRONG_PAGE, "# Boats\n\n" + "\n\n".join(f"How big is boat number {n}? Quite big." for n in range(20))),
    (Health.GOOD, POLICY),
    (Health.GOOD, POLICY.replace("payments", "payment cards")),
    (Health.GOOD, OTHER),
    (Health.GOOD, POLICY + "\n\n404 words on errors: something went wrong with your order? Log in to continue."),
]  # fmt: skip


@pytest.mark.parametrize(("health", "text"), WITH_A_PAST)
def test_the_last_good_version_tells_more(health: Health, text: str) -> None:
    assert judge_text(text, POLICY).health is health


@pytest.mark.parametrize("text", [POLICY, OTHER, GERMAN])
def test_a_good_policy_is_good_at_first_sight(text: str) -> None:
    assert judge_text(text).health is Health.GOOD


def test_a_policy_that_opens_with_error_words_but_kept_its_text_is_good() -> None:
    text = "Page not found handling changed.\n\n" + "\n\n".join(CLAUSES)
    assert judge_text(text, "\n\n".join(CLAUSES)).health is Health.GOOD


def test_an_index_page_that_only_links_the_policy_is_recognised() -> None:
    spans = [(found, found + 30) for found in range(0, len(MENU) - 35, 36)]
    assert judge_text(MENU, links=spans).health is Health.INDEX_PAGE


def test_a_large_drop_asks_for_a_second_look() -> None:
    verdict = judge_text("# Privacy Policy\n\n" + "\n\n".join(CLAUSES[:8]), POLICY)
    assert (verdict.health, verdict.doubtful) == (Health.GOOD, True)


def test_the_other_regions_edition_is_kept_apart() -> None:
    europe = "# Privacy Policy for Europe\n\n" + "\n\n".join(CLAUSES)
    states = (
        "# Privacy Policy for the United States\n\n" + "\n\n".join(CLAUSES[:6]) + "\n\nArbitration replaces courts."
    )
    assert judge_text(states, europe).health is Health.OTHER_EDITION
    assert judge_text(europe.replace("Europe", "Europe and Japan"), europe).health is Health.GOOD


def test_parts_are_judged_one_by_one_and_named() -> None:
    joined = f"{POLICY}\n\n- - -\n\n# Page not found\n\nSorry."
    verdict = judge_text(joined, f"{POLICY}\n\n- - -\n\n{OTHER}")
    assert verdict.health is Health.ERROR_PAGE
    assert verdict.reason.startswith("part 2 of 2")


def test_two_parts_that_are_the_same_page_are_broken() -> None:
    assert judge_text(f"{POLICY}\n\n- - -\n\n{POLICY}").health is Health.PARTS_SAME


def _page(address: str = "https://a.example/terms", body: bytes = b"", **given: object) -> Snapshot:
    seen = {"final_address": address, "status": 200, "headers": (), "media_type": "text/html"} | given
    return Snapshot(address, body=body, taken_at=datetime(2026, 1, 1, tzinfo=UTC), **seen)  # type: ignore[arg-type]


PAGES = [
    (Health.ERROR_PAGE, _page(status=404)),
    (Health.NOT_TEXT, _page(media_type="text/css")),
    (Health.NOT_TEXT, _page(media_type="image/png")),
    (Health.OTHER_EDITION, _page("https://a.example/en-gb/terms", final_address="https://a.example/en-us/terms")),
    (Health.GOOD, _page("https://a.example/terms", final_address="https://a.example/en-us/terms")),
    (Health.GOOD, _page("https://a.example/legal/us/terms", final_address="https://a.example/legal/us/terms-2")),
]


@pytest.mark.parametrize(("health", "page"), PAGES)
def test_some_pages_are_judged_by_how_they_came(health: Health, page: Snapshot) -> None:
    assert judge(Reading(POLICY, language="en"), [page]).health is health


def test_a_pdf_that_cannot_be_opened_is_recorded_as_such() -> None:
    document = Document("a/terms", "a", "Terms of Service", (Part("https://a.example/terms.pdf"),))
    reading = read(document, [_page("https://a.example/terms.pdf", b"%PDF-1.4 broken", media_type="application/pdf")])
    assert reading.verdict.health is Health.NOT_TEXT
    assert "broken" in reading.verdict.reason


def test_fewer_pages_than_parts_is_a_missing_part() -> None:
    document = Document("a/terms", "a", "Terms of Service", (Part("https://a.example/1"), Part("https://a.example/2")))
    assert read(document, [_page(body=b"<p>One</p>")]).verdict.health is Health.PART_MISSING


def test_the_first_look_expects_the_documents_language() -> None:
    document = Document("a/terms", "a", "Terms of Service", (Part("https://a.example/1"),), language="en")
    page = _page(body=b"<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in GERMAN.split("\n\n")).encode())
    assert read(document, [page]).verdict.health is Health.OTHER_LANGUAGE


def test_a_page_read_from_html_is_judged_like_any_text() -> None:
    reading = read_html("<title>Error</title><main><h1>Oops</h1><p>Something went wrong.</p></main>")
    assert judge(reading).health is Health.ERROR_PAGE
