"""What a page is, from its title and its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.reading.discover import Discovery, discover


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
    ],
)
def test_a_page_is_known_by_title_and_address(title: str, address: str, type_: str, platform: str) -> None:
    assert discover(title, address) == Discovery(type_, platform)


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_title_or_path_is_too_odd(title: str, path: str) -> None:
    assert discover(title, f"https://kestrel.example/{path}").type
