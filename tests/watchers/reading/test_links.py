"""What of a link's address lasts, and what changes at every look."""

from __future__ import annotations

import pytest

from watchers.reading.links import clean, unmasked

BASE = "https://tern.example/legal/terms"
ADDRESSES = [
    ("/privacy", "https://tern.example/privacy"),
    ("https://tern.example/a?id=7&utm_source=x&fbclid=y", "https://tern.example/a?id=7"),
    ("https://tern.example/a;jsessionid=0A1B?x=1", "https://tern.example/a?x=1"),
    ("https://cdn.example/f.pdf?X-Amz-Signature=aa&X-Amz-Date=1", "https://cdn.example/f.pdf"),
    ("https://tern.example/a?hl=en&version=3", "https://tern.example/a?hl=en&version=3"),
    ("https://videos.example/watch?v=abc", "https://videos.example/watch?v=abc"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx&h=AT0", "https://a.example/x"),
    ("https://www.google.com/url?q=https://a.example/x&sa=D", "https://a.example/x"),
    ("mailto:dpo@tern.example", "mailto:dpo@tern.example"),
    ("#fees", ""),
    ("javascript:void(0)", ""),
    ("data:text/html,x", ""),
    ("//[::1", ""),
    (" https://tern.example/ a\n", "https://tern.example/a"),
]


@pytest.mark.parametrize(("href", "address"), ADDRESSES)
def test_an_address_keeps_what_lasts(href: str, address: str) -> None:
    assert clean(href, BASE) == address


def test_a_document_may_declare_more_parameters_volatile() -> None:
    assert clean("/a?rev=9&id=1", BASE, ("rev",)) == "https://tern.example/a?id=1"


def test_a_masked_mail_address_is_unmasked_whatever_its_key() -> None:
    codes = {key: bytes([key, *(byte ^ key for byte in b"a@b.example")]).hex() for key in (1, 77, 255)}
    assert {unmasked(code) for code in codes.values()} == {"a@b.example"}
    assert unmasked("no hex") == unmasked("") == ""
