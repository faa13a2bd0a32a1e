"""Settings: every one has a default or a clear refusal; read once, in `bot/app.py` and the command line.

Names are those of the environment (and of `.env`). `.env.example` lists them all; a test keeps it so.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.chats.port import Place
from bot.sealing import is_key
from watchers.errors import ClausewatchError

Names = Annotated[tuple[str, ...], NoDecode]


class SettingsError(ClausewatchError):
    """A setting is wrong; the message names it and what it should be."""


class Settings(BaseSettings):
    """All settings, grouped as in `.env.example`. An empty string means "not set"."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    # Where things are kept
    database_url: str = Field(
        "sqlite:///clausewatch.db", repr=False, description="SQLite file or postgresql:// address"
    )

    # The web process
    host: str = Field("127.0.0.1", description="Where the web process listens; 0.0.0.0 behind a proxy")
    port: int = Field(8080, ge=0, le=65535, description="The port of the web process; 0 takes any free one")
    vitals_port: int = Field(0, ge=0, le=65535, description="Another port for /readyz and /metrics; 0: the same")
    base_url: str = Field("", description="The public address of the pages, e.g. https://watch.example.org")

    # Slack
    slack_bot_token: str = Field("", repr=False, description="xoxb-…, one workspace; from the app's OAuth page")
    slack_signing_secret: str = Field(
        "", repr=False, description="From the app's Basic Information page; needed for HTTP"
    )
    slack_app_token: str = Field("", repr=False, description="xapp-…, turns Socket Mode on")
    slack_client_id: str = Field("", description="For installing into many workspaces (OAuth)")
    slack_client_secret: str = Field("", repr=False, description="For installing into many workspaces (OAuth)")
    slack_api_url: str = Field("https://slack.com/api/", description="Another Web API, e.g. https://slack-gov.com/api/")

    # Discord
    discord_token: str = Field("", repr=False, description="The bot's token, from the developer portal's Bot page")
    discord_api_url: str = Field("", description="Another REST address, e.g. of a proxy")

    # Secrets at rest
    encryption_keys: Names = Field(
        (), repr=False, description="Fernet keys, comma separated, newest first; for OAuth tokens"
    )

    # Looking
    contact: str = Field("", description="An address or page that site owners can reach; sent with every request")
    workers: int = Field(8, ge=1, le=64, description="Documents looked at side by side")
    allow_hosts: Names = Field((), description="host:port that may be asked although they are private; comma separated")
    ignore_robots: Names = Field((), description="Hosts whose robots.txt you may set aside, comma separated")
    proxy: Names = Field(
        (), repr=False, description="Proxies for watched pages, http://… or socks5://…; comma separated"
    )
    chromium: str = Field("", description="The browser for pages that need one; empty looks in the usual places")

    # Who may have what
    default_plan: str = Field("professional", description="The plan of a new workspace: free, watcher, professional")

    # What is shown beside the documents
    law_file: str = Field("", description="Your own rows of law, laid over ours; a TOML file")

    # Optional extras
    pictures: str = Field("light", description="Pictures in messages, where the extra is installed: light, dark or off")
    summariser_url: str = Field(
        "", repr=False, description="An OpenAI-compatible endpoint that may phrase headlines; off if empty"
    )
    summariser_key: str = Field("", repr=False, description="The endpoint's key")
    summariser_model: str = Field("", description="The endpoint's model")
    heartbeat_url: str = Field("", repr=False, description="Asked every minute while all is well")
    operator_channel: str = Field("", description="chat:workspace/channel that hears of blindness and dead deliveries")
    log_level: str = Field("warning", description="debug, info, warning or error")

    @field_validator("encryption_keys", "allow_hosts", "ignore_robots", "proxy", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("encryption_keys")
    @classmethod
    def _usable(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        for key in keys:
            if not is_key(key):
                raise ValueError("each key must be 32 bytes in URL-safe base64; make one with `clausewatch key`")
        return keys

    @field_validator("proxy")
    @classmethod
    def _proxies(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            if not re.fullmatch(r"(https?|socks5h?)://[^/\s]+/?", proxy):
                raise ValueError("each proxy must be an address such as http://proxy.example:3128 or socks5://…:1080")
        return proxies

    @field_validator("log_level")
    @classmethod
    def _level(cls, level: str) -> str:
        if level.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("must be debug, info, warning or error")
        return level.lower()

    @field_validator("operator_channel")
    @classmethod
    def _place(cls, channel: str) -> str:
        if channel and not re.fullmatch(r"(slack|discord|console):[^/:\s]+/[^/\s]+", channel):
            raise ValueError("must be chat:workspace/channel, as in slack:T0123/C0123 or discord:1234/5678")
        return channel

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, token: str) -> str:
        if token and not token.startswith("xoxb-"):
            raise ValueError("a bot token starts with xoxb-; it stands on your Slack app's OAuth & Permissions page")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, token: str) -> str:
        if token and not token.startswith("xapp-"):
            raise ValueError("an app token starts with xapp-; make one under Basic Information, App-Level Tokens")
        return token

    @property
    def slack(self) -> bool:
        """Tell whether Slack is set up at all."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @property
    def discord(self) -> bool:
        """Tell whether Discord is set up."""
        return bool(self.discord_token)

    @property
    def links(self) -> str:
        """Return what links in messages start with, or nothing: an address of this machine helps only its terminal."""
        return self.base_url or ("" if self.slack or self.discord else self.pages_url)

    @property
    def pages_url(self) -> str:
        """Return the address that links in messages start with, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")


def operator_of(settings: Settings) -> Place | None:
    """Return the operator's channel, if one is set."""
    chat, _, where = settings.operator_channel.partition(":")
    workspace, _, channel = where.partition("/")
    return Place(chat, workspace, channel) if channel else None


def read_law_file(path: str) -> str:
    """Return the text of an operator's own rows of law, or nothing where none are set.

    Raises SettingsError when the file cannot be read or is not UTF-8.
    """
    try:
        return Path(path).read_text(encoding="utf8") if path else ""
    except OSError as error:
        what = f"LAW_FILE: {path} cannot be read ({error.strerror}); name a TOML file or leave it empty"
        raise SettingsError(what) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"LAW_FILE: {path} is not UTF-8; save it as UTF-8 and start again") from error


def load_settings(env_file: Path | None = Path(".env"), **given: object) -> Settings:
    """Read the settings from the environment and `.env`; what is given here wins.

    Raises SettingsError naming every setting that is wrong and what it should be, without its value.
    """
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[arg-type]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{env_file} is not UTF-8 (line {line}); save it as UTF-8 and start again") from error
    except ValidationError as error:
        lines = [f"{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]
        raise SettingsError("wrong settings\n  " + "\n  ".join(lines)) from error
