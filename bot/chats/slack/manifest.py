"""Slack's manifest of the app, made of what the program really uses; `slack/manifest.yaml` is this, written out.

Nothing is sent anywhere. Source of its form: Slack, "App manifest reference".
"""

from __future__ import annotations

from typing import Any

from bot.chats.foreign import shorten
from bot.chats.slack.words import BUILT_IN
from bot.chats.verbs import VERBS, WHOLE

SCOPES = (
    *("commands", "chat:write", "chat:write.public", "app_mentions:read", "files:write", "users:read"),
    *("channels:read", "groups:read", "channels:history", "groups:history", "im:write"),
)
EVENTS = (
    *("app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked"),
    *("channel_archive", "channel_deleted", "channel_left", "group_archive", "group_deleted", "group_left"),
)
PLACEHOLDER = "https://clausewatch.example"


def manifest(base_url: str = PLACEHOLDER, *, socket: bool = False) -> dict[str, Any]:
    """Make the manifest for a public address, or for Socket Mode, which needs none."""
    address = base_url.rstrip("/")
    where = {} if socket else {"request_url": f"{address}/slack/events"}
    redirects = {} if socket else {"redirect_urls": [f"{address}/slack/oauth_redirect"]}
    return {
        "display_information": {
            "name": "Clausewatch",
            "description": "Says the same day what changed in terms and policies",
            "background_color": "#26314f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Clausewatch", "always_online": True},
            "shortcuts": [
                {
                    "name": "Add a watch",
                    "type": "global",
                    "callback_id": "add_watch",
                    "description": "Watch a platform's terms and policies",
                },
                {
                    "name": "Watch the linked page",
                    "type": "message",
                    "callback_id": "watch_link",
                    "description": "Watch the page this message links to",
                },
            ],
            "slash_commands": _commands(address, socket=socket),
        },
        "oauth_config": {**redirects, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**where, "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                **where,
                **({} if socket else {"message_menu_options_url": f"{address}/slack/events"}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": not socket,
        },
    }


def _commands(address: str, *, socket: bool) -> list[dict[str, Any]]:
    verbs = [(verb.name, verb.help, verb.hint) for verb in VERBS if verb.name not in {"help", *BUILT_IN}]
    rows = [*verbs, (WHOLE, "Everything Clausewatch can do", "help | watch x | changes …")]
    return [
        {
            "command": f"/{name}",
            **({} if socket else {"url": f"{address}/slack/events"}),
            "description": shorten(help, 100),
            **({"usage_hint": hint} if hint else {}),
            "should_escape": False,
        }
        for name, help, hint in rows
    ]


def as_yaml(value: Any, depth: int = 0) -> str:
    """Write a manifest as YAML; only what a manifest is made of is known."""
    pad = "  " * depth
    if isinstance(value, dict):
        return "".join(f"{pad}{key}:{_inline(one, depth)}" for key, one in value.items())
    return "".join(
        f"{pad}-{as_yaml(one, depth + 1)[len(pad) + 1 :]}" if isinstance(one, dict) else f"{pad}- {_scalar(one)}\n"
        for one in value
    )


def _inline(value: Any, depth: int) -> str:
    return f"\n{as_yaml(value, depth + 1)}" if isinstance(value, dict | list) else f" {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
