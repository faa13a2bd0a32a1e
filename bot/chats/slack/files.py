"""Handing pictures and files to Slack.

A picture is uploaded for a block to show it; where that fails its words stand alone. Files go to the channel,
or, when only the asker may see them, into the conversation between the asker and the app.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.foreign import shorten
from bot.compose.message import File, Message, Picture

log = structlog.get_logger()
FAULTS = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)


async def uploaded(client: AsyncWebClient, message: Message) -> dict[str, str]:
    """Upload a message's pictures and return their file ids by name; those that fail are left out."""
    ids: dict[str, str] = {}
    for picture in (block for block in message.blocks if isinstance(block, Picture)):
        try:
            sent = await client.files_upload_v2(
                content=picture.png, filename=picture.name, title=shorten(picture.alt, 200), alt_txt=picture.alt[:1000]
            )
            ids[picture.name] = _file_id(sent)
        except FAULTS as error:
            log.warning("a picture could not be uploaded to Slack", picture=picture.name, error=repr(error))
    return ids


def _file_id(sent: Any) -> str:
    return str((sent.get("file") or sent["files"][0])["id"])


async def send_files(client: AsyncWebClient, message: Message, channel: str, person: str = "") -> None:
    """Send a message's files to a channel, or to a person alone when one is given; a file that fails is said so."""
    files = [block for block in message.blocks if isinstance(block, File)]
    if not files:
        return
    try:
        await _sent(client, files, await _conversation(client, person) if person else channel)
    except FAULTS as error:
        log.warning("files could not be sent to Slack", files=[file.name for file in files], error=repr(error))


async def _conversation(client: AsyncWebClient, person: str) -> str:
    opened = await client.conversations_open(users=person)
    return str(opened["channel"]["id"])


async def _sent(client: AsyncWebClient, files: Sequence[File], channel: str) -> None:
    uploads = [{"content": file.content, "filename": file.name, "title": file.title or file.name} for file in files]
    await client.files_upload_v2(file_uploads=uploads, channel=channel)
