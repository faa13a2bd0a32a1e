"""/mute, /unmute and /digest: when a channel hears, and when it does not. Mutes end by themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chats.port import Reply
from bot.commands import refusing
from bot.commands.choosing import to_mute
from bot.commands.desk import Asked, Desk
from bot.commands.rhythm import in_words, nearest_zones, slot_of
from bot.compose import replies
from bot.compose.digest import digest
from bot.compose.message import Button
from bot.compose.words import a_zone, clock, counted, listed
from storage.audience.audience import Channel, Rhythm

DEFAULT_DAYS = 7
LONGEST_DAYS = 365
CHOICES = (1, 7, 30)
PING = re.compile(r" @(\d{1,18})$")  # the delivery whose message is to show a mute
RHYTHMS = "/digest weekly mon 09:00 Europe/Berlin · /digest daily 08:30 · /digest off · /digest now"
QUIET = "/digest quiet (silence when nothing changed) · /digest always (a line all the same)"


async def mute(desk: Desk, asked: Asked) -> Reply:
    """Stop the pings about a platform for a while; pressed without a time, ask for how long."""
    platform = asked.order.platform
    if platform is None and not asked.order.every:
        typed = "" if asked.request.pressed else " ".join(asked.order.unknown[:1])
        return refusing.unknown_platform(asked, typed) if typed else await _what_to_mute(desk, asked)
    name, key = (platform.name, platform.id) if platform else ("everything", "all")
    if asked.order.days is None and asked.request.pressed:
        on = await _message_pressed(desk, asked)
        row = [Button(counted(days, "day"), "mute", f"{key} {days}d{on}") for days in CHOICES]
        return Reply(replies.line(f"Mute {name} in this channel for how long?", *row))
    if asked.order.unknown and not asked.request.pressed:
        strange = f"“{asked.order.unknown[0]}” is no span of time."
        return Reply(replies.refused(strange, f"For instance: /mute {key} 7d, /mute {key} 2w"))
    days = min(max(asked.order.days or DEFAULT_DAYS, 1), LONGEST_DAYS)
    until = asked.now + timedelta(days=days)
    muted = platform.id if platform else ""
    await desk.audience.mute(asked.channel.id, muted, until, asked.person, asked.now)
    on = await _redrawn(desk, asked)
    said = f"No pings about {name} in this channel until {clock(until, a_zone(asked.channel.slot.zone))}."
    rest = await _beside(desk, asked, muted)
    return Reply(replies.line(said + rest, Button("Unmute", "unmute", f"{key}{on}")), replaces=asked.request.pressed)


async def _beside(desk: Desk, asked: Asked, platform: str) -> str:
    """Say what a mute leaves as it is."""
    watched = {one.platform for one in await desk.audience.watches(asked.channel.id, asked.now)}
    if not watched & ({platform, ""} if platform else watched):
        return " It is not watched here, so none would come in any case." if platform else " Nothing is watched here."
    return "" if asked.channel.slot.rhythm is Rhythm.OFF else " The digest still has it."


async def _what_to_mute(desk: Desk, asked: Asked) -> Reply:
    how = "Or type it: /mute linkedin 7d, /mute all 1d"
    if choices := await to_mute(desk, asked):
        return Reply(replies.which("What should be muted?", choices, how))
    return Reply(replies.refused("What should be muted?", "For instance: /mute linkedin 7d, or /mute all 1d"))


async def _message_pressed(desk: Desk, asked: Asked) -> str:
    """Name the ping whose Mute was pressed, so that it can show who muted."""
    carried = await desk.ledger.by_receipt(asked.channel.id, asked.request.receipt) if asked.request.receipt else ()
    return f" @{carried[0].id}" if carried else ""


async def _redrawn(desk: Desk, asked: Asked) -> str:
    """Redraw the ping that a mute was begun from, and name it again; nothing where there is none."""
    found = PING.search(asked.request.words) if asked.request.pressed else None
    delivery = await desk.ledger.delivery(int(found[1])) if found else None
    if delivery is None or delivery.channel.id != asked.channel.id:
        return ""
    if desk.redraw is not None:
        await desk.redraw(delivery.id)
    return f" @{delivery.id}"


async def unmute(desk: Desk, asked: Asked) -> Reply:
    """Let the pings about a platform come again."""
    platform = asked.order.platform
    if platform is None and asked.order.unknown and not asked.request.pressed:
        return refusing.unknown_platform(asked, asked.order.unknown[0])
    await desk.audience.unmute(asked.channel.id, platform.id if platform else "")
    await _redrawn(desk, asked)
    said = f"Pings about {platform.name if platform else 'everything'} come again in this channel."
    return Reply(replies.line(said), replaces=asked.request.pressed)


async def digests(desk: Desk, asked: Asked) -> Reply:
    """Show the digest now, or set when it comes."""
    words = asked.words
    if words.casefold() == "now":
        content = await desk.ledger.digest_now(asked.channel.id, asked.now)
        issue = await desk.newsroom.issue(content, asked.channel, asked.now, asked.now)
        return Reply(digest(issue, desk.base))
    if not words:
        return Reply(replies.refused(comes(desk, asked.channel, asked.now), f"To change it: {RHYTHMS} · {QUIET}"))
    if not refusing.may_configure(asked):
        return refusing.no_right(asked)
    slot = slot_of(words, asked.channel.slot)
    if isinstance(slot, str):
        return Reply(replies.refused(_not_understood(slot), f"For instance: {RHYTHMS}"))
    await desk.audience.set_slot(asked.channel.id, slot, asked.now)
    said = comes(desk, replace(asked.channel, slot=slot), asked.now)
    if slot.rhythm is Rhythm.OFF:
        return Reply(replies.refused(said, "Pings come as before. To have a digest again: /digest weekly mon 09:00"))
    return Reply(replies.line(said))


def _not_understood(word: str) -> str:
    if word[0].isdigit():
        return f"“{word}” is no time of day; 09:00, 17.30 and 8am are."
    near = listed(nearest_zones(word), joint="or")
    return f"“{word}” was not understood." + (f" Did you mean {near}?" if near else "")


def comes(desk: Desk, channel: Channel, now: datetime) -> str:
    """Say when a channel gets its digest."""
    if channel.slot.rhythm is Rhythm.OFF:
        return "No digest is posted in this channel."
    quiet = "one line says so" if channel.slot.quiet_line else "nothing is posted"
    following = f"The next one: {desk.next_digest(channel, now)}. When nothing changed, {quiet}."
    return f"The digest comes {in_words(channel.slot)}. {following}"
