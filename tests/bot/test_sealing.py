"""Secrets are sealed with the newest key and opened with any of them; what is no key is told apart beforehand."""

import sys

import pytest
from cryptography.fernet import Fernet

from bot.sealing import CannotOpen, Sealer, is_key, make_key
from watchers.errors import ClausewatchError

OLD, NEW, OTHER = make_key(), make_key(), make_key()


def test_what_an_older_key_sealed_opens_and_is_not_of_the_newest() -> None:
    sealed = Sealer([OLD]).seal(b"xoxb-1")
    both = Sealer([NEW, OLD])
    assert both.open(sealed) == b"xoxb-1"
    assert not both.newest(sealed)
    assert both.newest(both.seal(b"xoxb-1"))


def test_what_no_key_sealed_cannot_be_opened() -> None:
    for sealed in (Sealer([OTHER]).seal(b"xoxb-1"), b"altered", b""):
        with pytest.raises(CannotOpen):
            Sealer([NEW, OLD]).open(sealed)


def test_a_key_we_make_is_one_of_fernet() -> None:
    assert Fernet(NEW).decrypt(Sealer([NEW]).seal(b"words")) == b"words"


@pytest.mark.parametrize(
    ("key", "fits"),
    [(NEW, True), (Fernet.generate_key().decode(), True), (NEW[:-2], False), ("", False), ("schlüssel", False)],
)
def test_what_is_no_key_is_told_apart(key: str, fits: bool) -> None:
    assert is_key(key) is fits


def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.fernet", None)
    with pytest.raises(ClausewatchError, match=r"pip install 'clausewatch\[sealing\]'"):
        Sealer([NEW])
