"""Calling Discord: errors that say what to do next, and the rights a channel must give us.

discord.py waits out short rate limits itself and repeats requests after 5xx answers; a nonce keeps that safe.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from watchers.errors import DeliveryError

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
IN_THREADS = {"send_messages": "send_messages_in_threads"}
GIVE = "Give Clausewatch this under the channel's settings, Permissions."
REFUSED: dict[int, str] = {
    10003: "The channel is gone.",
    10004: "The server is gone, or Clausewatch was removed from it.",
    10008: "The message is gone.",
    10013: "This person is not on Discord any more.",
    50001: f"Clausewatch cannot see the channel: it lacks View Channel. {GIVE}",
    50007: "This person takes no direct messages from the server's members.",
    50008: "Messages cannot be posted in a channel of this kind.",
    50013: "Clausewatch lacks a right in the channel: {lacking}. " + GIVE,
    50083: "The thread is archived. Open it again, or watch from another channel.",
    50035: "Discord does not take this message. That is a fault of Clausewatch; please report it. ({text})",
    160006: "The server has too many open threads; Discord does not open this one again.",
}


@contextmanager
def delivering(lacking: str = "") -> Iterator[None]:
    """Turn what goes wrong while calling Discord into a DeliveryError; `lacking` names the rights known to miss."""
    try:
        yield
    except discord.RateLimited as error:
        raise DeliveryError("Discord asks to wait.", retry_after=error.retry_after) from error
    except discord.HTTPException as error:
        raise refused(error, lacking) from error
    except aiohttp.ClientConnectorError as error:
        raise DeliveryError("Discord cannot be reached from here.") from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise DeliveryError("The connection to Discord broke; the message may have arrived.", uncertain=True) from error


def refused(error: discord.HTTPException, lacking: str = "") -> DeliveryError:
    """Say what an answer of Discord's means for what comes next."""
    if error.status == 429:
        return DeliveryError("Discord asks to wait.", retry_after=30.0)
    if error.status >= 500:
        return DeliveryError(f"Discord is not available at present ({error.status}).")
    if sentence := REFUSED.get(error.code):
        said = sentence.format(lacking=lacking or "Send Messages or Embed Links", text=error.text[:200])
        return DeliveryError(said, permanent=True)
    if error.status == 401:
        return DeliveryError("Discord does not take the bot's token any more.", permanent=True)
    return DeliveryError(f"Discord refused ({error.status}, {error.code}): {error.text[:200]}", permanent=True)


def lacking(granted: discord.Permissions, *, thread: bool = False) -> str:
    """Name the rights that are missing to post."""
    missing = [
        title for name, title in NEEDED.items() if not getattr(granted, IN_THREADS.get(name, name) if thread else name)
    ]
    return " and ".join(filter(None, (", ".join(missing[:-1]), *missing[-1:])))
