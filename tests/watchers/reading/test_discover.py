"""What a page is, from its title and its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.reading.discover import Discovery, discover, head_of


@pytest.mark.parametrize(
    ("title", "address", "type_", "platform"),
    [
        ("Privacy Policy | Kestrel", "https://kestrel.example/a", "Privacy Policy", "Kestrel"),
        ("Kestrel – Terms of Service", "https://kestrel.example/a", "Terms of Service", "Kestrel"),
        ("Kestrel: Cookie Policy", "https://kestrel.example/a", "Trackers Policy", "Kestrel"),
        (
            "Legal | Acceptable Use Policy | Kestrel Cloud",
            "https://x.example",
            "Acceptable Use Policy",
            "Kestrel Cloud",
        ),
        ("Privacy Notice", "https://www.kestrel-mail.co.uk/p", "Privacy Policy", "Kestrel Mail"),
        ("", "https://kestrel.example/legal/privacy-policy", "Privacy Policy", "Kestrel"),
        ("Welcome", "https://kestrel.example/legal/", "Terms of Service", "Kestrel"),
        ("", "", "Terms of Service", ""),
        ("KestrelMail Terms of Use", "https://kestrelmail.example/a", "Terms of Service", "KestrelMail"),
        ("Privacy & Terms – Kestrel: Acceptable Use Policy", "https://k.example/", "Acceptable Use Policy", "Kestrel"),
        ("Datenschutzerklärung – Möwe GmbH", "https://moewe.example/", "Privacy Policy", "Möwe GmbH"),
        ("Conditions générales d’utilisation | Mouette", "https://m.example/", "Terms of Service", "Mouette"),
        ("利用規約 | かもめ", "https://kamome.example/", "Terms of Service", "かもめ"),
        ("", "https://gaviota.example/politica-de-privacidad", "Privacy Policy", "Gaviota"),
    ],
)
def test_a_page_is_known_by_title_and_address(title: str, address: str, type_: str, platform: str) -> None:
    assert discover(title, address) == Discovery(type_, platform, title)


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_title_or_path_is_too_odd(title: str, path: str) -> None:
    assert discover(title, f"https://kestrel.example/{path}").type


HEADS = [
    ("<title>Legal</title><h1>Cookie Policy</h1>", "Trackers Policy", "Host", "Legal"),
    (
        "<title>Legal</title><meta property=og:title content='Data Processing Addendum'>",
        "Data Processor Agreement",
        "Host",
        "Legal",
    ),
    (
        "<title>Privacy Policy</title><meta property=og:site_name content='Puffin Post'>",
        "Privacy Policy",
        "Puffin Post",
        "",
    ),
    (
        "<title>Terms | Help</title><meta name=application-name content=Dunlin>",
        "Terms of Service",
        "Dunlin",
        "Terms | Help",
    ),
    ("<title>Terms | HOST</title><meta property=og:site_name content='Trust Center'>", "Terms of Service", "HOST", ""),
    ("<title>Terms</title><meta property=og:site_name content='Legal'>", "Terms of Service", "Host", "Terms"),
    (
        '<title>Terms</title><script type="application/ld+json">{"@graph":[{"@type":"Person","name":"A"},'
        '{"@type":"Organization","name":"Knot Ltd"}]}</script>',
        "Terms of Service",
        "Knot Ltd",
        "Terms",
    ),
    (
        '<title>Terms</title><script type="application/ld+json">{"@graph": 3, </script>',
        "Terms of Service",
        "Host",
        "Terms",
    ),
    ("<h1>Community\n Guidelines</h1>", "Community Guidelines", "Host", "Community Guidelines"),
    ("<title>Terms</title><svg><title>Privacy Policy of an icon</title></svg>", "Terms of Service", "Host", "Terms"),
]


@pytest.mark.parametrize(("html", "type_", "platform", "title"), HEADS)
def test_a_page_says_what_and_whose_it_is_in_its_head_and_headings(
    html: str, type_: str, platform: str, title: str
) -> None:
    found = discover(head_of(html), "https://www.host.example/page")
    assert (found.type, found.platform) == (type_, platform)
    assert not title or found.title == title


def test_a_page_that_says_nothing_of_its_type_is_known_to_be_guessed_at() -> None:
    assert discover(head_of("<title>Welcome</title>"), "https://host.example/page").guessed
    assert not discover(head_of("<title>Welcome</title>"), "https://host.example/privacy").guessed


@given(st.text(max_size=300))
def test_no_head_is_too_odd(html: str) -> None:
    assert discover(head_of(f"<title>{html}<meta property=og:site_name content={html}>"), "https://k.example/").platform
