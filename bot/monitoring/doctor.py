"""Doctor: what of an installation is configured, what is missing, and how to get it.

Opens the database, and asks no chat and no page: a wrong token is told by the chat itself at start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from bot.settings import Settings
from storage.database.address import file_of, parse
from storage.database.connection import open_database
from watchers.catalogue import load
from watchers.errors import ClausewatchError
from watchers.fetchers.chromium import find_chromium, what_is_missing


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at. `missing` is something one may do without."""

    what: str
    state: Literal["ok", "missing", "wrong"]
    says: str
    remedy: str = ""


async def examine_installation(settings: Settings) -> tuple[Found, ...]:
    """Return everything worth knowing, the database first."""
    return (await _database(settings), _catalogue(), *_slack(settings), _discord(settings), *_extras(settings))


async def _database(settings: Settings) -> Found:
    try:
        file = file_of(parse(settings.database_url))
        if file is not None and not file.exists():
            return Found("Database", "missing", "no file yet", "`clausewatch up` or `clausewatch migrate` makes it.")
        database = await open_database(settings.database_url, readonly=True)
    except ClausewatchError as error:
        return Found("Database", "wrong", str(error))
    await database.close()
    return Found("Database", "ok", str(database))


def _catalogue() -> Found:
    try:
        platforms = load()
    except ClausewatchError as error:
        return Found("Catalogue", "wrong", str(error))
    documents = sum(len(platform.documents) for platform in platforms)
    return Found("Catalogue", "ok", f"{len(platforms)} platforms, {documents} documents")


def _slack(settings: Settings) -> Iterator[Found]:
    if not settings.slack:
        yield Found(
            "Slack",
            "missing",
            "not configured",
            "Create an app at api.slack.com/apps from slack/manifest.yaml, then set SLACK_BOT_TOKEN and "
            "SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN for Socket Mode).",
        )
        return
    if settings.slack_bot_token and not (settings.slack_signing_secret or settings.slack_app_token):
        yield Found(
            "Slack",
            "wrong",
            "a bot token, but no way for Slack to reach us",
            "Set SLACK_SIGNING_SECRET (Basic Information page) for HTTP, or SLACK_APP_TOKEN for Socket Mode.",
        )
    elif settings.slack_client_id and not (settings.slack_client_secret and settings.encryption_keys):
        yield Found(
            "Slack",
            "wrong",
            "installing into many workspaces needs a secret and a key",
            "Set SLACK_CLIENT_SECRET (Basic Information page) and ENCRYPTION_KEYS (make one with `clausewatch key`).",
        )
    else:
        yield Found("Slack", "ok", "Socket Mode" if settings.slack_app_token else "HTTP with signature check")


def _discord(settings: Settings) -> Found:
    if settings.discord:
        return Found("Discord", "ok", "a token is set")
    return Found(
        "Discord",
        "missing",
        "not configured",
        "Create a bot at discord.com/developers/applications and set DISCORD_TOKEN to the token of its Bot page.",
    )


def _extras(settings: Settings) -> Iterator[Found]:
    if missing := what_is_missing(settings.chromium):
        yield Found(
            "Browser",
            "missing",
            "pages that need one are read by plain HTTP, and said to be unreadable where that is not enough",
            missing,
        )
    else:
        yield Found("Browser", "ok", find_chromium(settings.chromium) or "")
    if find_spec("PIL"):
        yield Found("Pictures", "ok", "redlines and timelines are drawn as PNG")
    else:
        yield Found("Pictures", "missing", "messages carry no pictures", "pip install 'clausewatch[pictures]'")
    if settings.encryption_keys and not find_spec("cryptography"):
        yield Found(
            "Sealing",
            "wrong",
            "ENCRYPTION_KEYS is set, but nothing can seal with it",
            "pip install 'clausewatch[sealing]'",
        )
    if settings.contact:
        yield Found("Contact", "ok", settings.contact)
    else:
        yield Found("Contact", "missing", "site owners cannot reach you", "Set CONTACT to an address or page.")
