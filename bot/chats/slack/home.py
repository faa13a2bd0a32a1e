"""Slack's own surfaces: the App Home, the form to add a watch, and an answer shown in a window.

Drawing and reading of values only; what is in the Home is composed by the commands (verb `home`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.chats.foreign import shorten
from bot.chats.slack.blocks import VIEW, draw
from bot.chats.slack.words import Json
from bot.compose.message import Message

ADD_WATCH, WATCH_FORM, ANSWER = "cw:add-watch", "cw:watch-form", "cw:answer"
SUGGESTED = ("platform", "document", "provision")
TITLE, OPTION, VALUE, MOST = 24, 75, 150, 100
LABELS = {
    "platform": ("Platform", "x, linkedin, le chat …"),
    "document": ("Document", "All of them"),
    "provision": ("Only when it touches", "Any change"),
}


def words(text: str) -> Json:
    """Return Slack's plain text."""
    return {"type": "plain_text", "text": text}


def home(message: Message) -> Json:
    """Draw the App Home with its one button of our own."""
    button = {"type": "button", "action_id": ADD_WATCH, "text": words("Add a watch"), "style": "primary"}
    (drawn,) = draw(message, room=VIEW)
    return {"type": "home", "blocks": [{"type": "actions", "elements": [button]}, *drawn.blocks]}


def answer(message: Message, channel: str = "", title: str = "Clausewatch") -> Json:
    """Draw an answer as a window; it remembers the channel it is about, so that its buttons do too."""
    (drawn,) = draw(message, room=VIEW)
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": words(shorten(title, TITLE)),
        "close": words("Close"),
        "private_metadata": json.dumps({"channel": channel}),
        "blocks": list(drawn.blocks),
    }


def watch_form(channel: str = "") -> Json:
    """Draw the form to add a watch; names are suggested while people type."""
    return {
        "type": "modal",
        "callback_id": WATCH_FORM,
        "title": words("Add a watch"),
        "submit": words("Watch"),
        "close": words("Cancel"),
        "blocks": [*(_select(name) for name in SUGGESTED), _where(channel)],
    }


def _select(name: str) -> Json:
    label, hint = LABELS[name]
    element = {
        "type": "external_select",
        "action_id": f"cw:suggest:{name}",
        "min_query_length": 0,
        "placeholder": words(hint),
    }
    return {
        "type": "input",
        "block_id": name,
        "label": words(label),
        "element": element,
        "optional": name != "platform",
    }


def _where(channel: str) -> Json:
    chosen = {"initial_conversation": channel} if channel else {"default_to_current_conversation": True}
    element = {
        "type": "conversations_select",
        "action_id": "cw:channel",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        **chosen,
    }
    return {"type": "input", "block_id": "channel", "label": words("Post in"), "element": element}


def options(names: Sequence[str]) -> Json:
    """Return suggestions as Slack takes them."""
    return {"options": [{"text": words(shorten(name, OPTION)), "value": name[:VALUE]} for name in names[:MOST] if name]}


def filled(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what is filled in so far, by the name of the field."""
    values: dict[str, str] = {}
    for name, actions in (view.get("state") or {}).get("values", {}).items():
        for state in actions.values():
            chosen = (state.get("selected_option") or {}).get("value") or state.get("selected_conversation")
            values |= {name: str(chosen)} if chosen else {}
    return values


def about(view: Mapping[str, Any]) -> str:
    """Return the channel that a window is about."""
    try:
        return str(json.loads(view.get("private_metadata") or "{}").get("channel", ""))
    except (ValueError, AttributeError):
        return ""
