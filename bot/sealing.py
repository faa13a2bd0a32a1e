"""Sealing of secrets at rest with ENCRYPTION_KEYS: the newest key seals, any of them opens.

What is sealed and where it is kept is said by those who seal. The library is an extra: one workspace whose tokens
stand in the environment has nothing to seal.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence

from watchers.errors import ClausewatchError


class CannotOpen(ClausewatchError):
    """None of the keys opens what was sealed."""


class Sealer:
    """Seals and opens with Fernet keys, newest first.

    Raises ClausewatchError where the library is missing.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            from cryptography.fernet import Fernet, InvalidToken, MultiFernet
        except ImportError as error:
            raise ClausewatchError(
                "ENCRYPTION_KEYS is set, but what seals with it is not installed: pip install 'clausewatch[sealing]'."
            ) from error
        self._newest = Fernet(keys[0])
        self._any = MultiFernet([Fernet(key) for key in keys])
        self._refusals = (InvalidToken, ValueError)

    def seal(self, secret: bytes) -> bytes:
        """Seal a secret with the newest key."""
        return self._newest.encrypt(secret)

    def open(self, sealed: bytes) -> bytes:
        """Open what any of the keys sealed; raise CannotOpen otherwise."""
        try:
            return self._any.decrypt(sealed)
        except self._refusals as error:
            raise CannotOpen("It was sealed with a key that is not in ENCRYPTION_KEYS any more.") from error

    def newest(self, sealed: bytes) -> bool:
        """Tell whether something is sealed with the newest key."""
        try:
            return bool(self._newest.decrypt(sealed))
        except self._refusals:
            return False


def make_key() -> str:
    """Return a new key: 32 random bytes in URL-safe base64, as the Fernet specification has it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def is_key(key: str) -> bool:
    """Tell whether a text is a key."""
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False
