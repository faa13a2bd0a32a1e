"""The errors of this project, as a tree; each says what it means for what comes next.

ClausewatchError
├── FetchError(permanent, retry_after, unreached)  a page could not be brought
│   ├── AddressRefused                      an address that must not be asked (always permanent)
│   └── BotCheck                            a site asks for proof that we are no robot; a browser may get further
├── CatalogueError(file, line)              a data file is wrong
├── StoreError                              the archive or its database cannot be used
└── DeliveryError(permanent, uncertain, retry_after)  a chat did not take a message
"""

from __future__ import annotations


class ClausewatchError(Exception):
    """Root of all errors that are meant for people: the message says what is wrong and what to do."""


class FetchError(ClausewatchError):
    """A page could not be brought.

    `permanent`: asking again will not help until somebody changes something.
    `retry_after`: seconds the server asked us to wait, or None.
    `unreached`: no answer of any kind came from the site; its fault or that of our own way to it.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, retry_after: float | None = None, unreached: bool = False
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.unreached = unreached


class AddressRefused(FetchError):
    """An address that must not be asked: not http(s), or it leads into a private network."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class BotCheck(FetchError):
    """A check for robots answered instead of the site; a browser may get further."""


class CatalogueError(ClausewatchError):
    """A data file is wrong; the message starts with the file and, where known, the line."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        super().__init__(f"{file}{f':{line}' if line else ''}: {message}")
        self.file = file
        self.line = line


class StoreError(ClausewatchError):
    """The archive or its database cannot be used as it is."""


class DeliveryError(ClausewatchError):
    """A chat did not take a message.

    `permanent`: sending again will not help until somebody acts (channel gone, right missing, token wrong).
    `uncertain`: the message may have arrived all the same.
    `retry_after`: seconds to wait before the next attempt, or None.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, uncertain: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.uncertain = uncertain
        self.retry_after = retry_after
