"""What the two chats refuse, checked before they can: their own models and the limits those do not know.

Sources: Slack's Block Kit reference and Discord's developer documentation (message, embed and component limits).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

Json = dict[str, Any]


def units(text: str) -> int:
    """Count as the strictest reader of a limit would: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def walk(value: Any) -> Iterator[Json]:
    """Give every object inside a payload."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from walk(inner)


def texts(blocks: Any) -> list[str]:
    """Give every text of a payload."""
    return [one["text"] for one in walk(blocks) if isinstance(one.get("text"), str)]


def check_slack(blocks: Sequence[Json], text: str = "x", *, most: int = 50) -> None:
    """Refuse what Slack would refuse: its models, then the limits they do not check."""
    json.dumps(blocks).encode()
    for block in blocks:
        Block.parse(dict(block)).validate_json()  # type: ignore[union-attr]
        LOOKS[block["type"]](block)  # type: ignore[no-untyped-call]
    assert 0 < len(blocks) <= most
    assert 0 < units(text) <= 40_000
    assert sum(map(units, texts(blocks))) <= 10_000
    ids = [one["block_id"] for one in blocks if "block_id" in one]
    assert len(ids) == len(set(ids))
    assert all(units(one) <= 255 for one in ids)


def _header(block: Json) -> None:
    assert block["text"]["type"] == "plain_text"
    assert 1 <= units(block["text"]["text"]) <= 150


def _section(block: Json) -> None:
    assert block.get("text") or block.get("fields")
    assert len(block.get("fields", ())) <= 10
    assert all(1 <= units(field["text"]) <= 2_000 for field in block.get("fields", ()))
    assert 1 <= units(block.get("text", {}).get("text", "x")) <= 3_000


def _context(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 10
    assert all(1 <= units(one["text"]) <= 2_000 for one in block["elements"])


def _rich(block: Json) -> None:
    assert block["elements"]
    assert sum(map(units, texts(block))) <= 3_000
    for one in walk(block):
        if one.get("type") in {"text", "link"}:
            assert one["text"], "Slack refuses empty words"


def _actions(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 25
    ids = [one["action_id"] for one in block["elements"]]
    assert len(ids) == len(set(ids))
    for one in block["elements"]:
        assert units(one["action_id"]) <= 255
        if one["type"] == "button":
            assert 1 <= units(one["text"]["text"]) <= 75
            assert units(one.get("value", "x")) <= 2_000
            assert units(one.get("url", "")) <= 3_000


def _image(block: Json) -> None:
    assert 1 <= units(block["alt_text"]) <= 2_000
    assert block.get("image_url") or block.get("slack_file")


LOOKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "rich_text": _rich,
    "actions": _actions,
    "image": _image,
    "divider": lambda block: None,
    "input": lambda block: None,
}

CALLS = re.compile(r"<[!@#](?!U0CLAUSE)[^>]*>|<(?!https?://)[^>]*>")


def slack_calls(blocks: Sequence[Json], text: str) -> list[str]:
    """Return whatever in a payload Slack would turn into a mention, or a link that is not a plain address."""
    marked = [one["text"] for one in walk(blocks) if one.get("type") == "mrkdwn"]
    named = [one["type"] for one in walk(blocks) if one.get("type") in {"user", "usergroup", "broadcast", "channel"}]
    return [call for words in (*marked, text) for call in CALLS.findall(words)] + named


def check_discord(content: str, embeds: Sequence[Json], rows: Sequence[Json] = ()) -> None:
    """Refuse what Discord would refuse."""
    assert content or embeds
    assert units(content) <= 2_000
    assert len(embeds) <= 10
    assert sum(map(embed_units, embeds)) <= 6_000
    for embed in embeds:
        _embed(embed)
    assert len(rows) <= 5
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    buttons = [one for row in rows for one in row["components"]]
    assert all(1 <= units(one["label"]) <= 80 for one in buttons)
    ids = [one["custom_id"] for one in buttons if "custom_id" in one]
    assert len(ids) == len(set(ids))
    assert all(1 <= units(one) <= 100 for one in ids)


def embed_units(embed: Json) -> int:
    """Count the letters of an embed that Discord sums up."""
    fields = [field[key] for field in embed.get("fields", ()) for key in ("name", "value")]
    own = [embed.get("title", ""), embed.get("description", ""), embed.get("footer", {}).get("text", "")]
    return sum(map(units, (*own, *fields, embed.get("author", {}).get("name", ""))))


def _embed(embed: Json) -> None:
    assert units(embed.get("title", "")) <= 256
    assert units(embed.get("description", "")) <= 4_096
    assert units(embed.get("footer", {}).get("text", "")) <= 2_048
    assert len(embed.get("fields", ())) <= 25
    for field in embed.get("fields", ()):
        assert 1 <= units(field["name"]) <= 256
        assert 1 <= units(field["value"]) <= 1_024
