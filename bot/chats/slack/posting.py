"""Posting a drawn message to Slack, in one message or several that know of each other.

Each carries the delivery's name as metadata, so that it can be found again; rows of buttons note the
messages before theirs, so that a press names them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.slack.answering import QUIET
from bot.chats.slack.blocks import Drawn
from bot.chats.slack.words import Json

EVENT = "clausewatch_delivery"
LOOK_BACK = 100  # messages of a channel looked through for a delivery


async def post_all(client: AsyncWebClient, channel: str, parts: Sequence[Drawn], delivery: str) -> str:
    """Post the parts of a message in order and return their time stamps, joined by commas."""
    stamps: list[str] = []
    for place in range(len(parts)):
        part = named(parts, stamps)[place]
        payload = {"delivery": delivery, "part": place + 1, "of": len(parts)}
        mark = {"event_type": EVENT, "event_payload": payload}
        sent = await client.chat_postMessage(
            channel=channel, text=part.text, blocks=list(part.blocks), metadata=mark, **QUIET
        )
        stamps.append(str(sent["ts"]))
    return ",".join(stamps)


def named(parts: Sequence[Drawn], stamps: Sequence[str]) -> list[Drawn]:
    """Note the earlier messages on the rows of buttons."""
    earlier = ",".join(stamps[: len(parts) - 1])
    if not earlier:
        return list(parts)
    return [replace(part, blocks=tuple(_noted(*one, earlier) for one in enumerate(part.blocks))) for part in parts]


def _noted(place: int, block: Json, earlier: str) -> Json:
    return block | {"block_id": f"cw|{earlier}|{place}"} if block["type"] == "actions" else block


async def found(client: AsyncWebClient, channel: str, delivery: str) -> str | None:
    """Look for a delivery among the last messages of a channel; half a delivery is taken away."""
    page: Any = await client.conversations_history(channel=channel, limit=LOOK_BACK, include_all_metadata=True)
    mine = sorted(
        (payload["part"], message["ts"], payload["of"])
        for message in page["messages"]
        if (mark := message.get("metadata") or {}).get("event_type") == EVENT
        and (payload := mark.get("event_payload", {})).get("delivery") == delivery
    )
    if mine and len(mine) < mine[0][2]:
        for _, stamp, _ in mine:
            await client.chat_delete(channel=channel, ts=stamp)
        return None
    return ",".join(stamp for _, stamp, _ in mine) or None
