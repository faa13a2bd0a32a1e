"""What buttons do beside the commands: Ack, Not relevant, Test post. The message shows who did what.

Everything is looked up again when a button is pressed: the channel, the rights, what the message carries.
"""

from __future__ import annotations

from dataclasses import replace

from bot.chats.port import Reply
from bot.commands.desk import Asked, Desk
from bot.compose import replies
from storage.deliveries.delivery import Delivery, Kind
from watchers.errors import DeliveryError

TELLING = (Kind.PING, Kind.RECALL)


async def ack(desk: Desk, asked: Asked) -> Reply:
    """Take note of a message for the channel; the first who does is named on it."""
    carried = await _carried(desk, asked)
    if not carried:
        return _gone()
    for delivery in carried:
        await desk.ledger.ack(delivery.id, asked.person, asked.now)
    return await _redrawn(desk, asked, carried)


async def notrelevant(desk: Desk, asked: Asked) -> Reply:
    """Tell whoever runs Clausewatch that a change was not worth telling."""
    carried = await _carried(desk, asked)
    if not carried:
        return _gone()
    for delivery in carried:
        await desk.ledger.report(delivery.subject, asked.channel.id, asked.person, asked.now)
    return await _redrawn(desk, asked, carried)


async def _carried(desk: Desk, asked: Asked) -> tuple[Delivery, ...]:
    """Return the deliveries of the pressed message, or the ping of the change named, in this channel only."""
    if asked.request.receipt:
        carried = await desk.ledger.by_receipt(asked.channel.id, asked.request.receipt)
        return tuple(one for one in carried if one.kind in TELLING)
    told = await desk.ledger.told(Kind.PING, asked.request.words.strip())
    return tuple(one for one in told if one.channel.id == asked.channel.id)


async def _redrawn(desk: Desk, asked: Asked, carried: tuple[Delivery, ...]) -> Reply:
    message = await desk.drafts.again(carried, asked.now)
    return Reply(message, private=False, replaces=True) if message else _gone()


def _gone() -> Reply:
    return Reply(replies.line("This message is no longer known here, so nothing was noted."))


async def testpost(desk: Desk, asked: Asked) -> Reply:
    """Post a test message into the channel, and say how it went."""
    if desk.post is None:
        return Reply(replies.line("Test posts are not possible here."))
    place = replace(asked.request.place, channel=asked.channel.foreign)
    try:
        await desk.post(place)
    except DeliveryError as failed:
        advice = "Mend that, then press it again." if failed.permanent else "What is due here is tried again by itself."
        return Reply(replies.refused(f"The test post did not get through: {failed}", advice))
    return Reply(replies.line("The test post is in the channel."))
